//! The same over PostgreSQL and Azure Blob Storage.

use black_box::cluster::{Cluster, Plan};
use black_box::{Client, Invocation, Random, digest_of, tool};
use serde_json::json;

use crate::uploads::assert_goes_on_anywhere;
use crate::{create_repository, end};

fn three_nodes(test: &str) -> Option<Cluster> {
    let cluster = Plan::of(3).on_azure().start(test)?;
    create_repository(&cluster, "web", &json!({}));
    Some(cluster)
}

#[test]
fn an_upload_goes_on_anywhere_over_azure() {
    let Some(cluster) = three_nodes("an_upload_goes_on_anywhere_over_azure") else { return };
    assert_goes_on_anywhere(&cluster);
    end(cluster);
}

/// Three layers: what fills no part, what becomes a piece, and parts.
#[test]
fn what_crane_pushes_to_nodes_over_azure_it_pulls_and_a_backup_there_holds_it() {
    let test = "what_crane_pushes_to_nodes_over_azure_it_pulls_and_a_backup_there_holds_it";
    let Some(cluster) = three_nodes(test) else { return };
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let crane = |args: &[&str]| Invocation::new(tool("crane"), folder.path()).args(args);
    let (registry, image) = (cluster.address(), format!("{}/web:v1", cluster.address()));
    let login = ["auth", "login", &registry, "--username", "AWS", "--password-stdin"];
    crane(&login).input(cluster.password()).succeeds();
    let sizes = [50_000, 3 << 20, 23 << 20];
    let files: Vec<String> = (0..sizes.len()).map(|number| format!("layer-{number}")).collect();
    for ((number, size), file) in (0..).zip(sizes).zip(&files) {
        let path = folder.path().join(file);
        std::fs::write(path, Random::new(number).bytes(size)).expect("a scratch file is writable");
        let tar = format!("{file}.tar");
        Invocation::new("tar", folder.path()).args(["-cf", &tar, file]).succeeds();
        let append = ["append", "--oci-empty-base", "--new_layer", &tar, "--new_tag", &image];
        let more = ["append", "--base", &image, "--new_layer", &tar, "--new_tag", &image];
        crane(if number == 0 { &append } else { &more }).succeeds();
    }
    let digest = crane(&["digest", &image]).succeeds();
    crane(&["pull", "--format", "oci", &image, "pulled"]).succeeds();
    for file in &files {
        assert_pulled(&folder.path().join("pulled"), &folder.path().join(format!("{file}.tar")));
    }
    assert_everywhere(&mut cluster.clients(), digest.trim());

    let place = cluster.azure().expect("it is on Azure").address("backups");
    cluster.longshore(["backup", "--to", &place]).succeeds();
    let listed = cluster.longshore(["backup", "list", "--at", &place]).succeeds();
    assert_eq!(listed.lines().count(), 1, "{listed}");
    end(cluster);
}

/// crane compresses a layer on its way, always to the same bytes; here only what is inside is
/// looked at.
fn assert_pulled(image: &std::path::Path, layer: &std::path::Path) {
    let wanted = std::fs::read(layer).expect("it was just written");
    let blobs = std::fs::read_dir(image.join("blobs/sha256")).expect("crane made it");
    let found = blobs.flatten().any(|blob| {
        let args = ["-dc", &blob.path().display().to_string()].map(str::to_owned);
        let said = std::process::Command::new("gzip").args(args).output().expect("gzip runs");
        said.stdout == wanted
    });
    assert!(found, "{} is not among what was pulled", layer.display());
}

fn assert_everywhere(nodes: &mut [Client], digest: &str) {
    for node in nodes {
        let answer = node.get("/v2/web/manifests/v1");
        assert_eq!((answer.status, digest_of(&answer.body)), (200, digest.to_owned()));
    }
}
