//! Numbers, which are equal if they have the same value: `301.8` and `3.018e2`.

/// A number of a pattern.
#[derive(Debug, Clone)]
pub(super) struct Number {
    text: Box<str>,
    value: Option<f64>,
}

impl Number {
    pub(super) fn new(text: &str) -> Self {
        Self { text: text.into(), value: comparable(text) }
    }

    /// Its value, if it can be compared.
    pub(super) fn value(&self) -> Option<f64> {
        self.value
    }

    /// A number that cannot be compared is equal to those that are written alike.
    pub(super) fn equals(&self, other: &serde_json::Number) -> bool {
        match (self.value, value_of(other)) {
            (Some(value), Some(other)) => value.total_cmp(&other).is_eq(),
            (None, None) => *self.text == *other.to_string(),
            _ => false,
        }
    }
}

/// The value of an event's number, if it can be compared.
pub(super) fn value_of(number: &serde_json::Number) -> Option<f64> {
    if number.is_f64() {
        number.as_f64().map(|value| value + 0.0)
    } else {
        comparable(&number.to_string())
    }
}

/// The value of a number that a double holds: one that is the shortest way to write its double,
/// but for zeros and the exponent. Others have too many digits, or are too large.
fn comparable(text: &str) -> Option<f64> {
    let value: f64 = text.parse().ok().filter(|value: &f64| value.is_finite())?;
    // A zero has no sign.
    (digits(text)? == digits(&format!("{value:e}"))?).then_some(value + 0.0)
}

/// The digits of a number without zeros around them, and the power of ten of the last one.
fn digits(text: &str) -> Option<(bool, String, i64)> {
    let (text, exponent) = match text.split_once(['e', 'E']) {
        Some((text, exponent)) => (text, exponent.parse::<i64>().ok()?),
        None => (text, 0),
    };
    let is_negative = text.starts_with('-');
    let text = text.trim_start_matches('-');
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let all = format!("{whole}{fraction}");
    let significant = all.trim_end_matches('0');
    let zeros = i64::try_from(all.len() - significant.len()).ok()?;
    let significant = significant.trim_start_matches('0');
    if significant.is_empty() {
        return Some((false, String::new(), 0));
    }
    let exponent = exponent.checked_sub(i64::try_from(fraction.len()).ok()?)?.checked_add(zeros)?;
    Some((is_negative, significant.to_owned(), exponent))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_a_double_holds_can_be_compared() {
        #[rustfmt::skip]
        let cases = [
            ("0",                     Some(0.0),     "zero"),
            ("-0.0e5",                Some(0.0),     "zero, by other means"),
            ("301.8",                 Some(301.8),   "a fraction"),
            ("3.018e2",               Some(301.8),   "the same"),
            ("0.03018E+4",            Some(301.8),   "and again"),
            ("9007199254740992",      Some(9_007_199_254_740_992.0), "the last of the small integers"),
            ("9007199254740993",      None,          "not a double"),
            ("0.10000000000000001",   None,          "too many digits"),
            ("1e309",                 None,          "too large"),
            ("1e99999999999999999999", None,         "much too large"),
        ];
        for (text, expected, because) in cases {
            assert_eq!(comparable(text), expected, "{text}: {because}");
        }
    }
}
