//! A node that dies, and one that pauses and wakes: no client notices, and neither does harm.

use std::thread;
use std::time::{Duration, Instant};

use black_box::cluster::Cluster;
use black_box::{Client, Connection, Random, Request, authorization, digest_of, manifest_of};

use crate::{end, read_tag, three_nodes};

/// How long a node sleeps: longer than a lease of the things it holds would be worth waiting for in
/// a test.
const SLEEP: Duration = Duration::from_secs(8);

/// Begins a request with half of its body, and leaves it there.
fn send_half(address: &str, password: &str, request: &str, bytes: &[u8]) -> Connection {
    let mut connection = Connection::open(address).expect("the node takes connections");
    let (words, length) = (authorization(password), bytes.len());
    let head = format!(
        "{request} HTTP/1.1\r\nhost: x\r\nauthorization: {words}\r\ncontent-length: {length}\r\n\r\n"
    );
    let half = &bytes[..length / 2];
    connection.send_bytes(&[head.as_bytes(), half].concat()).expect("the node takes bytes");
    connection
}

/// Waits until the balancer has seen that a node is out, or in again.
fn await_balancer(cluster: &Cluster, node: usize, is_ready: bool) {
    let began = Instant::now();
    while cluster.balancer().ready()[node] != is_ready {
        assert!(began.elapsed() < Duration::from_secs(15), "node {node}: ready is not {is_ready}");
        thread::sleep(Duration::from_millis(10));
    }
}

fn offset(client: &mut Client, upload: &str) -> usize {
    let answer = client.get(upload);
    assert_eq!(answer.status, 204, "{}", answer.text());
    let range = answer.header("range").expect("an upload has a range");
    let last: Option<usize> = range.strip_prefix("0-").and_then(|last| last.parse().ok());
    let last = last.expect("a range begins at 0 and ends somewhere");
    if last == 0 { 0 } else { last + 1 }
}

/// Goes on with an upload that another request may still be writing to, as a client does that was
/// refused.
fn finish(client: &mut Client, upload: &str, bytes: &[u8]) {
    let began = Instant::now();
    loop {
        let from = offset(client, upload);
        let target = format!("{upload}?digest={}", digest_of(bytes));
        let answer = client.put(&target, &bytes[from..]);
        if answer.status == 201 {
            return;
        }
        assert!(
            began.elapsed() < Duration::from_mins(1),
            "the upload does not end: {} {}",
            answer.status,
            answer.text()
        );
        thread::sleep(Duration::from_millis(100));
    }
}

#[test]
fn a_node_that_dies_in_the_middle_of_a_chunk_loses_nothing_that_was_acknowledged() {
    let test = "a_node_that_dies_in_the_middle_of_a_chunk_loses_nothing_that_was_acknowledged";
    let Some(mut cluster) = three_nodes(test) else { return };
    let mut nodes = cluster.clients();
    let password = cluster.password();
    for (number, length) in [(0, 400_000), (1, 3 << 20), (2, 14 << 20)] {
        let bytes = Random::new(number).bytes(length);
        let upload = nodes[0].begin_upload("web");
        let acknowledged = length / 3;
        assert_eq!(nodes[1].patch(&upload, &bytes[..acknowledged]).status, 202);
        let address = cluster.addresses()[2].clone();
        let rest = &bytes[acknowledged..];
        let half = send_half(&address, &password, &format!("PATCH {upload}"), rest);
        thread::sleep(Duration::from_millis(300));
        cluster.kill(2);
        drop(half);
        assert!(offset(&mut nodes[0], &upload) >= acknowledged, "acknowledged bytes are gone");
        finish(&mut nodes[0], &upload, &bytes);
        cluster.start_again(2);
        let mut born_again = Client::logged_in(&cluster.addresses()[2], &password);
        let layer = born_again.get(&format!("/v2/web/blobs/{}", digest_of(&bytes)));
        assert_eq!(digest_of(&layer.body), digest_of(&bytes));
    }
    end(cluster);
}

#[test]
fn while_a_node_is_dead_the_others_serve() {
    let Some(mut cluster) = three_nodes("while_a_node_is_dead_the_others_serve") else { return };
    let mut client = cluster.client();
    let config = client.push_layer("web", b"{}");
    for dead in 0..3 {
        cluster.kill(dead);
        await_balancer(&cluster, dead, false);
        for number in 0..10 {
            let layer = client.push_layer("web", &Random::new(number).bytes(50_000));
            let manifest = manifest_of(number, &config, &[layer]);
            assert_eq!(client.put_manifest("web", "v1", &manifest).status, 201);
            assert_eq!(read_tag(&mut client, "v1"), (200, digest_of(&manifest)));
        }
        cluster.start_again(dead);
    }
    end(cluster);
}

#[test]
fn a_node_that_slept_wakes_and_does_no_harm() {
    let Some(mut cluster) = three_nodes("a_node_that_slept_wakes_and_does_no_harm") else { return };
    let mut nodes = cluster.clients();
    let password = cluster.password();
    let config = nodes[0].push_layer("web", b"{}");
    assert_eq!(nodes[2].put_manifest("web", "v1", &manifest_of(0, &config, &[])).status, 201);

    // It sleeps in the middle of an upload's chunk, of an upload's end, and with a request that it
    // has not read. What it does not read, the kernel has to take: a few MiB.
    let bytes = [Random::new(1).bytes(8 << 20), Random::new(2).bytes(600_000)];
    let uploads = [0, 1].map(|_| nodes[0].begin_upload("web"));
    for (upload, bytes) in uploads.iter().zip(&bytes) {
        assert_eq!(nodes[1].patch(upload, &bytes[..bytes.len() / 3]).status, 202);
    }
    let address = cluster.addresses()[2].clone();
    let rest = &bytes[0][bytes[0].len() / 3..];
    let mut chunk = send_half(&address, &password, &format!("PATCH {}", uploads[0]), rest);
    let target = format!("PUT {}?digest={}", uploads[1], digest_of(&bytes[1]));
    let mut put = send_half(&address, &password, &target, &bytes[1][bytes[1].len() / 3..]);
    thread::sleep(Duration::from_millis(500));
    cluster.nodes()[2].pause();
    let slept = Instant::now();
    chunk.send_bytes(&rest[rest.len() / 2..]).expect("the kernel takes bytes");
    let rest = &bytes[1][bytes[1].len() / 3..];
    put.send_bytes(&rest[rest.len() / 2..]).expect("the kernel takes bytes");
    await_balancer(&cluster, 2, false);

    let mut client = cluster.client();
    for (upload, bytes) in uploads.iter().zip(&bytes) {
        finish(&mut client, upload, bytes);
    }
    let manifest = manifest_of(1, &config, &[]);
    assert_eq!(client.put_manifest("web", "v1", &manifest).status, 201);
    thread::sleep(SLEEP.saturating_sub(slept.elapsed()));

    cluster.nodes()[2].wake();
    // What it was asked before it slept it refuses, or finds done by others.
    for (connection, because) in [(&mut chunk, "the chunk"), (&mut put, "the end")] {
        if let Ok(answer) = connection.answer(true) {
            let harmless = [201, 202, 400, 404, 409, 416, 500, 503];
            assert!(harmless.contains(&answer.status), "{because}: {answer:.300?}");
        }
    }
    await_balancer(&cluster, 2, true);
    // New connections: the old ones may have been idle for too long.
    for node in &mut cluster.clients() {
        assert_eq!(read_tag(node, "v1"), (200, digest_of(&manifest)));
        for bytes in &bytes {
            let layer = node.get(&format!("/v2/web/blobs/{}", digest_of(bytes)));
            assert_eq!((layer.status, digest_of(&layer.body)), (200, digest_of(bytes)));
        }
    }
    end(cluster);
}

#[test]
fn a_node_whose_clock_is_wrong_serves_like_the_others() {
    let test = "a_node_whose_clock_is_wrong_serves_like_the_others";
    if black_box::cluster::faketime().is_none() {
        return black_box::skipped(test, "there is no libfaketime (Debian: libfaketime)");
    }
    let Some(mut cluster) = three_nodes(test) else { return };
    for (number, differs_by) in [(0, "+420s"), (1, "-420s")] {
        cluster.nodes()[number].set_clock(Some(differs_by));
        cluster.nodes()[number].stop(Duration::from_secs(20));
        cluster.start_again(number);
    }
    let mut nodes = cluster.clients();
    let config = nodes[0].push_layer("web", b"{}");
    for number in 0..9 {
        let layer = Random::new(number).bytes(400_000);
        let upload = nodes[0].begin_upload("web");
        assert_eq!(nodes[1].patch(&upload, &layer[..200_000]).status, 202);
        let target = format!("{upload}?digest={}", digest_of(&layer));
        assert_eq!(nodes[2].put(&target, &layer[200_000..]).status, 201);
        let layer = black_box::Layer::of(&layer);
        let manifest = manifest_of(number, &config, &[layer]);
        let writer = usize::try_from(number % 3).unwrap();
        assert_eq!(nodes[writer].put_manifest("web", "v1", &manifest).status, 201);
        for node in &mut nodes {
            assert_eq!(read_tag(node, "v1"), (200, digest_of(&manifest)));
        }
    }
    // A password that one has made, all take; and all judge the same signature alike.
    for address in cluster.addresses() {
        crate::asked(&address, "DescribeRepositories", &serde_json::json!({}));
    }
    let ago = Request::new("GET", "/v2/web/tags/list");
    for node in &mut nodes {
        assert_eq!(node.ask(ago.clone()).status, 200);
    }
    end(cluster);
}
