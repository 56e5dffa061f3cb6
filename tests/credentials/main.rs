//! How clients get the password of a registry: our credential helper and kubelet's plugin, and
//! Amazon's own helper, which accepts only AWS's names.

mod across_accounts;
mod docker_credential;
mod ecr_login;
mod issuer;
mod kubelet;
mod named;
mod proxy;
mod roles;

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use black_box::{Client, longshore};
use serde_json::Value;

/// A folder to put into `PATH`, in which docker finds the helper `longshore`.
fn linked_helper(folder: &Path) -> PathBuf {
    let bin = folder.join("bin");
    fs::create_dir_all(&bin).expect("a scratch folder takes another");
    symlink(longshore(), bin.join("docker-credential-longshore")).expect("a link can be made");
    bin
}

/// The `PATH` of the tests, with a folder before all others.
fn path_with(first: &Path) -> String {
    let path = std::env::var("PATH").expect("tests have a PATH");
    format!("{}:{path}", first.display())
}

/// What the helper printed, as docker reads it.
fn credentials(printed: &str) -> Value {
    let read: Value = serde_json::from_str(printed).expect("a helper prints JSON");
    assert_eq!(read["Username"], "AWS", "{printed}");
    read
}

/// Asserts that the registry at `address` takes this password.
fn assert_opens(address: &str, password: &Value) {
    let password = password.as_str().expect("a password is text");
    let answer = Client::logged_in(address, password).get("/v2/");
    assert_eq!(answer.status, 200, "{}", answer.text());
}
