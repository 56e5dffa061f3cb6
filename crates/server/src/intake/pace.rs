use std::time::{Duration, Instant};

use bytes::Bytes;
use http_body_util::BodyExt;
use hyper::body::Incoming;
use operations::BodyBroken;

/// A client that sends less than this, over the length of the silence limit, trickles to hold its
/// place.
const BYTES_PER_SECOND_MIN: u64 = 1 << 10;

/// A body that is given up when it stalls or trickles. Only the time that we wait for the client
/// counts: our own disk may be slow.
pub(super) struct PacedBody {
    body: Incoming,
    silence_max: Duration,
    waited: Duration,
    received_bytes: u64,
}

impl PacedBody {
    pub(super) fn new(body: Incoming, silence_max: Duration) -> Self {
        Self { body, silence_max, waited: Duration::ZERO, received_bytes: 0 }
    }

    /// Whether it has ended.
    pub(super) fn is_over(&self) -> bool {
        http_body::Body::is_end_stream(&self.body)
    }

    /// Its stated length, if there is one.
    pub(super) fn announced(&self) -> Option<u64> {
        http_body::Body::size_hint(&self.body).exact()
    }

    /// The next bytes; `None` at the end.
    pub(super) async fn next(&mut self) -> Option<Result<Bytes, BodyBroken>> {
        loop {
            let began = Instant::now();
            let frame = tokio::time::timeout(self.silence_max, self.body.frame()).await;
            let frame = match frame {
                Ok(None) => return None,
                Ok(Some(Ok(frame))) => frame,
                Ok(Some(Err(_))) | Err(_) => return Some(Err(BodyBroken)),
            };
            let data = frame.into_data();
            // Trailers carry nothing that we know, and frames without a byte are no sign of life.
            let received_bytes = data.as_ref().map_or(0, |data| data.len() as u64);
            let drips = self.drips(began.elapsed(), received_bytes);
            match data {
                _ if drips => return Some(Err(BodyBroken)),
                Ok(data) if !data.is_empty() => return Some(Ok(data)),
                Ok(_) | Err(_) => {}
            }
        }
    }

    fn drips(&mut self, waited: Duration, bytes: u64) -> bool {
        self.waited += waited;
        self.received_bytes += bytes;
        if self.waited < self.silence_max {
            return false;
        }
        let drips = self.received_bytes < self.waited.as_secs() * BYTES_PER_SECOND_MIN;
        (self.waited, self.received_bytes) = (Duration::ZERO, 0);
        drips
    }
}
