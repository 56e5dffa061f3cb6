//! Three nodes over one database and one bucket are one registry: what one was told, the others
//! know.
//!
//! Each test has its own database and prefix; PostgreSQL and the S3 or Azure server are real. When
//! a test ends, the nodes must stop cleanly and `fsck` must find nothing.

mod agreement;
mod azure;
mod created;
mod damage;
mod external_kms;
mod keyring;
mod keys;
mod pauses;
mod races;
mod restarts;
mod scans;
mod starts;
mod uploads;

use std::time::Duration;

use black_box::cluster::{Cluster, Plan};
use black_box::{AccessKey, Client, call};
use serde_json::{Value, json};

const STOP_PATIENCE: Duration = Duration::from_secs(40);

/// Three nodes with the repository `web`, or nothing where there are no stores.
fn three_nodes(test: &str) -> Option<Cluster> {
    let cluster = Plan::of(3).start(test)?;
    create_repository(&cluster, "web", &json!({}));
    Some(cluster)
}

fn create_repository(cluster: &Cluster, name: &str, settings: &Value) {
    let mut input = json!({ "repositoryName": name });
    let members = settings.as_object().expect("settings are members").clone();
    input.as_object_mut().expect("it is one").extend(members);
    asked(&cluster.addresses()[0], "CreateRepository", &input);
}

/// Calls an operation of the AWS API at a node as the root user, and asserts that it was done.
fn asked(address: &str, operation: &str, input: &Value) -> Value {
    let answer = call(address, &AccessKey::root(), operation, input);
    assert_eq!(answer.status, 200, "{operation} {input}: {}", answer.text());
    answer.json()
}

/// Ends the nodes, and asserts that all is well.
fn end(mut cluster: Cluster) {
    cluster.terminate();
    cluster.await_end(STOP_PATIENCE);
    let checked = cluster.longshore(["fsck", "--digests"]).run();
    assert!(checked.found_nothing_wrong(), "{checked}");
}

/// The manifest of a tag at a node: its status and digest.
fn read_tag(client: &mut Client, tag: &str) -> (u16, String) {
    let answer = client.get(&format!("/v2/web/manifests/{tag}"));
    let digest = answer.header("docker-content-digest").unwrap_or_default().to_owned();
    (answer.status, digest)
}
