//! One that waits for a layer that is coming, and takes its bytes.

use std::sync::Arc;

use bytes::Bytes;
use names::{ByteRange, RangeRequest};
use tokio::sync::watch;

use super::flight::{Flight, Phase, held};
use crate::{Failure, LayerReader, LayerRefusal, LayerUnread, Operations, Refusal};

/// A layer that is coming, for one that waits for it.
pub struct LayerFetch {
    flight: Arc<Flight>,
    seen: watch::Receiver<()>,
}

impl LayerFetch {
    pub(super) fn of(flight: &Arc<Flight>) -> Self {
        Self { flight: flight.clone(), seen: flight.changed.subscribe() }
    }

    /// Waits until the layer begins to come. Returns how many bytes it has.
    pub async fn begun(&mut self) -> Result<u64, Failure> {
        loop {
            self.seen.mark_unchanged();
            match &held(&self.flight.state).phase {
                Phase::Waiting => {}
                Phase::Coming(size) | Phase::Stored(size) => return Ok(*size),
                Phase::Failed(refusal) => return Err(refusal.clone().into()),
            }
            self.changed().await;
        }
    }

    /// Waits until the layer is stored.
    pub(crate) async fn stored(&mut self) -> Result<(), Failure> {
        loop {
            self.seen.mark_unchanged();
            match &held(&self.flight.state).phase {
                Phase::Waiting | Phase::Coming(_) => {}
                Phase::Stored(_) => return Ok(()),
                Phase::Failed(refusal) => return Err(refusal.clone().into()),
            }
            self.changed().await;
        }
    }

    async fn changed(&mut self) {
        // The flight, which says so, lives as long as this.
        drop(self.seen.changed().await);
    }

    /// The bytes of a range, as they come.
    pub fn follow(self, operations: Arc<Operations>, range: ByteRange) -> LayerFollower {
        let mut state = held(&self.flight.state);
        let id = state.next_follower;
        state.next_follower += 1;
        if range.start() >= state.start {
            state.followers.insert(id, range.start());
        }
        drop(state);
        LayerFollower { fetch: self, operations, id, position: range.start(), range, rest: None }
    }
}

/// The bytes of a layer that is coming.
pub struct LayerFollower {
    fetch: LayerFetch,
    operations: Arc<Operations>,
    id: u64,
    position: u64,
    range: ByteRange,
    /// Once the layer is in the store, what is left.
    rest: Option<LayerReader>,
}

impl Drop for LayerFollower {
    fn drop(&mut self) {
        held(&self.fetch.flight.state).followers.remove(&self.id);
        self.fetch.flight.taken.notify_one();
    }
}

/// What a follower does next.
enum Step {
    Take(Bytes),
    ReadTheRest,
    Wait,
    Fail(Refusal),
}

impl LayerFollower {
    /// The next piece; `None` after the last one.
    pub async fn next(&mut self) -> Option<Result<Bytes, LayerUnread>> {
        while self.position < self.range.end() {
            if let Some(rest) = &mut self.rest {
                return rest.next().await;
            }
            match self.step() {
                Step::Take(piece) => {
                    self.fetch.flight.taken.notify_one();
                    return Some(Ok(piece));
                }
                Step::ReadTheRest => match self.what_is_left().open().await {
                    Ok(rest) => self.rest = Some(rest),
                    Err(failure) => return Some(Err(LayerUnread::Upstream(failure))),
                },
                Step::Wait => self.fetch.changed().await,
                Step::Fail(refusal) => {
                    return Some(Err(LayerUnread::Upstream(refusal.into())));
                }
            }
        }
        None
    }

    fn step(&mut self) -> Step {
        self.fetch.seen.mark_unchanged();
        let mut state = held(&self.fetch.flight.state);
        if let Some(piece) = state.piece(self.position, self.range.end()) {
            self.position += piece.len() as u64;
            if let Some(at) = state.followers.get_mut(&self.id) {
                *at = self.position;
            }
            return Step::Take(piece);
        }
        match &state.phase {
            Phase::Stored(_) => Step::ReadTheRest,
            Phase::Failed(refusal) => Step::Fail(refusal.clone()),
            Phase::Waiting | Phase::Coming(_) => Step::Wait,
        }
    }

    fn what_is_left(&self) -> Left {
        let Self { fetch, operations, position, range, .. } = self;
        let (flight, operations) = (fetch.flight.clone(), operations.clone());
        Left { flight, operations, first: *position, last: range.end() - 1 }
    }
}

/// What a follower has yet to read, of a layer that is in the store.
struct Left {
    flight: Arc<Flight>,
    operations: Arc<Operations>,
    first: u64,
    last: u64,
}

impl Left {
    async fn open(self) -> Result<LayerReader, Failure> {
        let Self { flight, operations, first, last } = self;
        let Flight { repository, digest, .. } = &*flight;
        let gone = || {
            let (repository, digest) = (repository.clone(), digest.clone());
            Failure::from(LayerRefusal::NotFound { repository, digest })
        };
        let blob = operations.find_blob(repository, digest).await?.ok_or_else(gone)?;
        let left = RangeRequest::From { first, last: Some(last) };
        let left = left.within(blob.size_bytes()).ok_or_else(gone)?;
        operations.open_blob(&blob, left).await
    }
}
