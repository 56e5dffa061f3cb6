//! Each image is scanned once, by one of the nodes, whichever of them took the push.

use std::thread;
use std::time::{Duration, Instant};

use black_box::cluster::{Cluster, Plan};
use black_box::{Client, Layer, Random, archive_of, manifest_of};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{asked, create_repository, end};

/// Images that are pushed, through all nodes in turn.
const IMAGES: u64 = 18;
const PATIENCE: Duration = Duration::from_mins(2);
/// How long no job may have run for there to be none: nodes look for jobs each second.
const QUIET: Duration = Duration::from_secs(4);

const ADVISORY: &str = r#"{"id":"DEBIAN-CVE-2024-1","modified":"2024-05-01T00:00:00Z","affected":[{"package":{"ecosystem":"Debian:12","name":"openssl"},"ranges":[{"type":"ECOSYSTEM","events":[{"introduced":"0"}]}]}]}"#;

#[test]
fn three_nodes_scan_each_image_once() {
    let plan = Plan::of(3);
    let Some(cluster) = plan.start("three_nodes_scan_each_image_once") else { return };
    let on_push = json!({ "imageScanningConfiguration": { "scanOnPush": true } });
    create_repository(&cluster, "web", &on_push);
    let folder = TempDir::with_prefix("longshore-").expect("a temporary folder can be made");
    let path = folder.path().join("advisory.json");
    std::fs::write(&path, ADVISORY).expect("the folder is writable");
    let path = path.to_str().expect("the path is text");
    cluster.longshore(["advisories", "import", path]).succeeds();

    let mut nodes = cluster.clients();
    // Its package is new, and has to be judged, too.
    push(&mut nodes[0], 0);
    await_scanned(&cluster, 0);
    let before = await_quiet(&cluster);
    for number in 1..=IMAGES {
        push(&mut nodes[usize::try_from(number % 3).expect("it is small")], number);
    }
    for number in 1..=IMAGES {
        await_scanned(&cluster, number);
    }
    let after = await_quiet(&cluster);
    let ran: Vec<u64> = after.iter().zip(&before).map(|(after, before)| after - before).collect();
    assert_eq!(ran.iter().sum::<u64>(), IMAGES, "each node ran {ran:?}");
    assert!(ran.iter().filter(|ran| **ran > 0).count() > 1, "one did all: {ran:?}");
    end(cluster);
}

/// Pushes an image of a layer that all have, and of one that it has alone.
fn push(node: &mut Client, number: u64) {
    let status = b"Package: openssl\nStatus: install ok installed\nVersion: 3.0.9-1\n\n";
    let base = [
        ("etc/os-release", &b"ID=debian\nVERSION_ID=12\n"[..]),
        ("var/lib/dpkg/status", &status[..]),
    ];
    let own = Random::new(number).bytes(1_000_000);
    let layers: Vec<Layer> = [archive_of(&base), archive_of(&[("srv/own", &own)])]
        .iter()
        .map(|layer| node.push_layer("web", layer))
        .collect();
    let config = node.push_layer("web", b"{}");
    let manifest = manifest_of(number, &config, &layers);
    assert_eq!(node.put_manifest("web", &format!("v{number}"), &manifest).status, 201);
}

/// Waits until every node shows the finding of an image.
fn await_scanned(cluster: &Cluster, number: u64) {
    let input = json!({ "repositoryName": "web", "imageId": { "imageTag": format!("v{number}") } });
    let is_found = |scan: &Value| {
        let findings = &scan["imageScanFindings"]["findings"];
        scan["imageScanStatus"]["status"] == "COMPLETE" && findings[0]["name"] == "CVE-2024-1"
    };
    let began = Instant::now();
    for address in cluster.addresses() {
        loop {
            let scan = asked(&address, "DescribeImageScanFindings", &input);
            if is_found(&scan) {
                break;
            }
            assert!(began.elapsed() < PATIENCE, "{address} v{number}: {scan}");
            thread::sleep(Duration::from_millis(50));
        }
    }
}

/// Waits until no node runs jobs of scans any more. Returns how many each has run; none failed.
fn await_quiet(cluster: &Cluster) -> Vec<u64> {
    let (mut ran, mut since) = (Vec::new(), Instant::now());
    while since.elapsed() < QUIET {
        let now = cluster.addresses().iter().map(|address| jobs_of(address)).collect();
        if now != ran {
            (ran, since) = (now, Instant::now());
        }
        thread::sleep(Duration::from_millis(100));
    }
    ran
}

/// How many jobs of scans a node has run; none failed.
fn jobs_of(address: &str) -> u64 {
    let page = Client::stranger(address).get("/metrics").text();
    let count = |outcome: &str| {
        let name = format!("longshore_jobs_total{{lane=\"scanning\",outcome=\"{outcome}\"}} ");
        let count = page.lines().find_map(|line| line.strip_prefix(&name)?.parse::<u64>().ok());
        count.unwrap_or_else(|| panic!("{address} does not count {outcome}: {page}"))
    };
    for outcome in ["failed", "dead", "lost"] {
        assert_eq!(count(outcome), 0, "{address}: jobs {outcome}");
    }
    count("succeeded")
}
