use std::collections::HashMap;

use names::{Algorithm, Digest};

/// Digests, numbered as they are first seen: 32 bytes for each of SHA-256, and four per mention.
#[derive(Debug, Default)]
pub(crate) struct Digests(HashMap<Hash, u32>);

#[derive(Debug, PartialEq, Eq, Hash)]
enum Hash {
    Sha256([u8; 32]),
    Sha512(Box<[u8; 64]>),
}

impl Digests {
    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// The number of a digest, which gets the next one if it is new.
    pub(crate) fn number(&mut self, digest: &Digest) -> u32 {
        let next = narrow(self.0.len());
        let hash = match digest.algorithm() {
            Algorithm::Sha256 => Hash::Sha256(bytes(digest)),
            Algorithm::Sha512 => Hash::Sha512(Box::new(bytes(digest))),
        };
        *self.0.entry(hash).or_insert(next)
    }
}

/// A place in a list of digests or images.
pub(crate) fn narrow(place: usize) -> u32 {
    u32::try_from(place).expect("a repository holds less than 2^32 images and children")
}

fn bytes<const N: usize>(digest: &Digest) -> [u8; N] {
    let mut bytes = [0; N];
    let pairs = digest.hex().as_bytes().chunks_exact(2);
    for (byte, pair) in bytes.iter_mut().zip(pairs) {
        *byte = nibble(pair[0]) << 4 | nibble(pair[1]);
    }
    bytes
}

/// A digest is of lower-case hexadecimal digits.
fn nibble(digit: u8) -> u8 {
    match digit {
        b'0'..=b'9' => digit - b'0',
        _ => digit.wrapping_sub(b'a').wrapping_add(10),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_digests_have_one_number() {
        let mut digests = Digests::default();
        let a = Digest::sha256(b"a");
        let b = Digest::of(Algorithm::Sha512, b"a");
        // The first half of this one is `a`.
        let c = Digest::parse(&format!("sha512:{}{}", a.hex(), a.hex())).unwrap();
        let numbers = [&a, &b, &a, &c, &b].map(|digest| digests.number(digest));
        assert_eq!(numbers, [0, 1, 0, 2, 1]);
        assert_eq!(digests.len(), 3);
    }

    #[test]
    fn every_digit_is_read() {
        let digest = Digest::parse(&format!("sha256:{}", "0123456789abcdef".repeat(4))).unwrap();
        let expected = [0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef].repeat(4);
        assert_eq!(bytes::<32>(&digest).to_vec(), expected);
    }
}
