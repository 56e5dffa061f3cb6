//! `longshore migrate`, killed half way.

use std::path::Path;

use black_box::cluster::Stores;
use black_box::{Invocation, Random, skipped, tool};
use tempfile::TempDir;

use crate::content::{Content, REPOSITORIES, create_repositories};
use crate::place::{Running, below, empty_cluster, random, run, run_killed};

#[test]
fn a_migration_that_is_killed_again_and_again_moves_everything() {
    let stores = match Stores::shared() {
        Ok(stores) => stores,
        Err(why) => return skipped("migration", &why),
    };
    let mut random = random();
    let folder = TempDir::with_prefix("longshore-").expect("a temporary folder can be made");
    let (_, data) = below(folder.path(), "data");
    let (_, keyring) = below(folder.path(), "data/keyring.json");
    let server = Running::start(&folder.path().join("server"), &["--data", &data], &[]);
    create_repositories(server.address());
    let mut content = Content::default();
    let mut client = server.client();
    content.push(&mut client, 12, &mut random);
    for _ in 0..3 {
        content.delete(&mut client, &mut random);
    }
    let upload = client.begin_upload(REPOSITORIES[0]);
    assert_eq!(client.patch(&upload, vec![7; 1 << 20]).status, 202);

    let target = empty_cluster(&stores);
    let migrate = ["migrate", "--data", &data];
    let refused = run(folder.path(), &migrate, &target);
    assert!(refused.stderr.contains("restart it as: longshore serve --read-only"), "{refused}");
    server.stop();
    let refused = run(folder.path(), &migrate, &[]);
    assert!(refused.stderr.contains("no target: set --database"), "{refused}");

    let arguments = ["--data", &data, "--read-only"];
    let server = Running::start(&folder.path().join("readers"), &arguments, &[]);
    let mut reader = server.client();
    let node = ["--keyring", &keyring];
    let mut seen_half = 0;
    let killed = run_killed(folder.path(), &migrate, &target, &mut random, |round| {
        if round % 3 == 0 {
            content.assert_all_there(&mut reader);
        }
        let early = Running::try_start(&folder.path().join("early"), &node, &target);
        match early {
            Err(why) if why.contains("holds an incomplete copy of") => {
                seen_half += 1;
                return true;
            }
            // It was killed before it had begun.
            Err(why) => assert!(why.contains("ended"), "{why}"),
            // It was killed when all was done and it had not yet said so. Whatever is served is
            // whole.
            Ok(node) => {
                content.assert_all_there(&mut node.client());
                node.stop();
            }
        }
        false
    });
    assert!(killed >= 3 && seen_half >= 1, "killed {killed} times, seen half {seen_half} times");
    let again = run(folder.path(), &migrate, &target);
    assert!(again.succeeded() && again.stdout.contains("was already copied to"), "{again}");
    server.stop();

    let fsck = run(folder.path(), &["fsck", "--digests", "--keyring", &keyring], &target);
    assert!(fsck.succeeded() && fsck.stdout.contains(" 0 errors, 0 notes"), "{fsck}");
    assert!(fsck.stdout.contains(" 0 uploads,"), "{fsck}");
    let nodes =
        ["one", "two"].map(|name| Running::start(&folder.path().join(name), &node, &target));
    assert_nodes_serve(&nodes, &mut content, &mut random, folder.path());
    nodes.into_iter().for_each(Running::stop);
}

/// Both nodes serve everything, also what is pushed to the other one, and clients can pull it.
fn assert_nodes_serve(
    nodes: &[Running; 2],
    content: &mut Content,
    random: &mut Random,
    folder: &Path,
) {
    for node in nodes {
        content.assert_all_there(&mut node.client());
    }
    content.push(&mut nodes[0].client(), 1, random);
    content.assert_all_there(&mut nodes[1].client());
    let crane = |arguments: &[&str]| Invocation::new(tool("crane"), folder).args(arguments);
    let address = nodes[1].address();
    let login = ["auth", "login", address, "--username", "AWS", "--password-stdin"];
    crane(&login).input(nodes[1].password()).succeeds();
    for (repository, tag) in content.images() {
        crane(&["pull", &format!("{address}/{repository}:{tag}"), "image.tar"]).succeeds();
    }
}
