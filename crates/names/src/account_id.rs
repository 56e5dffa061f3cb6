use crate::Malformed;
use crate::malformed::word;

/// An AWS account: exactly twelve decimal digits, e.g. `123456789012`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountId(Box<str>);
word!(AccountId);

impl AccountId {
    /// Reads twelve digits.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        if text.len() == 12 && text.bytes().all(|b| b.is_ascii_digit()) {
            Ok(Self(text.into()))
        } else {
            Err(Malformed("an account id (12 digits)"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn account_ids() {
        #[rustfmt::skip]
        let cases = [
            // text           accepted  because
            ("123456789012",  true,     "twelve digits"),
            ("000000000000",  true,     "zeros are digits"),
            ("12345678901",   false,    "eleven"),
            ("1234567890123", false,    "thirteen"),
            ("12345678901a",  false,    "a letter"),
            ("１２３４",       false,    "full-width digits are not ASCII, though twelve bytes long"),
            ("",              false,    "empty"),
        ];
        for (text, accepted, because) in cases {
            assert_eq!(AccountId::parse(text).is_ok(), accepted, "{text:?}: {because}");
        }
    }
}
