//! Names in paths and documents: an accepted name prints as it was written, and is safe in a path.

#![no_main]

use std::fmt::Display;

use libfuzzer_sys::fuzz_target;
use names::{
    CachePrefix, Digest, ImageTag, Malformed, MediaType, Reference, RepositoryArn, RepositoryName,
    TemplatePrefix, UpstreamUrl,
};

fuzz_target!(|text: &str| {
    same(text, Digest::parse(text));
    same(text, ImageTag::parse(text));
    same(text, Reference::parse(text));
    same(text, RepositoryArn::parse(text));
    same(text, RepositoryName::parse(text));
    same(text, TemplatePrefix::parse(text));
    same(text, CachePrefix::parse(text));
    same(text, UpstreamUrl::parse(text));
    if let Ok(kind) = MediaType::parse(text) {
        // Parameters may hold spaces; it must be fit for a header all the same.
        assert_eq!(kind.as_str(), text);
        assert!(http::HeaderValue::from_str(text).is_ok());
    }
    if RepositoryName::parse(text).is_ok() {
        assert!(text.split('/').all(|part| !part.is_empty() && part != "." && part != ".."));
    }
});

fn same(text: &str, parsed: Result<impl Display, Malformed>) {
    if let Ok(name) = parsed {
        assert_eq!(name.to_string(), text);
        assert!(text.is_ascii() && !text.contains(|c: char| c.is_control() || c == ' '));
    }
}
