//! Who may have images fetched.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use black_box::{AccessKey, Client};
use serde_json::json;

use crate::upstream::Upstream;
use crate::{pulled, server};

const PULL: &str =
    r#""ecr:BatchGetImage","ecr:GetDownloadUrlForLayer","ecr:GetAuthorizationToken""#;

#[test]
fn a_pull_through_needs_the_rights_to_import_and_to_create() {
    let upstream = Upstream::start();
    let server = server(&upstream, &[]);
    let image = upstream.push("web", "v1", 1, &[b"layer"]);
    let layer = format!("/v2/hub/web/blobs/{}", image.layers[0].digest);
    let import = r#","ecr:BatchImportUpstreamImage""#;
    let create = r#","ecr:CreateRepository""#;
    let missing = "does not exist in the registry";
    #[rustfmt::skip]
    let cases = [
        ("none",   String::new(),                 404, missing, "no right but to pull"),
        ("import", import.to_owned(),             404, missing, "not the right to create"),
        ("create", create.to_owned(),             404, missing, "not the right to import"),
        ("both",   format!("{import}{create}"),   200, "",      "both"),
    ];
    for (user, more, status, text, because) in cases {
        let mut client = user_with(&server, user, &format!("{PULL}{more}"));
        let answer = client.get("/v2/hub/web/manifests/v1");
        assert_eq!(answer.status, status, "{because}: {}", answer.text());
        assert!(answer.text().contains(text), "{because}: {}", answer.text());
        let asked = upstream.asked().len();
        assert_eq!(asked > 0, status == 200, "{because}: upstream was asked {asked} times");
    }
    // The repository is there now: a layer, or another tag, needs the right to import alone.
    upstream.push("web", "v2", 2, &[b"other"]);
    let other = upstream.push_blob("web", b"of no image");
    let other = format!("/v2/hub/web/blobs/{}", other.digest);
    crate::until("the image is stored", || crate::is_stored(&server, "hub/web", "v1"));
    upstream.asked();
    let mut none = user_with(&server, "later", PULL);
    assert_eq!(pulled(&mut none, "/v2/hub/web/manifests/v1").0, 200, "a cached image is pulled");
    assert_eq!(none.get(&layer).status, 200, "and so is a cached layer");
    assert_eq!(pulled(&mut none, "/v2/hub/web/manifests/v2").0, 404, "others are not fetched");
    assert_eq!(none.get(&other).status, 404);
    assert_eq!(upstream.asked(), [""; 0]);
    let mut import = user_with(&server, "importer", &format!("{PULL}{import}"));
    assert_eq!(pulled(&mut import, "/v2/hub/web/manifests/v2").0, 200);
    assert_eq!(import.get(&other).body, b"of no image");
}

#[test]
fn names_under_no_rule_are_not_looked_for() {
    let upstream = Upstream::start();
    let server = server(&upstream, &[]);
    upstream.push("web", "v1", 1, &[b"layer"]);
    let mut client = server.client();
    for name in ["web", "hub", "hubble/web", "other/hub/web"] {
        assert_eq!(pulled(&mut client, &format!("/v2/{name}/manifests/v1")).0, 404, "{name}");
    }
    assert_eq!(upstream.asked(), [""; 0]);
    server.call("DeletePullThroughCacheRule", &json!({ "ecrRepositoryPrefix": "hub" }));
    crate::until("the rule is gone", || pulled(&mut client, "/v2/hub/web/manifests/v1").0 == 404);
}

#[test]
fn private_addresses_are_not_called_unless_the_operator_allows_it() {
    let upstream = Upstream::start();
    let server = black_box::Server::start();
    let rule = json!({ "ecrRepositoryPrefix": "hub", "upstreamRegistryUrl": upstream.url() });
    server.call("CreatePullThroughCacheRule", &rule);
    let answer = server.client().get("/v2/hub/web/manifests/v1");
    assert_eq!(answer.status, 503, "{}", answer.text());
    assert!(answer.text().contains("is unavailable"), "{}", answer.text());
    assert!(!answer.text().contains("127.0.0.1"), "{}", answer.text());
    assert_eq!(upstream.asked(), [""; 0]);
}

#[test]
fn a_batch_of_images_needs_the_same_rights() {
    let upstream = Upstream::start();
    let server = server(&upstream, &[]);
    upstream.push("web", "v1", 1, &[b"layer"]);
    let (import, create) = (r#","ecr:BatchImportUpstreamImage""#, r#","ecr:CreateRepository""#);
    let input = json!({ "repositoryName": "hub/web", "imageIds": [{ "imageTag": "v1" }] });
    #[rustfmt::skip]
    let cases = [
        ("none",   String::new(),               400, "no right but to pull"),
        ("import", import.to_owned(),           400, "not the right to create"),
        ("create", create.to_owned(),           400, "not the right to import"),
        ("both",   format!("{import}{create}"), 200, "both"),
    ];
    for (user, more, status, because) in cases {
        let key = key_with(&server, user, &format!("{PULL}{more}"));
        let answer = black_box::call(&server.registry(), &key, "BatchGetImage", &input);
        assert_eq!(answer.status, status, "{because}: {}", answer.text());
        let asked = upstream.asked().len();
        assert_eq!(asked > 0, status == 200, "{because}: upstream was asked {asked} times");
    }
}

/// The key of a user who may do these actions.
fn key_with(server: &black_box::Server, name: &str, actions: &str) -> AccessKey {
    let policy = format!(
        r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Action":[{actions}],"Resource":"*"}}]}}"#
    );
    server.aws(["iam", "create-user", "--user-name", name]).succeeds();
    let put = ["iam", "put-user-policy", "--user-name", name, "--policy-name", "p"];
    server.aws([&put[..], &["--policy-document", &policy]].concat()).succeeds();
    let made = server.aws(["iam", "create-access-key", "--user-name", name]).succeeds();
    let made: serde_json::Value = serde_json::from_str(&made).expect("the CLI prints JSON");
    let text = |member: &str| made["AccessKey"][member].as_str().expect("a key").to_owned();
    AccessKey { id: text("AccessKeyId"), secret: text("SecretAccessKey") }
}

/// A user who may do these actions, logged in.
fn user_with(server: &black_box::Server, name: &str, actions: &str) -> Client {
    let key = key_with(server, name, actions);
    let answer = black_box::call(&server.registry(), &key, "GetAuthorizationToken", &json!({}));
    let token = answer.json()["authorizationData"][0]["authorizationToken"]
        .as_str()
        .unwrap_or_else(|| panic!("no token: {}", answer.text()))
        .to_owned();
    let words = STANDARD.decode(token).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let words = words.expect("a token is Base64");
    Client::logged_in(server.address(), words.strip_prefix("AWS:").expect("the user is AWS"))
}
