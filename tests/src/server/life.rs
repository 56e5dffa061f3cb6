//! How a server starts and ends.

use std::path::Path;
use std::thread;
use std::time::Duration;

use tempfile::TempDir;

use super::{ROOT_ACCESS_KEY, ROOT_SECRET_KEY, Running, Server};
use crate::process::Process;

const STOP_PATIENCE: Duration = Duration::from_secs(10);

impl Server {
    /// Kills the server like a power cut.
    pub fn kill(&mut self) {
        match &mut self.running {
            Running::One(process) => process.kill(),
            Running::Many(cluster) => {
                (0..cluster.nodes().len()).for_each(|number| cluster.kill(number));
            }
        }
    }

    /// Starts a killed server again on the same data. It may have another port now.
    pub fn start_again(&mut self) {
        if let Running::Many(cluster) = &mut self.running {
            (0..cluster.nodes().len()).for_each(|number| cluster.start_again(number));
            return;
        }
        let mut process = spawn(self.folder(), &self.data, &self.arguments);
        self.address = await_address(&mut process);
        self.running = Running::One(process);
    }

    /// Asks the server to stop, and does not wait.
    pub fn terminate(&mut self) {
        match &mut self.running {
            Running::One(process) => process.terminate(),
            Running::Many(cluster) => cluster.terminate(),
        }
    }

    /// Has the process ended, or one of them?
    pub fn has_ended(&mut self) -> bool {
        match &mut self.running {
            Running::One(process) => process.has_ended().is_some(),
            Running::Many(cluster) => cluster.has_ended(),
        }
    }

    /// Waits for the stop, and requires that it was clean.
    pub fn await_end(&mut self) {
        let process = match &mut self.running {
            Running::One(process) => process,
            Running::Many(cluster) => return cluster.await_end(STOP_PATIENCE),
        };
        let ended = process.await_end(STOP_PATIENCE);
        assert!(
            ended.is_some_and(|status| status.success()),
            "asked to end, the server did not within {STOP_PATIENCE:?}, or not well: {ended:?}"
        );
    }

    fn assert_data_sound(&self) {
        let ended = self.longshore(["fsck"]).run();
        assert!(ended.found_nothing_wrong(), "the server's data is not sound\n{ended}");
        let none_left = ended.stdout.contains(" 0 uploads,");
        assert!(none_left || self.uploads_may_stay, "uploads were left\n{ended}");
    }
}

pub(super) fn spawn(folder: &Path, data: &Path, arguments: &[String]) -> Process {
    let mut command = Process::serve(data);
    command
        .args(arguments)
        .env("LONGSHORE_ROOT_ACCESS_KEY_ID", ROOT_ACCESS_KEY)
        .env("LONGSHORE_ROOT_SECRET_ACCESS_KEY", ROOT_SECRET_KEY);
    Process::start(command, folder)
}

pub(super) fn await_address(process: &mut Process) -> String {
    let url = process.await_url();
    url.strip_prefix("http://").expect("the fixture's server speaks no TLS").to_owned()
}

impl Drop for Server {
    fn drop(&mut self) {
        self.terminate();
        if thread::panicking() {
            let log = self.log();
            let kept = self.folder.take().map(TempDir::keep).unwrap_or_default();
            let tail: Vec<&str> = log.lines().rev().take(40).collect();
            eprintln!("the server's files are kept in {}; its log ends with", kept.display());
            tail.into_iter().rev().for_each(|line| eprintln!("  {line}"));
            return;
        }
        self.await_end();
        if self.check_data {
            self.assert_data_sound();
        }
    }
}
