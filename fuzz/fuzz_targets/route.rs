//! Paths and queries at the OCI door: a recognised route always names a repository that could
//! exist.

#![no_main]

use libfuzzer_sys::fuzz_target;
use names::RepositoryName;

fuzz_target!(|input: (u8, &str, &str)| {
    let (method, path, query) = input;
    let method = ["GET", "HEAD", "PUT", "POST", "PATCH", "DELETE"][usize::from(method % 6)];
    if let Some(name) = server::fuzzing::route(method, path).filter(|name| !name.is_empty()) {
        assert!(RepositoryName::parse(&name).is_ok(), "{name}");
        assert!(path.contains(&name), "the name {name} is not in {path}");
    }
    server::fuzzing::query(query);
});
