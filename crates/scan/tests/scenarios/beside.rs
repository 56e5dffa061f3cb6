//! What stands beside advisories.

use scan::{BadAdvisory, CvssVector, parse_cve, parse_epss, parse_kev, parse_nvd};

const HIGH: &str = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H";
const LOW: &str = "CVSS:3.1/AV:L/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N";
const NEW: &str = "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N";

fn at(seconds: i64) -> names::Timestamp {
    names::Timestamp::from_micros(seconds * 1_000_000)
}

#[test]
fn a_record_of_the_cve_list_has_scores_of_two() {
    let text = format!(
        r#"{{"dataType": "CVE_RECORD", "cveMetadata": {{"cveId": "CVE-2024-1", "state": "PUBLISHED", "dateUpdated": "2024-08-01T10:00:00.000Z"}},
        "containers": {{
          "cna": {{"providerMetadata": {{"shortName": "someone"}}, "metrics": [
            {{"format": "CVSS", "cvssV3_1": {{"version": "3.1", "vectorString": "{LOW}"}}}},
            {{"other": {{}}}}, {{"cvssV4_0": {{"vectorString": "{NEW}"}}}}]}},
          "adp": [
            {{"providerMetadata": {{"shortName": "CVE"}}, "metrics": [{{"cvssV3_1": {{"vectorString": "{LOW}"}}}}]}},
            {{"providerMetadata": {{"shortName": "CISA-ADP"}}, "metrics": [{{"cvssV3_1": {{"vectorString": "{HIGH}"}}}}]}}]}}}}"#
    );
    let scan::ScoredCve { id, scores, modified } = parse_cve(text.as_bytes()).unwrap();
    assert_eq!((id.as_str(), modified), ("CVE-2024-1", Some(at(1_722_506_400))));
    let text = |vector: &Option<CvssVector>| vector.as_ref().map(|v| v.as_str().to_owned());
    assert_eq!(text(&scores.cna).as_deref(), Some(NEW), "the newest CVSS");
    assert_eq!(text(&scores.cisa).as_deref(), Some(HIGH));
    assert_eq!(scores.nvd, None);
    let rejected = r#"{"cveMetadata": {"cveId": "CVE-2024-2", "state": "REJECTED"}}"#;
    assert_eq!(parse_cve(rejected.as_bytes()).unwrap().scores, scan::CveScores::default());
}

#[test]
fn a_page_of_nvd_has_its_own_scores() {
    let text = format!(
        r#"{{"format": "NVD_CVE", "vulnerabilities": [
        {{"cve": {{"id": "CVE-2024-1", "lastModified": "2024-08-01T10:00:00.000", "metrics": {{"cvssMetricV31": [
            {{"source": "a", "type": "Secondary", "cvssData": {{"vectorString": "{LOW}"}}}},
            {{"source": "nvd", "type": "Primary", "cvssData": {{"vectorString": "{HIGH}"}}}}]}}}}}},
        {{"cve": {{"id": "CVE-2024-2", "metrics": {{}}}}}},
        {{"cve": {{"id": "CVE-2024-3"}}}}]}}"#
    );
    let scored = parse_nvd(text.as_bytes()).unwrap();
    let told: Vec<_> = scored
        .iter()
        .map(|cve| (cve.id.as_str(), cve.scores.nvd.as_ref().map(CvssVector::as_str)))
        .collect();
    assert_eq!(told, [("CVE-2024-1", Some(HIGH)), ("CVE-2024-2", None), ("CVE-2024-3", None)]);
    assert_eq!(scored[0].modified, Some(at(1_722_506_400)), "a moment without an offset is of UTC");
    let entry = r#"{"cve": {"id": "CVE-2024-4"}}"#;
    assert_eq!(parse_nvd(entry.as_bytes()).unwrap()[0].id.as_str(), "CVE-2024-4");
}

#[test]
fn lists_of_what_is_exploited_are_read() {
    let kev = r#"{"title": "x", "dateReleased": "2024-08-01T10:00:00.0651Z", "count": 2, "vulnerabilities": [
        {"cveID": "CVE-2021-44228", "vendorProject": "Apache"}, {"cveID": ""}]}"#;
    let exploited = parse_kev(kev.as_bytes()).unwrap();
    assert_eq!(exploited.released.map(names::Timestamp::as_seconds), Some(1_722_506_400));
    assert_eq!(
        exploited.ids.iter().map(scan::Name::as_str).collect::<Vec<_>>(),
        ["CVE-2021-44228"]
    );
    let epss = "#model_version:v2025,score_date:2026-01-01T00:00:00+0000\ncve,epss,percentile\n\
                CVE-2021-44228,0.94358,0.99957\nCVE-1,2.0,0.5\nCVE-2,0.1\nCVE-3,NaN,0.1\n";
    let scan::EpssScores { day, scores } = parse_epss(epss).unwrap();
    assert_eq!((day, scores.len()), (Some(at(1_767_225_600)), 1));
    let score = scores[0].1;
    let millionths = (score.probability_millionths, score.percentile_millionths);
    assert_eq!(millionths, (943_580, 999_570));
}

#[test]
fn what_is_none_of_these_is_refused() {
    let is_refused =
        |answer: Option<BadAdvisory>| matches!(answer, Some(BadAdvisory::Malformed(_)));
    let nothing = "{\"vulnerabilities\": [{\"cveID\": \"\"}]}";
    assert!(is_refused(parse_kev(nothing.as_bytes()).err()), "it would take back everything");
    for text in ["", "[]", "{}", "{\"cveMetadata\": {\"cveId\": \"\"}}", "{\"vulnerabilities\": 1}"]
    {
        assert!(is_refused(parse_cve(text.as_bytes()).err()), "{text}");
        assert!(is_refused(parse_nvd(text.as_bytes()).err()), "{text}");
        assert!(is_refused(parse_kev(text.as_bytes()).err()), "{text}");
        assert!(is_refused(parse_epss(text).err()), "{text}");
    }
}
