//! Back to a moment, with PostgreSQL's own base backup and archived log, as `docs/backup.md` says.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use black_box::cluster::Stores;
use black_box::{Random, skipped};
use stand_ins::S3Server;
use tempfile::TempDir;

use crate::content::{Content, create_repositories};
use crate::place::{Running, below, bucket, run};

/// A PostgreSQL that archives its log, on a socket in a folder. Stopped when dropped.
struct Archiving {
    programs: PathBuf,
    folder: PathBuf,
    rows: PathBuf,
}

/// Where the newest PostgreSQL is.
fn programs() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").ok()?;
    let mut found: Vec<_> =
        versions.filter_map(|entry| Some(entry.ok()?.path().join("bin"))).collect();
    found.retain(|programs| programs.join("pg_basebackup").exists());
    found.sort();
    found.pop()
}

impl Archiving {
    fn create(programs: PathBuf, folder: &Path) -> Self {
        fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).expect("it is ours");
        let own = folder.join("postgres");
        fs::create_dir_all(own.join("archive")).expect("a new folder takes new folders");
        let server = Self { programs, rows: own.join("rows"), folder: own };
        if rustix::process::geteuid().is_root() {
            succeeds(Command::new("chown").args(["-R", "postgres"]).arg(&server.folder));
        }
        succeeds(server.run("initdb").arg("-D").arg(&server.rows).args([
            "-U",
            "longshore",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C",
            "--no-sync",
        ]));
        let archive = server.folder.join("archive").display().to_string();
        server.set(&format!(
            "listen_addresses = ''\nunix_socket_directories = '{}'\nfsync = off\nwal_level = replica\n\
             archive_mode = on\narchive_command = 'cp %p {archive}/%f'\nrestore_command = 'cp {archive}/%f %p'\n",
            server.folder.display()
        ));
        server.start();
        server
    }

    /// A program of it, as the user that it wants to be run by.
    fn run(&self, program: &str) -> Command {
        let program = self.programs.join(program);
        let mut command = if rustix::process::geteuid().is_root() {
            let mut command = Command::new("setpriv");
            command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups"]).arg(program);
            command
        } else {
            Command::new(program)
        };
        command.current_dir(&self.folder).stdin(Stdio::null());
        command
    }

    fn set(&self, settings: &str) {
        let path = self.rows.join("postgresql.auto.conf");
        let before = fs::read_to_string(&path).unwrap_or_default();
        fs::write(path, format!("{before}{settings}")).expect("the folder is readable");
    }

    fn start(&self) {
        let log = self.folder.join("log");
        succeeds(
            self.run("pg_ctl")
                .args(["start", "-w", "-t", "60", "-D"])
                .arg(&self.rows)
                .arg("-l")
                .arg(log),
        );
    }

    fn stop(&self) {
        // At the end of a test it may have been stopped before.
        let _ =
            self.run("pg_ctl").args(["stop", "-m", "fast", "-w", "-D"]).arg(&self.rows).output();
    }

    fn sql(&self, sql: &str) -> String {
        let output = self
            .run("psql")
            .args([
                "-X",
                "-q",
                "-A",
                "-t",
                "-v",
                "ON_ERROR_STOP=1",
                "-U",
                "longshore",
                "-d",
                "postgres",
                "-h",
            ])
            .arg(&self.folder)
            .args(["-c", sql])
            .output()
            .expect("psql comes with the server");
        assert!(output.status.success(), "{sql}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }

    fn url(&self) -> String {
        format!("postgres://longshore@/postgres?host={}", self.folder.display())
    }

    fn base_backup(&self) {
        succeeds(
            self.run("pg_basebackup")
                .args(["-U", "longshore", "-X", "none", "-c", "fast", "-h"])
                .arg(&self.folder)
                .arg("-D")
                .arg(self.folder.join("base")),
        );
    }

    /// Stops, puts the base backup in place of the rows, and goes through the log up to a moment.
    fn go_back_to(&self, moment: &str) {
        self.sql("SELECT pg_switch_wal()");
        self.stop();
        fs::rename(&self.rows, self.folder.join("rows-before")).expect("it has stopped");
        fs::rename(self.folder.join("base"), &self.rows).expect("the base backup is there");
        self.set(&format!(
            "recovery_target_time = '{moment}'\nrecovery_target_action = 'promote'\n"
        ));
        succeeds(self.run("/usr/bin/touch").arg(self.rows.join("recovery.signal")));
        self.start();
        let asked = Instant::now();
        while self.sql("SELECT pg_is_in_recovery()") == "t" {
            assert!(asked.elapsed() < Duration::from_mins(1), "it never comes to the moment");
            thread::sleep(Duration::from_millis(100));
        }
    }
}

impl Drop for Archiving {
    fn drop(&mut self) {
        self.stop();
    }
}

fn succeeds(command: &mut Command) {
    let output = command.stdout(Stdio::null()).output().expect("the program is there");
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn rows_of_an_earlier_moment_find_all_their_bytes() {
    let (stores, programs) = match (Stores::shared(), programs()) {
        (Ok(stores), Some(programs)) => (stores, programs),
        (Err(why), _) => return skipped("point-in-time recovery", &why),
        (_, None) => return skipped("point-in-time recovery", "there is no pg_basebackup"),
    };
    let folder = TempDir::with_prefix("longshore-").expect("a temporary folder can be made");
    let database = Archiving::create(programs, folder.path());
    let (_, prefix) = stores.place();
    let mut variables = bucket(&stores);
    variables.extend([
        ("LONGSHORE_DATABASE".to_owned(), database.url()),
        ("LONGSHORE_OBJECTS".to_owned(), S3Server::address(&prefix)),
        ("LONGSHORE_KEYRING_SECRET".to_owned(), black_box::cluster::KEYRING_SECRET.to_owned()),
    ]);
    let (node_folder, _) = below(folder.path(), "node");
    let arguments = ["--keep-deleted-hours", "48"];
    let mut random = Random::new(5);

    let node = Running::start(&node_folder, &arguments, &variables);
    create_repositories(node.address());
    let mut content = Content::default();
    let mut client = node.client();
    content.push(&mut client, 2, &mut random);
    database.base_backup();
    content.push(&mut client, 3, &mut random);
    thread::sleep(Duration::from_secs(2));
    let moment = database.sql("SELECT clock_timestamp()");
    let then = content.clone();
    thread::sleep(Duration::from_secs(1));
    for _ in 0..3 {
        content.delete(&mut client, &mut random);
    }
    content.push(&mut client, 2, &mut random);
    content.assert_all_there(&mut client);
    node.stop();

    database.go_back_to(&moment);
    let fsck = run(folder.path(), &["fsck", "--digests"], &variables);
    let (later, other): (Vec<_>, Vec<_>) = fsck
        .stdout
        .lines()
        .filter(|line| line.starts_with("error") || line.starts_with("note"))
        .partition(|line| line.contains("is in the store, but no row names it"));
    assert!(!later.is_empty() && other.is_empty(), "{fsck}");
    let node = Running::start(&node_folder, &arguments, &variables);
    then.assert_all_there(&mut node.client());
    node.stop();
    let fsck = run(folder.path(), &["fsck", "--digests", "--repair"], &variables);
    assert!(fsck.succeeded() && fsck.stdout.contains(" 0 errors, 0 notes"), "{fsck}");
}
