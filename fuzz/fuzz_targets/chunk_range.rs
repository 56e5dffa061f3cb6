//! `Content-Range` of chunks: an accepted range is not empty and does not overflow.

#![no_main]

use libfuzzer_sys::fuzz_target;
use wire::oci::ContentRange;

fuzz_target!(|header: &str| {
    if let Some(range) = ContentRange::parse(header) {
        assert!(range.first <= range.last);
        assert!(range.length() >= 1);
    }
});
