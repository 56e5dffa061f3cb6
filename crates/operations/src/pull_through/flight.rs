//! A layer that is coming: its last pieces, and those that follow them.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use names::{Digest, RepositoryArn};
use tokio::sync::{Notify, watch};
use tokio::time::{Instant, timeout};

use crate::Refusal;

/// What is kept of a layer in memory: four times what is written at once.
const WINDOW_BYTES: usize = 1 << 20;

/// How long one flight waits for slow clients in all.
const PATIENCE: Duration = Duration::from_secs(4);

/// Layers that are coming to this node.
#[derive(Default)]
pub(super) struct Flights(pub(super) Mutex<HashMap<(RepositoryArn, Digest), Arc<Flight>>>);

/// A layer that is coming.
pub(super) struct Flight {
    pub(super) repository: RepositoryArn,
    pub(super) digest: Digest,
    pub(super) state: Mutex<State>,
    /// Says that the state has changed, to those that follow.
    pub(super) changed: watch::Sender<()>,
    /// Says that a follower has taken a piece.
    pub(super) taken: Notify,
}

pub(super) struct State {
    pub(super) phase: Phase,
    /// The last pieces.
    pieces: VecDeque<Bytes>,
    /// Where they begin and end.
    pub(super) start: u64,
    end: u64,
    /// Where each client is that follows the window.
    pub(super) followers: HashMap<u64, u64>,
    pub(super) next_follower: u64,
    patience: Duration,
}

#[derive(Debug, Clone)]
pub(super) enum Phase {
    Waiting,
    /// It has this many bytes.
    Coming(u64),
    Stored(u64),
    Failed(Refusal),
}

impl Flight {
    pub(super) fn new(repository: RepositoryArn, digest: Digest) -> Self {
        let state = State {
            phase: Phase::Waiting,
            pieces: VecDeque::new(),
            start: 0,
            end: 0,
            followers: HashMap::new(),
            next_follower: 0,
            patience: PATIENCE,
        };
        let (changed, _) = watch::channel(());
        Self { repository, digest, state: Mutex::new(state), changed, taken: Notify::new() }
    }

    pub(super) fn enter(&self, phase: Phase) {
        held(&self.state).phase = phase;
        self.changed.send_replace(());
    }

    /// Shows a piece to those that follow, and waits a while for the slowest.
    pub(super) async fn show(&self, piece: Bytes) {
        {
            let mut state = held(&self.state);
            state.end += piece.len() as u64;
            state.pieces.push_back(piece);
        }
        self.changed.send_replace(());
        while !self.slide() {
            let (begun, patience) = (Instant::now(), held(&self.state).patience);
            let taken = timeout(patience, self.taken.notified()).await;
            let mut state = held(&self.state);
            state.patience = state.patience.saturating_sub(begun.elapsed());
            if taken.is_err() {
                state.patience = Duration::ZERO;
            }
        }
    }

    /// Makes the window as small as it is to be. `false` if a client is to be waited for.
    fn slide(&self) -> bool {
        let mut state = held(&self.state);
        while state.end - state.start > WINDOW_BYTES as u64 {
            let Some(oldest) = state.pieces.front().map(Bytes::len) else { return true };
            let behind = state.start + oldest as u64;
            let is_awaited = state.followers.values().any(|at| *at < behind);
            if is_awaited && !state.patience.is_zero() {
                return false;
            }
            state.pieces.pop_front();
            state.start = behind;
            state.followers.retain(|_, at| *at >= behind);
        }
        true
    }
}

impl State {
    /// The bytes from here on, if they are in the window.
    pub(super) fn piece(&self, position: u64, end: u64) -> Option<Bytes> {
        let mut start = self.start;
        for piece in &self.pieces {
            let next = start + piece.len() as u64;
            if (start..next).contains(&position) {
                let from = usize::try_from(position - start).ok()?;
                let to = usize::try_from(end.min(next) - start).ok()?;
                return Some(piece.slice(from..to));
            }
            start = next;
        }
        None
    }
}

/// No thread leaves it half changed.
pub(super) fn held<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}
