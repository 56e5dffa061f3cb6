//! Rules that log in with a secret.

use black_box::Server;
use black_box::cluster::Plan;
use serde_json::{Value, json};

use crate::own_registry::{FIRST, OwnRegistry, SECOND, USER};
use crate::upstream::Upstream;
use crate::{is_stored, pulled, server, until};

pub(crate) const SECRET: &str = "ecr-pullthroughcache/hub";

/// The value of a secret for a user.
pub(crate) fn value(user: &str, token: &str) -> String {
    json!({ "username": user, "accessToken": token }).to_string()
}

/// Makes the secret, and returns its ARN.
pub(crate) fn make_secret(server: &Server, value: &str) -> String {
    let create = ["secretsmanager", "create-secret", "--name", SECRET, "--secret-string", value];
    let made = server.aws(create).succeeds();
    let made: Value = serde_json::from_str(&made).expect("the CLI prints JSON");
    made["ARN"].as_str().expect("an ARN").to_owned()
}

pub(crate) fn put_secret(server: &Server, value: &str) {
    let put = ["put-secret-value", "--secret-id", SECRET, "--secret-string", value];
    server.aws([&["secretsmanager"], &put[..]].concat()).succeeds();
}

/// A server with a rule for this registry that names a secret.
pub(crate) fn server_with(url: &str, secret: &str, arguments: &[&str]) -> Server {
    let server = Server::start_with(&[&["--upstream-allow-private"], arguments].concat());
    let arn = make_secret(&server, secret);
    let rule = json!({
        "ecrRepositoryPrefix": "hub", "upstreamRegistryUrl": url, "credentialArn": arn,
    });
    server.call("CreatePullThroughCacheRule", &rule);
    server
}

const DENIED: &str = "The authentication to the upstream registry failed. Verify that the credentials are correct and try again.";

#[test]
fn a_registry_with_passwords_is_cached_and_a_changed_password_is_used_at_once() {
    let test = "a_registry_with_passwords_is_cached_and_a_changed_password_is_used_at_once";
    let Some(mut registry) = OwnRegistry::start(test) else { return };
    let one = registry.push("team/web", "v1", 1, b"one");
    let two = registry.push("team/web", "v2", 2, b"two");
    let server = server_with(&registry.url(), &value(USER, "wrong"), &[]);
    let mut client = server.client();
    let answer = client.get("/v2/hub/team/web/manifests/v1");
    assert_eq!(answer.status, 403, "{}", answer.text());
    assert_eq!(answer.json()["errors"][0], json!({ "code": "DENIED", "message": DENIED }));

    put_secret(&server, &value(USER, FIRST));
    let path = "/v2/hub/team/web/manifests/v1";
    assert_eq!(pulled(&mut client, path), (200, one.digest.clone()), "the new value is used");
    let layer = format!("/v2/hub/team/web/blobs/{}", one.layers[0].digest);
    assert_eq!(client.get(&layer).body, b"one");
    until("the image is stored", || is_stored(&server, "hub/team/web", "v1"));

    registry.changes_password();
    assert_eq!(pulled(&mut client, "/v2/hub/team/web/manifests/v2").0, 403, "the old password");
    assert_eq!(pulled(&mut client, path), (200, one.digest.clone()), "what is here needs none");
    put_secret(&server, &value(USER, SECOND));
    assert_eq!(pulled(&mut client, "/v2/hub/team/web/manifests/v2"), (200, two.digest));
    until("the other is stored", || is_stored(&server, "hub/team/web", "v2"));

    let delete = ["secretsmanager", "delete-secret", "--secret-id", SECRET];
    server.aws(delete).succeeds();
    assert_eq!(pulled(&mut client, path), (200, one.digest), "nor does it need a secret");
    let log = server.log();
    assert!(!log.contains(FIRST) && !log.contains(SECOND), "{log}");
}

#[test]
fn another_server_of_ours_is_cached() {
    let there = Server::start();
    there.create_repository("web");
    let mut pusher = there.client();
    let (config, layer) = (pusher.push_layer("web", b"{}"), pusher.push_layer("web", b"layer"));
    let manifest = black_box::manifest_of(1, &config, std::slice::from_ref(&layer));
    let put = black_box::Request::new("PUT", "/v2/web/manifests/v1");
    let put = put.header("content-type", black_box::MANIFEST).body(manifest.clone());
    assert_eq!(pusher.ask(put).status, 201);

    let url = format!("http://localhost:{}", there.port());
    let server = server_with(&url, &value("AWS", there.password()), &[]);
    let mut client = server.client();
    assert_eq!(client.get("/v2/hub/web/manifests/v1").body, manifest);
    assert_eq!(client.get(&format!("/v2/hub/web/blobs/{}", layer.digest)).body, b"layer");
    until("the image is stored", || is_stored(&server, "hub/web", "v1"));
    assert!(!server.log().contains(there.password()));
}

#[test]
fn secrets_that_cannot_be_used_refuse_pulls_and_nothing_is_asked_upstream() {
    let upstream = Upstream::start();
    upstream.lets_in("me", "t");
    let image = upstream.push("web", "v1", 1, &[b"layer"]);
    let server = server_with(&upstream.url(), "no JSON", &[]);
    upstream.asked();
    let mut client = server.client();
    let mut refused = |text: &str, because: &str| {
        let answer = client.get("/v2/hub/web/manifests/v1");
        assert_eq!(answer.status, 403, "{because}: {}", answer.text());
        assert_eq!(answer.json()["errors"][0]["code"], "DENIED", "{because}");
        assert!(answer.text().contains(text), "{because}: {}", answer.text());
        assert_eq!(upstream.asked(), [""; 0], "{because}");
    };
    let secrets = |arguments: &[&str]| {
        let all = [&["secretsmanager"], arguments, &["--secret-id", SECRET]].concat();
        server.aws(all).succeeds()
    };
    refused("does not contain the keys username and accessToken", "it is no JSON");
    put_secret(&server, r#"{"username":"me","password":"t"}"#);
    refused("does not contain the keys username and accessToken", "another key");
    put_secret(&server, &value("me", "t"));

    let deny = |principal: &str| {
        format!(
            r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Deny","Principal":{principal},"Action":"secretsmanager:GetSecretValue","Resource":"*"}}]}}"#
        )
    };
    let service = r#"{"Service":"pullthroughcache.ecr.amazonaws.com"}"#;
    let account = r#"{"AWS":"123456789012"}"#;
    for principal in [r#""*""#, service, account] {
        secrets(&["put-resource-policy", "--resource-policy", &deny(principal)]);
        refused("The secret is unable to be accessed.", principal);
    }
    secrets(&["delete-resource-policy"]);
    secrets(&["delete-secret", "--recovery-window-in-days", "7"]);
    refused(
        "The ARN of the secret specified in the pull through cache rule was not found.",
        "soon",
    );
    secrets(&["restore-secret"]);

    let other = r#"{"Service":"ecs.amazonaws.com"}"#;
    secrets(&["put-resource-policy", "--resource-policy", &deny(other)]);
    let mut client = server.client();
    assert_eq!(pulled(&mut client, "/v2/hub/web/manifests/v1"), (200, image.digest));
    until("the image is stored", || is_stored(&server, "hub/web", "v1"));
    let described = secrets(&["describe-secret"]);
    assert!(described.contains("LastAccessedDate"), "{described}");

    secrets(&["delete-secret", "--force-delete-without-recovery"]);
    let answer = client.get("/v2/hub/web/manifests/v2");
    assert_eq!(answer.status, 403, "{}", answer.text());
    assert!(answer.text().contains("was not found"), "{}", answer.text());
}

#[test]
fn a_changed_password_never_uses_a_token_of_the_one_before() {
    let upstream = Upstream::start();
    upstream.lets_in("me", "first");
    upstream.lets_in("me", "second");
    for (number, tag) in [(1, "v1"), (2, "v2"), (3, "v3")] {
        upstream.push("web", tag, number, &[b"layer"]);
    }
    let server = server_with(&upstream.url(), &value("me", "first"), &[]);
    let mut client = server.client();
    let mut last = ["v1", "v2", "v3"].into_iter().enumerate();
    let mut used = |expected: &str| {
        let (_, tag) = last.next().expect("three tags");
        upstream.tokens();
        assert_eq!(pulled(&mut client, &format!("/v2/hub/web/manifests/{tag}")).0, 200);
        until("the image is stored", || is_stored(&server, "hub/web", tag));
        let tokens = upstream.tokens();
        let is_expected = |token: &String| token.ends_with(expected);
        assert!(!tokens.is_empty() && tokens.iter().all(is_expected), "{tag}: {tokens:?}");
    };
    used("-0");
    put_secret(&server, &value("me", "second"));
    used("-1");
    put_secret(&server, &value("me", "first"));
    used("-0");
}

#[test]
fn a_cached_tag_is_served_while_its_secret_is_gone() {
    let upstream = Upstream::start();
    upstream.lets_in("me", "t");
    let image = upstream.push("web", "latest", 1, &[b"one"]);
    let arguments = ["--upstream-check-hours", "0"];
    let server = server_with(&upstream.url(), &value("me", "t"), &arguments);
    let mut client = server.client();
    let path = "/v2/hub/web/manifests/latest";
    assert_eq!(pulled(&mut client, path), (200, image.digest.clone()));
    until("the image is stored", || is_stored(&server, "hub/web", "latest"));
    server.aws(["secretsmanager", "delete-secret", "--secret-id", SECRET]).succeeds();
    upstream.asked();
    assert_eq!(pulled(&mut client, path), (200, image.digest));
    assert_eq!(upstream.asked(), [""; 0], "no one is asked without credentials");
}

#[test]
fn registries_without_passwords_are_not_told_any() {
    let upstream = Upstream::start();
    upstream.wants_token();
    let image = upstream.push("web", "v1", 1, &[b"one"]);
    let server = server(&upstream, &[]);
    make_secret(&server, &value("me", "t"));
    let mut client = server.client();
    assert_eq!(pulled(&mut client, "/v2/hub/web/manifests/v1"), (200, image.digest));
    until("the image is stored", || is_stored(&server, "hub/web", "v1"));
    let described = ["secretsmanager", "describe-secret", "--secret-id", SECRET];
    let described = server.aws(described).succeeds();
    assert!(!described.contains("LastAccessedDate"), "{described}");
}

#[test]
fn what_one_node_was_told_of_a_secret_holds_on_all() {
    let test = "what_one_node_was_told_of_a_secret_holds_on_all";
    let upstream = Upstream::start();
    upstream.lets_in("me", "t");
    let images = [("v1", 1), ("v2", 2)].map(|(tag, number)| upstream.push("web", tag, number, &[]));
    let plan = Plan::of(2).arguments(["--upstream-allow-private"]);
    let Some(mut cluster) = plan.start(test) else { return };
    let root = black_box::AccessKey::root();
    let first = cluster.addresses()[0].clone();
    let secret = |operation: &str, input: &Value| {
        let answer = black_box::call_secrets(&first, &root, operation, input);
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.json()
    };
    let made = secret("CreateSecret", &json!({ "Name": SECRET, "SecretString": "later" }));
    let rule = json!({
        "ecrRepositoryPrefix": "hub", "upstreamRegistryUrl": upstream.url(),
        "credentialArn": made["ARN"],
    });
    let made = black_box::call(&first, &root, "CreatePullThroughCacheRule", &rule);
    assert_eq!(made.status, 200, "{}", made.text());
    let mut nodes = cluster.clients();
    let path = |tag: &str| format!("/v2/hub/web/manifests/{tag}");
    until("the other node has heard of the rule", || pulled(&mut nodes[1], &path("v1")).0 == 403);
    let put = json!({ "SecretId": SECRET, "SecretString": value("me", "t") });
    secret("PutSecretValue", &put);
    assert_eq!(pulled(&mut nodes[1], &path("v1")), (200, images[0].digest.clone()));
    secret("DeleteSecret", &json!({ "SecretId": SECRET }));
    assert_eq!(pulled(&mut nodes[1], &path("v2")).0, 403);
    cluster.terminate();
    cluster.await_end(std::time::Duration::from_secs(40));
}
