//! The nodes act on what one of them was told: at once for rows, within two seconds for cached
//! rights.

use std::thread;
use std::time::{Duration, Instant};

use black_box::cluster::Cluster;
use black_box::{
    AccessKey, Answer, Client, Invocation, REGION, call, digest_of, manifest_of, python,
};
use serde_json::{Value, json};

use crate::{asked, end, read_tag, three_nodes};

/// What we promise.
const AGREED_WITHIN: Duration = Duration::from_secs(2);

/// Denials are written down every two seconds; the rest is for a machine that has much to do.
const TOLD_WITHIN: Duration = Duration::from_secs(5);

#[test]
fn a_tag_is_read_right_on_every_node_as_soon_as_it_was_written() {
    let test = "a_tag_is_read_right_on_every_node_as_soon_as_it_was_written";
    let Some(cluster) = three_nodes(test) else { return };
    let mut nodes = cluster.clients();
    let config = nodes[0].push_layer("web", b"{}");
    for number in 0..60 {
        let manifest = manifest_of(number, &config, &[]);
        let writer = usize::try_from(number % 3).unwrap();
        assert_eq!(nodes[writer].put_manifest("web", "latest", &manifest).status, 201);
        for node in &mut nodes {
            assert_eq!(read_tag(node, "latest"), (200, digest_of(&manifest)));
        }
    }
    assert_eq!(nodes[1].delete("/v2/web/manifests/latest").status, 202);
    for node in &mut nodes {
        assert_eq!(read_tag(node, "latest").0, 404);
    }
    end(cluster);
}

/// A user who may do everything with the registry.
fn user(cluster: &Cluster) -> AccessKey {
    iam(cluster, &["create-user", "--user-name", "kim"]);
    let policy = "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryFullAccess";
    iam(cluster, &["attach-user-policy", "--user-name", "kim", "--policy-arn", policy]);
    access_key(cluster)
}

/// A key of the user.
fn access_key(cluster: &Cluster) -> AccessKey {
    let made = iam(cluster, &["create-access-key", "--user-name", "kim"]);
    let made: Value = serde_json::from_str(&made).expect("the CLI prints JSON");
    let word = |name: &str| made["AccessKey"][name].as_str().expect("it is text").to_owned();
    AccessKey { id: word("AccessKeyId"), secret: word("SecretAccessKey") }
}

/// Runs the AWS CLI against the first node.
pub(crate) fn iam(cluster: &Cluster, arguments: &[&str]) -> String {
    let root = AccessKey::root();
    let home = tempfile::tempdir().expect("a temporary folder can be made");
    Invocation::new(python("aws"), home.path())
        .args(["iam"])
        .args(arguments)
        .env("AWS_ENDPOINT_URL", format!("http://{}", cluster.addresses()[0]))
        .env("AWS_DEFAULT_REGION", REGION)
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .env("AWS_ACCESS_KEY_ID", root.id)
        .env("AWS_SECRET_ACCESS_KEY", root.secret)
        .env("AWS_PAGER", "")
        .succeeds()
}

/// Asks every node again and again until all say what is expected; asserts that this takes no
/// longer than it may.
fn agree(cluster: &Cluster, what: &str, says: impl Fn(&str) -> bool) {
    let began = Instant::now();
    for address in cluster.addresses() {
        loop {
            // What was asked in time may be answered late by a machine that has much to do.
            let asked = began.elapsed();
            if says(&address) {
                break;
            }
            assert!(asked < AGREED_WITHIN, "{what}: {address} has not noticed after {asked:?}");
            thread::sleep(Duration::from_millis(10));
        }
    }
}

#[test]
fn a_changed_policy_counts_on_every_node_within_two_seconds() {
    let test = "a_changed_policy_counts_on_every_node_within_two_seconds";
    let Some(cluster) = three_nodes(test) else { return };
    let kim = user(&cluster);
    let input = json!({ "repositoryName": "web" });
    let allowed = |address: &str| call(address, &kim, "ListImages", &input).status == 200;
    agree(&cluster, "the user is let in", allowed);
    for round in 0..3 {
        let deny = json!({ "Version": "2012-10-17", "Statement": [{
            "Sid": format!("No{round}"), "Effect": "Deny", "Action": "ecr:*",
            "Principal": { "AWS": "arn:aws:iam::123456789012:user/kim" },
        }] });
        let policy = json!({ "repositoryName": "web", "policyText": deny.to_string() });
        asked(&cluster.addresses()[round], "SetRepositoryPolicy", &policy);
        agree(&cluster, "the repository denies", |address| !allowed(address));
        asked(&cluster.addresses()[(round + 1) % 3], "DeleteRepositoryPolicy", &input);
        agree(&cluster, "the repository denies no longer", allowed);
    }
    let policy = "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryFullAccess";
    iam(&cluster, &["detach-user-policy", "--user-name", "kim", "--policy-arn", policy]);
    agree(&cluster, "the user has no rights", |address| !allowed(address));
    end(cluster);
}

#[test]
fn a_deactivated_key_is_dead_on_every_node_within_two_seconds() {
    let test = "a_deactivated_key_is_dead_on_every_node_within_two_seconds";
    let Some(cluster) = three_nodes(test) else { return };
    let kim = user(&cluster);
    let input = json!({ "repositoryName": "web" });
    let addresses = cluster.addresses();
    let told = call(&addresses[0], &kim, "GetAuthorizationToken", &json!({})).json();
    let token = told["authorizationData"][0]["authorizationToken"].as_str().unwrap().to_owned();
    let signs = |address: &str| call(address, &kim, "ListImages", &input).status == 200;
    let pulls = |address: &str| {
        let basic = black_box::Request::new("GET", "/v2/web/tags/list")
            .header("authorization", &format!("Basic {token}"));
        Client::stranger(address).ask(basic).status == 200
    };
    agree(&cluster, "the key signs", signs);
    agree(&cluster, "the password is taken", pulls);
    let status = |word| {
        let id = ["--access-key-id", &kim.id, "--status", word];
        iam(&cluster, &[&["update-access-key", "--user-name", "kim"], &id[..]].concat());
    };
    status("Inactive");
    agree(&cluster, "the key is dead", |address| !signs(address));
    agree(&cluster, "its password is dead", |address| !pulls(address));
    status("Active");
    agree(&cluster, "the key is alive", signs);
    end(cluster);
}

#[test]
fn a_denial_is_explained_by_every_node_a_moment_later() {
    let test = "a_denial_is_explained_by_every_node_a_moment_later";
    let Some(cluster) = three_nodes(test) else { return };
    let made = iam(&cluster, &["create-user", "--user-name", "kim"]);
    assert!(made.contains("user/kim"), "{made}");
    let kim = access_key(&cluster);
    let lists =
        |address: &str| call(address, &kim, "ListImages", &json!({ "repositoryName": "web" }));
    let is_denied = |answer: &Answer| answer.json()["__type"] == "AccessDeniedException";
    agree(&cluster, "the key signs", |address| is_denied(&lists(address)));
    for denier in cluster.addresses() {
        let denied = lists(&denier);
        assert!(is_denied(&denied), "{}", denied.text());
        let id = denied.header("x-amzn-requestid").expect("each answer has an id");
        let began = Instant::now();
        for address in cluster.addresses() {
            let ended = loop {
                let asked = began.elapsed();
                let url = format!("http://{address}");
                let ended = cluster.longshore(["why", id]).env("AWS_ENDPOINT_URL", url).run();
                if !ended.stderr.contains("DecisionNotFoundException") {
                    break ended;
                }
                assert!(address != denier && asked < TOLD_WITHIN, "{denier} {address}: {ended}");
            };
            assert_eq!(ended.code(), Some(1), "{ended}");
            for part in [id, "user/kim is not authorized to perform: ecr:ListImages"] {
                assert!(ended.stdout.contains(part), "{part} is not in {ended}");
            }
        }
    }
    end(cluster);
}

#[test]
fn the_printed_password_is_taken_by_every_node() {
    let Some(cluster) = three_nodes("the_printed_password_is_taken_by_every_node") else { return };
    let password = cluster.longshore(["login", "--print"]).succeeds();
    for address in cluster.addresses() {
        let answer = Client::logged_in(&address, password.trim()).get("/v2/web/tags/list");
        assert_eq!(answer.status, 200, "{address}: {}", answer.text());
    }
    end(cluster);
}
