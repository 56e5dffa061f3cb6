use std::cmp::Ordering;

/// A decimal number, exact however long it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Decimal {
    negative: bool,
    /// Without zeros in front.
    whole: Box<str>,
    /// Without zeros behind.
    fraction: Box<str>,
}

impl Decimal {
    /// Reads digits, with a sign and a point if need be.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, fraction) = match digits.split_once('.') {
            Some((_, "")) => return None,
            Some(parts) => parts,
            None => (digits, ""),
        };
        let is_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || !is_digits(whole) || !is_digits(fraction) {
            return None;
        }
        let (whole, fraction) = (whole.trim_start_matches('0'), fraction.trim_end_matches('0'));
        let is_zero = whole.is_empty() && fraction.is_empty();
        Some(Self {
            negative: negative && !is_zero,
            whole: whole.into(),
            fraction: fraction.into(),
        })
    }

    fn compare_size(&self, other: &Self) -> Ordering {
        let by_length = self.whole.len().cmp(&other.whole.len());
        // Without leading zeros the longer number is the larger; fractions compare like text.
        by_length
            .then_with(|| self.whole.cmp(&other.whole))
            .then(self.fraction.cmp(&other.fraction))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.negative, other.negative) {
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
            (false, false) => self.compare_size(other),
            (true, true) => other.compare_size(self),
        }
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_compare_as_numbers() {
        #[rustfmt::skip]
        let cases = [
            ("1",     Ordering::Equal,   "1.0",   "zeros behind say nothing"),
            ("007",   Ordering::Equal,   "7",     "zeros in front say nothing"),
            ("-0",    Ordering::Equal,   "0",     "zero has no sign"),
            ("9",     Ordering::Less,    "10",    "not as texts compare"),
            ("0.09",  Ordering::Less,    "0.1",   "fractions"),
            ("1.10",  Ordering::Greater, "1.09",  "fractions"),
            ("-2",    Ordering::Less,    "-1",    "below zero"),
            ("-1",    Ordering::Less,    "0.5",   "across zero"),
            ("+3",    Ordering::Equal,   "3",     "a plus"),
            ("9007199254740993", Ordering::Greater, "9007199254740992", "more digits than a float has"),
            ("0.1000000000000000000001", Ordering::Greater, "0.1", "more digits than a float has"),
        ];
        for (a, expected, b, because) in cases {
            let (a, b) = (Decimal::read(a).unwrap(), Decimal::read(b).unwrap());
            assert_eq!(a.cmp(&b), expected, "{a:?} {b:?}: {because}");
            assert_eq!(a == b, expected.is_eq(), "{a:?} {b:?}: {because}");
        }
        for text in ["", "-", ".5", "1.", "1e3", "0x1", "1,5", " 1", "１", "--1", "NaN", "inf"] {
            assert_eq!(Decimal::read(text), None, "{text}");
        }
    }
}
