//! Every file in our folders is private to its owner, even if the folder existed before and was
//! open to others.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use black_box::Random;
use tempfile::TempDir;

use crate::content::{Content, create_repositories};
use crate::place::{Running, below, random, run};

fn mode(path: &Path) -> u32 {
    let metadata = fs::symlink_metadata(path).expect("what was listed is there");
    metadata.permissions().mode() & 0o7777
}

fn open_to_others(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).expect("it is ours");
}

/// Fails on each file or folder, from `path` down, that other users than its owner can access.
pub(crate) fn assert_private(path: &Path) -> usize {
    assert_eq!(mode(path) & 0o077, 0, "{} has mode {:04o}", path.display(), mode(path));
    if !path.is_dir() {
        return 1;
    }
    let entries = fs::read_dir(path).expect("it is ours");
    1 + entries.map(|entry| assert_private(&entry.expect("it is listed").path())).sum::<usize>()
}

/// Pushes, deletes, and leaves an upload behind.
fn mixed(server: &Running, content: &mut Content, random: &mut Random) {
    let mut client = server.client();
    content.push(&mut client, 3, random);
    content.delete(&mut client, random);
}

#[test]
fn everything_in_a_folder_is_its_owners_alone() {
    let (mut random, mut content) = (random(), Content::default());
    let home = TempDir::with_prefix("longshore-").expect("a temporary folder can be made");
    let (data_path, data) = below(home.path(), "data");
    fs::create_dir(&data_path).expect("a new folder takes a new folder");
    open_to_others(&data_path, 0o755);
    let log = home.path().join("server");
    let server = Running::start(&log, &["--data", &data], &[]);
    create_repositories(server.address());
    mixed(&server, &mut content, &mut random);
    assert!(assert_private(&data_path) > 256, "while it serves");

    let (backups_path, backups) = below(home.path(), "backups");
    fs::create_dir(&backups_path).expect("a new folder takes a new folder");
    open_to_others(&backups_path, 0o755);
    let backed_up = run(home.path(), &["backup", "--data", &data, "--to", &backups], &[]);
    assert!(backed_up.succeeded(), "{backed_up}");
    assert_private(&backups_path);
    server.stop();
    assert_private(&data_path);

    // As an older version left it.
    for name in ["longshore.sqlite", "lock"] {
        open_to_others(&data_path.join(name), 0o644);
    }
    open_to_others(&data_path.join("objects"), 0o755);
    open_to_others(&data_path, 0o755);
    let server = Running::start(&log, &["--data", &data], &[]);
    mixed(&server, &mut content, &mut random);
    assert_private(&data_path);
    server.stop();
    let fsck = run(home.path(), &["fsck", "--digests", "--data", &data], &[]);
    assert!(fsck.succeeded(), "{fsck}");
    assert_private(&data_path);

    let (restored_path, restored) = below(home.path(), "restored");
    let keyring = format!("{data}/keyring.json");
    let arguments = ["restore", "--from", &backups, "--data", &restored, "--keyring", &keyring];
    let back = run(home.path(), &arguments, &[]);
    assert!(back.succeeded(), "{back}");
    assert_private(&restored_path);
}

#[test]
fn what_only_reads_an_open_folder_warns_and_leaves_it_as_it_is() {
    let home = TempDir::with_prefix("longshore-").expect("a temporary folder can be made");
    let (data_path, data) = below(home.path(), "data");
    let log = home.path().join("server");
    Running::start(&log, &["--data", &data], &[]).stop();
    let warning = format!("run `chmod 700 {data}`");
    let told = || fs::read_to_string(log.join("stderr")).expect("it logs there");
    assert!(!told().contains(&warning), "{}", told());

    open_to_others(&data_path, 0o755);
    Running::start(&log, &["--data", &data, "--read-only"], &[]).stop();
    assert_eq!(told().matches(&warning).count(), 1, "{}", told());
    let (_, backups) = below(home.path(), "backups");
    let backed_up = run(home.path(), &["backup", "--data", &data, "--to", &backups], &[]);
    assert!(backed_up.succeeded(), "{backed_up}");
    assert_eq!(backed_up.stderr.matches(&warning).count(), 1, "{backed_up}");
    assert_eq!(mode(&data_path), 0o755);

    open_to_others(&data_path, 0o700);
    let backed_up = run(home.path(), &["backup", "--data", &data, "--to", &backups], &[]);
    assert!(!backed_up.stderr.contains("chmod"), "{backed_up}");
}

#[test]
fn an_open_folder_that_holds_other_things_is_refused_with_the_command_that_mends_it() {
    let home = TempDir::with_prefix("longshore-").expect("a temporary folder can be made");
    let (data_path, data) = below(home.path(), "data");
    fs::create_dir(&data_path).expect("a new folder takes a new folder");
    fs::write(data_path.join("notes"), "mine").expect("it is ours");
    open_to_others(&data_path, 0o755);
    let log = home.path().join("server");
    let refused = Running::try_start(&log, &["--data", &data], &[]);
    let Err(why) = refused else { panic!("it is not refused") };
    assert!(why.contains(&format!("run `chmod 700 {data}`")), "{why}");
    assert_eq!(fs::read_dir(&data_path).expect("it is ours").count(), 1, "nothing was made");
    open_to_others(&data_path, 0o700);
    Running::start(&log, &["--data", &data], &[]).stop();
}
