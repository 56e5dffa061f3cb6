//! Pull through caches: what is pulled comes from another registry, once, and stays.
//!
//! The upstream registry is crane's, behind a door of the test that counts what is asked of it and
//! does damage (`upstream.rs`), Debian's docker-registry with passwords (`own_registry.rs`), or
//! another server of ours.

mod api;
mod clients;
mod credentials;
mod events;
mod faults;
mod freshness;
mod nodes;
mod own_registry;
mod pulls;
mod rights;
mod upstream;
mod validation;

use std::thread;
use std::time::{Duration, Instant};

use black_box::{Client, Server};
use serde_json::json;

use upstream::Upstream;

/// A server that may reach the upstream registry, with a rule for it.
fn server(upstream: &Upstream, arguments: &[&str]) -> Server {
    let arguments = [&["--upstream-allow-private"], arguments].concat();
    let server = Server::start_with(&arguments);
    let rule = json!({ "ecrRepositoryPrefix": "hub", "upstreamRegistryUrl": upstream.url() });
    server.call("CreatePullThroughCacheRule", &rule);
    server
}

/// Pseudo-random bytes, which no two seeds share.
fn bytes(seed: u64, length: usize) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()
    };
    let mut bytes: Vec<u8> = (0..length.div_ceil(8)).flat_map(|_| next()).collect();
    bytes.truncate(length);
    bytes
}

/// Waits until this holds.
fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < Duration::from_secs(40), "never: {what}");
        thread::sleep(Duration::from_millis(20));
    }
}

/// Waits until a node has heard of the rule for `hub`, which takes two seconds, or more on a busy
/// machine.
fn has_heard_of_the_rule(node: &mut Client) {
    until("the node has heard of the rule", || {
        node.get("/v2/hub/nothing/manifests/here").text().contains("Requested image not found")
    });
}

/// Whether an image is in a repository, as ECR's API tells it.
fn is_stored(server: &Server, repository: &str, tag: &str) -> bool {
    let input = json!({ "repositoryName": repository, "imageIds": [{ "imageTag": tag }] });
    let answer = black_box::call(
        &server.registry(),
        &black_box::AccessKey::root(),
        "DescribeImages",
        &input,
    );
    answer.status == 200
}

/// The status of a pull of a manifest, and its digest.
fn pulled(client: &mut Client, path: &str) -> (u16, String) {
    let answer = client.get(path);
    let digest = answer.header("docker-content-digest").unwrap_or_default().to_owned();
    (answer.status, digest)
}
