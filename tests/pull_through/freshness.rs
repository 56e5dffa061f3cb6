//! Cached tags that are asked again, and served when upstream does not answer.

use std::time::{Duration, Instant};

use crate::upstream::{Fault, Upstream};
use crate::{is_stored, pulled, server, until};

const PATH: &str = "/v2/hub/web/manifests/latest";

#[test]
fn a_tag_is_not_asked_again_before_its_time() {
    let upstream = Upstream::start();
    let server = server(&upstream, &[]);
    let old = upstream.push("web", "latest", 1, &[b"one"]);
    let mut client = server.client();
    assert_eq!(pulled(&mut client, PATH), (200, old.digest.clone()));
    until("the image is stored", || is_stored(&server, "hub/web", "latest"));
    upstream.push("web", "latest", 2, &[b"two"]);
    upstream.asked();
    assert_eq!(pulled(&mut client, PATH), (200, old.digest));
    assert_eq!(upstream.asked(), [""; 0]);
}

#[test]
fn a_tag_follows_upstream_and_is_served_while_upstream_is_down() {
    let upstream = Upstream::start();
    let server = server(&upstream, &["--upstream-check-hours", "0"]);
    let old = upstream.push("web", "latest", 1, &[b"one"]);
    let mut client = server.client();
    assert_eq!(pulled(&mut client, PATH), (200, old.digest.clone()));
    until("the image is stored", || is_stored(&server, "hub/web", "latest"));
    upstream.asked();
    assert_eq!(pulled(&mut client, PATH), (200, old.digest));
    assert_eq!(upstream.asked(), ["HEAD /v2/web/manifests/latest"], "its digest is enough");

    let new = upstream.push("web", "latest", 2, &[b"two"]);
    assert_eq!(pulled(&mut client, PATH), (200, new.digest.clone()), "the tag has moved");
    let layer = format!("/v2/hub/web/blobs/{}", new.layers[0].digest);
    assert_eq!(client.get(&layer).body, b"two");
    until("the new image is stored", || {
        let described = server.aws([
            "ecr",
            "describe-images",
            "--repository-name",
            "hub/web",
            "--image-ids",
            "imageTag=latest",
        ]);
        described.succeeds().contains(&new.digest)
    });

    let page = Fault::Says(200, "content-type: text/html\r\n".into(), "<html>log in</html>".into());
    let says = |status: u16| Fault::Says(status, String::new(), String::new());
    for fault in [says(500), says(404), says(401), says(403), page, Fault::Silence] {
        upstream.is_well();
        upstream.does("/manifests/", fault.clone());
        let begun = Instant::now();
        assert_eq!(pulled(&mut client, PATH), (200, new.digest.clone()), "{fault:?}");
        assert!(begun.elapsed() < Duration::from_secs(8), "{fault:?}: {:?}", begun.elapsed());
    }
    upstream.goes_down();
    assert_eq!(pulled(&mut client, PATH), (200, new.digest.clone()), "upstream is down");
    upstream.is_well();
    let busy = Fault::Says(429, "retry-after: 600\r\n".into(), String::new());
    upstream.does_times("/manifests/", busy, 1);
    for _ in 0..3 {
        assert_eq!(pulled(&mut client, PATH), (200, new.digest.clone()), "too many requests");
    }
    upstream.asked();
    assert_eq!(pulled(&mut client, PATH), (200, new.digest), "it is left alone for a while");
    assert_eq!(upstream.asked(), [""; 0]);
    let other = client.get("/v2/hub/web/manifests/other");
    assert_eq!((other.status, upstream.asked().len()), (429, 0), "{}", other.text());
    assert!(other.header("retry-after").is_some_and(|it| it.parse::<u64>().is_ok()));
}

#[test]
fn a_tag_is_not_served_for_longer_than_is_set() {
    let upstream = Upstream::start();
    let arguments = ["--upstream-check-hours", "0", "--upstream-stale-hours", "0"];
    let server = server(&upstream, &arguments);
    let image = upstream.push("web", "latest", 1, &[b"one"]);
    let mut client = server.client();
    assert_eq!(pulled(&mut client, PATH), (200, image.digest.clone()));
    until("the image is stored", || is_stored(&server, "hub/web", "latest"));
    upstream.goes_down();
    let answer = client.get(PATH);
    assert_eq!(answer.status, 503, "{}", answer.text());
    let by_digest = format!("/v2/hub/web/manifests/{}", image.digest);
    assert_eq!(pulled(&mut client, &by_digest).0, 200, "a digest needs no check");
    upstream.is_well();
    assert_eq!(pulled(&mut client, PATH), (200, image.digest));
}

#[test]
fn a_tag_that_was_pushed_here_is_not_asked_upstream() {
    let upstream = Upstream::start();
    let server = server(&upstream, &["--upstream-check-hours", "0"]);
    server.create_repository("hub/web");
    upstream.push("web", "latest", 1, &[b"theirs"]);
    let mut client = server.client();
    let config = client.push_layer("hub/web", b"{}");
    let ours = black_box::manifest_of(7, &config, &[]);
    let put = black_box::Request::new("PUT", PATH).header("content-type", black_box::MANIFEST);
    assert_eq!(client.ask(put.body(ours.clone())).status, 201);
    upstream.asked();
    assert_eq!(client.get(PATH).body, ours);
    assert_eq!(upstream.asked(), [""; 0]);
}
