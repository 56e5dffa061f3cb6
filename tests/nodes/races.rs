//! Two requests at once, through different nodes: one consistent outcome, the same for every
//! client.

use std::sync::Barrier;
use std::thread;

use black_box::cluster::Cluster;
use black_box::{Answer, Client, MANIFEST, Random, Request, digest_of, manifest_of};
use serde_json::json;

use crate::{create_repository, end, read_tag, three_nodes};

/// Times that each race is run: chance decides who wins.
const RACES: u64 = 25;

/// Sends each request to a node of its own, all at the same moment.
pub(crate) fn at_once(nodes: &mut [Client], requests: Vec<Request>) -> Vec<Answer> {
    let barrier = &Barrier::new(requests.len());
    thread::scope(|scope| {
        let sent = nodes.iter_mut().zip(requests).map(|(node, request)| {
            scope.spawn(move || {
                // So that no client has to connect first.
                assert_eq!(node.get("/v2/").status, 200);
                barrier.wait();
                node.ask(request)
            })
        });
        let sent: Vec<_> = sent.collect();
        sent.into_iter().map(|thread| thread.join().expect("no client panics")).collect()
    })
}

pub(crate) fn statuses(answers: &[Answer]) -> Vec<u16> {
    let mut statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
    statuses.sort_unstable();
    statuses
}

fn put(reference: &str, repository: &str, manifest: &[u8]) -> Request {
    Request::new("PUT", &format!("/v2/{repository}/manifests/{reference}"))
        .header("content-type", MANIFEST)
        .body(manifest)
}

fn count(cluster: &Cluster, table: &str) -> String {
    cluster.database().sql(&format!("SELECT count(*) FROM {table}"))
}

#[test]
fn two_writers_of_one_tag_leave_it_at_one_image_on_every_node() {
    let test = "two_writers_of_one_tag_leave_it_at_one_image_on_every_node";
    let Some(cluster) = three_nodes(test) else { return };
    let mut nodes = cluster.clients();
    let config = nodes[0].push_layer("web", b"{}");
    for race in 0..RACES {
        let manifests = [0, 1, 2].map(|side| manifest_of(race * 3 + side, &config, &[]));
        let requests = manifests.iter().map(|manifest| put("raced", "web", manifest)).collect();
        let answers = at_once(&mut nodes, requests);
        assert_eq!(statuses(&answers), [201, 201, 201]);
        let found: Vec<_> = nodes.iter_mut().map(|node| read_tag(node, "raced")).collect();
        assert!(found.iter().all(|each| *each == found[0]), "{found:?}");
        assert!(manifests.iter().any(|manifest| found[0] == (200, digest_of(manifest))));
        for manifest in &manifests {
            assert_eq!(read_tag(&mut nodes[0], &digest_of(manifest)).0, 200, "an image is gone");
        }
    }
    end(cluster);
}

#[test]
fn a_frozen_tag_has_one_first_writer() {
    let Some(cluster) = three_nodes("a_frozen_tag_has_one_first_writer") else { return };
    create_repository(&cluster, "frozen", &json!({ "imageTagMutability": "IMMUTABLE" }));
    let mut nodes = cluster.clients();
    let config = nodes[0].push_layer("frozen", b"{}");
    for race in 0..RACES {
        let tag = format!("v{race}");
        let manifests = [0, 1, 2].map(|side| manifest_of(race * 3 + side, &config, &[]));
        let requests = manifests.iter().map(|manifest| put(&tag, "frozen", manifest)).collect();
        let answers = at_once(&mut nodes, requests);
        let won: Vec<usize> = (0..3).filter(|node| answers[*node].status == 201).collect();
        let [won] = *won else { panic!("{:?}", statuses(&answers)) };
        for node in &mut nodes {
            let found = node.get(&format!("/v2/frozen/manifests/{tag}"));
            assert_eq!(found.body, manifests[won]);
        }
    }
    end(cluster);
}

#[test]
fn of_chunks_for_the_same_place_exactly_one_is_taken() {
    let test = "of_chunks_for_the_same_place_exactly_one_is_taken";
    let Some(cluster) = three_nodes(test) else { return };
    let mut nodes = cluster.clients();
    for race in 0..RACES {
        // In the row, in a claim, and in a part.
        let length = [150_000, 700_000, 6 << 20][usize::try_from(race % 3).unwrap()];
        let upload = nodes[0].begin_upload("web");
        let contents = [0, 1, 2].map(|side| Random::new(race * 3 + side).bytes(length));
        let requests = contents.iter().map(|bytes| {
            let range = format!("0-{}", length - 1);
            Request::new("PATCH", &upload).header("content-range", &range).body(&**bytes)
        });
        let answers = at_once(&mut nodes, requests.collect());
        let won: Vec<usize> = (0..3).filter(|node| answers[*node].status == 202).collect();
        let [won] = *won else { panic!("{:?}", statuses(&answers)) };
        assert!(
            statuses(&answers)[1..].iter().all(|lost| [409, 416].contains(lost)),
            "{answers:.300?}"
        );
        let target = format!("{upload}?digest={}", digest_of(&contents[won]));
        let done = nodes[2].put(&target, "");
        assert_eq!(done.status, 201, "the chunk that was taken is not there: {}", done.text());
    }
    end(cluster);
}

#[test]
fn of_ends_of_an_upload_at_least_one_holds() {
    let Some(cluster) = three_nodes("of_ends_of_an_upload_at_least_one_holds") else { return };
    let mut nodes = cluster.clients();
    for race in 0..RACES {
        let length = [50_000, 600_000, 7 << 20][usize::try_from(race % 3).unwrap()];
        let bytes = Random::new(race).bytes(length);
        let upload = nodes[1].begin_upload("web");
        assert_eq!(nodes[2].patch(&upload, bytes.clone()).status, 202);
        let target = format!("{upload}?digest={}", digest_of(&bytes));
        let answers = at_once(&mut nodes, vec![Request::new("PUT", &target); 3]);
        let ends = statuses(&answers);
        assert_eq!(ends[0], 201, "{ends:?}");
        assert!(ends[1..].iter().all(|end| [201, 404, 409].contains(end)), "{ends:?}");
        for node in &mut nodes {
            let layer = node.get(&format!("/v2/web/blobs/{}", digest_of(&bytes)));
            assert_eq!(digest_of(&layer.body), digest_of(&bytes));
        }
    }
    end(cluster);
}

#[test]
fn the_same_layer_from_all_is_kept_once() {
    let Some(cluster) = three_nodes("the_same_layer_from_all_is_kept_once") else { return };
    let mut nodes = cluster.clients();
    for race in 0..RACES {
        let bytes = Random::new(race).bytes([30_000, 6 << 20][usize::try_from(race % 2).unwrap()]);
        let target = format!("/v2/web/blobs/uploads/?digest={}", digest_of(&bytes));
        let push = Request::new("POST", &target).body(&*bytes);
        let answers = at_once(&mut nodes, vec![push; 3]);
        assert_eq!(statuses(&answers), [201, 201, 201]);
        for node in &mut nodes {
            let layer = node.get(&format!("/v2/web/blobs/{}", digest_of(&bytes)));
            assert_eq!(digest_of(&layer.body), digest_of(&bytes));
        }
    }
    assert_eq!(count(&cluster, "blob"), RACES.to_string(), "rows of layers");
    end(cluster);
}

#[test]
fn of_two_deletes_one_finds_it() {
    let Some(cluster) = three_nodes("of_two_deletes_one_finds_it") else { return };
    let mut nodes = cluster.clients();
    let config = nodes[0].push_layer("web", b"{}");
    for race in 0..RACES {
        let manifest = manifest_of(race, &config, &[]);
        assert_eq!(nodes[0].put_manifest("web", "doomed", &manifest).status, 201);
        let target = format!("/v2/web/manifests/{}", digest_of(&manifest));
        let answers = at_once(&mut nodes, vec![Request::new("DELETE", &target); 3]);
        assert_eq!(statuses(&answers), [202, 404, 404]);
        for node in &mut nodes {
            assert_eq!(read_tag(node, "doomed").0, 404);
        }
    }
    assert_eq!(count(&cluster, "image"), "0");
    end(cluster);
}

#[test]
fn a_delete_against_a_push_of_the_same_image_is_one_or_the_other() {
    let test = "a_delete_against_a_push_of_the_same_image_is_one_or_the_other";
    let Some(cluster) = three_nodes(test) else { return };
    let mut nodes = cluster.clients();
    let config = nodes[0].push_layer("web", b"{}");
    for race in 0..RACES {
        let manifest = manifest_of(race, &config, &[]);
        assert_eq!(nodes[0].put_manifest("web", "v1", &manifest).status, 201);
        let by_digest = format!("/v2/web/manifests/{}", digest_of(&manifest));
        let requests = vec![put("v1", "web", &manifest), Request::new("DELETE", &by_digest)];
        let answers = at_once(&mut nodes[..2], requests);
        assert_eq!((answers[0].status, answers[1].status), (201, 202), "{answers:.500?}");
        let found: Vec<_> = nodes.iter_mut().map(|node| read_tag(node, "v1")).collect();
        assert!(found.iter().all(|each| *each == found[0]), "{found:?}");
        let image = read_tag(&mut nodes[2], &digest_of(&manifest)).0;
        assert_eq!(image, found[0].0, "the tag and the image do not agree");
    }
    end(cluster);
}
