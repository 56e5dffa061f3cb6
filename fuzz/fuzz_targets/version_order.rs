//! Orders of versions: whatever the texts, one order is the other turned round.

#![no_main]

use libfuzzer_sys::fuzz_target;
use scan::Order;

fuzz_target!(|input: (u8, &str, &str)| {
    let (order, one, other) = input;
    let order = Order::ALL[usize::from(order) % Order::ALL.len()];
    let compared = order.compare(one, other);
    assert_eq!(order.compare(other, one), compared.map(std::cmp::Ordering::reverse));
    assert!(order.compare(one, one).is_none_or(std::cmp::Ordering::is_eq));
});
