use names::ObjectKey;

use super::cipher::Cipher;
use super::{Header, Layout, Suite};
use crate::{NewObject, Protection, StoreError};

/// Everything needed to write or read one file: its header, its keys and its layout.
#[derive(Debug)]
pub(crate) struct Codec {
    header: Header,
    encoded: Vec<u8>,
    cipher: Cipher,
    layout: Layout,
}

impl Codec {
    /// For a file that is not there yet. It gets keys that no other file has, or had.
    pub(crate) fn generate(new: NewObject) -> Result<Self, StoreError> {
        let NewObject { object, protection, wrapped } = new;
        let header = Header::generate(protection.suite(), object, wrapped)
            .ok_or(StoreError::Misused("the wrapped key is too long for an object's header"))?;
        let mut encoded = header.encode();
        let (cipher, check) = Cipher::derive(&header, &encoded, protection.key());
        encoded.extend_from_slice(&check);
        let layout = Layout::new(header.suite, encoded.len());
        Ok(Self { header, encoded, cipher, layout })
    }

    /// The codec of the file that starts with these bytes. Returns an error that says what is wrong
    /// if it is not a file of this object under this key.
    pub(crate) fn recognise(
        bytes: &[u8],
        object: &ObjectKey,
        protection: &Protection,
    ) -> Result<Self, &'static str> {
        let (header, stored) = Header::parse(bytes)?;
        if header.object != *object {
            return Err("it is another object's file");
        }
        if header.suite != protection.suite() {
            return Err("it is not protected the way it should be");
        }
        let mut encoded = header.encode();
        let (cipher, check) = Cipher::derive(&header, &encoded, protection.key());
        if aws_lc_rs::constant_time::verify_slices_are_equal(&check, &stored).is_err() {
            return Err("its header is damaged or it is sealed under another key");
        }
        encoded.extend_from_slice(&check);
        let layout = Layout::new(header.suite, encoded.len());
        Ok(Self { header, encoded, cipher, layout })
    }

    pub(crate) fn header(&self) -> &Header {
        &self.header
    }

    pub(crate) fn suite(&self) -> Suite {
        self.header.suite
    }

    pub(crate) fn object(&self) -> &ObjectKey {
        &self.header.object
    }

    /// The encoded header.
    pub(crate) fn encoded(&self) -> &[u8] {
        &self.encoded
    }

    pub(crate) fn cipher(&self) -> &Cipher {
        &self.cipher
    }

    pub(crate) fn layout(&self) -> Layout {
        self.layout
    }

    /// The error for a defect at `offset` of this object's file.
    pub(crate) fn corrupt(&self, offset: u64, what: &'static str) -> StoreError {
        StoreError::Corrupt { object: self.object().clone(), offset, what }
    }
}
