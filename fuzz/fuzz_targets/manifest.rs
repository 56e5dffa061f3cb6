//! Manifests: a parsed manifest is bounded, and parsing it again under its type gives the same.

#![no_main]

use libfuzzer_sys::fuzz_target;
use wire::oci::manifest::DESCRIPTORS_MAX;
use wire::oci::{Content, Manifest};

fuzz_target!(|input: (Option<&str>, &[u8])| {
    let (content_type, bytes) = input;
    let Ok(manifest) = Manifest::parse(bytes, content_type) else { return };
    let count = match &manifest.content {
        Content::Image { layers, .. } => layers.len(),
        Content::Index { manifests } => manifests.len(),
    };
    assert!(count <= DESCRIPTORS_MAX);
    assert!(http::HeaderValue::from_str(manifest.media_type.as_str()).is_ok());
    let again = Manifest::parse(bytes, Some(manifest.media_type.as_str()));
    assert_eq!(again, Ok(manifest));
});
