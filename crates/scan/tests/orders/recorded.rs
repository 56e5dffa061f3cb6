use std::cmp::Ordering;
use std::fs;
use std::path::Path;

use scan::Order;

/// As many as `record.py` writes.
const PAIRS_MIN: usize = 2_500;

#[test]
fn recorded_pairs_are_ordered_as_the_native_tools_do() {
    let orders = [
        ("dpkg", Order::Dpkg),
        ("rpm", Order::Rpm),
        ("apk", Order::Apk),
        ("python", Order::Python),
        ("semver", Order::Semver),
        ("maven", Order::Maven),
        ("gem", Order::Gem),
        ("composer", Order::Composer),
    ];
    let mut wrong = Vec::new();
    for (name, order) in orders {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/orders/pairs");
        let text = fs::read_to_string(file.join(name).with_extension("txt")).unwrap();
        assert!(text.lines().count() >= PAIRS_MIN, "{name}: the pairs are not all there");
        for line in text.lines() {
            let words: Vec<&str> = line.split(' ').collect();
            let [one, sign, other] = words[..] else { panic!("{name}: {line}") };
            let expected = match sign {
                "<" => Ordering::Less,
                "=" => Ordering::Equal,
                ">" => Ordering::Greater,
                sign => panic!("{name}: {sign}"),
            };
            let is_so = order.compare(one, other) == Some(expected)
                && order.compare(other, one) == Some(expected.reverse());
            if !is_so {
                wrong.push(format!("{name} {line}: {:?}", order.compare(one, other)));
            }
        }
    }
    assert!(wrong.is_empty(), "{} pairs:\n{}", wrong.len(), wrong.join("\n"));
}
