//! An upload belongs to no node: each request may go to another one.

use black_box::cluster::Cluster;
use black_box::{Client, Random, Request, digest_of};

use crate::{end, three_nodes};

const MIB: usize = 1 << 20;

fn patch(client: &mut Client, upload: &str, bytes: &[u8], from: usize) {
    let range = format!("{from}-{}", from + bytes.len() - 1);
    let patch = Request::new("PATCH", upload).header("content-range", &range).body(bytes);
    let answer = client.ask(patch);
    assert_eq!(answer.status, 202, "{range}: {}", answer.text());
    let told = answer.header("range").map(str::to_owned);
    assert_eq!(told, Some(format!("0-{}", from + bytes.len() - 1)));
}

fn assert_pulled_everywhere(nodes: &mut [Client], bytes: &[u8]) {
    for node in nodes {
        let pulled = node.get(&format!("/v2/web/blobs/{}", digest_of(bytes)));
        assert_eq!((pulled.status, digest_of(&pulled.body)), (200, digest_of(bytes)));
    }
}

/// Each request at another node.
pub(crate) fn assert_goes_on_anywhere(cluster: &Cluster) {
    let mut nodes = cluster.clients();
    #[rustfmt::skip]
    let cases: [(&[usize], &str); 5] = [
        (&[1, 1],                                        "two bytes"),
        (&[100_000, 150_000, 10_000],                    "tails that stay in the row"),
        (&[300_000, 2 * MIB, 200_000],                   "tails that go into the bucket"),
        (&[6 * MIB, 100, 11 * MIB, 5 * MIB, 7],          "parts, and tails between them"),
        (&[5 * MIB, 5 * MIB],                            "nothing left over"),
    ];
    for (number, (chunks, because)) in (0..).zip(cases) {
        let bytes = Random::new(number).bytes(chunks.iter().sum());
        let upload = nodes[0].begin_upload("web");
        let mut sent = 0;
        for (turn, length) in chunks.iter().enumerate() {
            patch(&mut nodes[(turn + 1) % 3], &upload, &bytes[sent..sent + length], sent);
            sent += length;
        }
        let target = format!("{upload}?digest={}", digest_of(&bytes));
        let put = nodes[(chunks.len() + 1) % 3].put(&target, "");
        assert_eq!(put.status, 201, "{because}: {}", put.text());
        assert_pulled_everywhere(&mut nodes, &bytes);
    }
}

#[test]
fn a_chunk_goes_to_one_node_the_next_to_another_and_the_end_to_a_third() {
    let test = "a_chunk_goes_to_one_node_the_next_to_another_and_the_end_to_a_third";
    let Some(cluster) = three_nodes(test) else { return };
    assert_goes_on_anywhere(&cluster);
    end(cluster);
}

#[test]
fn each_request_of_an_upload_goes_to_a_node_that_did_not_take_the_one_before() {
    let test = "each_request_of_an_upload_goes_to_a_node_that_did_not_take_the_one_before";
    let Some(cluster) = three_nodes(test) else { return };
    let mut client = cluster.client();
    let before = cluster.balancer().requests();
    let bytes = Random::new(7).bytes(900_000);
    let upload = client.begin_upload("web");
    for (turn, chunk) in bytes.chunks(300_000).enumerate() {
        patch(&mut client, &upload, chunk, turn * 300_000);
    }
    let put = client.put(&format!("{upload}?digest={}", digest_of(&bytes)), "");
    assert_eq!(put.status, 201, "{}", put.text());
    let pulled = client.get(&format!("/v2/web/blobs/{}", digest_of(&bytes)));
    assert_eq!(digest_of(&pulled.body), digest_of(&bytes));
    let served = cluster.balancer().requests();
    let served: Vec<u64> = served.iter().zip(before).map(|(now, before)| now - before).collect();
    assert_eq!(
        served,
        [1, 3, 2],
        "of six requests in one connection, the one that reads goes apart"
    );
    end(cluster);
}

#[test]
fn a_cancelled_upload_is_gone_everywhere() {
    let Some(cluster) = three_nodes("a_cancelled_upload_is_gone_everywhere") else { return };
    let mut nodes = cluster.clients();
    let upload = nodes[0].begin_upload("web");
    patch(&mut nodes[1], &upload, &vec![0; 400_000], 0);
    assert_eq!(nodes[2].delete(&upload).status, 204);
    for node in &mut nodes {
        assert_eq!(node.get(&upload).status, 404);
    }
    end(cluster);
}
