//! `longshore backup` and `longshore restore`, killed half way, while the server serves.

use std::fs;
use std::path::Path;

use black_box::cluster::Stores;
use black_box::{Random, skipped};
use stand_ins::S3Server;
use tempfile::TempDir;

use crate::content::{Content, create_repositories};
use crate::place::{Running, below, bucket, empty_cluster, random, run, run_killed};

/// A server's folder, its content, and a place for backups.
struct House {
    folder: TempDir,
    server: Running,
    content: Content,
    random: Random,
    data: String,
    keyring: String,
}

impl House {
    fn build() -> Self {
        let mut random = random();
        let folder = TempDir::with_prefix("longshore-").expect("a temporary folder can be made");
        let (_, data) = below(folder.path(), "data");
        let (_, keyring) = below(folder.path(), "keyring.json");
        let server = Running::start(&folder.path().join("server"), &["--data", &data], &[]);
        create_repositories(server.address());
        let mut content = Content::default();
        content.push(&mut server.client(), 6, &mut random);
        fs::copy(format!("{data}/keyring.json"), &keyring).expect("the keyring is there");
        Self { folder, server, content, random, data, keyring }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Adds content, and deletes some.
    fn live(&mut self) {
        let mut client = self.server.client();
        self.content.push(&mut client, 2, &mut self.random);
        self.content.delete(&mut client, &mut self.random);
    }

    /// Backs up, killed on the way; returns the backup's name.
    fn back_up(&mut self, place: &str, variables: &[(String, String)]) -> String {
        let (arguments, home) =
            (["backup", "--data", &self.data, "--to", place], self.folder.path());
        run_killed(home, &arguments, variables, &mut self.random, |round| round > 3);
        let listed = run(home, &["backup", "list", "--at", place], variables);
        assert!(listed.succeeded(), "{listed}");
        let last = listed.stdout.lines().last().expect("there is one");
        last.split_whitespace().next().expect("it has a name").to_owned()
    }

    /// Restores, killed on the way, and looks at all of it.
    fn restore(
        &mut self,
        place: &str,
        id: &str,
        wanted: &Content,
        to: &[&str],
        variables: &[(String, String)],
    ) {
        let home = self.folder.path();
        let arguments =
            [&["restore", "--from", place, "--at", id, "--keyring", &self.keyring][..], to]
                .concat();
        run_killed(home, &arguments, variables, &mut self.random, |round| round > 3);
        let fsck = [&["fsck", "--digests", "--keyring", &self.keyring][..], to].concat();
        let fsck = run(home, &fsck, variables);
        assert!(fsck.succeeded() && fsck.stdout.contains(" 0 errors, 0 notes"), "{fsck}");
        let node = [&["--keyring", &self.keyring][..], to].concat();
        let restored = Running::start(&home.join("restored-log"), &node, variables);
        wanted.assert_all_there(&mut restored.client());
        restored.stop();
    }
}

#[test]
fn backups_that_are_killed_are_whole_in_the_end_and_come_back() {
    let mut house = House::build();
    let (_, place) = below(house.path(), "backups");
    let first = (house.back_up(&place, &[]), house.content.clone());
    house.live();
    let second = (house.back_up(&place, &[]), house.content.clone());
    assert!(first.0 < second.0);
    for (number, (id, content)) in [first, second.clone()].into_iter().enumerate() {
        let (_, to) = below(house.path(), &format!("restored-{number}"));
        house.restore(&place, &id, &content, &["--data", &to], &[]);
        let again =
            run(house.path(), &["restore", "--from", &place, "--at", &id, "--data", &to], &[]);
        assert!(again.succeeded() && again.stdout.contains("was already restored to"), "{again}");
    }
    house.live();
    let data = house.data.clone();
    let kept = run(house.path(), &["backup", "--data", &data, "--to", &place, "--keep", "1"], &[]);
    assert!(kept.succeeded() && kept.stdout.contains("removed"), "{kept}");
    let listed = run(house.path(), &["backup", "list", "--at", &place], &[]);
    assert_eq!(listed.stdout.lines().count(), 1, "{listed}");
    let newest = listed.stdout.split_whitespace().next().expect("it has a name").to_owned();
    let (_, to) = below(house.path(), "restored-newest");
    let content = house.content.clone();
    house.restore(&place, &newest, &content, &["--data", &to], &[]);

    let gone = run(
        house.path(),
        &[
            "restore",
            "--from",
            &place,
            "--at",
            &second.0,
            "--data",
            "x",
            "--keyring",
            &house.keyring,
        ],
        &[],
    );
    assert!(gone.stderr.contains("there is no complete backup"), "{gone}");
    let occupied = run(house.path(), &["restore", "--from", &place, "--data", &data], &[]);
    assert!(occupied.stderr.contains("is in use by"), "{occupied}");
    let (_, bare) = below(house.path(), "bare");
    let keyless = run(house.path(), &["restore", "--from", &place, "--data", &bare], &[]);
    assert!(keyless.stderr.contains("name your copy with --keyring"), "{keyless}");
    let own = run(house.path(), &["backup", "--data", &data, "--to", &data], &[]);
    assert!(own.stderr.contains("is a server's data folder"), "{own}");
    house.server.stop();
}

#[test]
fn a_folder_is_backed_up_to_a_bucket_and_comes_back_as_a_cluster() {
    let stores = match Stores::shared() {
        Ok(stores) => stores,
        Err(why) => return skipped("backups in a bucket", &why),
    };
    let mut house = House::build();
    let (_, prefix) = stores.place();
    let place = S3Server::address(&prefix);
    let id = house.back_up(&place, &bucket(&stores));
    let content = house.content.clone();
    let target = empty_cluster(&stores);
    house.restore(&place, &id, &content, &[], &target);
    house.server.stop();
}
