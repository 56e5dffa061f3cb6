//! The OCI distribution conformance suite, with every switch on, against the built server.
//!
//! One kind of content is left out: sparse manifests, which name layers that were never pushed. ECR
//! refuses those, and so do we. Everything else must pass; what the suite skips because a server
//! lacks it counts as a failure here.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use black_box::{Ended, Invocation, Server, tool};

const FIRST: &str = "conformance/first";
const SECOND: &str = "conformance/second";

/// What the newest version of the suite can switch, all of it named, so that its defaults decide
/// nothing.
const SWITCHED_ON: &[&str] = &[
    "OCI_API_PING",
    "OCI_API_PULL",
    "OCI_API_PUSH",
    "OCI_API_BLOBS_ATOMIC",
    "OCI_API_BLOBS_DELETE",
    "OCI_API_BLOBS_DIGEST_HEADER",
    "OCI_API_BLOBS_MOUNT_ANONYMOUS",
    "OCI_API_BLOBS_UPLOAD_CANCEL",
    "OCI_API_MANIFESTS_ATOMIC",
    "OCI_API_MANIFESTS_DELETE",
    "OCI_API_MANIFESTS_DIGEST_HEADER",
    "OCI_API_MANIFESTS_TAG_PARAM",
    "OCI_API_TAGS_ATOMIC",
    "OCI_API_TAGS_DELETE",
    "OCI_API_TAGS_LIST",
    "OCI_API_REFERRER",
    "OCI_DATA_IMAGE",
    "OCI_DATA_INDEX",
    "OCI_DATA_INDEX_LIST",
    "OCI_DATA_ARTIFACT",
    "OCI_DATA_SUBJECT",
    "OCI_DATA_SUBJECT_MISSING",
    "OCI_DATA_ARTIFACT_LIST",
    "OCI_DATA_SUBJECT_LIST",
    "OCI_DATA_DATA_FIELD",
    "OCI_DATA_NONDISTRIBUTABLE",
    "OCI_DATA_CUSTOM_FIELDS",
    "OCI_DATA_NO_LAYERS",
    "OCI_DATA_EMPTY_BLOB",
    "OCI_DATA_SHA512",
];

#[test]
fn the_server_passes_the_oci_conformance_suite() {
    let server = Server::start();
    server.create_repository(FIRST);
    server.create_repository(SECOND);

    let results = results_folder();
    let ended = run_suite(&server, &results);

    let statuses = statuses(&results.join("results.yaml"));
    let unmet: Vec<_> = statuses
        .iter()
        .filter(|(name, status)| match name.as_str() {
            "Sparse Manifests" => *status != "Disabled",
            _ => *status != "Pass",
        })
        .collect();
    let counts = ["failures", "errors", "skipped", "disabled"]
        .map(|count| (count, junit_count(&results.join("junit.xml"), count)));
    assert!(
        ended.succeeded() && unmet.is_empty() && counts.iter().all(|(_, count)| *count == 0),
        "{counts:?}\n{unmet:#?}\n{}\nthe whole report is {}",
        complaints(&ended.stdout),
        results.join("report.html").display(),
    );
    let cases = junit_count(&results.join("junit.xml"), "tests");
    assert!(cases > 700, "the suite ran only {cases} cases");
}

/// Where the suite's reports stay after the run: `conformance` in Cargo's target folder.
fn results_folder() -> PathBuf {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .parent()
        .expect("Cargo's folder for temporary files is in target");
    let folder = target.join("conformance");
    fs::create_dir_all(&folder).expect("Cargo's target folder is writable");
    for stale in ["results.yaml", "junit.xml", "report.html"] {
        // The first run has none.
        let _ = fs::remove_file(folder.join(stale));
    }
    folder
}

fn run_suite(server: &Server, results: &Path) -> Ended {
    let suite = Invocation::new(tool("conformance"), &server.scratch("conformance"))
        .env("OCI_VERSION", "1.1+dev")
        .env("OCI_REGISTRY", server.registry())
        .env("OCI_TLS", "disabled")
        .env("OCI_REPO1", FIRST)
        .env("OCI_REPO2", SECOND)
        .env("OCI_USERNAME", "AWS")
        .env("OCI_PASSWORD", server.password())
        .env("OCI_RESULTS_DIR", results)
        .env("OCI_LOG", "error")
        .env("OCI_DATA_SPARSE", "false");
    SWITCHED_ON.iter().fold(suite, |suite, switch| suite.env(switch, "true")).run()
}

/// The status of each API and each kind of content, by its name.
fn statuses(results: &Path) -> BTreeMap<String, String> {
    let text = fs::read_to_string(results).expect("the suite wrote its results");
    let (_, statuses) = text.split_once("\napis:\n").expect("the results have the APIs' statuses");
    let statuses: BTreeMap<_, _> = statuses
        .lines()
        .filter_map(|line| line.strip_prefix("  ")?.split_once(": "))
        .map(|(name, status)| (name.to_owned(), status.to_owned()))
        .collect();
    assert!(statuses.len() > 50, "the results name only {} statuses", statuses.len());
    statuses
}

/// A count that the suite's XML report gives in its outermost element, which leaves out what is
/// zero.
fn junit_count(report: &Path, attribute: &str) -> u32 {
    let text = fs::read_to_string(report).expect("the suite wrote its XML report");
    let element = text.split_inclusive('>').next().expect("a report has an element");
    assert!(element.contains("<testsuites "), "not a report of tests: {element}");
    let Some((_, value)) = element.split_once(&format!(" {attribute}=\"")) else { return 0 };
    let (number, _) = value.split_once('"').expect("an attribute's value ends");
    number.parse().expect("a count is a number")
}

/// The cases that did not pass, from the tree that the suite prints, each with its reasons.
fn complaints(printed: &str) -> String {
    let tree = printed.split("\nConfiguration:").next().unwrap_or_default();
    let told = |line: &&str| {
        let line = line.trim_end();
        line.ends_with(": FAIL") || line.ends_with(": Skip") || line.trim_start().starts_with("- ")
    };
    tree.lines().filter(told).take(200).collect::<Vec<_>>().join("\n")
}
