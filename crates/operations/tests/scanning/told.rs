//! What the end of a scan tells.

use db::on_both_engines;
use db::testing::Engine;
use names::{ScanFrequency, ScanType, Timestamp};
use operations::envelope;
use serde_json::{Value, json};

use crate::configuration::{put, rule};
use crate::house::{House, advisory, debian};

on_both_engines!(
    the_end_of_a_scan_is_told_once_with_its_counts,
    a_scan_that_fails_is_told_without_counts,
    an_enhanced_scan_is_told_as_inspector_tells_it,
);

impl House {
    /// The events of scans, without their ids.
    async fn told_scans(&self) -> Vec<Value> {
        let span = (Timestamp::from_micros(0), Timestamp::from_micros(i64::MAX));
        let operations = self.world.operations();
        let listed = operations.list_events(&self.web.registry, span, None, 100).await.unwrap();
        let read = |event| serde_json::from_str::<Value>(&envelope(event)?).ok();
        let all = listed.iter().filter_map(read);
        let mut scans: Vec<Value> =
            all.filter(|event| event["detail-type"].as_str().unwrap().ends_with("Scan")).collect();
        for scan in &mut scans {
            scan.as_object_mut().unwrap().remove("id").unwrap();
        }
        scans
    }
}

const ARN: &str = "arn:aws:ecr:us-east-1:123456789012:repository/web";

async fn the_end_of_a_scan_is_told_once_with_its_counts(engine: Engine) {
    let mut house = House::new(engine).await;
    house
        .import(&[advisory(1, "openssl", None, "high"), advisory(2, "openssl", None, "low")])
        .await;
    let digest = house.push("v1", &[debian()]).await;
    house.run().await;
    // Another advisory changes counts, and ends no scan.
    house.import(&[advisory(3, "openssl", None, "high")]).await;
    house.run().await;
    let told = house.told_scans().await;
    let expected = json!({
        "version": "0", "detail-type": "ECR Image Scan", "source": "aws.ecr",
        "account": "123456789012", "time": told[0]["time"], "region": "us-east-1",
        "resources": [ARN],
        "detail": {
            "scan-status": "COMPLETE", "repository-name": "web",
            "finding-severity-counts": { "HIGH": 1, "LOW": 1 },
            "image-digest": digest.as_str(), "image-tags": ["v1"],
        },
    });
    assert_eq!(told, [expected]);
}

async fn a_scan_that_fails_is_told_without_counts(engine: Engine) {
    let mut house = House::new(engine).await;
    house.import(&[advisory(1, "openssl", None, "high")]).await;
    house.push("noise", &[b"noise".repeat(500)]).await;
    house.run().await;
    let told = house.told_scans().await;
    assert_eq!(told.len(), 1);
    assert_eq!(told[0]["detail"]["scan-status"], "FAILED");
    assert_eq!(told[0]["detail"].get("finding-severity-counts"), None);
}

async fn an_enhanced_scan_is_told_as_inspector_tells_it(engine: Engine) {
    let mut house = House::new(engine).await;
    let rules = vec![rule(ScanFrequency::ContinuousScan, &["*"])];
    put(&house, ScanType::Enhanced, rules).await.unwrap();
    house.import(&[advisory(1, "openssl", None, "high")]).await;
    let digest = house.push("v1", &[debian()]).await;
    house.run().await;
    let told = house.told_scans().await;
    let expected = json!({
        "version": "0", "detail-type": "Inspector2 Scan", "source": "aws.inspector2",
        "account": "123456789012", "time": told[0]["time"], "region": "us-east-1",
        "resources": [ARN],
        "detail": {
            "scan-status": "INITIAL_SCAN_COMPLETE", "repository-name": ARN,
            "finding-severity-counts": { "HIGH": 1, "TOTAL": 1 },
            "image-digest": digest.as_str(), "image-tags": ["v1"],
        },
    });
    assert_eq!(told, [expected]);
}
