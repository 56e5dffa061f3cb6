//! The operational pages.

use std::collections::{BTreeMap, BTreeSet};

use black_box::{Request, Server, manifest_of};

#[test]
fn the_pages_answer_unauthenticated_clients() {
    let server = Server::start();
    let mut stranger = server.stranger();
    #[rustfmt::skip]
    let cases = [
        ("GET",    "/healthz", 200, "ok\n"),
        ("HEAD",   "/healthz", 200, ""),
        ("GET",    "/readyz",  200, "ready\n"),
        ("POST",   "/healthz", 405, "GET or HEAD only\n"),
        ("DELETE", "/metrics", 405, "GET or HEAD only\n"),
    ];
    for (method, path, status, body) in cases {
        let answer = stranger.ask(Request::new(method, path));
        assert_eq!((answer.status, answer.text().as_str()), (status, body), "{method} {path}");
    }
    assert_eq!(stranger.get("/healthz/").status, 404);
}

/// Samples by their series, of a page in the format of OpenMetrics, each of whose lines is held to
/// it.
fn parse(page: &str) -> BTreeMap<String, f64> {
    let mut families = BTreeSet::new();
    let mut samples = BTreeMap::new();
    let (body, end) = page.rsplit_once("# EOF\n").expect("the page has an end");
    assert_eq!(end, "", "something follows the end");
    for line in body.lines() {
        if let Some(kind) = line.strip_prefix("# TYPE ") {
            let (family, kind) = kind.split_once(' ').expect("a type follows the name");
            assert!(["counter", "gauge", "histogram"].contains(&kind), "{line}");
            assert!(families.insert(family), "{family} is there twice");
        } else if let Some(unit) = line.strip_prefix("# UNIT ") {
            let (family, unit) = unit.split_once(' ').expect("a unit follows the name");
            assert!(family.ends_with(&format!("_{unit}")), "{line}");
        } else if let Some(help) = line.strip_prefix("# HELP ") {
            assert!(help.contains(' ') && help.ends_with('.'), "{line}");
        } else {
            let (series, value) = line.rsplit_once(' ').expect("a value follows the series");
            assert!(is_series(series, &families), "{line}");
            let value = value.parse().expect("a value is a number");
            assert!(samples.insert(series.to_owned(), value).is_none(), "{series} is there twice");
        }
    }
    samples
}

/// `NAME` or `NAME{LABEL="VALUE",…}`, of a family that was announced.
fn is_series(series: &str, families: &BTreeSet<&str>) -> bool {
    let (name, labels) = series.split_once('{').unwrap_or((series, "}"));
    let is_label = |label: &str| {
        let (key, value) = label.split_once('=').unwrap_or_default();
        let word = |text: &str| text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        !key.is_empty()
            && word(key)
            && value.len() > 1
            && value.starts_with('"')
            && value.ends_with('"')
    };
    let Some(labels) = labels.strip_suffix('}') else { return false };
    let known = ["", "_total", "_bucket", "_sum", "_count"]
        .iter()
        .any(|suffix| name.strip_suffix(suffix).is_some_and(|family| families.contains(family)));
    known && (labels.is_empty() || labels.split(',').all(is_label))
}

#[test]
fn the_metrics_parse_and_count_what_was_done() {
    let server = Server::start();
    server.create_repository("web");
    let mut client = server.client();
    let before = parse(&client.get("/metrics").text());
    let config = client.push_layer("web", b"{}");
    let layer = client.push_layer("web", &vec![7; 100_000]);
    let manifest = manifest_of(1, &config, std::slice::from_ref(&layer));
    assert_eq!(client.put_manifest("web", "v1", &manifest).status, 201);
    assert_eq!(client.get("/v2/web/manifests/v1").status, 200);
    assert_eq!(client.get(&format!("/v2/web/blobs/{}", layer.digest)).status, 200);
    assert_eq!(client.get("/v2/web/manifests/none").status, 404);
    assert_eq!(server.stranger().get("/v2/web/manifests/v1").status, 401);
    let after = parse(&client.get("/metrics").text());

    let grown = |series: &str| {
        let value = |samples: &BTreeMap<String, f64>| samples.get(series).copied().unwrap_or(0.0);
        value(&after) - value(&before)
    };
    let received = 2 + 100_000 + manifest.len();
    #[rustfmt::skip]
    let cases = [
        ("longshore_requests_total{route=\"oci.begin_upload\",status=\"201\"}",  2),
        ("longshore_requests_total{route=\"oci.put_manifest\",status=\"201\"}",  1),
        ("longshore_requests_total{route=\"oci.read_manifest\",status=\"200\"}", 1),
        ("longshore_requests_total{route=\"oci.read_manifest\",status=\"404\"}", 1),
        ("longshore_requests_total{route=\"oci.unknown\",status=\"401\"}",       1),
        ("longshore_request_latency_seconds_count{route=\"oci.read_blob\"}",     1),
        ("longshore_received_bytes_total",                                       received),
        ("longshore_sent_bytes_total",                                           received - 2),
    ];
    for (series, expected) in cases {
        assert_eq!(grown(series).to_string(), expected.to_string(), "{series}");
    }
    #[rustfmt::skip]
    let there = [
        "longshore_connections",
        "longshore_database_bytes",
        "longshore_storage_available_bytes",
        "longshore_storage_size_bytes",
        "longshore_reclaimed_bytes_total",
        "longshore_reclaimed_objects_total",
        "longshore_corrupt_reads_total",
        "longshore_jobs_total{lane=\"reclaiming\",outcome=\"succeeded\"}",
        "longshore_jobs_total{lane=\"reclaiming\",outcome=\"dead\"}",
    ];
    let missing: Vec<&&str> = there.iter().filter(|series| !after.contains_key(**series)).collect();
    assert!(missing.is_empty(), "{missing:?} of {:?}", after.keys());
    assert!(after["longshore_storage_available_bytes"] > 0.0);
}

#[test]
fn no_request_makes_series_of_its_own() {
    let server = Server::start();
    let mut client = server.client();
    let series = |text: &str| parse(text).into_keys().collect::<BTreeSet<_>>();
    for path in ["/v2/web/tags/list", "/nowhere", "/v2/odd"] {
        client.get(path);
    }
    client.get("/metrics");
    let before = series(&client.get("/metrics").text());
    for number in 0..20 {
        client.get(&format!("/v2/web{number}/tags/list"));
        client.get(&format!("/nowhere{number}"));
        client.get(&format!("/v2/odd{number}"));
    }
    assert_eq!(series(&client.get("/metrics").text()), before);
}
