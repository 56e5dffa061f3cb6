//! Nodes that must not serve, and their error messages.

use black_box::cluster::Cluster;
use black_box::{Ended, Invocation, longshore};

use crate::{end, three_nodes};

/// Starts one more node that must not start; returns what it said.
fn refused(cluster: &Cluster, changed: &[(&str, &str)]) -> Ended {
    let home = tempfile::tempdir().expect("a temporary folder can be made");
    let run = Invocation::new(longshore(), home.path()).args(["serve", "--listen", "127.0.0.1:0"]);
    let run = cluster.variables().iter().fold(run, |run, (name, value)| run.env(name, value));
    let ended = changed.iter().fold(run, |run, (name, value)| run.env(name, value)).run();
    assert!(!ended.succeeded() && ended.stdout.is_empty(), "{ended}");
    assert!(!ended.stderr.contains("panicked"), "{ended}");
    ended
}

fn assert_serves(cluster: &Cluster) {
    for mut client in cluster.clients() {
        assert_eq!(client.get("/v2/web/tags/list").status, 200);
    }
}

#[test]
fn a_node_with_another_keyring_is_refused() {
    let Some(cluster) = three_nodes("a_node_with_another_keyring_is_refused") else { return };
    let other = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    let ended = refused(&cluster, &[("LONGSHORE_KEYRING_SECRET", other)]);
    assert!(ended.stderr.contains("keyring"), "{ended}");
    assert!(!ended.stderr.contains(other), "the secret is told: {ended}");
    for wrong in ["", "short", &"z".repeat(64)] {
        let ended = refused(&cluster, &[("LONGSHORE_KEYRING_SECRET", wrong)]);
        assert!(ended.stderr.contains("LONGSHORE_KEYRING_SECRET"), "{wrong:?}: {ended}");
    }
    assert_serves(&cluster);
    end(cluster);
}

#[test]
fn a_schema_of_a_newer_program_is_refused() {
    let Some(cluster) = three_nodes("a_schema_of_a_newer_program_is_refused") else { return };
    let newer = "UPDATE schema_version SET number = number + 1";
    cluster.database().sql(newer);
    let ended = refused(&cluster, &[]);
    assert!(ended.stderr.contains("newer"), "{ended}");
    // Those that run go on: a newer node may be starting beside them.
    assert_serves(&cluster);
    cluster.database().sql("UPDATE schema_version SET number = number - 1");
    end(cluster);
}

#[test]
fn stores_that_cannot_be_used_are_named() {
    let Some(cluster) = three_nodes("stores_that_cannot_be_used_are_named") else { return };
    #[rustfmt::skip]
    let cases = [
        ("LONGSHORE_DATABASE",             "postgres://longshore@127.0.0.1:1/rows", "database",  "nothing listens there"),
        ("LONGSHORE_DATABASE",             "mysql://root@localhost/rows",           "PostgreSQL", "another database"),
        ("LONGSHORE_OBJECTS",              "s3://no-such-bucket/p",                 "no-such-bucket", "no bucket"),
        ("LONGSHORE_OBJECTS",              "ftp://bucket/p",                        "objects",   "another store"),
        ("LONGSHORE_S3_SECRET_ACCESS_KEY", "another-secret",                        "LONGSHORE_S3_SECRET_ACCESS_KEY does not", "a wrong key"),
        ("LONGSHORE_S3_ENDPOINT",          "http://127.0.0.1:1",                    "127.0.0.1:1", "nothing listens there"),
    ];
    for (variable, value, named, because) in cases {
        let ended = refused(&cluster, &[(variable, value)]);
        assert!(ended.stderr.contains(named), "{because}: {ended}");
        assert!(!ended.stderr.contains("another-secret"), "{because}: {ended}");
    }
    end(cluster);
}
