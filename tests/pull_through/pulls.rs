//! Images that are pulled through: streamed while they are stored, fetched once, and then there.

use std::thread;
use std::time::Duration;

use black_box::{Client, Request, Server};
use serde_json::json;

use crate::upstream::{Fault, Upstream};
use crate::{bytes, is_stored, pulled, server, until};

#[test]
fn an_image_is_pulled_through_and_stays() {
    let upstream = Upstream::start();
    upstream.wants_token();
    let server = server(&upstream, &[]);
    let layer = bytes(1, 3 << 20);
    let image = upstream.push("team/web", "v1", 1, &[&layer, b"small"]);
    let mut client = server.client();

    let head = client.head("/v2/hub/team/web/manifests/v1");
    assert_eq!(head.status, 200);
    assert_eq!(head.header("docker-content-digest"), Some(&*image.digest));
    let manifest = client.get("/v2/hub/team/web/manifests/v1");
    assert_eq!((manifest.status, &manifest.body), (200, &image.manifest));
    let path = format!("/v2/hub/team/web/blobs/{}", image.layers[0].digest);
    let part = client.ask(Request::new("GET", &path).header("range", "bytes=1000000-1999999"));
    assert_eq!((part.status, &*part.body), (206, &layer[1_000_000..2_000_000]));
    assert_eq!(client.get(&path).body, layer);
    until("the image is stored", || is_stored(&server, "hub/team/web", "v1"));
    assert_eq!(upstream.count("manifests"), 1, "{:?}", upstream.asked());
    assert_eq!(upstream.count(&image.layers[0].digest), 1);

    upstream.asked();
    upstream.goes_down();
    assert_eq!(client.get("/v2/hub/team/web/manifests/v1").body, image.manifest);
    assert_eq!(client.get(&path).body, layer);
    assert_eq!(upstream.asked(), [""; 0]);
    let described = server.call("DescribeImages", &json!({ "repositoryName": "hub/team/web" }));
    assert_eq!(described["imageDetails"][0]["imageDigest"], image.digest);
    assert_eq!(described["imageDetails"][0]["imageTags"], json!(["v1"]));
}

#[test]
fn metrics_say_of_each_rule_what_it_is_good_for() {
    let upstream = Upstream::start();
    let server = server(&upstream, &["--upstream-check-hours", "0"]);
    let other = json!({ "ecrRepositoryPrefix": "other", "upstreamRegistryUrl": upstream.url() });
    server.call("CreatePullThroughCacheRule", &other);
    let layer = bytes(7, 300_000);
    let image = upstream.push("web", "v1", 1, &[&layer]);
    upstream.tells("ratelimit-remaining: 76;w=21600\r\n");
    let mut client = server.client();
    assert_eq!(pulled(&mut client, "/v2/hub/web/manifests/v1").0, 200);
    until("the image is stored", || is_stored(&server, "hub/web", "v1"));
    let path = format!("/v2/hub/web/blobs/{}", image.layers[0].digest);
    assert_eq!(client.get(&path).status, 200);
    assert_eq!(client.head(&path).status, 200);
    let part = client.ask(Request::new("GET", &path).header("range", "bytes=0-999"));
    assert_eq!(part.status, 206);
    let by_digest = format!("/v2/hub/web/manifests/{}", image.digest);
    assert_eq!(pulled(&mut client, &by_digest).0, 200);
    upstream.goes_down();
    assert_eq!(pulled(&mut client, "/v2/hub/web/manifests/v1").0, 200);
    // The layer, and a config of two bytes.
    let expected = [
        ("hub", "manifests_total", ",outcome=\"hit\"", Some("1")),
        ("hub", "manifests_total", ",outcome=\"miss\"", Some("1")),
        ("hub", "manifests_total", ",outcome=\"stale\"", Some("1")),
        ("hub", "fetched_bytes_total", "", Some("300002")),
        ("hub", "saved_bytes_total", "", Some("301000")),
        ("hub", "upstream_requests_remaining", "", Some("76")),
        ("other", "manifests_total", ",outcome=\"miss\"", Some("0")),
        ("other", "saved_bytes_total", "", Some("0")),
    ];
    for (prefix, name, label, value) in expected {
        assert_eq!(said(&server, name, prefix, label).as_deref(), value, "{prefix} {name} {label}");
    }

    let gone = json!({ "ecrRepositoryPrefix": "hub" });
    server.call("DeletePullThroughCacheRule", &gone);
    assert_eq!(client.get(&path).status, 200);
    for (prefix, name, label, value) in expected {
        let value = value.filter(|_| prefix == "other");
        let said = said(&server, name, prefix, label);
        assert_eq!(said.as_deref(), value, "{prefix} {name} {label}");
    }
}

/// What a metric says of a rule.
fn said(server: &Server, name: &str, prefix: &str, label: &str) -> Option<String> {
    let metrics = server.stranger().get("/metrics").text();
    let name = format!("longshore_pull_through_{name}{{");
    let rule = format!(",prefix=\"{prefix}\"{label}}} ");
    let line = metrics.lines().find(|line| line.starts_with(&name) && line.contains(&rule));
    line.and_then(|line| line.rsplit(' ').next()).map(ToOwned::to_owned)
}

#[test]
fn an_index_is_stored_with_all_of_its_images() {
    let upstream = Upstream::start();
    let server = server(&upstream, &[]);
    let one = upstream.push("web", "one", 1, &[b"one"]);
    let two = upstream.push("web", "two", 2, &[b"two"]);
    let index = upstream.push_index("web", "all", &[&one, &two]);
    let mut client = server.client();
    assert_eq!(pulled(&mut client, "/v2/hub/web/manifests/all"), (200, index.digest.clone()));
    let child = format!("/v2/hub/web/manifests/{}", one.digest);
    assert_eq!(client.get(&child).body, one.manifest);
    until("the index is stored", || is_stored(&server, "hub/web", "all"));
    upstream.goes_down();
    for image in [&one, &two] {
        let path = format!("/v2/hub/web/manifests/{}", image.digest);
        assert_eq!(client.get(&path).body, image.manifest);
        let layer = format!("/v2/hub/web/blobs/{}", image.layers[0].digest);
        assert_eq!(client.get(&layer).status, 200);
    }
}

#[test]
fn an_image_is_pulled_through_by_digest() {
    let upstream = Upstream::start();
    let server = server(&upstream, &[]);
    let image = upstream.push("web", "v1", 1, &[b"layer"]);
    let path = format!("/v2/hub/web/manifests/{}", image.digest);
    let mut client = server.client();
    assert_eq!(client.get(&path).body, image.manifest);
    let input = json!({ "repositoryName": "hub/web" });
    until("the image is stored", || {
        let described = server.call("DescribeImages", &input);
        described["imageDetails"][0]["imageDigest"] == *image.digest
    });
}

#[test]
fn many_clients_cost_one_fetch_and_none_depends_on_another() {
    let upstream = Upstream::start();
    let server = server(&upstream, &[]);
    let layer = bytes(2, 8 << 20);
    let image = upstream.push("web", "v1", 1, &[&layer]);
    let pause = Duration::from_millis(4);
    upstream.does(&image.layers[0].digest, Fault::Slow(64 << 10, pause));
    let path = format!("/v2/hub/web/blobs/{}", image.layers[0].digest);
    let (address, password) = (server.address().to_owned(), server.password().to_owned());
    thread::scope(|scope| {
        let pullers: Vec<_> = (0..24)
            .map(|number| {
                let (path, layer, address, password) = (&path, &layer, &address, &password);
                scope.spawn(move || {
                    let mut client = Client::logged_in(address, password);
                    assert_eq!(pulled(&mut client, "/v2/hub/web/manifests/v1").0, 200);
                    thread::sleep(Duration::from_millis(number * 20));
                    if number % 6 == 5 {
                        // It goes away in the middle.
                        let mut gone = std::net::TcpStream::connect(address).unwrap();
                        let login = black_box::authorization(password);
                        let text = format!(
                            "GET {path} HTTP/1.1\r\nhost: x\r\nauthorization: {login}\r\n\r\n"
                        );
                        std::io::Write::write_all(&mut gone, text.as_bytes()).unwrap();
                        thread::sleep(Duration::from_millis(50));
                        return;
                    }
                    assert!(client.get(path).body == *layer, "client {number} has other bytes");
                })
            })
            .collect();
        for puller in pullers {
            puller.join().expect("it pulled");
        }
    });
    assert_eq!(upstream.count("GET /v2/web/manifests/v1"), 1);
    assert_eq!(upstream.count(&image.layers[0].digest), 1);
    until("the image is stored", || is_stored(&server, "hub/web", "v1"));
}

#[test]
fn a_template_says_what_the_repository_is_like() {
    let upstream = Upstream::start();
    let server = server(&upstream, &[]);
    upstream.push("web", "v1", 1, &[b"layer"]);
    server.call(
        "CreateRepositoryCreationTemplate",
        &json!({
            "prefix": "hub", "appliedFor": ["PULL_THROUGH_CACHE"],
            "imageTagMutability": "IMMUTABLE",
        }),
    );
    assert_eq!(pulled(&mut server.client(), "/v2/hub/web/manifests/v1").0, 200);
    let found = server.call("DescribeRepositories", &json!({ "repositoryNames": ["hub/web"] }));
    assert_eq!(found["repositories"][0]["imageTagMutability"], "IMMUTABLE");
    until("the image is stored", || is_stored(&server, "hub/web", "v1"));
}
