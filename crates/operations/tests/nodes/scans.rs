//! An image is scanned by one node; by another if that one dies, whatever it was about to do.
//!
//! The first node is stopped at each point of its scan. As long as its lease lasts, the other
//! leaves the image alone; then it scans it. The first wakes up after that, and changes nothing.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use jobs::Lane;
use names::{Digest, ImageId, RepositoryArn, ScanStatus};
use operations::{AdvisoryFormat, IfSame, PutImage, RepositorySettings};

use crate::house::{House, Node, chunk, manifest_of, pusher, start};

/// The lease of a job, and a little.
const LEASE_IS_OVER: Duration = Duration::from_mins(6);
/// Before and after the opening of each of two layers.
const POINTS: usize = 4;

#[tokio::test(flavor = "multi_thread")]
async fn an_image_is_scanned_by_one_node_and_by_another_only_if_that_one_dies() {
    for house in House::all() {
        let [first, second] = house.nodes().map(Arc::new);
        let settings = RepositorySettings { scan_on_push: true, ..RepositorySettings::default() };
        let arn = first.make_repository_with("web", settings).await;
        import(&first).await;
        for point in 1..=POINTS {
            let story = format!("{}: stopped at point {point}", house.name);
            let image = push(&first, &arn, point).await;
            first.run_due_but_scans().await;
            first.gate.stop_at(point);
            let scanning = start({
                let first = first.clone();
                async move { first.run_lane(Lane::Scanning).await }
            });
            assert!(first.gate.is_reached(|| scanning.is_finished()).await, "{story}");
            second.gate.count();
            assert_eq!(second.run_lane(Lane::Scanning).await, 0, "{story}: it has a node");
            assert_eq!(second.gate.counted(), 0, "{story}: nothing is read");
            assert_eq!(status(&second, &arn, &image).await, ScanStatus::InProgress, "{story}");

            house.forward(LEASE_IS_OVER);
            assert_eq!(second.run_lane(Lane::Scanning).await, 1, "{story}: its node is dead");
            assert_scanned(&second, &arn, &image, &story).await;
            first.gate.open();
            assert_eq!(scanning.await.unwrap(), 1, "{story}");
            assert_scanned(&first, &arn, &image, &story).await;

            second.gate.count();
            while second.run_lane(Lane::Scanning).await > 0 {}
            assert_eq!(second.gate.counted(), 0, "{story}: nothing is read again");
            assert_scanned(&second, &arn, &image, &story).await;
        }
        first.assert_clean(house.name).await;
    }
}

async fn import(node: &Node) {
    let advisory = r#"{"id":"DEBIAN-CVE-2024-1","modified":"2024-05-01T00:00:00Z","affected":[{"package":{"ecosystem":"Debian:12","name":"openssl"},"ranges":[{"type":"ECOSYSTEM","events":[{"introduced":"0"}]}]}]}"#;
    let documents = Bytes::from_static(advisory.as_bytes());
    let imported = node.operations.import_advisories(AdvisoryFormat::Osv, documents).await;
    assert_eq!(imported.unwrap().added, 1);
}

/// Pushes an image of two layers that no other has.
async fn push(node: &Node, arn: &RepositoryArn, number: usize) -> Digest {
    let release = "ID=debian\nVERSION_ID=12\n";
    let status = format!(
        "Package: openssl\nStatus: install ok installed\nVersion: 3.0.9-1\n\n\
         Package: own{number}\nStatus: install ok installed\nVersion: 1\n\n"
    );
    let base = archive("etc/os-release", &format!("{release}# {number}\n"));
    let blobs = [format!("{{\"{number}\":0}}").into_bytes(), base, archive(STATUS, &status)];
    let mut words = Vec::new();
    for blob in &blobs {
        let (id, digest) = (node.begin(arn).await, Digest::sha256(blob));
        node.complete(arn, &id, Some(chunk(0, blob)), &digest).await.unwrap();
        words.push(format!("{} {}", digest.as_str(), blob.len()));
    }
    let manifest = manifest_of(words.join(" ").as_bytes());
    let digest = manifest.digest.clone();
    let put = PutImage { manifest, tags: Vec::new(), if_same: IfSame::Accept };
    node.operations.put_image(arn, put, &pusher(arn)).await.unwrap();
    digest
}

const STATUS: &str = "var/lib/dpkg/status";

/// An archive of one file.
fn archive(path: &str, content: &str) -> Vec<u8> {
    let mut bytes = vec![0; 512];
    let mut put = |at: usize, text: &str| {
        bytes[at..at + text.len()].copy_from_slice(text.as_bytes());
    };
    put(0, path);
    put(124, &format!("{:011o}\0", content.len()));
    put(148, "        ");
    put(156, "0");
    put(257, "ustar\x0000");
    let sum: u32 = bytes.iter().map(|byte| u32::from(*byte)).sum();
    bytes[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    bytes.extend_from_slice(content.as_bytes());
    bytes.resize(bytes.len().next_multiple_of(512) + 1024, 0);
    bytes
}

async fn status(node: &Node, arn: &RepositoryArn, image: &Digest) -> ScanStatus {
    let id = ImageId::Digest(image.clone());
    node.operations.describe_image_scan_findings(arn, id, None, 100).await.unwrap().status
}

async fn assert_scanned(node: &Node, arn: &RepositoryArn, image: &Digest, story: &str) {
    let id = ImageId::Digest(image.clone());
    let scan = node.operations.describe_image_scan_findings(arn, id, None, 100).await.unwrap();
    assert_eq!(scan.status, ScanStatus::Complete, "{story}");
    let found: Vec<&str> = scan.findings.iter().map(|it| it.place.vulnerability.as_str()).collect();
    assert_eq!(found, ["CVE-2024-1"], "{story}");
}
