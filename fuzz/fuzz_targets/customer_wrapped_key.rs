//! Data keys that are wrapped under KMS keys: whatever the bytes are, they are read as they would
//! be written, or not at all.

#![no_main]

use keys::customer_keys::CustomerWrapped;
use libfuzzer_sys::fuzz_target;
use names::WrappedKey;

fuzz_target!(|bytes: &[u8]| {
    let wrapped = WrappedKey::from_bytes(bytes);
    if let Some(read) = CustomerWrapped::read(&wrapped) {
        assert!(CustomerWrapped::is_one(&wrapped));
        assert_eq!(read.write().as_ref(), Some(&wrapped));
    }
});
