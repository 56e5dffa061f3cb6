//! Limits how many connections are served at once: in total and per address.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

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
