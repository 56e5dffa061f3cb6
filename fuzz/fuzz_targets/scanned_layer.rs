//! Layers: any bytes are one. What could not be read is said, and nothing outside of the layer is
//! named.

#![no_main]

use std::time::Duration;

use libfuzzer_sys::fuzz_target;
use names::Digest;
use scan::{Bounds, ImageLayer, LayerFacts, merge, read_layer};

fuzz_target!(|bytes: &[u8]| {
    let bounds = Bounds { layer_bytes_max: 1 << 22, entries_max: 1000, ..Bounds::default() };
    let facts = read_layer(bytes, &bounds, &|| Duration::ZERO).expect("a slice does not fail");
    for path in facts.files.keys().chain(facts.links.values()) {
        assert!(!path.as_str().starts_with('/'));
        assert!(path.as_str().split('/').all(|segment| !matches!(segment, "" | "." | "..")));
    }
    let text = serde_json::to_string(&facts).expect("facts have a form");
    assert_eq!(serde_json::from_str::<LayerFacts>(&text).expect("and are read from it"), facts);
    let digest = Digest::sha256(bytes);
    let inventory = merge([ImageLayer { digest: &digest, facts: &facts }]);
    let packages: usize = facts.files.values().map(|file| file.packages().len()).sum();
    assert_eq!(inventory.packages.len(), packages);
});
