//! The bytes of a layer from upstream. If they break off, the rest is asked for.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::{Buf as _, Bytes};
use futures_util::stream;
use names::Digest;
use remote::{AnswerBody, BodyLimits, LayerRest, UpstreamError, UpstreamLayer};
use tokio::time::Instant;

use super::flight::{Flight, held};
use super::upstreams::{Source, Upstreams};
use crate::{Body, BodyBroken};

/// Until the first byte, with all that it takes to be let in.
const PATIENCE: Duration = Duration::from_secs(30);

/// Without a byte.
const SILENCE_MAX: Duration = Duration::from_secs(30);

/// The least that comes in a second, on the whole: what clients must send of their pushes.
const PACE_BYTES: u64 = 1 << 10;

/// For a whole layer.
const TIME_MAX: Duration = Duration::from_hours(6);

/// ECR's largest layer: 52,000 MiB.
const SIZE_BYTES_MAX: u64 = 52_000 << 20;

/// How often the rest of one layer is asked for.
const AGAIN_MAX: u32 = 5;

/// How long it is waited before the first time; then as much longer each time.
const REST: Duration = Duration::from_millis(100);

/// A layer that is coming.
pub(super) struct LayerBody {
    upstreams: Arc<Upstreams>,
    source: Source,
    digest: Digest,
    size_bytes: u64,
    received_bytes: u64,
    /// Bytes that come once more, from a registry that does not send the rest alone.
    again_bytes: u64,
    body: AnswerBody,
    limits: BodyLimits,
    again: u32,
    begun: Instant,
}

/// The piece that is held back until the digest is verified.
#[derive(Clone, Default)]
pub(super) struct LastPiece(Arc<Mutex<Option<Bytes>>>);

impl LastPiece {
    /// The piece, once.
    pub(super) fn take(&self) -> Option<Bytes> {
        held(&self.0).take()
    }

    fn replace(&self, piece: Bytes) -> Option<Bytes> {
        held(&self.0).replace(piece)
    }
}

impl LayerBody {
    /// Asks for a layer. `known_bytes` is its size as its manifest says, if that is known here.
    pub(super) async fn open(
        upstreams: Arc<Upstreams>,
        source: Source,
        digest: Digest,
        known_bytes: Option<u64>,
    ) -> Result<Self, UpstreamError> {
        let begun = Instant::now();
        let deadline = Instant::now() + TIME_MAX;
        let limits = BodyLimits { bytes_max: SIZE_BYTES_MAX, silence_max: SILENCE_MAX, deadline };
        let layer = ask(&upstreams, &source, &digest, None, limits).await?;
        let UpstreamLayer { first_byte: _, length, body } = layer;
        let size_bytes = size(known_bytes, length)?;
        Ok(Self {
            upstreams,
            source,
            digest,
            size_bytes,
            received_bytes: 0,
            again_bytes: 0,
            body,
            limits,
            again: 0,
            begun,
        })
    }

    /// How many bytes it has, as its manifest or upstream says.
    pub(super) fn size_bytes(&self) -> u64 {
        self.size_bytes
    }

    /// The bytes, shown to those that follow the flight, but for the last piece.
    pub(super) fn shown_to(self, flight: Arc<Flight>) -> (Body, LastPiece) {
        let last = LastPiece::default();
        let kept = last.clone();
        let pieces = stream::unfold(Some(self), move |body| {
            let (flight, last) = (flight.clone(), kept.clone());
            async move {
                let mut body = body?;
                match body.next().await {
                    Ok(Some(piece)) => {
                        if let Some(before) = last.replace(piece.clone()) {
                            flight.show(before).await;
                        }
                        Some((Ok(piece), Some(body)))
                    }
                    Ok(None) => None,
                    Err(error) => {
                        let upstream = body.source.host.as_str();
                        tracing::info!(upstream, digest = %body.digest, %error, "a layer broke off");
                        Some((Err(BodyBroken), None))
                    }
                }
            }
        });
        (Box::pin(pieces), last)
    }

    /// The next piece. The rest is asked for if the bytes have broken off.
    async fn next(&mut self) -> Result<Option<Bytes>, UpstreamError> {
        loop {
            match self.body.next().await {
                Ok(Some(mut piece)) => {
                    let known =
                        piece.len().min(usize::try_from(self.again_bytes).unwrap_or(usize::MAX));
                    self.again_bytes -= known as u64;
                    piece.advance(known);
                    if piece.is_empty() {
                        continue;
                    }
                    self.received_bytes += piece.len() as u64;
                    self.judge()?;
                    return Ok(Some(piece));
                }
                Ok(None) if self.received_bytes >= self.size_bytes => return Ok(None),
                Ok(None) => self.continue_after(UpstreamError::Malformed("it broke off")).await?,
                Err(error) => self.continue_after(error.into()).await?,
            }
        }
    }

    /// Whether what has come is not too much, and not too slow.
    fn judge(&self) -> Result<(), UpstreamError> {
        if self.received_bytes > self.size_bytes {
            return Err(UpstreamError::Malformed("a layer is longer than it is to be"));
        }
        if is_too_slow(self.received_bytes, self.begun.elapsed()) {
            return Err(UpstreamError::Malformed("a layer comes too slowly"));
        }
        Ok(())
    }

    async fn continue_after(&mut self, error: UpstreamError) -> Result<(), UpstreamError> {
        if self.again == AGAIN_MAX {
            return Err(error);
        }
        self.again += 1;
        tokio::time::sleep(REST * self.again).await;
        let wanted = LayerRest { first_byte: self.received_bytes, size_bytes: self.size_bytes };
        let rest =
            ask(&self.upstreams, &self.source, &self.digest, Some(wanted), self.limits).await?;
        if rest.length.is_some_and(|length| rest.first_byte + length != self.size_bytes) {
            return Err(UpstreamError::Malformed("the rest of a layer has another length"));
        }
        self.again_bytes = self.received_bytes - rest.first_byte;
        self.body = rest.body;
        Ok(())
    }
}

/// Whether so many bytes are too few for this time. Its beginning does not count.
fn is_too_slow(received_bytes: u64, elapsed: Duration) -> bool {
    received_bytes < elapsed.saturating_sub(SILENCE_MAX).as_secs() * PACE_BYTES
}

/// The size of a layer by its manifest and by the head of the answer, which must agree.
fn size(known_bytes: Option<u64>, length: Option<u64>) -> Result<u64, UpstreamError> {
    match (known_bytes, length) {
        (Some(known), Some(length)) if known != length => {
            Err(UpstreamError::Malformed("a layer has another length than its manifest says"))
        }
        (Some(size), _) | (None, Some(size)) if size <= SIZE_BYTES_MAX => Ok(size),
        (None, None) => Err(UpstreamError::Malformed("it does not say how long a layer is")),
        _ => Err(UpstreamError::Malformed("a layer is longer than any may be")),
    }
}

async fn ask(
    upstreams: &Upstreams,
    source: &Source,
    digest: &Digest,
    rest: Option<LayerRest>,
    limits: BodyLimits,
) -> Result<UpstreamLayer, UpstreamError> {
    let what = (source.name.as_str(), digest);
    let deadline = Instant::now() + PATIENCE;
    upstreams.client().layer(&source.upstream, what, rest, deadline, limits).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paces() {
        #[rustfmt::skip]
        let cases = [
            (0,       0,   false, "nothing yet"),
            (0,       30,  false, "a slow beginning"),
            (1_023,   31,  true,  "less than a kilobyte in a second"),
            (1_024,   31,  false, "a kilobyte"),
            (120,     600, true,  "a byte in five seconds"),
            (1 << 20, 600, false, "slow, but it comes"),
        ];
        for (received_bytes, seconds, expected, because) in cases {
            let elapsed = Duration::from_secs(seconds);
            assert_eq!(is_too_slow(received_bytes, elapsed), expected, "{because}");
        }
    }

    #[test]
    fn sizes() {
        #[rustfmt::skip]
        let cases = [
            (Some(5), Some(5),                  Some(5), "they agree"),
            (Some(5), None,                     Some(5), "in chunks"),
            (None,    Some(5),                  Some(5), "the manifest was read elsewhere"),
            (Some(5), Some(6),                  None,    "a lie"),
            (None,    None,                     None,    "not known"),
            (None,    Some(SIZE_BYTES_MAX + 1), None,    "too much"),
            (Some(SIZE_BYTES_MAX + 1), None,    None,    "too much in the manifest"),
        ];
        for (known, length, expected, because) in cases {
            assert_eq!(size(known, length).ok(), expected, "{because}");
        }
    }
}
