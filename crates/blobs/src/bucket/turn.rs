//! The content of a claim.
//!
//! ```text
//! version 2 · nonce 16 · upload id length 2 · upload id
//! ```

use crate::StoreError;

const VERSION: u8 = 2;

/// The longest claim: AWS's upload ids have about 130 bytes.
pub(super) const CLAIM_BYTES_MAX: u64 = 2 + 17 + UPLOAD_ID_BYTES_MAX as u64;

/// The longest upload id that we accept.
pub(super) const UPLOAD_ID_BYTES_MAX: usize = 2048;

/// One turn of writing an object.
#[derive(Debug, Clone)]
pub(super) struct Turn {
    /// Identifies the node that made the claim: if the answer to its first try was lost, it must
    /// recognise its own claim.
    pub(super) nonce: [u8; 16],
    /// The multipart upload, if there is one.
    pub(super) upload: Option<String>,
}

impl Turn {
    /// A new claim.
    pub(super) fn generate(upload: Option<String>) -> Self {
        let mut nonce = [0; 16];
        aws_lc_rs::rand::fill(&mut nonce).expect("the system gives random bytes");
        Self { nonce, upload }
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        let upload = self.upload.as_deref().unwrap_or_default();
        let length = u16::try_from(upload.len()).expect("bounded when it was given out");
        [&[VERSION], &self.nonce[..], &length.to_le_bytes(), upload.as_bytes()].concat()
    }

    pub(super) fn parse(bytes: &[u8]) -> Result<Self, StoreError> {
        const DAMAGED: StoreError = StoreError::BadParked("the claim of its turn is damaged");
        let ([version], rest) = bytes.split_first_chunk::<1>().ok_or(DAMAGED)?;
        let (nonce, rest) = rest.split_first_chunk::<16>().ok_or(DAMAGED)?;
        let (length, rest) = rest.split_first_chunk::<2>().ok_or(DAMAGED)?;
        let length = usize::from(u16::from_le_bytes(*length));
        let upload = std::str::from_utf8(rest).map_err(|_| DAMAGED)?;
        if *version != VERSION || rest.len() != length || length > UPLOAD_ID_BYTES_MAX {
            return Err(DAMAGED);
        }
        let upload = (!upload.is_empty()).then(|| upload.to_owned());
        Ok(Self { nonce: *nonce, upload })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_claim_reads_back() {
        for upload in [None, Some("an id".to_owned()), Some("x".repeat(UPLOAD_ID_BYTES_MAX))] {
            let turn = Turn::generate(upload.clone());
            let bytes = turn.encode();
            let read = Turn::parse(&bytes).unwrap();
            assert_eq!((read.nonce, read.upload), (turn.nonce, upload));
            assert!(Turn::parse(&bytes[..18]).is_err(), "cut");
            assert!(Turn::parse(&[&bytes[..], b"more"].concat()).is_err(), "longer");
            assert!(bytes.len() as u64 <= CLAIM_BYTES_MAX);
        }
        assert!(Turn::parse(&[1; 40]).is_err(), "of another version");
    }
}
