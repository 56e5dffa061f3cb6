//! What is told of fetches from upstream.

use black_box::Server;
use serde_json::{Value, json};

use crate::upstream::{Fault, Upstream};
use crate::{is_stored, pulled, server, until};

/// What was told of the cache: the details, of which each names the rule and the repository.
fn told(server: &Server) -> Vec<Value> {
    let tail =
        server.longshore(["events", "tail", "--since", "1970-01-01T00:00:00Z", "--no-follow"]);
    let events = tail.succeeds();
    let events = events.lines().map(|line| serde_json::from_str(line).expect("it is JSON"));
    let about_cache = |event: &Value| event["detail-type"] == "ECR Pull Through Cache Action";
    events
        .filter(about_cache)
        .map(|event| {
            let arn = event["resources"][0].as_str().unwrap_or_default();
            assert!(arn.ends_with(":repository/hub/web"), "{event}");
            assert_eq!(event["source"], "aws.ecr", "{event}");
            event["detail"].clone()
        })
        .collect()
}

/// The detail of an event with these members.
fn detail(upstream: &Upstream, more: &Value) -> Value {
    let mut detail = json!({
        "rule-version": "1", "ecr-repository-prefix": "hub", "repository-name": "hub/web",
        "upstream-registry-url": upstream.url(),
    });
    let members = detail.as_object_mut().expect("it is an object");
    members.extend(more.as_object().expect("it is an object").clone());
    detail
}

#[test]
fn an_image_that_was_fetched_is_told_once() {
    let upstream = Upstream::start();
    let server = server(&upstream, &[]);
    let one = upstream.push("web", "one", 1, &[b"one"]);
    let two = upstream.push("web", "two", 2, &[b"two"]);
    let index = upstream.push_index("web", "all", &[&one, &two]);
    let mut client = server.client();
    assert_eq!(pulled(&mut client, "/v2/hub/web/manifests/all").0, 200);
    until("the index is told", || !told(&server).is_empty());
    assert!(is_stored(&server, "hub/web", "all"));
    assert_eq!(pulled(&mut client, "/v2/hub/web/manifests/all").0, 200);
    let told = told(&server);
    let success = json!({
        "sync-status": "SUCCESS", "image-tag": "all", "image-digest": index.digest,
    });
    assert_eq!(told, [detail(&upstream, &success)]);
}

#[test]
fn what_upstream_does_not_give_is_told_with_the_reason() {
    let upstream = Upstream::start();
    let server = server(&upstream, &["--upstream-check-hours", "0"]);
    let image = upstream.push("web", "v1", 1, &[b"layer"]);
    let path = "/v2/hub/web/manifests/v1";
    let mut client = server.client();
    let says = |status| Fault::Says(status, String::new(), String::new());

    upstream.does("/manifests/", says(404));
    assert_eq!(pulled(&mut client, path).0, 404);
    assert_eq!(told(&server), Vec::<Value>::new(), "what is not there is no failure");
    upstream.is_well();
    upstream.does("/manifests/", says(403));
    assert_eq!(pulled(&mut client, path).0, 403);
    upstream.is_well();
    upstream.does(&image.layers[0].digest, says(404));
    assert_eq!(pulled(&mut client, path).0, 200);
    until("the import is given up", || told(&server).len() == 2);
    upstream.is_well();
    until("the image is stored", || {
        pulled(&mut client, path).0 == 200 && is_stored(&server, "hub/web", "v1")
    });
    until("that is told", || told(&server).len() == 3);
    upstream.goes_down();
    assert_eq!(pulled(&mut client, path), (200, image.digest.clone()), "it is stale");

    let told = told(&server);
    let statuses: Vec<_> =
        told.iter().map(|it| (it["sync-status"].as_str(), it["failure-code"].as_str())).collect();
    let expected = [
        (Some("FAILURE"), Some("UpstreamAccessDenied")),
        (Some("FAILURE"), Some("UnableToGetUpstreamLayer")),
        (Some("SUCCESS"), None),
        (Some("FAILURE"), Some("UpstreamUnavailable")),
    ];
    assert_eq!(statuses, expected);
    let denied = "The authentication to the upstream registry failed. Verify that the credentials are correct and try again.";
    let denied = json!({
        "sync-status": "FAILURE", "image-tag": "v1", "failure-code": "UpstreamAccessDenied",
        "failure-reason": denied,
    });
    assert_eq!(told[0], detail(&upstream, &denied));
    assert_eq!(told[1]["image-digest"], image.digest);
}
