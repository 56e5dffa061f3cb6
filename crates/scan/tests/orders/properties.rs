use std::cmp::Ordering;

use proptest::prelude::*;
use scan::Order;

/// Texts of what versions are made of, near each other.
fn version() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[0-9]{1,2}",
        4 => Just(".".to_owned()),
        1 => "[-+~_^:]",
        1 => "[a-c]",
        1 => prop_oneof![
            Just("rc"), Just("alpha"), Just("_p1"), Just("-r1"), Just(".dev"), Just("-beta"),
        ].prop_map(str::to_owned),
    ];
    proptest::collection::vec(piece, 1..7).prop_map(|pieces| format!("1{}", pieces.concat()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn an_order_is_total(one in version(), two in version(), three in version()) {
        for order in Order::ALL {
            prop_assert!(matches!(order.compare(&one, &one), None | Some(Ordering::Equal)));
            let (Some(first), Some(second)) =
                (order.compare(&one, &two), order.compare(&two, &three))
            else {
                continue;
            };
            prop_assert_eq!(order.compare(&two, &one), Some(first.reverse()));
            // Maven's own order is not transitive: `1rc` < `1.` < `1.~.` < `1rc`.
            if order == Order::Maven {
                continue;
            }
            let third = order.compare(&one, &three);
            let chained = if first.is_eq() { second } else { first };
            if first == second || first.is_eq() || second.is_eq() {
                prop_assert_eq!(third, Some(chained), "{:?} {} {} {}", order, one, two, three);
            }
        }
    }

    #[test]
    fn no_text_is_too_strange(one in ".{0,300}", other in ".{0,300}") {
        for order in Order::ALL {
            let compared = order.compare(&one, &other);
            prop_assert_eq!(order.compare(&other, &one), compared.map(Ordering::reverse));
        }
    }
}
