use names::{ObjectKey, WrappedKey};

use super::Suite;
use super::layout::SEGMENT_LOG2;

const MAGIC: &[u8; 8] = b"LSOBJECT";
const VERSION: u8 = 1;
const PREFIX_BYTES: usize = 7;
const SALT_BYTES: usize = 32;
const OBJECT_KEY_BYTES: usize = 32;
const CHECK_BYTES: usize = 32;
const FIXED_BYTES: usize = 24 + SALT_BYTES + OBJECT_KEY_BYTES;

/// The longest wrapped key that a header can hold: enough for an external key service's.
pub const WRAPPED_BYTES_MAX: usize = 1024;

/// The longest header there is.
pub(crate) const HEADER_BYTES_MAX: usize = FIXED_BYTES + WRAPPED_BYTES_MAX + CHECK_BYTES;

/// The header of a file, without the check.
#[derive(Debug, Clone)]
pub(crate) struct Header {
    pub(crate) suite: Suite,
    pub(crate) prefix: [u8; PREFIX_BYTES],
    pub(crate) salt: [u8; SALT_BYTES],
    pub(crate) object: ObjectKey,
    pub(crate) wrapped: WrappedKey,
}

impl Header {
    /// A header with a new salt. `None` if the wrapped key is too long.
    pub(crate) fn generate(suite: Suite, object: ObjectKey, wrapped: WrappedKey) -> Option<Self> {
        let (mut prefix, mut salt) = ([0; PREFIX_BYTES], [0; SALT_BYTES]);
        super::cipher::fill_random(&mut prefix);
        super::cipher::fill_random(&mut salt);
        let fits = wrapped.as_bytes().len() <= WRAPPED_BYTES_MAX;
        fits.then_some(Self { suite, prefix, salt, object, wrapped })
    }

    /// The bytes that the check is derived from, and which it follows.
    pub(crate) fn encode(&self) -> Vec<u8> {
        let wrapped = self.wrapped.as_bytes();
        let wrapped_length = u16::try_from(wrapped.len()).expect("bounded when generated");
        let suite = match self.suite {
            Suite::Plain => 0,
            Suite::Aes256Gcm => 1,
        };
        let mut bytes = Vec::with_capacity(HEADER_BYTES_MAX);
        bytes.extend_from_slice(MAGIC);
        bytes.extend_from_slice(&[VERSION, suite, SEGMENT_LOG2, 0]);
        bytes.extend_from_slice(&wrapped_length.to_le_bytes());
        bytes.extend_from_slice(&[0; 3]);
        bytes.extend_from_slice(&self.prefix);
        bytes.extend_from_slice(&self.salt);
        bytes.extend_from_slice(self.object.as_str().as_bytes());
        bytes.extend_from_slice(wrapped);
        bytes
    }

    /// Parses the header at the start of `bytes`, and its check; or says what is wrong.
    pub(crate) fn parse(bytes: &[u8]) -> Result<(Self, [u8; CHECK_BYTES]), &'static str> {
        const CUT: &str = "the header is cut";
        let (magic, rest) = bytes.split_first_chunk::<8>().ok_or(CUT)?;
        if magic != MAGIC {
            return Err("it does not start like an object");
        }
        let ([version, suite, segment_log2, zero], rest) =
            rest.split_first_chunk::<4>().ok_or(CUT)?;
        if *version != VERSION {
            return Err("its format is of another version");
        }
        let suite = match suite {
            0 => Suite::Plain,
            1 => Suite::Aes256Gcm,
            _ => return Err("its suite is unknown"),
        };
        let (wrapped_length, rest) = rest.split_first_chunk::<2>().ok_or(CUT)?;
        let (zeros, rest) = rest.split_first_chunk::<3>().ok_or(CUT)?;
        if *segment_log2 != SEGMENT_LOG2 || *zero != 0 || zeros != &[0; 3] {
            return Err("the header is damaged");
        }
        let wrapped_length = usize::from(u16::from_le_bytes(*wrapped_length));
        if wrapped_length > WRAPPED_BYTES_MAX {
            return Err("the header is damaged");
        }
        let (prefix, rest) = rest.split_first_chunk().ok_or(CUT)?;
        let (salt, rest) = rest.split_first_chunk().ok_or(CUT)?;
        let (object, rest) = rest.split_first_chunk::<OBJECT_KEY_BYTES>().ok_or(CUT)?;
        let object = std::str::from_utf8(object).map_err(|_| "the header is damaged")?;
        let object = ObjectKey::parse(object).map_err(|_| "the header is damaged")?;
        let (wrapped, rest) = rest.split_at_checked(wrapped_length).ok_or(CUT)?;
        let (check, _) = rest.split_first_chunk().ok_or(CUT)?;
        let wrapped = WrappedKey::from_bytes(wrapped);
        Ok((Self { suite, prefix: *prefix, salt: *salt, object, wrapped }, *check))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(wrapped: &[u8]) -> Header {
        let object = ObjectKey::from_random([0xab; 16]);
        Header::generate(Suite::Aes256Gcm, object, WrappedKey::from_bytes(wrapped)).unwrap()
    }

    #[test]
    fn a_header_reads_back() {
        for length in [0, 81, WRAPPED_BYTES_MAX] {
            let before = header(&vec![7; length]);
            let bytes = [before.encode(), vec![9; 32], vec![1; 5]].concat();
            let (after, check) = Header::parse(&bytes).unwrap();
            assert_eq!(after.encode(), before.encode());
            assert_eq!(check, [9; 32]);
            assert_eq!(before.encode().len() + 32, FIXED_BYTES + length + 32);
        }
    }

    #[test]
    fn headers_that_are_refused() {
        let good = [header(&[7; 81]).encode(), vec![9; 32]].concat();
        let with = |at: usize, byte: u8| {
            let mut bytes = good.clone();
            bytes[at] = byte;
            bytes
        };
        #[rustfmt::skip]
        let cases = [
            (Vec::new(),                    "nothing"),
            (good[..good.len() - 1].into(), "a byte of the check is missing"),
            (with(0, b'X'),                 "the magic"),
            (with(8, 2),                    "a later version"),
            (with(8, 0),                    "no version"),
            (with(9, 2),                    "an unknown suite"),
            (with(10, 17),                  "another segment size"),
            (with(11, 1),                   "a reserved byte"),
            (with(13, 0xff),                "a wrapped key longer than any"),
            (with(12, 82),                  "a wrapped key longer than the rest"),
            (with(14, 1),                   "a reserved byte"),
            (with(24 + 32, b'G'),           "an object key that is not hex"),
            (with(24 + 32, 0xff),           "an object key that is not text"),
        ];
        for (bytes, because) in cases {
            assert!(Header::parse(&bytes).is_err(), "{because}");
        }
        for cut in 0..good.len() {
            assert!(Header::parse(&good[..cut]).is_err(), "cut at {cut}");
        }
    }

    #[test]
    fn a_wrapped_key_has_a_bound() {
        let object = ObjectKey::from_random([0xab; 16]);
        let long = WrappedKey::from_bytes(&[0; WRAPPED_BYTES_MAX + 1]);
        assert!(Header::generate(Suite::Plain, object, long).is_none());
    }
}
