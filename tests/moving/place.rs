//! The place of a registry, for commands that are killed and nodes that are started there.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use black_box::cluster::Stores;
use black_box::{
    Client, Ended, Invocation, Process, ROOT_ACCESS_KEY, ROOT_SECRET_KEY, Random, bare, longshore,
    registry_password,
};
use stand_ins::S3Server;

/// A seed for this run, told so that it can be repeated.
pub(crate) fn random() -> Random {
    let seed = match std::env::var("MOVING_SEED") {
        Ok(seed) => seed.parse().expect("MOVING_SEED is a number"),
        Err(_) => u64::from(std::process::id()),
    };
    eprintln!("MOVING_SEED={seed}");
    Random::new(seed)
}

/// An empty database and an empty bucket, as variables.
pub(crate) fn empty_cluster(stores: &Stores) -> Vec<(String, String)> {
    let (database, prefix) = stores.place();
    let own = [
        ("LONGSHORE_DATABASE".to_owned(), database.url()),
        ("LONGSHORE_OBJECTS".to_owned(), S3Server::address(&prefix)),
    ];
    own.into_iter().chain(bucket(stores)).collect()
}

/// How the bucket is reached.
pub(crate) fn bucket(stores: &Stores) -> Vec<(String, String)> {
    let variables = S3Server::variables(stores.s3.port).into_iter();
    variables.map(|(name, value)| (name.to_owned(), value)).collect()
}

/// One of the binary's commands, run to its end.
pub(crate) fn run(home: &Path, arguments: &[&str], variables: &[(String, String)]) -> Ended {
    let run = Invocation::new(longshore(), home).args(arguments);
    variables.iter().fold(run, |run, (name, value)| run.env(name, value)).run()
}

fn command(arguments: &[&str], variables: &[(String, String)]) -> Command {
    let mut command = bare();
    command.args(arguments).envs(variables.iter().map(|(name, value)| (name, value)));
    command
}

/// The same, killed again and again, a little later each time, until it ends by itself; says how
/// often it was killed. `between` looks at what is there meanwhile, and says whether a run has
/// begun that the next must wait for.
pub(crate) fn run_killed(
    home: &Path,
    arguments: &[&str],
    variables: &[(String, String)],
    random: &mut Random,
    mut between: impl FnMut(u32) -> bool,
) -> u32 {
    let held = Duration::from_secs(if arguments[0] == "backup" { 4 } else { 6 });
    let mut life = Duration::from_millis(100);
    let mut has_begun = false;
    for killed in 0..60 {
        let mut process = Process::start(command(arguments, variables), home);
        // The next run waits until the previous one has released its lock.
        let ended = process.await_end(if has_begun { held + life } else { life });
        if let Some(status) = ended {
            assert!(status.success(), "{arguments:?}: {}\n{}", status, process.stderr());
            return killed;
        }
        process.kill();
        has_begun = between(killed);
        // Until one has begun the steps are small, so that on no machine the first that begins is
        // the one that ends.
        let (least, most, share) = if has_begun { (20, 200, 4) } else { (10, 40, 10) };
        life += Duration::from_millis(random.between(least, most) as u64) + life / share;
    }
    panic!("{arguments:?} never comes to its end");
}

/// A server or a node, with its files in a folder of its own.
pub(crate) struct Running {
    process: Process,
    address: String,
}

impl Running {
    /// Starts one without a root key, as a node does that finds everything there.
    pub(crate) fn try_start(
        folder: &Path,
        arguments: &[&str],
        variables: &[(String, String)],
    ) -> Result<Self, String> {
        fs::create_dir_all(folder).expect("a new folder takes a new folder");
        let fixed = ["serve", "--listen", "127.0.0.1:0"];
        let command = command(&[&fixed[..], arguments].concat(), variables);
        let mut process = Process::start(command, folder);
        let url = process.try_await_url()?;
        let (_, port) = url.rsplit_once(':').expect("an address has a port");
        Ok(Self { process, address: format!("localhost:{port}") })
    }

    pub(crate) fn start(folder: &Path, arguments: &[&str], variables: &[(String, String)]) -> Self {
        let key = [
            ("LONGSHORE_ROOT_ACCESS_KEY_ID".to_owned(), ROOT_ACCESS_KEY.to_owned()),
            ("LONGSHORE_ROOT_SECRET_ACCESS_KEY".to_owned(), ROOT_SECRET_KEY.to_owned()),
        ];
        let variables = [variables, &key].concat();
        Self::try_start(folder, arguments, &variables).unwrap_or_else(|why| panic!("{why}"))
    }

    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    pub(crate) fn password(&self) -> String {
        registry_password(&self.address)
    }

    pub(crate) fn client(&self) -> Client {
        Client::logged_in(&self.address, &self.password())
    }

    /// Kills it like a power cut.
    pub(crate) fn kill(mut self) {
        self.process.kill();
    }

    /// Ends it as an operator would.
    pub(crate) fn stop(mut self) {
        self.process.terminate();
        let ended = self.process.await_end(Duration::from_secs(20));
        assert!(ended.is_some_and(|status| status.success()), "{}", self.process.stderr());
    }
}

/// A folder below another, as text.
pub(crate) fn below(folder: &Path, name: &str) -> (PathBuf, String) {
    let path = folder.join(name);
    let text = path.display().to_string();
    (path, text)
}
