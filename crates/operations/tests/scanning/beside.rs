//! What stands beside advisories: how CVEs are scored elsewhere, which are exploited, and how
//! likely that is.

use std::collections::BTreeMap;

use bytes::Bytes;
use db::on_both_engines;
use db::testing::Engine;
use operations::{AdvisoryFormat, Epss, Failure, ImportedAdvisories, Refusal, Severity};

use crate::house::{House, advisory, debian};

on_both_engines!(
    a_score_of_the_cve_list_counts_where_the_distribution_has_no_word,
    nvd_counts_last_and_each_source_keeps_its_own,
    a_score_that_comes_before_the_advisory_counts_as_well,
    what_is_exploited_is_a_list_as_a_whole,
    epss_is_shown_and_follows_its_days,
    sources_beside_are_counted_and_lend_no_freshness,
    what_is_none_of_these_is_refused,
);

const HIGH: &str = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H";
const LOW: &str = "CVSS:3.1/AV:L/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N";

/// A record of the CVE List.
fn listed(number: u32, vector: &str, day: u32) -> String {
    let metrics = if vector.is_empty() {
        String::new()
    } else {
        format!(r#"{{"cvssV3_1":{{"vectorString":"{vector}"}}}}"#)
    };
    format!(
        r#"{{"cveMetadata":{{"cveId":"CVE-2024-{number}","dateUpdated":"2024-05-{day:02}T00:00:00.000Z"}},"containers":{{"cna":{{"metrics":[{metrics}]}}}}}}"#
    )
}

/// An entry of NVD.
fn rated(number: u32, vector: &str) -> String {
    format!(
        r#"{{"cve":{{"id":"CVE-2024-{number}","lastModified":"2024-05-01T00:00:00.000","metrics":{{"cvssMetricV31":[{{"type":"Primary","cvssData":{{"vectorString":"{vector}"}}}}]}}}}}}"#
    )
}

fn exploited(day: u32, cves: &[&str]) -> String {
    let entries: Vec<String> = cves.iter().map(|cve| format!(r#"{{"cveID":"{cve}"}}"#)).collect();
    format!(
        r#"{{"dateReleased":"2024-05-{day:02}T00:00:00.0000Z","vulnerabilities":[{}]}}"#,
        entries.join(",")
    )
}

/// A registry with an image that has two vulnerabilities: only of the second does Debian say how
/// severe it is.
async fn house(engine: Engine) -> House {
    let mut house = House::new(engine).await;
    house
        .import(&[
            advisory(1, "openssl", None, "not yet assigned"),
            advisory(2, "openssl", None, "low"),
        ])
        .await;
    house.push("v1", &[debian()]).await;
    house.run().await;
    let expected =
        ["LOW CVE-2024-2 openssl 3.0.9-1 none", "UNDEFINED CVE-2024-1 openssl 3.0.9-1 none"];
    assert_eq!(house.findings("v1").await, expected);
    house
}

/// Each vector of a finding with its source, that which counts first.
async fn vectors(house: &House, cve: &str) -> Vec<(&'static str, String)> {
    let findings = house.describe("v1").await.unwrap().findings;
    let finding = findings.into_iter().find(|it| it.place.vulnerability == cve).unwrap();
    let told = |(vector, source): &(operations::CvssVector, &'static str)| {
        (*source, vector.as_str().to_owned())
    };
    finding.vectors.iter().map(told).collect()
}

async fn a_score_of_the_cve_list_counts_where_the_distribution_has_no_word(engine: Engine) {
    let house = house(engine).await;
    house.forbid_reading();
    let records = [listed(1, HIGH, 2), listed(2, HIGH, 2), listed(3, HIGH, 2)].join("\n");
    let first = house.import_as(AdvisoryFormat::CveList, &records).await;
    // Two packages of the image are of openssl, and each has both.
    let expected = ImportedAdvisories { added: 3, packages: 4, ..ImportedAdvisories::default() };
    assert_eq!(first, expected);
    house.run().await;
    let expected =
        ["CRITICAL CVE-2024-1 openssl 3.0.9-1 none", "LOW CVE-2024-2 openssl 3.0.9-1 none"];
    assert_eq!(house.findings("v1").await, expected, "Debian's word goes first");
    let counts = BTreeMap::from([(Severity::Critical, 1), (Severity::Low, 1)]);
    assert_eq!(house.counts("v1").await, Some(counts), "the image is told");
    assert_eq!(vectors(&house, "CVE-2024-1").await, [("CVE", HIGH.to_owned())]);

    let again = house.import_as(AdvisoryFormat::CveList, &records).await;
    assert_eq!(again, ImportedAdvisories { unchanged: 3, ..ImportedAdvisories::default() });
    let older = house.import_as(AdvisoryFormat::CveList, &listed(1, LOW, 1)).await;
    assert_eq!(older, ImportedAdvisories { outdated: 1, ..ImportedAdvisories::default() });
    let silent = house.import_as(AdvisoryFormat::CveList, &listed(4, "", 2)).await;
    assert_eq!(silent, ImportedAdvisories { irrelevant: 1, ..ImportedAdvisories::default() });
    let lower = house.import_as(AdvisoryFormat::CveList, &listed(1, LOW, 3)).await;
    assert_eq!((lower.changed, lower.packages), (1, 2));
    house.run().await;
    assert_eq!(house.findings("v1").await[0], "LOW CVE-2024-1 openssl 3.0.9-1 none");
    house.import_as(AdvisoryFormat::CveList, &listed(1, "", 4)).await;
    house.run().await;
    assert_eq!(house.findings("v1").await[1], "UNDEFINED CVE-2024-1 openssl 3.0.9-1 none");
    assert!(house.nothing_was_read(), "no layer is read for any of this");
}

async fn nvd_counts_last_and_each_source_keeps_its_own(engine: Engine) {
    let house = house(engine).await;
    house.import_as(AdvisoryFormat::Nvd, &rated(1, HIGH)).await;
    house.run().await;
    assert_eq!(vectors(&house, "CVE-2024-1").await, [("NVD", HIGH.to_owned())]);
    assert_eq!(house.findings("v1").await[0], "CRITICAL CVE-2024-1 openssl 3.0.9-1 none");
    house.import_as(AdvisoryFormat::CveList, &listed(1, LOW, 2)).await;
    house.run().await;
    assert_eq!(house.findings("v1").await[0], "LOW CVE-2024-1 openssl 3.0.9-1 none");
    let both = [("CVE", LOW.to_owned()), ("NVD", HIGH.to_owned())];
    assert_eq!(vectors(&house, "CVE-2024-1").await, both);
}

async fn a_score_that_comes_before_the_advisory_counts_as_well(engine: Engine) {
    let house = house(engine).await;
    let imported = house.import_as(AdvisoryFormat::CveList, &listed(3, HIGH, 2)).await;
    assert_eq!(imported.packages, 0, "nothing has it yet");
    house.import(&[advisory(3, "openssl", None, "not yet assigned")]).await;
    house.run().await;
    assert_eq!(house.findings("v1").await[0], "CRITICAL CVE-2024-3 openssl 3.0.9-1 none");
}

/// Which vulnerabilities are known to be exploited, as findings show it.
async fn shown_exploited(house: &House) -> Vec<(String, Option<bool>)> {
    let findings = house.describe("v1").await.unwrap().findings;
    findings.into_iter().map(|it| (it.place.vulnerability, it.is_exploited)).collect()
}

async fn what_is_exploited_is_a_list_as_a_whole(engine: Engine) {
    let house = house(engine).await;
    let shown = |second, first| {
        [("CVE-2024-2".to_owned(), second), ("CVE-2024-1".to_owned(), first)].to_vec()
    };
    assert_eq!(shown_exploited(&house).await, shown(None, None), "without a list nothing is said");
    let kev = AdvisoryFormat::Kev;
    let first = exploited(2, &["CVE-2024-1", "CVE-2021-44228"]);
    let imported = house.import_as(kev.clone(), &first).await;
    assert_eq!(imported, ImportedAdvisories { added: 2, ..ImportedAdvisories::default() });
    assert_eq!(shown_exploited(&house).await, shown(Some(false), Some(true)));
    let older = house.import_as(kev.clone(), &exploited(1, &["CVE-2024-2"])).await;
    assert_eq!(older, ImportedAdvisories { outdated: 1, ..ImportedAdvisories::default() });
    let newer =
        house.import_as(kev.clone(), &exploited(3, &["CVE-2024-2", "CVE-2021-44228"])).await;
    let expected =
        ImportedAdvisories { added: 1, unchanged: 1, changed: 1, ..ImportedAdvisories::default() };
    assert_eq!(newer, expected, "one is not listed any more");
    assert_eq!(shown_exploited(&house).await, shown(Some(true), Some(false)));
    let why = house.world.operations();
    let id = crate::house::id("v1");
    let why = why.explain_vulnerability(&house.web, id, "CVE-2024-2".to_owned()).await.unwrap();
    assert!(why.reasons.iter().all(|reason| reason.is_exploited == Some(true)));
}

async fn epss_is_shown_and_follows_its_days(engine: Engine) {
    let house = house(engine).await;
    let day = |day: u32, line: &str| {
        format!(
            "#model_version:v1,score_date:2024-05-{day:02}T00:00:00+0000\ncve,epss,percentile\n{line}\n"
        )
    };
    let epss = async |text: String| house.import_as(AdvisoryFormat::Epss, &text).await;
    let shown = async || house.describe("v1").await.unwrap().findings[1].epss;
    assert_eq!(shown().await, None);
    let lines = "CVE-2024-1,0.1,0.9\nCVE-2024-1,0.2,0.9\nCVE-1999-1,0.00001,0.1";
    assert_eq!(epss(day(2, lines)).await.added, 2, "a CVE counts once");
    let expected = Epss { probability_millionths: 200_000, percentile_millionths: 900_000 };
    assert_eq!(shown().await, Some(expected));
    assert_eq!(epss(day(2, lines)).await.unchanged, 2);
    assert_eq!(epss(day(1, "CVE-2024-1,0.5,0.9")).await.outdated, 1);
    assert_eq!(epss(day(3, "CVE-2024-1,0.5,0.9")).await.changed, 1);
    assert_eq!(shown().await.unwrap().probability_millionths, 500_000);
}

async fn sources_beside_are_counted_and_lend_no_freshness(engine: Engine) {
    let house = house(engine).await;
    let kev = exploited(9, &["CVE-1", "CVE-2", "CVE-3"]);
    house.import_as(AdvisoryFormat::Kev, &kev).await;
    house.import_as(AdvisoryFormat::Kev, &exploited(10, &["CVE-1"])).await;
    let epss = "#score_date:2024-05-11\ncve,epss,percentile\nCVE-1,0.1,0.9\n";
    house.import_as(AdvisoryFormat::Epss, epss).await;
    house.import_as(AdvisoryFormat::CveList, &listed(1, HIGH, 12)).await;
    house.import_as(AdvisoryFormat::Nvd, &rated(1, HIGH)).await;
    let sources = house.world.operations().list_advisory_sources(None, 10).await.unwrap();
    let told: Vec<_> = sources
        .iter()
        .map(|source| (source.name.as_str(), source.licence.as_str(), source.advisories))
        .collect();
    let expected = [
        ("CVE List", "cve-tou", 1),
        ("Debian", "not stated", 2),
        ("EPSS", "not stated", 1),
        ("KEV", "CC0-1.0", 1),
        ("NVD", "public domain", 1),
    ];
    assert_eq!(told, expected);
    let of_debian = sources[1].modified_at;
    assert_eq!(house.describe("v1").await.unwrap().source_updated_at, of_debian);
    assert!(sources[0].modified_at > of_debian);
}

async fn what_is_none_of_these_is_refused(engine: Engine) {
    let house = House::new(engine).await;
    let import = async |format: AdvisoryFormat, text: &'static str| {
        let documents = Bytes::from_static(text.as_bytes());
        house.world.operations().import_advisories(format, documents).await
    };
    for (format, text) in [
        (AdvisoryFormat::Kev, ""),
        (AdvisoryFormat::Kev, r#"{"vulnerabilities":[]}"#),
        (AdvisoryFormat::Epss, "cve;epss\n"),
        (AdvisoryFormat::Epss, "\u{1f}\u{8b}"),
    ] {
        let refused = import(format.clone(), text).await;
        let is_refused = matches!(refused, Err(Failure::Refused(Refusal::InvalidParameter(_))));
        assert!(is_refused, "{format:?} {text}");
    }
    for format in [AdvisoryFormat::CveList, AdvisoryFormat::Nvd] {
        let imported = import(format, "{}\n[]\nCVE-2024-1\n").await.unwrap();
        assert_eq!((imported.refused, imported.refusals.len()), (3, 3));
    }
    let sources = house.world.operations().list_advisory_sources(None, 10).await.unwrap();
    assert!(sources.is_empty(), "nothing was imported: {sources:?}");
}
