//! Upstream registries that fail, lie and stall: the pull is refused in ECR's words or ends short,
//! nothing half is kept, and the next pull is well.

use std::time::{Duration, Instant};

use black_box::Server;
use serde_json::{Value, json};

use crate::upstream::{Fault, Upstream};
use crate::{bytes, is_stored, pulled, server, until};

fn says(status: u16) -> Fault {
    Fault::Says(status, String::new(), "{}".to_owned())
}

#[test]
fn manifests_that_are_not_given_are_refused_and_no_repository_is_made() {
    let upstream = Upstream::start();
    let server = server(&upstream, &[]);
    let image = upstream.push("web", "v1", 1, &[b"layer"]);
    let page = Fault::Says(200, "content-type: text/html\r\n".into(), "<html></html>".into());
    let inside = "location: file:///etc/passwd\r\n".to_owned();
    let denied = "The authentication to the upstream registry failed. Verify that the credentials are correct and try again.";
    let away = "is unavailable. Try again later.";
    #[rustfmt::skip]
    let cases = [
        (says(401),                                   503, away,    "it wants something that it does not name"),
        (says(403),                                   403, denied,  "it lets no one in"),
        (says(404),                                   404, "",      "it does not have it"),
        (says(500),                                   503, away,    "it fails"),
        (page,                                        503, away,    "a page"),
        (Fault::OtherBytes,                           503, away,    "bytes that are no manifest"),
        (Fault::Cut(20),                              503, away,    "it breaks off"),
        (Fault::Endless,                              503, away,    "it has no end"),
        (Fault::Says(302, inside, String::new()),     503, away,    "it redirects to a file"),
    ];
    let mut client = server.client();
    for (fault, status, text, because) in cases {
        // What a registry that denies says without a challenge is a denial, too.
        let status = if because.starts_with("it wants") { 403 } else { status };
        let text = if because.starts_with("it wants") { denied } else { text };
        upstream.is_well();
        upstream.does("/manifests/", fault);
        let answer = client.get("/v2/hub/web/manifests/v1");
        assert_eq!(answer.status, status, "{because}: {}", answer.text());
        assert!(answer.text().contains(text), "{because}: {}", answer.text());
        let found = black_box::call(
            &server.registry(),
            &black_box::AccessKey::root(),
            "DescribeRepositories",
            &json!({ "repositoryNames": ["hub/web"] }),
        );
        assert_eq!(found.status, 400, "{because}: {}", found.text());
    }
    upstream.is_well();
    let by_digest = format!("/v2/hub/web/manifests/{}", image.digest);
    upstream.does(&image.digest, Fault::Says(200, String::new(), "{}".to_owned()));
    assert_eq!(pulled(&mut client, &by_digest).0, 503, "another manifest");
    upstream.is_well();
    assert_eq!(pulled(&mut client, &by_digest), (200, image.digest));
}

#[test]
fn layers_that_are_not_what_they_should_be_are_not_kept() {
    let upstream = Upstream::start();
    let server = server(&upstream, &[]);
    let layer = bytes(3, 700_000);
    let image = upstream.push("web", "v1", 1, &[&layer]);
    let digest = image.layers[0].digest.clone();
    let path = format!("/v2/hub/web/blobs/{digest}");
    // No job fetches the layer beside the client: the manifest is not pulled yet.
    server.create_repository("hub/web");
    let short = Fault::Says(200, String::new(), "short".to_owned());
    for fault in [Fault::OtherBytes, short, Fault::Endless, says(403), says(500), says(404)] {
        upstream.is_well();
        upstream.does(&digest, fault.clone());
        let whole = server.client().try_ask(black_box::Request::new("GET", &path));
        let is_whole = whole.is_ok_and(|answer| answer.status == 200);
        assert!(!is_whole, "{fault:?}: a client got a whole layer");
        assert!(!has_layer(&server, &digest), "{fault:?}: it was kept");
    }
    upstream.is_well();
    upstream.asked();
    upstream.does_times(&digest, Fault::Cut(300_000), 2);
    assert_eq!(server.client().get(&path).body, layer, "what broke off is continued");
    assert_eq!(upstream.count(&digest), 3);
    let mut client = server.client();
    assert_eq!(pulled(&mut client, "/v2/hub/web/manifests/v1"), (200, image.digest));
    until("the image is stored", || is_stored(&server, "hub/web", "v1"));
}

#[test]
fn a_layer_goes_on_from_a_registry_that_sends_all_of_it_again() {
    let upstream = Upstream::start();
    let server = server(&upstream, &[]);
    let layer = bytes(6, 700_000);
    let image = upstream.push("web", "v1", 1, &[&layer]);
    let digest = &image.layers[0].digest;
    server.create_repository("hub/web");
    upstream.does_times(digest, Fault::Cut(300_000), 1);
    upstream.does_times(digest, Fault::Unranged, 1);
    assert!(server.client().get(&format!("/v2/hub/web/blobs/{digest}")).body == layer);
    assert_eq!(upstream.count(digest), 2);
    until("the layer is kept", || has_layer(&server, digest));
}

#[test]
fn a_layer_is_as_long_as_its_manifest_says() {
    let upstream = Upstream::start();
    let server = server(&upstream, &[]);
    let layer = bytes(8, 700_000);
    let image = upstream.push("web", "v1", 1, &[&layer]);
    let digest = &image.layers[0].digest;
    let path = format!("/v2/hub/web/blobs/{digest}");
    let mut client = server.client();
    upstream.does(digest, Fault::Says(200, String::new(), "of another length".to_owned()));
    assert_eq!(pulled(&mut client, "/v2/hub/web/manifests/v1").0, 200);
    let refused = client.get(&path);
    assert_eq!(refused.status, 503, "it is refused before a byte is sent: {}", refused.text());

    upstream.is_well();
    upstream.does(digest, Fault::NoLength);
    // The import may be about to fail once more meanwhile.
    until("the layer comes, whose length is known anyway", || client.get(&path).body == layer);
    until("the layer is kept", || has_layer(&server, digest));
}

fn has_layer(server: &Server, digest: &str) -> bool {
    let input = json!({ "repositoryName": "hub/web", "layerDigests": [digest] });
    let found: Value = server.call("BatchCheckLayerAvailability", &input);
    found["layers"][0]["layerAvailability"] == "AVAILABLE"
}

#[test]
fn an_import_that_fails_is_made_again_and_one_that_cannot_be_is_given_up() {
    let upstream = Upstream::start();
    let server = server(&upstream, &[]);
    let image = upstream.push("web", "v1", 1, &[b"layer"]);
    upstream.does(&image.layers[0].digest, says(404));
    let mut client = server.client();
    assert_eq!(pulled(&mut client, "/v2/hub/web/manifests/v1").0, 200);
    let layer = format!("/v2/hub/web/blobs/{}", image.layers[0].digest);
    until("the layer is refused", || client.get(&layer).status == 404);
    until("the import was given up", || upstream.count(&image.layers[0].digest) >= 1);
    upstream.is_well();
    until("the next pull is well", || {
        assert_eq!(pulled(&mut client, "/v2/hub/web/manifests/v1").0, 200);
        is_stored(&server, "hub/web", "v1")
    });
}

#[test]
fn a_server_that_is_killed_while_it_fills_goes_on() {
    let upstream = Upstream::start();
    let mut server = server(&upstream, &[]);
    let layer = bytes(4, 6 << 20);
    let image = upstream.push("web", "v1", 1, &[&layer]);
    let digest = &image.layers[0].digest;
    let path = format!("/v2/hub/web/blobs/{digest}");
    let pause = Duration::from_millis(10);
    upstream.does(digest, Fault::Slow(64 << 10, pause));
    let mut client = server.client();
    assert_eq!(pulled(&mut client, "/v2/hub/web/manifests/v1").0, 200);
    until("the layer is coming", || upstream.count(digest) > 0);
    std::thread::sleep(Duration::from_millis(200));
    server.kill();
    upstream.is_well();
    server.start_again();
    let begun = Instant::now();
    let mut client = server.client();
    assert_eq!(pulled(&mut client, "/v2/hub/web/manifests/v1"), (200, image.digest.clone()));
    assert!(client.get(&path).body == layer);
    assert!(begun.elapsed() < Duration::from_secs(20), "it waits for the lease of a dead process");
    until("the image is stored", || is_stored(&server, "hub/web", "v1"));
}
