use crate::AccountId;

/// The intended lifetime of an access key, which its first four letters state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeyKind {
    /// `AKIA…`: until it is deleted.
    LongTerm,
    /// `ASIA…`: as long as its session.
    Temporary,
}

const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const PREFIX_LENGTH: usize = 4;

/// Five bits a letter: ten bytes.
const LETTERS: usize = 16;

/// The first 48 of the eighty bits: a one, the account in forty bits, and seven that are random.
const MARK: u128 = 1 << 79;
const ACCOUNT_SHIFT: u32 = 39;
const ACCOUNT_MASK: u128 = (1 << 40) - 1;

impl KeyKind {
    /// The first four letters.
    pub fn prefix(self) -> &'static str {
        match self {
            Self::LongTerm => "AKIA",
            Self::Temporary => "ASIA",
        }
    }

    /// Makes the id of an access key: twenty letters and digits. As in AWS's, the account is in it.
    pub fn access_key_id(self, account: &AccountId, random: [u8; 10]) -> String {
        let mut padded = [0; 16];
        padded[6..].copy_from_slice(&random);
        let noise = u128::from_be_bytes(padded) & ((1 << ACCOUNT_SHIFT) - 1);
        let digits: u128 = account.as_str().parse().expect("an account id is twelve digits");
        let bits = MARK | (digits << ACCOUNT_SHIFT) | noise;
        let letter = |at: usize| {
            let five = (bits >> (5 * (LETTERS - 1 - at))) & 31;
            char::from(ALPHABET[usize::try_from(five).expect("five bits are few")])
        };
        self.prefix().chars().chain((0..LETTERS).map(letter)).collect()
    }

    /// The account in the id of an access key, if one can be read there. It proves nothing.
    pub fn account_of(access_key_id: &str) -> Option<AccountId> {
        let (prefix, letters) = access_key_id.split_at_checked(PREFIX_LENGTH)?;
        let known = [Self::LongTerm, Self::Temporary].iter().any(|kind| kind.prefix() == prefix);
        if !known || letters.len() != LETTERS {
            return None;
        }
        let bits = letters.bytes().try_fold(0_u128, |bits, letter| {
            let five = ALPHABET.iter().position(|known| *known == letter)?;
            Some((bits << 5) | u128::try_from(five).ok()?)
        })?;
        let account = (bits >> ACCOUNT_SHIFT) & ACCOUNT_MASK;
        (bits & MARK != 0).then(|| AccountId::parse(&format!("{account:012}")).ok())?
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_account_is_in_the_id_of_a_key() {
        for account in ["000000000000", "123456789012", "999999999999"] {
            let account = AccountId::parse(account).unwrap();
            for kind in [KeyKind::LongTerm, KeyKind::Temporary] {
                for random in [[0; 10], [0xff; 10], [0x5a; 10]] {
                    let id = kind.access_key_id(&account, random);
                    assert_eq!(id.len(), 20, "{id}");
                    assert_eq!(KeyKind::account_of(&id), Some(account.clone()), "{id}");
                }
            }
        }
    }

    #[test]
    fn ids_that_name_no_account() {
        #[rustfmt::skip]
        let cases = [
            ("ASIAIOSFODNN7EXAMPLE",  "an id of AWS's old kind"),
            ("test",                  "chosen for a laptop"),
            ("AIDAQAAAAAAAAAAAAAAA",  "a user's id"),
            ("ASIA77777777777777777", "too long"),
            ("ASIA7777777777777777",  "an account of thirteen digits"),
            ("ASIA1111111111111111",  "digits that the alphabet lacks"),
            ("ASIÄ",                  "not ASCII"),
            ("",                      "empty"),
        ];
        for (id, because) in cases {
            assert_eq!(KeyKind::account_of(id), None, "{id}: {because}");
        }
    }

    #[test]
    fn ids_are_as_random_as_they_can_be() {
        let account = AccountId::parse("123456789012").unwrap();
        let id = |random| KeyKind::Temporary.access_key_id(&account, random);
        assert_ne!(id([0, 0, 0, 0, 0, 0, 0, 0, 0, 1]), id([0; 10]));
        assert_ne!(id([0, 0, 0, 0, 0, 0x40, 0, 0, 0, 0]), id([0; 10]));
    }
}
