//! Limits the memory of answers that clients have not read yet, and the number of layers sent at a
//! time: in total and per address.
//!
//! # Invariants
//! * An answer that is complete in memory is charged from the moment it is made until its last
//!   piece has left, whatever the client does. If there is no room for it, it is dropped at once,
//!   and its client is asked to retry.
//! * An address may hold as much as it leaves free: a single one gets half, and the next still gets
//!   some.
//! * A layer is read only in its turn: read bytes stay in memory until the client takes them.
//!
//! # Who calls
//! The accept loop, for every answer of every door.
//!
//! # On a crash
//! There is no state here.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use bytes::Bytes;
use tokio::sync::Semaphore;
use tokio_util::sync::PollSemaphore;

use crate::body::Body;
use crate::intake::network;

/// Memory for all answers that are complete in memory: manifests, pages, calls.
const ANSWERS_BYTES: usize = 192 << 20;

/// Smaller ones are not counted: a connection and a request cost as much.
const COUNTED_BYTES_MIN: usize = 4 << 10;

/// Layers that are sent to one address at a time; further ones wait for their turn. Each holds up
/// to half a mebibyte, and over HTTP/2 one connection can request a hundred and read none.
const LAYERS_PER_ADDRESS_MAX: usize = 256;

/// Addresses that are remembered before those are forgotten to which nothing is sent.
const ADDRESSES_MAX: usize = 4_096;

/// The answers that are being sent.
pub(crate) struct Answers {
    room: Arc<Room>,
    shares: Mutex<HashMap<Option<IpAddr>, Weak<Share>>>,
}

/// The answers that are being sent to one address.
pub(crate) struct Share {
    room: Arc<Room>,
    /// The bytes that it holds. Changed only under the lock of the room.
    held: Mutex<usize>,
    layers: Arc<Semaphore>,
}

struct Room {
    free: Mutex<usize>,
}

/// There is no room for an answer.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct NoRoom;

impl Answers {
    pub(crate) fn new() -> Self {
        Self::of(ANSWERS_BYTES)
    }

    fn of(bytes: usize) -> Self {
        Self { room: Arc::new(Room { free: Mutex::new(bytes) }), shares: Mutex::default() }
    }

    /// The share of an address. Those that no proxy can name have one together.
    pub(crate) fn share(&self, address: Option<IpAddr>) -> Arc<Share> {
        let network = address.map(network);
        let mut all = lock(&self.shares);
        if let Some(share) = all.get(&network).and_then(Weak::upgrade) {
            return share;
        }
        if all.len() >= ADDRESSES_MAX {
            all.retain(|_, share| share.strong_count() > 0);
        }
        let share = Arc::new(Share {
            room: self.room.clone(),
            held: Mutex::new(0),
            layers: Arc::new(Semaphore::new(LAYERS_PER_ADDRESS_MAX)),
        });
        all.insert(network, Arc::downgrade(&share));
        share
    }
}

impl Share {
    /// The turns of its layers.
    pub(crate) fn layers(&self) -> PollSemaphore {
        PollSemaphore::new(self.layers.clone())
    }

    /// The answer, charged to this address for as long as a piece of it is here.
    pub(crate) fn charge(self: &Arc<Self>, body: Body) -> Result<Body, NoRoom> {
        match body {
            Body::Full(Some(bytes)) if bytes.len() >= COUNTED_BYTES_MIN => {
                self.take(bytes.len())?;
                let charged = Charged { bytes, share: self.clone() };
                Ok(Body::Full(Some(Bytes::from_owner(charged))))
            }
            body => Ok(body),
        }
    }

    fn take(&self, bytes: usize) -> Result<(), NoRoom> {
        let (mut free, mut held) = (lock(&self.room.free), lock(&self.held));
        if *held + bytes > *free {
            return Err(NoRoom);
        }
        *free -= bytes;
        *held += bytes;
        Ok(())
    }

    fn give_back(&self, bytes: usize) {
        let (mut free, mut held) = (lock(&self.room.free), lock(&self.held));
        *free += bytes;
        *held -= bytes;
    }
}

/// The bytes of an answer. The last piece that is dropped gives their room back.
struct Charged {
    bytes: Bytes,
    share: Arc<Share>,
}

impl AsRef<[u8]> for Charged {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

impl Drop for Charged {
    fn drop(&mut self) {
        self.share.give_back(self.bytes.len());
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KIB: usize = 1 << 10;

    fn share(answers: &Answers, address: &str) -> Arc<Share> {
        answers.share(Some(address.parse().unwrap()))
    }

    fn charge(share: &Arc<Share>, bytes: usize) -> Option<Bytes> {
        match share.charge(Body::from(vec![b'x'; bytes])) {
            Ok(Body::Full(bytes)) => bytes,
            Ok(Body::Layer(_) | Body::Coming(..)) => panic!("it was no object"),
            Err(NoRoom) => None,
        }
    }

    #[test]
    fn an_address_may_hold_as_much_as_it_leaves_free() {
        let answers = Answers::of(100 * KIB);
        let (one, another) = (share(&answers, "192.0.2.1"), share(&answers, "192.0.2.2"));
        let held: Vec<Bytes> = (0..5).filter_map(|_| charge(&one, 10 * KIB)).collect();
        assert_eq!(held.len(), 5, "half of it");
        assert_eq!(charge(&one, 10 * KIB), None, "and no more");
        assert!(charge(&one, 100).is_some(), "what is small is not counted");
        assert!(charge(&another, 20 * KIB).is_some(), "the next gets some");
        drop(held);
        assert!(charge(&one, 50 * KIB).is_some(), "what was taken is free again");
    }

    #[test]
    fn an_answer_is_charged_until_its_last_piece_has_left() {
        let answers = Answers::of(100 * KIB);
        let one = share(&answers, "192.0.2.1");
        let mut answer = charge(&one, 50 * KIB).unwrap();
        let last = answer.split_off(49 * KIB);
        drop(answer);
        assert_eq!(charge(&one, 10 * KIB), None, "a piece keeps all of it in memory");
        drop(last);
        assert!(charge(&one, 10 * KIB).is_some());
    }

    #[tokio::test]
    async fn layers_are_sent_to_an_address_so_many_at_a_time() {
        let answers = Answers::new();
        let take = |address: &str| {
            let mut turns = share(&answers, address).layers();
            async move {
                let next = std::future::poll_fn(|cx| turns.poll_acquire(cx));
                tokio::time::timeout(std::time::Duration::from_millis(20), next)
                    .await
                    .ok()
                    .flatten()
            }
        };
        let kept = share(&answers, "192.0.2.1");
        let mut held = Vec::new();
        for _ in 0..LAYERS_PER_ADDRESS_MAX {
            held.push(take("192.0.2.1").await.unwrap());
        }
        assert!(take("192.0.2.1").await.is_none(), "one more waits");
        assert!(take("192.0.2.2").await.is_some(), "another address has its own");
        held.pop();
        assert!(take("192.0.2.1").await.is_some(), "a turn comes back");
        drop(kept);
    }
}
