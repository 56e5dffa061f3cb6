//! The AWS SDK for Rust, on keys and on repositories under them.

use black_box::{Invocation, Server, find_tool, skipped};

#[test]
fn the_rust_sdk_drives_keys_and_repositories_under_them() {
    let server = Server::start();
    let Some(program) = find_tool("rust-sdk") else {
        let why = "it is not installed: run tests/install.sh rust-sdk";
        return skipped("the AWS SDK for Rust", why);
    };
    // One node of several: the scenarios do not wait until the others act on a change.
    let endpoint = format!("http://{}", server.node_addresses()[0]);
    let run = server.signed(Invocation::new(program, &server.scratch("rust")));
    let ended = run.env("AWS_ENDPOINT_URL", endpoint).run();
    assert!(ended.succeeded(), "{ended}");
    assert_eq!(ended.stdout.lines().count(), 6, "{ended}");
}
