//! What must hold after the faults.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use black_box::cluster::Cluster;
use black_box::{Client, digest_of};

use crate::client::await_that;
use crate::ledger::{Image, Ledger, State};

/// Longer than anything that a node leaves alone after it failed.
const HEALING: Duration = Duration::from_mins(1);

/// What has passed when all leases are over, all uploads forgotten and all graces.
const LATER: &str = "93600000000";

/// A job that a runner works at is due when its lease of five minutes is over: what is due some
/// seconds earlier was claimed by a node that is dead, and what is due later waits for something
/// else.
pub(crate) const AT_WORK: &str = "BETWEEN 285000000 AND 301000000";

/// How long it takes to work off what has become due.
const SWEEP_PATIENCE: Duration = Duration::from_mins(2);

pub(crate) fn await_all_ready(cluster: &Cluster) {
    await_that("all nodes are ready", HEALING, || {
        cluster.balancer().ready().into_iter().all(|is_ready| is_ready)
    });
}

/// Asserts that what was acknowledged is true on every node.
pub(crate) fn assert_ledger_holds(cluster: &Cluster, ledger: &Ledger, password: &str) {
    let mut client = Client::logged_in(&cluster.address(), password);
    let wrong: Vec<String> =
        ledger.all().iter().filter_map(|image| wrong_with(&mut client, image)).collect();
    assert!(
        wrong.is_empty(),
        "{} images are not as they should be:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

fn wrong_with(client: &mut Client, image: &Image) -> Option<String> {
    let Image { repository, manifest, layers, state, may_expire, .. } = image;
    let digest = digest_of(manifest);
    let path = format!("/v2/{repository}/manifests/{digest}");
    let found = client.get(&path);
    let is_there = match (found.status, state) {
        (200, State::There | State::InDoubt) => true,
        (404, State::Gone | State::InDoubt) => false,
        (404, State::There) if *may_expire => false,
        (status, _) => return Some(format!("{path}: {status} and {state:?}")),
    };
    if is_there && found.body != *manifest {
        return Some(format!("{path}: another manifest"));
    }
    layers.iter().filter(|_| is_there).find_map(|(layer, content)| {
        let path = format!("/v2/{repository}/blobs/{layer}");
        let found = client.get(&path);
        let is_right = found.status == 200 && found.body == content.bytes();
        (!is_right).then(|| format!("{path} of {digest}: {}", found.status))
    })
}

/// Makes all that waits for time to pass due, and waits until it was done.
pub(crate) fn let_time_pass(cluster: &Cluster) {
    let rows = cluster.database();
    let waiting = || {
        rows.sql(
            "SELECT name, subject, attempts, due_at - (extract(epoch FROM now()) * 1000000)::bigint, last_error
             FROM job WHERE dead_at IS NULL
                 AND name NOT IN ('forget_audit_records', 'forget_events', 'forget_tag_moves')",
        )
    };
    let began = Instant::now();
    loop {
        rows.sql(&format!(
            "UPDATE repository_blob SET lease_until = lease_until - {LATER};
             UPDATE upload SET created_at = created_at - {LATER}, updated_at = updated_at - {LATER};
             UPDATE blob SET condemned_at = condemned_at - {LATER} WHERE condemned_at IS NOT NULL;
             UPDATE job SET payload = regexp_replace(payload, '\"again_at\":[0-9]+', '\"again_at\":0');
             UPDATE job SET due_at = 0 WHERE dead_at IS NULL AND due_at > 0
                 AND due_at - (extract(epoch FROM now()) * 1000000)::bigint NOT {AT_WORK}"
        ));
        let left = waiting();
        if left.is_empty() {
            return;
        }
        let waited = began.elapsed();
        assert!(waited < SWEEP_PATIENCE, "after {waited:?} these jobs are left:\n{left}");
        std::thread::sleep(Duration::from_millis(800));
    }
}

/// Asserts that no job is dead, and that the bucket holds what the rows name, and nothing else.
pub(crate) fn assert_nothing_leaked(cluster: &Cluster) {
    let rows = cluster.database();
    let dead = rows.sql("SELECT name, subject, last_error FROM job WHERE dead_at IS NOT NULL");
    assert_eq!(dead, "", "jobs are dead");
    assert_eq!(rows.sql("SELECT count(*) FROM upload"), "0", "uploads are left");
    let named = rows.sql("SELECT object FROM blob UNION SELECT object FROM image_record");
    let named: BTreeSet<&str> = named.lines().collect();
    let files = cluster.stores().s3.files();
    // An object may have pieces and an end beside it, and a claim that could not be removed goes
    // with it.
    let belongs = |path: &Path| {
        path.iter().any(|part| part.to_str().is_some_and(|part| named.contains(part)))
    };
    let (checks, unnamed): (Vec<PathBuf>, Vec<PathBuf>) = files
        .iter()
        .filter(|path| !belongs(path))
        .cloned()
        .partition(|path| path.to_string_lossy().contains("/checks/"));
    if !checks.is_empty() {
        eprintln!("chaos: {} probes of starting nodes were left in the bucket", checks.len());
    }
    assert!(unnamed.is_empty(), "{} files that no row names: {unnamed:#?}", unnamed.len());
    let objects = files.iter().filter(|path| path.to_string_lossy().contains("/objects/"));
    assert_eq!(objects.count(), named.len(), "objects are missing");
}
