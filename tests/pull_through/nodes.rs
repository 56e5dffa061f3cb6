//! Nodes on PostgreSQL: three that fill one cold tag together, and one that cannot read its rules.

use std::thread;
use std::time::Duration;

use black_box::cluster::Plan;
use serde_json::json;

use crate::upstream::{Fault, Upstream};
use crate::{bytes, has_heard_of_the_rule, until};

#[test]
fn three_nodes_fill_a_cold_tag_with_one_fetch() {
    let test = "three_nodes_fill_a_cold_tag_with_one_fetch";
    let upstream = Upstream::start();
    let plan = Plan::of(3).arguments(["--upstream-allow-private"]);
    let Some(mut cluster) = plan.start(test) else { return };
    let first = cluster.addresses()[0].clone();
    let root = black_box::AccessKey::root();
    let rule = json!({ "ecrRepositoryPrefix": "hub", "upstreamRegistryUrl": upstream.url() });
    let made = black_box::call(&first, &root, "CreatePullThroughCacheRule", &rule);
    assert_eq!(made.status, 200, "{}", made.text());
    let layer = bytes(5, 2 << 20);
    let image = upstream.push("web", "v1", 1, &[&layer]);
    let digest = &image.layers[0].digest;
    upstream.does(digest, Fault::Slow(64 << 10, Duration::from_millis(10)));
    let mut nodes = cluster.clients();
    nodes.iter_mut().for_each(has_heard_of_the_rule);
    thread::scope(|scope| {
        for node in &mut nodes {
            let (image, layer) = (&image, &layer);
            scope.spawn(move || {
                let manifest = node.get("/v2/hub/web/manifests/v1");
                assert_eq!((manifest.status, &manifest.body), (200, &image.manifest));
                let path = format!("/v2/hub/web/blobs/{}", image.layers[0].digest);
                assert!(node.get(&path).body == *layer);
            });
        }
    });
    let input = json!({ "repositoryName": "hub/web", "imageIds": [{ "imageTag": "v1" }] });
    until("the image is stored", || {
        black_box::call(&first, &root, "DescribeImages", &input).status == 200
    });
    assert_eq!(upstream.count("/manifests/v1"), 1, "{:?}", upstream.asked());
    assert_eq!(upstream.count(digest), 1);
    cluster.terminate();
    cluster.await_end(Duration::from_secs(40));
    let checked = cluster.longshore(["fsck", "--digests"]).run();
    assert!(checked.found_nothing_wrong(), "{checked}");
}

#[test]
fn an_image_that_is_here_is_sent_although_the_rules_cannot_be_read() {
    let test = "an_image_that_is_here_is_sent_although_the_rules_cannot_be_read";
    let Some(mut cluster) = Plan::of(1).start(test) else { return };
    let mut client = cluster.client();
    let root = black_box::AccessKey::root();
    let input = json!({ "repositoryName": "web" });
    let made = black_box::call(&cluster.addresses()[0], &root, "CreateRepository", &input);
    assert_eq!(made.status, 200, "{}", made.text());
    let config = client.push_layer("web", b"{}");
    let manifest = black_box::manifest_of(1, &config, &[]);
    assert_eq!(client.put_manifest("web", "v1", &manifest).status, 201);
    cluster.database().sql("ALTER TABLE pull_through_cache_rule RENAME TO not_there");
    let found = client.get("/v2/web/manifests/v1");
    assert_eq!((found.status, &found.body), (200, &manifest));
    let missing = client.get("/v2/web/manifests/v2");
    assert_eq!(missing.status, 500, "it may be upstream: {}", missing.text());
    cluster.database().sql("ALTER TABLE not_there RENAME TO pull_through_cache_rule");
    assert_eq!(client.get("/v2/web/manifests/v2").status, 404);
    cluster.terminate();
    cluster.await_end(Duration::from_secs(40));
}
