//! Advisories of both forms, good and bad.

use std::fmt::Write as _;

use scan::Severity::{self, Critical, High, Informational, Low, Medium, Undefined};
use scan::{
    ADVISORY_BYTES_MAX, Advisory, BadAdvisory, Ecosystem, Event, Rating, Scale, parse_osv, rate,
    read_updateinfo,
};

const DEBIAN: &str = r#"{
  "schema_version": "1.7.0",
  "id": "DEBIAN-CVE-2024-0001",
  "published": "2024-01-02T03:04:05Z",
  "modified": "2024-02-03T04:05:06.789Z",
  "upstream": ["CVE-2024-0001"],
  "details": "A flaw.\u0000 Of a library.",
  "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}],
  "affected": [
    {"package": {"ecosystem": "Debian:12", "name": "openssl", "purl": "pkg:deb/debian/openssl"},
     "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "3.0.11-1~deb12u1"}]}],
     "versions": ["3.0.9-1"],
     "ecosystem_specific": {"urgency": "not yet assigned"}},
    {"package": {"ecosystem": "Debian:11", "name": "openssl"},
     "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}]}],
     "ecosystem_specific": {"urgency": "unimportant"}},
    {"package": {"ecosystem": "Plan 9:4", "name": "openssl"}},
    {"ranges": [{"type": "GIT", "repo": "https://example.org", "events": [{"introduced": "0"}, {"fixed": "abc"}]}]}
  ],
  "references": [{"type": "ADVISORY", "url": "https://example.org/CVE-2024-0001"}]
}"#;

#[test]
fn a_record_of_osv_is_read() {
    let advisory = parse_osv(DEBIAN.as_bytes()).unwrap();
    assert_eq!(advisory.id.as_str(), "DEBIAN-CVE-2024-0001");
    assert_eq!(advisory.cve().as_str(), "CVE-2024-0001");
    assert_eq!(advisory.details, "A flaw. Of a library.");
    assert_eq!(advisory.modified.unwrap().as_micros(), 1_706_933_106_789_000);
    assert_eq!(advisory.references, ["https://example.org/CVE-2024-0001"]);
    let keys: Vec<String> = advisory.keys().iter().map(ToString::to_string).collect();
    assert_eq!(keys, ["Debian:11/openssl", "Debian:12/openssl"]);
    let events = &advisory.affected[0].ranges[0].events;
    assert_eq!(events[0], Event::IntroducedFirst);
    assert!(matches!(&events[1], Event::Fixed(version) if version.as_str() == "3.0.11-1~deb12u1"));
    assert_eq!(advisory.affected[0].versions.len(), 1);
    let text = serde_json::to_string(&advisory).unwrap();
    assert_eq!(serde_json::from_str::<Advisory>(&text).unwrap(), advisory);
}

#[test]
fn a_severity_comes_from_the_best_source() {
    let record = |severity: &str, specific: &str, ecosystem: &str, more: &str| {
        format!(
            r#"{{"id": "A-1", "summary": "Important: a library", "severity": [{severity}], {more}
            "affected": [{{"package": {{"ecosystem": "{ecosystem}", "name": "a"}}{specific}}}]}}"#
        )
    };
    let cvss2 = r#"{"type": "CVSS_V2", "score": "AV:N/AC:L/Au:N/C:P/I:P/A:P"}"#;
    let cvss3 = r#"{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}"#;
    let cvss4 = r#"{"type": "CVSS_V4", "score": "CVSS:4.0/AV:L/AC:L/AT:N/PR:L/UI:N/VC:L/VI:N/VA:N/SC:N/SI:N/SA:N"}"#;
    let none = r#"{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N"}"#;
    let bad = r#"{"type": "CVSS_V3", "score": "CVSS:3.1/AV:?"}, {"type": "New", "score": "9"}"#;
    let urgency = |word: &str| format!(r#", "ecosystem_specific": {{"urgency": "{word}"}}"#);
    let ubuntu = r#"{"type": "Ubuntu", "score": "negligible"}"#;
    let github = r#""database_specific": {"severity": "MODERATE"},"#;
    let both = format!("{ubuntu}, {cvss3}");
    let two = format!("{cvss2}, {cvss3}");
    let three = format!("{cvss3}, {cvss4}");
    #[rustfmt::skip]
    let cases = [
        // record                                                severity       because
        (record(cvss3, &urgency("low"), "Debian:12", ""),        Low,           "the distribution's word is first"),
        (record(cvss3, &urgency("unimportant"), "Debian:12", ""), Informational, "and its least one is not low"),
        (record(cvss3, &urgency("medium**"), "Debian:12", ""),   Medium,        "a guess of Debian's counts too"),
        (record(cvss3, &urgency("not yet assigned"), "Debian:12", ""), Critical, "this word rates nothing"),
        (record("", &urgency("end-of-life"), "Debian:12", ""),   Undefined,     "nor does this"),
        (record(&both, "", "Ubuntu:22.04:LTS", ""),              Informational, "a word in the list of vectors"),
        (record("", "", "AlmaLinux:9", ""),                      High,          "a word in the summary"),
        (record("", "", "npm", ""),                              Undefined,     "that is none for others"),
        (record("", "", "npm", github),                          Medium,        "GitHub's word"),
        (record(cvss3, "", "npm", github),                       Critical,      "which stands in for a vector"),
        (record(cvss2, "", "npm", ""),                           High,          "7.5"),
        (record(&two, "", "npm", ""),                            Critical,      "the newer CVSS"),
        (record(&three, "", "npm", ""),                          Medium,        "the newest CVSS"),
        (record(none, "", "npm", ""),                            Informational, "0.0"),
        (record(bad, "", "npm", ""),                             Undefined,     "a vector that is none"),
    ];
    for (record, severity, because) in cases {
        let advisory = parse_osv(record.as_bytes()).unwrap();
        let rated = rate(&advisory, &advisory.affected[0], None);
        assert_eq!(rated.severity, severity, "{because}");
    }
}

#[test]
fn scores_of_others_count_after_the_record() {
    let vector = |text: &str| Some(text.parse().unwrap());
    let nvd = vector("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:N/A:N");
    let cna = vector("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H");
    let record = r#"{"id": "A-1", "affected": [{"package": {"ecosystem": "npm", "name": "a"}}]}"#;
    let advisory = parse_osv(record.as_bytes()).unwrap();
    let rated = |scores| rate(&advisory, &advisory.affected[0], Some(&scores));
    let only_nvd = rated(scan::CveScores { nvd: nvd.clone(), ..Default::default() });
    assert_eq!((only_nvd.severity, only_nvd.cvss_source), (Severity::Medium, Some("NVD")));
    let both = rated(scan::CveScores { cna, nvd, ..Default::default() });
    assert_eq!((both.severity, both.cvss_source), (Severity::Critical, Some("CVE")));
    assert_eq!(both.cvss.unwrap().score_tenths(), 98);
}

#[test]
fn what_is_no_record_is_refused() {
    let affected = |what: &str| format!(r#"{{"id": "A", "affected": [{what}]}}"#);
    let package = |what: &str| {
        affected(&format!(r#"{{"package": {{"ecosystem": "npm", "name": "a"}}, {what}}}"#))
    };
    let range = |kind: &str, event: &str| {
        package(&format!(r#""ranges": [{{"type": "{kind}", "events": [{event}]}}]"#))
    };
    let long = "1".repeat(300);
    #[rustfmt::skip]
    let cases = [
        // record                                                        because
        (String::new(),                                                  "nothing"),
        ("[]".to_owned(),                                                "a list"),
        ("{}".to_owned(),                                                "no identifier"),
        (r#"{"id": ""}"#.to_owned(),                                     "an empty identifier"),
        (r#"{"id": "A", "withdrawn": "yesterday"}"#.to_owned(),          "withdrawn at no moment"),
        (r#"{"id": "A", "affected": {}}"#.to_owned(),                    "no list"),
        (range("TIME", ""),                                              "a range of an unknown type"),
        (range("SEMVER", r#"{"begins": "1"}"#),                          "an event of an unknown type"),
        (range("SEMVER", r#"{"fixed": ""}"#),                            "an empty version"),
        (range("SEMVER", r#"{"fixed": 1}"#),                             "a version that is no text"),
        (range("SEMVER", &format!(r#"{{"fixed": "{long}"}}"#)),          "a version that is too long"),
        (affected(r#"{"package": {"ecosystem": "npm", "name": ""}}"#),   "a package without a name"),
        (format!("{}1{}", "[".repeat(9999), "]".repeat(9999)),           "too deep"),
    ];
    for (record, because) in cases {
        let refused = parse_osv(record.as_bytes());
        assert!(matches!(refused, Err(BadAdvisory::Malformed(_))), "{because}: {refused:?}");
    }
    assert_eq!(parse_osv(&vec![b' '; ADVISORY_BYTES_MAX + 1]), Err(BadAdvisory::TooLong));
}

#[test]
fn a_crate_without_a_keeper_is_no_vulnerability() {
    let record = |specific: &str| {
        let text = format!(
            r#"{{"id": "RUSTSEC-2024-0001", "affected": [{{"package": {{"ecosystem": "crates.io",
            "name": "a"}}, "database_specific": {specific}}}]}}"#
        );
        parse_osv(text.as_bytes()).unwrap().affected.len()
    };
    assert_eq!(record(r#"{"informational": "unmaintained"}"#), 0);
    assert_eq!(record(r#"{"informational": null}"#), 1);
}

#[test]
fn an_update_that_mends_no_vulnerability_affects_nothing() {
    #[rustfmt::skip]
    let cases = [
        ("ALSA-2024:1",          1),
        ("ALBA-2024:1",          0),
        ("ALEA-2024:1",          0),
        ("RHBA-2024:1",          0),
        ("RLEA-2024:1",          0),
        ("GHSA-aaaa-bbbb-cccc",  1),
        ("CVE-2024-1",           1),
    ];
    for (id, count) in cases {
        let text = format!(
            r#"{{"id": "{id}", "affected": [{{"package": {{"ecosystem": "AlmaLinux:9", "name": "a"}}}}]}}"#
        );
        assert_eq!(parse_osv(text.as_bytes()).unwrap().affected.len(), count, "{id}");
    }
}

const UPDATEINFO: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<updates>
  <update author="a" from="b" status="final" type="security" version="1.4">
    <id>ALAS2023-2023-070</id>
    <title>Amazon Linux 2023 - ALAS2023-2023-070: Medium priority package update for vim</title>
    <issued date="2023-02-17 20:51:00"/>
    <updated date="2023-02-18 21:00"/>
    <severity>medium</severity>
    <description>Use after free &amp; more &#x2014; a &unknown; flaw.</description>
    <references>
      <reference href="https://example.org/CVE-2022-3705" id="CVE-2022-3705" type="cve" title=""/>
      <reference href="https://example.org/CVE-2022-3705" id="CVE-2022-3705" type="cve" title=""/>
      <reference href="https://example.org/1" id="1" type="self"/>
    </references>
    <pkglist><collection short="amazon-linux-2023">
      <package arch="x86_64" name="vim-minimal" epoch="2" version="9.0.1160" release="1.amzn2023"><filename>a</filename></package>
      <package arch="aarch64" name="vim-minimal" epoch="2" version="9.0.1160" release="1.amzn2023"/>
      <package arch="src" name="vim" epoch="2" version="9.0.1160" release="1.amzn2023"/>
      <package arch="x86_64" name="xxd" epoch="0" version="1.0" release="1"/>
      <package arch="aarch64" name="xxd" epoch="0" version="1.0" release="2"/>
    </collection></pkglist>
  </update>
  <update type="bugfix"><id>ALAS-2</id>
    <pkglist><collection><package arch="x" name="a" version="1" release="1"/></collection></pkglist>
  </update>
  <update type="security"><id></id></update>
  <update type="security"><id>ALAS-3</id><pkglist><collection><package name="a"/></collection></pkglist></update>
  <update type="security"><id>ALSA-4</id><severity>Important</severity><pkglist><collection>
    <module name="nodejs" stream="18" version="1" context="x" arch="x86_64"/>
    <package arch="x86_64" name="nodejs" epoch="1" version="18.1" release="1.module_el8"/>
  </collection></pkglist></update>
</updates>"#;

fn updates(text: &str) -> (Vec<Advisory>, Result<u64, BadAdvisory>) {
    let ecosystem: Ecosystem = "Amazon Linux:2023".parse().expect("a known ecosystem");
    let mut advisories = Vec::new();
    let answer = read_updateinfo(text.as_bytes(), &ecosystem, |one| advisories.push(one));
    (advisories, answer)
}

#[test]
fn updates_of_security_are_read() {
    let (advisories, passed_over) = updates(UPDATEINFO);
    assert_eq!(passed_over, Ok(2));
    let ids: Vec<&str> = advisories.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(ids, ["ALAS2023-2023-070", "ALSA-4"]);
    let vim = &advisories[0];
    assert_eq!(vim.cve().as_str(), "CVE-2022-3705");
    assert_eq!(vim.upstream.len(), 1);
    assert_eq!(vim.details, "Use after free & more \u{2014} a  flaw.");
    assert_eq!(vim.published.unwrap().as_seconds(), 1_676_667_060);
    assert_eq!(vim.modified.unwrap().as_seconds(), 1_676_754_000);
    assert_eq!(vim.ratings, [Rating::Word(Scale::Impact, "medium".into())]);
    let mut lines = String::new();
    for affected in advisories.iter().flat_map(|one| &one.affected) {
        let Event::Fixed(fixed) = &affected.ranges[0].events[1] else { panic!("not fixed") };
        let (arch, module) = (&affected.arch, &affected.module);
        writeln!(lines, "{} {fixed} {arch:?} {module:?}", affected.key).unwrap();
    }
    assert_eq!(
        lines,
        "Amazon Linux:2023/vim-minimal 2:9.0.1160-1.amzn2023 None None\n\
         Amazon Linux:2023/xxd 1.0-2 Some(\"aarch64\") None\n\
         Amazon Linux:2023/xxd 1.0-1 Some(\"x86_64\") None\n\
         Amazon Linux:2023/nodejs 1:18.1-1.module_el8 None Some(\"nodejs:18\")\n"
    );
}

#[test]
fn what_is_no_list_of_updates_is_refused() {
    let long = format!("<updates><update><id>{}</id></update></updates>", "a".repeat(5 << 20));
    let bomb = "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>\
                <updates><update type=\"security\"><id>&b;</id></update></updates>";
    let deep = "<a>".repeat(100_000);
    #[rustfmt::skip]
    let cases = [
        ("<updates><update>",                     "ends too early"),
        ("<updates></update>",                    "tags that do not match"),
        (&deep,                                   "tags that never end"),
        (&long,                                   "a text that is too long"),
    ];
    for (text, because) in cases {
        assert!(matches!(updates(text), (_, Err(BadAdvisory::Malformed(_)))), "{because}");
    }
    // An entity that a document defines is not expanded, so that the update has no identifier.
    assert_eq!(updates(bomb), (Vec::new(), Ok(1)));
    assert_eq!(updates(""), (Vec::new(), Ok(0)));
}
