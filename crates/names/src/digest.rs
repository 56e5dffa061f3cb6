use std::fmt;
use std::str::FromStr;

use sha2::digest::common::hazmat::SerializableState;
use sha2::{Digest as _, Sha256, Sha512};

use crate::Malformed;

/// The algorithms that the image-spec registers for digests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Algorithm {
    /// SHA-256, which every client uses.
    Sha256,
    /// SHA-512.
    Sha512,
}

impl Algorithm {
    /// The name before the colon.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sha256 => "sha256",
            Self::Sha512 => "sha512",
        }
    }

    fn hex_length(self) -> usize {
        match self {
            Self::Sha256 => 64,
            Self::Sha512 => 128,
        }
    }
}

/// An address of bytes: an algorithm and a hash, e.g. `sha256:9f86d0…`. Well-formed; proves
/// nothing.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest {
    text: Box<str>,
    algorithm: Algorithm,
}

impl Digest {
    /// Reads `algorithm:hex`, lower case, of exactly the algorithm's length.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        const BAD: Malformed = Malformed("a digest (sha256:… or sha512:… in lower-case hex)");
        let (name, hex) = text.split_once(':').ok_or(BAD)?;
        let algorithm = match name {
            "sha256" => Algorithm::Sha256,
            "sha512" => Algorithm::Sha512,
            _ => return Err(BAD),
        };
        let hexadecimal = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
        if hex.len() == algorithm.hex_length() && hex.bytes().all(hexadecimal) {
            Ok(Self { text: text.into(), algorithm })
        } else {
            Err(BAD)
        }
    }

    /// The digest of `bytes` under `algorithm`.
    pub fn of(algorithm: Algorithm, bytes: &[u8]) -> Self {
        let mut hasher = DigestHasher::new(algorithm);
        hasher.update(bytes);
        hasher.finish()
    }

    /// The SHA-256 digest of `bytes`.
    pub fn sha256(bytes: &[u8]) -> Self {
        Self::of(Algorithm::Sha256, bytes)
    }

    /// `algorithm:hex`.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Which algorithm the hash is of.
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// The hash in hex, without the algorithm.
    pub fn hex(&self) -> &str {
        &self.text[self.algorithm.as_str().len() + 1..]
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl FromStr for Digest {
    type Err = Malformed;

    fn from_str(text: &str) -> Result<Self, Malformed> {
        Self::parse(text)
    }
}

/// A hash under way. Its state can be parked as bytes and picked up by another process.
#[derive(Clone)]
pub struct DigestHasher(Running);

#[derive(Clone)]
enum Running {
    Sha256(Sha256),
    Sha512(Sha512),
}

impl DigestHasher {
    /// Starts a hash.
    pub fn new(algorithm: Algorithm) -> Self {
        Self(match algorithm {
            Algorithm::Sha256 => Running::Sha256(Sha256::new()),
            Algorithm::Sha512 => Running::Sha512(Sha512::new()),
        })
    }

    /// Adds more bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        match &mut self.0 {
            Running::Sha256(running) => running.update(bytes),
            Running::Sha512(running) => running.update(bytes),
        }
    }

    /// Ends the hash.
    pub fn finish(self) -> Digest {
        let (algorithm, hex) = match self.0 {
            Running::Sha256(running) => (Algorithm::Sha256, hex::encode(running.finalize())),
            Running::Sha512(running) => (Algorithm::Sha512, hex::encode(running.finalize())),
        };
        Digest { text: format!("{}:{hex}", algorithm.as_str()).into(), algorithm }
    }

    /// The state so far, to be parked.
    pub fn park(&self) -> Vec<u8> {
        match &self.0 {
            Running::Sha256(running) => running.serialize().to_vec(),
            Running::Sha512(running) => running.serialize().to_vec(),
        }
    }

    /// Picks up a parked state; `None` if these bytes are not one.
    pub fn resume(algorithm: Algorithm, parked: &[u8]) -> Option<Self> {
        Some(Self(match algorithm {
            Algorithm::Sha256 => {
                Running::Sha256(Sha256::deserialize(parked.try_into().ok()?).ok()?)
            }
            Algorithm::Sha512 => {
                Running::Sha512(Sha512::deserialize(parked.try_into().ok()?).ok()?)
            }
        }))
    }
}

impl fmt::Debug for DigestHasher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            Running::Sha256(_) => "DigestHasher(sha256)",
            Running::Sha512(_) => "DigestHasher(sha512)",
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn digests() {
        let a64 = "a".repeat(64);
        let f128 = "f".repeat(128);
        #[rustfmt::skip]
        let cases = [
            (format!("sha256:{a64}"),                   true,  "the usual"),
            (format!("sha512:{f128}"),                  true,  "the long one"),
            (format!("sha256:{}", "A".repeat(64)),      false, "upper case"),
            (format!("sha256:{}", "a".repeat(63)),      false, "too short"),
            (format!("sha256:{f128}"),                  false, "another algorithm's length"),
            (format!("sha384:{}", "a".repeat(96)),      false, "not registered"),
            (format!("SHA256:{a64}"),                   false, "upper-case name"),
            (a64.clone(),                               false, "no algorithm"),
            (format!("sha256:{}g", "a".repeat(63)),     false, "not hex"),
            (format!("sha256:../../{}", &a64[6..]),     false, "a path"),
            (String::new(),                             false, "empty"),
        ];
        for (text, accepted, because) in cases {
            assert_eq!(Digest::parse(&text).is_ok(), accepted, "{text:?}: {because}");
        }
    }

    #[test]
    fn known_hashes() {
        let empty = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(Digest::sha256(b"").as_str(), empty);
        assert_eq!(&Digest::of(Algorithm::Sha512, b"abc").hex()[..16], "ddaf35a193617aba");
    }

    proptest! {
        #[test]
        fn a_parked_hash_goes_on_where_it_stopped(
            bytes in proptest::collection::vec(any::<u8>(), 0..600), cut in 0_usize..600,
        ) {
            let cut = cut.min(bytes.len());
            for algorithm in [Algorithm::Sha256, Algorithm::Sha512] {
                let mut first = DigestHasher::new(algorithm);
                first.update(&bytes[..cut]);
                let mut second = DigestHasher::resume(algorithm, &first.park()).unwrap();
                second.update(&bytes[cut..]);
                prop_assert_eq!(second.finish(), Digest::of(algorithm, &bytes));
            }
        }
    }
}
