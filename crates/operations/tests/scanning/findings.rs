//! Findings of pushed images.

use std::collections::BTreeMap;

use db::on_both_engines;
use db::testing::Engine;
use names::ScanStatus;
use operations::{Failure, Refusal, ScanningRefusal, Severity};

use crate::house::{DAY, House, advisory, debian, dpkg, id, layer};

on_both_engines!(
    a_pushed_image_is_scanned_and_its_findings_name_the_source_package,
    findings_are_read_page_by_page,
    a_layer_is_read_once_however_many_images_have_it,
    an_upper_layer_that_mends_a_package_ends_its_finding,
    what_a_deleted_image_had_is_forgotten_with_it,
    a_scan_by_hand_has_a_quota,
    a_vulnerability_is_explained_by_package_and_layer,
);

async fn a_pushed_image_is_scanned_and_its_findings_name_the_source_package(engine: Engine) {
    let mut house = House::new(engine).await;
    house
        .import(&[
            advisory(1, "openssl", Some("3.0.11-1~deb12u1"), "high"),
            advisory(2, "openssl", None, "unimportant"),
            advisory(3, "openssl", Some("3.0.8-1"), "high"),
            advisory(4, "zlib", Some("9"), "high"),
        ])
        .await;
    house.push("v1", &[debian()]).await;
    let (status, _) = house.status("v1").await;
    assert_eq!(status, ScanStatus::InProgress, "it is there with the push");
    house.run().await;
    let scan = house.describe("v1").await.unwrap();
    assert_eq!(scan.status, ScanStatus::Complete);
    assert_eq!(scan.description, "The scan was completed successfully.");
    assert!(scan.completed_at.is_some() && scan.source_updated_at.is_some());
    let expected = [
        "HIGH CVE-2024-1 openssl 3.0.9-1 3.0.11-1~deb12u1",
        "INFORMATIONAL CVE-2024-2 openssl 3.0.9-1 none",
    ];
    assert_eq!(house.findings("v1").await, expected);
    let counts = BTreeMap::from([(Severity::High, 1), (Severity::Informational, 1)]);
    assert_eq!(scan.counts, Some(counts.clone()));
    assert_eq!(house.counts("v1").await, Some(counts));
    let mut packages: Vec<_> =
        scan.findings[0].packages.iter().map(|place| place.package.name.as_str()).collect();
    packages.sort_unstable();
    assert_eq!(packages, ["libssl3", "openssl"], "both are of one source");
    assert_eq!(scan.findings[0].uri, "https://security-tracker.debian.org/tracker/CVE-2024-1");
}

async fn findings_are_read_page_by_page(engine: Engine) {
    let mut house = House::new(engine).await;
    let records: Vec<String> = (1..=25)
        .map(|number| advisory(number, "openssl", None, ["low", "high"][number as usize % 2]))
        .collect();
    house.import(&records).await;
    house.push("v1", &[debian()]).await;
    house.run().await;
    let all = house.describe("v1").await.unwrap().findings;
    assert_eq!(all.len(), 25);
    let (mut after, mut read) = (None, Vec::new());
    loop {
        let verb = house.world.operations();
        let page = verb.describe_image_scan_findings(&house.web, id("v1"), after, 7).await.unwrap();
        assert_eq!(page.counts.unwrap().values().sum::<u64>(), 25, "of the image, not the page");
        let Some(last) = page.findings.last() else { break };
        after = Some(last.place.clone());
        read.extend(page.findings.iter().map(|finding| finding.place.clone()));
    }
    assert_eq!(read, all.iter().map(|finding| finding.place.clone()).collect::<Vec<_>>());
    let high = read.iter().take_while(|place| place.severity.0 == Severity::High).count();
    assert_eq!(high, 13, "the most severe come first");
}

async fn a_layer_is_read_once_however_many_images_have_it(engine: Engine) {
    let mut house = House::new(engine).await;
    house.import(&[advisory(1, "openssl", None, "high")]).await;
    house.push("v1", &[debian()]).await;
    house.run().await;
    house.push("v2", &[debian()]).await;
    // The image is recorded, and the copy of the layer that was not needed is deleted: both look at
    // the store.
    for lane in [jobs::Lane::Records, jobs::Lane::Reclaiming] {
        while house.world.run_lane(lane).await.unwrap() > 0 {}
    }
    house.forbid_reading();
    house.run().await;
    assert_eq!(house.status("v2").await.0, ScanStatus::Complete);
    assert_eq!(house.findings("v2").await, ["HIGH CVE-2024-1 openssl 3.0.9-1 none"]);
    assert!(house.nothing_was_read());
}

async fn an_upper_layer_that_mends_a_package_ends_its_finding(engine: Engine) {
    let mut house = House::new(engine).await;
    house.import(&[advisory(1, "openssl", Some("3.0.11-1"), "high")]).await;
    let mended = dpkg(&[("openssl", "3.0.11-1", "openssl")]);
    house.push("v1", &[debian(), layer(&[("var/lib/dpkg/status", &mended)])]).await;
    house.run().await;
    assert_eq!(house.status("v1").await.0, ScanStatus::Complete);
    assert_eq!(house.findings("v1").await, [""; 0]);
    assert_eq!(house.counts("v1").await, Some(BTreeMap::new()));
}

async fn what_a_deleted_image_had_is_forgotten_with_it(engine: Engine) {
    let mut house = House::new(engine).await;
    house.import(&[advisory(1, "openssl", None, "high")]).await;
    house.push("v1", &[debian()]).await;
    house.push("v2", &[debian()]).await;
    house.run().await;
    let verb = house.world.operations();
    verb.batch_delete_image(&house.web, vec![id("v1")], &crate::fixture::pusher()).await.unwrap();
    house.run().await;
    assert_eq!(house.findings("v2").await.len(), 1, "another image has them");
    assert_eq!(packages_named_openssl(&house).await, 2);
    verb.batch_delete_image(&house.web, vec![id("v2")], &crate::fixture::pusher()).await.unwrap();
    for _ in 0..5 {
        house.world.clock.forward(2 * DAY);
        house.run().await;
    }
    assert_eq!(packages_named_openssl(&house).await, 0);
    assert_eq!(house.world.findings(operations::fsck::Depth::Objects).await, []);
    let blobs = house.world.db().read(|tx| tx.list_blobs(None, 10)).await.unwrap();
    assert!(blobs.is_empty(), "layers go with what they say: {blobs:?}");
}

/// Packages that a new advisory about openssl would touch.
async fn packages_named_openssl(house: &House) -> usize {
    let touch = |tx: &mut db::Tx<'_>| tx.touch_packages("Debian:12", "openssl");
    let touched: Result<usize, db::DbError> = house.world.db().write(touch).await;
    touched.unwrap()
}

async fn a_scan_by_hand_has_a_quota(engine: Engine) {
    let mut house = House::new(engine).await;
    house.import(&[advisory(1, "openssl", None, "high")]).await;
    house.push("v1", &[debian()]).await;
    house.run().await;
    let refused = |outcome: Result<_, Failure>| match outcome {
        Err(Failure::Refused(Refusal::Scanning(refusal))) => refusal,
        other => panic!("{other:?}"),
    };
    let start = || house.world.operations().start_image_scan(&house.web, id("v1"));
    assert_eq!(refused(start().await), ScanningRefusal::QuotaExceeded, "the push was a scan");
    house.world.clock.forward(DAY);
    let (_, scan) = start().await.unwrap();
    assert_eq!(scan.status, ScanStatus::InProgress);
    assert_eq!(refused(start().await), ScanningRefusal::QuotaExceeded);
    house.forbid_reading();
    house.run().await;
    assert_eq!(house.status("v1").await.0, ScanStatus::Complete);
    assert!(house.nothing_was_read(), "its layers are as they were");
}

async fn a_vulnerability_is_explained_by_package_and_layer(engine: Engine) {
    let mut house = House::new(engine).await;
    house.import(&[advisory(1, "zlib", Some("2"), "high")]).await;
    let upper = dpkg(&[("openssl", "3.0.9-1", "openssl"), ("zlib1g", "1", "zlib")]);
    let upper = layer(&[("var/lib/dpkg/status", &upper)]);
    house.push("v1", &[debian(), upper.clone()]).await;
    house.run().await;
    let verb = house.world.operations();
    let explain = |name: &str| verb.explain_vulnerability(&house.web, id("v1"), name.to_owned());
    for name in ["CVE-2024-1", "cve-2024-1", "DEBIAN-CVE-2024-1"] {
        let explained = explain(name).await.unwrap();
        let [reason] = &explained.reasons[..] else { panic!("{name}: {:?}", explained.reasons) };
        assert_eq!(reason.package.name.as_str(), "zlib1g");
        assert_eq!(reason.layer, names::Digest::sha256(&upper), "the layer that brought it");
        assert_eq!(explained.layers.len(), 2);
        assert_eq!(reason.fixed_in.as_ref().unwrap().as_str(), "2");
    }
    assert!(explain("CVE-2024-2").await.unwrap().reasons.is_empty());
}
