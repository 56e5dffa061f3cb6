//! Imports, and what they cost.

use std::collections::BTreeMap;

use bytes::Bytes;
use db::on_both_engines;
use db::testing::Engine;
use names::ScanStatus;
use operations::{AdvisoryFormat, Failure, ImportedAdvisories, Refusal, Severity};

use crate::house::{House, advisory, debian, of};

on_both_engines!(
    the_same_import_again_writes_nothing,
    a_changed_advisory_reaches_its_images_without_a_layer,
    a_scan_without_advisories_says_so_and_ends_when_they_come,
    what_is_no_advisory_is_told_and_the_rest_is_imported,
    updateinfo_is_imported_for_its_ecosystem,
    sources_are_counted,
);

async fn the_same_import_again_writes_nothing(engine: Engine) {
    let house = House::new(engine).await;
    let records = [advisory(1, "openssl", None, "high"), advisory(2, "zlib", Some("2"), "low")];
    let first = house.import(&records).await;
    assert_eq!(first, ImportedAdvisories { added: 2, ..ImportedAdvisories::default() });
    let again = house.import(&records).await;
    assert_eq!(again, ImportedAdvisories { unchanged: 2, ..ImportedAdvisories::default() });
    let older = records[0].replace("2024-05-01", "2023-05-01").replace("a flaw", "no flaw");
    let older = house.import(&[older]).await;
    assert_eq!(older, ImportedAdvisories { outdated: 1, ..ImportedAdvisories::default() });
    let elsewhere = house.import(&[of("Plan 9:4", "PLAN-1", "rc", None, "low")]).await;
    assert_eq!(elsewhere, ImportedAdvisories { irrelevant: 1, ..ImportedAdvisories::default() });
    let twice = [records[0].replace("05-01", "06-01"), records[0].replace("05-01", "06-02")];
    let twice = house.import(&twice).await;
    assert_eq!(twice, ImportedAdvisories { changed: 2, ..ImportedAdvisories::default() });
}

async fn a_changed_advisory_reaches_its_images_without_a_layer(engine: Engine) {
    let mut house = House::new(engine).await;
    let first = advisory(1, "openssl", None, "low");
    house.import(std::slice::from_ref(&first)).await;
    house.push("v1", &[debian()]).await;
    house.run().await;
    house.forbid_reading();
    let worse = first.replace("2024-05-01", "2024-06-01").replace("\"low\"", "\"high\"");
    let imported = house.import(&[worse, advisory(2, "openssl", Some("3.0.11"), "high")]).await;
    assert_eq!((imported.added, imported.changed), (1, 1));
    assert_eq!(imported.packages, 2, "openssl and libssl3 are touched");
    house.run().await;
    let expected =
        ["HIGH CVE-2024-1 openssl 3.0.9-1 none", "HIGH CVE-2024-2 openssl 3.0.9-1 3.0.11"];
    assert_eq!(house.findings("v1").await, expected);
    assert_eq!(house.counts("v1").await, Some(BTreeMap::from([(Severity::High, 2)])));
    let withdrawn = first.replace(
        "2024-05-01T00:00:00Z\"",
        "2024-07-01T00:00:00Z\",\"withdrawn\":\"2024-07-01T00:00:00Z\"",
    );
    house.import(&[withdrawn]).await;
    house.run().await;
    assert_eq!(house.findings("v1").await, ["HIGH CVE-2024-2 openssl 3.0.9-1 3.0.11"]);
    assert_eq!(house.counts("v1").await, Some(BTreeMap::from([(Severity::High, 1)])));
    let other = house.import(&[advisory(3, "perl", None, "high")]).await;
    assert_eq!(other.packages, 0, "nothing that is here is touched");
    assert!(house.nothing_was_read());
}

async fn a_scan_without_advisories_says_so_and_ends_when_they_come(engine: Engine) {
    let mut house = House::new(engine).await;
    house.push("v1", &[debian()]).await;
    house.run().await;
    let (status, description) = house.status("v1").await;
    assert_eq!(status, ScanStatus::FindingsUnavailable);
    let expected =
        "There are no advisories for Debian:12: import them with `longshore advisories import`.";
    assert_eq!(description, expected);
    assert_eq!(house.counts("v1").await, None, "never no findings");
    house.import(&[of("Debian:11", "DEBIAN-CVE-2024-9", "openssl", None, "high")]).await;
    house.run().await;
    assert_eq!(house.status("v1").await.0, ScanStatus::FindingsUnavailable, "of another release");
    house.forbid_reading();
    house.import(&[advisory(1, "openssl", None, "high")]).await;
    house.run().await;
    assert_eq!(house.status("v1").await.0, ScanStatus::Complete);
    assert_eq!(house.findings("v1").await, ["HIGH CVE-2024-1 openssl 3.0.9-1 none"]);
    assert_eq!(house.counts("v1").await, Some(BTreeMap::from([(Severity::High, 1)])));
    assert!(house.nothing_was_read());
}

async fn what_is_no_advisory_is_told_and_the_rest_is_imported(engine: Engine) {
    let house = House::new(engine).await;
    let sound = advisory(1, "openssl", None, "high");
    let records = ["{".to_owned(), "[]".to_owned(), sound, "{\"id\":\"\"}".to_owned()];
    let imported = house.import(&records).await;
    assert_eq!((imported.added, imported.refused), (1, 3));
    let lines: Vec<_> =
        imported.refusals.iter().map(|told| told.split(':').next().unwrap()).collect();
    assert_eq!(lines, ["line 1", "line 2", "line 4"]);
    let cut = Bytes::from_static(b"\x1f\x8b\x08\x00\x00");
    let refused = house.world.operations().import_advisories(AdvisoryFormat::Osv, cut).await;
    assert!(matches!(&refused, Err(Failure::Refused(Refusal::InvalidParameter(_)))), "{refused:?}");
}

async fn updateinfo_is_imported_for_its_ecosystem(engine: Engine) {
    let house = House::new(engine).await;
    let xml = r#"<updates><update type="security" status="final"><id>ALAS2023-2024-500</id>
        <title>t</title><severity>important</severity><issued date="2024-01-01 00:00:00"/>
        <references><reference id="CVE-2024-5" type="cve"/></references>
        <pkglist><collection><package name="openssl" epoch="1" version="3.0.8" release="2.amzn2023"
        arch="x86_64"><filename>a</filename></package></collection></pkglist></update></updates>"#;
    let format = AdvisoryFormat::UpdateInfo("Amazon Linux:2023".parse().unwrap());
    let import = || {
        let documents = Bytes::from_static(xml.as_bytes());
        house.world.operations().import_advisories(format.clone(), documents)
    };
    let imported = import().await.unwrap();
    assert_eq!(imported, ImportedAdvisories { added: 1, ..ImportedAdvisories::default() });
    assert_eq!(import().await.unwrap().unchanged, 1);
    let sources = house.world.operations().list_advisory_sources(None, 10).await.unwrap();
    assert_eq!(sources[0].name, "Amazon Linux");
}

async fn sources_are_counted(engine: Engine) {
    let house = House::new(engine).await;
    house.import(&[advisory(1, "openssl", None, "high"), advisory(2, "zlib", None, "low")]).await;
    house.import(&[of("PyPI", "PYSEC-2024-1", "jinja2", Some("3"), "")]).await;
    house.import(&[of("PyPI", "PYSEC-2024-1", "jinja2", Some("4"), "")]).await;
    let list = |after: Option<&str>, limit| {
        house.world.operations().list_advisory_sources(after.map(str::to_owned), limit)
    };
    let sources = list(None, 10).await.unwrap();
    let told: Vec<_> = sources
        .iter()
        .map(|source| (source.name.as_str(), source.licence.as_str(), source.advisories))
        .collect();
    assert_eq!(told, [("Debian", "not stated", 2), ("PyPA", "CC-BY-4.0", 1)]);
    assert!(sources.iter().all(|source| source.modified_at.is_some()));
    assert_eq!(list(Some("Debian"), 1).await.unwrap()[0].name, "PyPA");
}
