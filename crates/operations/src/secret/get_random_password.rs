//! GetRandomPassword.

use zeroize::Zeroizing;

use super::refusal::SecretRefusal;
use crate::Operations;

/// What a password is to be made of.
#[derive(Debug, Clone)]
pub struct PasswordKind {
    /// How many characters.
    pub length: usize,
    /// Characters that it must not have.
    pub excluded: String,
    /// Whether it may have each type of characters.
    pub types: Vec<CharacterType>,
    /// Whether it has at least one character of each type.
    pub has_each: bool,
}

/// A type of characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CharacterType {
    /// `a` to `z`.
    Lowercase,
    /// `A` to `Z`.
    Uppercase,
    /// `0` to `9`.
    Number,
    /// Punctuation.
    Punctuation,
    /// The space.
    Space,
}

impl CharacterType {
    fn all(self) -> &'static str {
        match self {
            Self::Lowercase => "abcdefghijklmnopqrstuvwxyz",
            Self::Uppercase => "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
            Self::Number => "0123456789",
            Self::Punctuation => "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~",
            Self::Space => " ",
        }
    }
}

const TOO_SHORT: &str =
    "The password length is too short for the types of characters that it must have.";
const NOTHING_LEFT: &str = "No characters are left to make a password of.";

impl Operations {
    /// A new password.
    pub fn get_random_password(kind: &PasswordKind) -> Result<Zeroizing<String>, SecretRefusal> {
        make(kind, &mut || u32::from_ne_bytes(keys::random()))
    }
}

/// A password from random numbers.
fn make(
    kind: &PasswordKind,
    random: &mut impl FnMut() -> u32,
) -> Result<Zeroizing<String>, SecretRefusal> {
    let left = |types: &CharacterType| -> Vec<char> {
        types.all().chars().filter(|it| !kind.excluded.contains(*it)).collect()
    };
    let pools: Vec<Vec<char>> = kind.types.iter().map(left).filter(|it| !it.is_empty()).collect();
    let all: Vec<char> = pools.iter().flatten().copied().collect();
    if all.is_empty() {
        return Err(SecretRefusal::NoPassword(NOTHING_LEFT));
    }
    let required = if kind.has_each { &pools[..] } else { &[] };
    if required.len() > kind.length {
        return Err(SecretRefusal::NoPassword(TOO_SHORT));
    }
    let mut password = Zeroizing::new(Vec::with_capacity(kind.length));
    for pool in required {
        password.push(pool[below(pool.len(), random)]);
    }
    while password.len() < kind.length {
        password.push(all[below(all.len(), random)]);
    }
    // The required ones are anywhere in it.
    for last in (1..password.len()).rev() {
        let other = below(last + 1, random);
        password.swap(last, other);
    }
    Ok(Zeroizing::new(password.iter().collect()))
}

/// A number below `bound`, each as likely as any other.
fn below(bound: usize, random: &mut impl FnMut() -> u32) -> usize {
    let bound = u32::try_from(bound).expect("a password and its alphabet are short");
    let fair = u32::MAX - u32::MAX % bound;
    loop {
        let number = random();
        if number < fair {
            return (number % bound) as usize;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn password(length: usize, excluded: &str, types: &[CharacterType], has_each: bool) -> String {
        let (excluded, types) = (excluded.to_owned(), types.to_vec());
        let kind = PasswordKind { length, excluded, types, has_each };
        Operations::get_random_password(&kind).map_or_else(|it| it.to_string(), |it| it.to_string())
    }

    #[test]
    fn passwords_have_what_they_must_and_nothing_else() {
        use CharacterType::{Lowercase, Number, Punctuation, Uppercase};
        for _ in 0..200 {
            let made = password(8, "aeiou0", &[Lowercase, Uppercase, Number], true);
            assert_eq!(made.len(), 8, "{made}");
            assert!(!made.contains(['a', 'e', 'i', 'o', 'u', '0']), "{made}");
            assert!(made.contains(|c: char| c.is_ascii_lowercase()), "{made}");
            assert!(made.contains(|c: char| c.is_ascii_uppercase()), "{made}");
            assert!(made.contains(|c: char| c.is_ascii_digit()), "{made}");
            assert!(made.chars().all(|c| c.is_ascii_alphanumeric()), "{made}");
        }
        assert_eq!(password(3, "123456789", &[Number], false), "000");
        assert_ne!(password(32, "", &[Punctuation], true), password(32, "", &[Punctuation], true));
    }

    #[test]
    fn passwords_that_cannot_be_made() {
        use CharacterType::{Lowercase, Number};
        assert_eq!(password(8, "0123456789", &[Number], true), NOTHING_LEFT);
        assert_eq!(password(8, "", &[], false), NOTHING_LEFT);
        assert_eq!(password(1, "", &[Lowercase, Number], true), TOO_SHORT);
    }

    #[test]
    fn every_character_is_as_likely() {
        let mut numbers = [u32::MAX, u32::MAX - 1, 25].into_iter();
        // The numbers above the last multiple of 26 are passed over.
        assert_eq!(below(26, &mut || numbers.next().unwrap()), 25);
    }
}
