//! How many connections are served at once: all together, and of one address; and how many layers are sent at once to one.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_util::sync::PollSemaphore;

use crate::intake::network;

/// Places for connections.
pub(crate) struct Places {
    all: Arc<Semaphore>,
    per_address_max: usize,
    taken: Arc<Mutex<HashMap<IpAddr, usize>>>,
}

/// A place among all, until it is dropped.
pub(crate) struct Place(#[expect(dead_code, reason = "held, not read")] OwnedSemaphorePermit);

/// A place among those of an address, until it is dropped.
pub(crate) struct AddressPlace {
    network: IpAddr,
    taken: Arc<Mutex<HashMap<IpAddr, usize>>>,
}

impl Places {
    pub(crate) fn new(all_max: usize, per_address_max: usize) -> Self {
        Self { all: Arc::new(Semaphore::new(all_max)), per_address_max, taken: Arc::default() }
    }

    /// Waits for a place among all.
    pub(crate) async fn take(&self) -> Place {
        Place(self.all.clone().acquire_owned().await.expect("the semaphore is never closed"))
    }

    /// A place among those of an address; `None` if it has them all.
    pub(crate) fn take_of(&self, address: IpAddr) -> Option<AddressPlace> {
        let network = network(address);
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let count = taken.entry(network).or_default();
        if *count >= self.per_address_max {
            return None;
        }
        *count += 1;
        Some(AddressPlace { network, taken: self.taken.clone() })
    }
}

impl Drop for AddressPlace {
    fn drop(&mut self) {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = taken.get_mut(&self.network) {
            *count -= 1;
            if *count == 0 {
                taken.remove(&self.network);
            }
        }
    }
}

/// Layers that are sent to one address at a time; more wait for their turn. Each holds up to half a mebibyte, and over HTTP/2
/// one connection can ask for a hundred and take none.
const LAYERS_PER_ADDRESS_MAX: usize = 256;

/// Addresses that are remembered before those are forgotten to which nothing is sent.
const ADDRESSES_MAX: usize = 4_096;

/// Whose turn it is to be sent a layer.
#[derive(Default)]
pub(crate) struct Turns(Mutex<HashMap<Option<IpAddr>, Weak<Semaphore>>>);

impl Turns {
    /// The turns of an address. Those that no proxy can name share theirs.
    pub(crate) fn of(&self, address: Option<IpAddr>) -> PollSemaphore {
        let network = address.map(network);
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = all.get(&network).and_then(Weak::upgrade);
        let turns = known.unwrap_or_else(|| {
            if all.len() >= ADDRESSES_MAX {
                all.retain(|_, turns| turns.strong_count() > 0);
            }
            let turns = Arc::new(Semaphore::new(LAYERS_PER_ADDRESS_MAX));
            all.insert(network, Arc::downgrade(&turns));
            turns
        });
        PollSemaphore::new(turns)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_so_many_places_and_another_has_its_own() {
        let places = Places::new(9, 2);
        let take = |address: &str| places.take_of(address.parse().unwrap());
        let held = [take("192.0.2.1"), take("::ffff:192.0.2.1")];
        assert!(held.iter().all(Option::is_some));
        #[rustfmt::skip]
        let cases = [
            ("192.0.2.1",        false, "it has two"),
            ("::ffff:192.0.2.1", false, "the same in a new coat"),
            ("192.0.2.2",        true,  "another"),
        ];
        for (address, expected, because) in cases {
            assert_eq!(take(address).is_some(), expected, "{because}");
        }
        drop(held);
        assert!(take("192.0.2.1").is_some(), "places come back");
        assert!(
            places.taken.lock().unwrap().is_empty(),
            "and nothing is remembered of who is gone"
        );
    }

    #[tokio::test]
    async fn layers_are_sent_to_an_address_so_many_at_a_time() {
        let turns = Turns::default();
        let take = |address: [u8; 4]| {
            let mut turns = turns.of(Some(address.into()));
            async move {
                let next = std::future::poll_fn(|cx| turns.poll_acquire(cx));
                tokio::time::timeout(std::time::Duration::from_millis(20), next)
                    .await
                    .ok()
                    .flatten()
            }
        };
        let mut held = Vec::new();
        for _ in 0..LAYERS_PER_ADDRESS_MAX {
            held.push(take([192, 0, 2, 1]).await.unwrap());
        }
        assert!(take([192, 0, 2, 1]).await.is_none(), "one more waits");
        assert!(take([192, 0, 2, 2]).await.is_some(), "another address has its own");
        held.pop();
        assert!(take([192, 0, 2, 1]).await.is_some(), "a turn comes back");
    }

    #[test]
    fn a_machine_is_not_as_many_addresses_as_its_network_has() {
        let places = Places::new(9, 2);
        let take = |address: &str| places.take_of(address.parse().unwrap());
        let held = [take("2001:db8:0:1::1"), take("2001:db8:0:1:ffff::2")];
        assert!(held.iter().all(Option::is_some));
        assert!(take("2001:db8:0:1::3").is_none(), "the same /64");
        assert!(take("2001:db8:0:2::3").is_some(), "the next");
    }
}
