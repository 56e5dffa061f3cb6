//! The AWS CLI, which is loaded once for all tests of a process: see `aws_cli.py`.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write};
use std::os::unix::net::UnixStream;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::OnceLock;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::json;
use tempfile::TempDir;

use crate::{python, root};

const STREAMS: [&str; 3] = ["stdin", "stdout", "stderr"];

/// The process that every run is forked from. It ends when its standard input does, with this one,
/// and removes the socket's folder.
struct Loaded {
    socket: PathBuf,
    _process: Child,
}

/// What became of a run.
pub(crate) struct Run {
    pub(crate) status: ExitStatus,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// Whether a command is a run of the AWS CLI.
pub(crate) fn is_run_by(command: &Command) -> bool {
    Path::new(command.get_program()) == python("aws")
}

/// Runs the AWS CLI as the command says.
pub(crate) fn run(command: &Command, input: &[u8], patience: Duration) -> Run {
    let text = |text: &std::ffi::OsStr| text.to_str().expect("tests speak UTF-8").to_owned();
    let arguments: Vec<_> = command.get_args().map(text).collect();
    let environment: BTreeMap<_, _> =
        command.get_envs().filter_map(|(name, value)| Some((text(name), text(value?)))).collect();
    let streams = tempfile::tempdir().expect("a temporary folder can be made");
    let files = STREAMS.map(|stream| streams.path().join(stream));
    for file in &files {
        File::create(file).expect("a temporary folder is writable");
    }
    fs::write(&files[0], input).expect("a temporary file is writable");
    let [stdin, stdout, stderr] = &files;
    let folder = command.get_current_dir().expect("a run has a folder");
    let asked = json!({
        "arguments": arguments, "environment": environment, "folder": folder,
        "stdin": stdin, "stdout": stdout, "stderr": stderr,
    });
    let status = ask(&asked.to_string(), patience)
        .unwrap_or_else(|error| panic!("{command:?} did not end: {error}"));
    let read = |file| {
        let bytes = fs::read(file).expect("a file that was just made");
        String::from_utf8_lossy(&bytes).into_owned()
    };
    Run { status, stdout: read(stdout), stderr: read(stderr) }
}

fn ask(asked: &str, patience: Duration) -> std::io::Result<ExitStatus> {
    let mut connection = UnixStream::connect(&loaded().socket)?;
    connection.set_read_timeout(Some(patience))?;
    writeln!(connection, "{asked}")?;
    let mut answer = String::new();
    BufReader::new(connection).read_line(&mut answer)?;
    let code: i32 = answer.trim().parse().map_err(std::io::Error::other)?;
    // As the kernel writes it: the exit code above the signal.
    Ok(ExitStatus::from_raw(if code < 0 { -code } else { code << 8 }))
}

fn loaded() -> &'static Loaded {
    static LOADED: OnceLock<Loaded> = OnceLock::new();
    LOADED.get_or_init(|| {
        let folder = tempfile::tempdir().map(TempDir::keep);
        let socket = folder.expect("a temporary folder can be made").join("socket");
        let mut command = Command::new(python("python"));
        command.arg(root().join("tests/src/aws_cli.py")).arg(&socket);
        command.env_clear().env("LC_ALL", "C.UTF-8");
        command.envs(std::env::vars_os().filter(|(name, _)| name == "PATH"));
        let mut process =
            command.stdin(Stdio::piped()).spawn().expect("the Python environment is whole");
        let begun = Instant::now();
        while !socket.exists() {
            let ended = process.try_wait().expect("a process can be waited for");
            assert!(ended.is_none(), "the AWS CLI cannot be loaded: {ended:?}");
            assert!(begun.elapsed() < Duration::from_mins(1), "the AWS CLI does not load");
            thread::sleep(Duration::from_millis(5));
        }
        Loaded { socket, _process: process }
    })
}

#[cfg(test)]
mod tests {
    use crate::{Invocation, python};

    #[test]
    fn a_run_knows_nothing_of_the_run_before() {
        let home = tempfile::tempdir().expect("a temporary folder can be made");
        let aws = |args: [&str; 3]| Invocation::new(python("aws"), home.path()).args(args);
        let region = ["configure", "get", "region"];
        let unset = aws(region).env("AWS_PROFILE", "missing").run();
        assert_eq!(unset.code(), Some(255), "{unset}");
        assert!(unset.stderr.contains("(missing) could not be found"), "{unset}");
        aws(["configure", "set", "region"]).args(["eu-north-1"]).succeeds();
        assert_eq!(aws(region).succeeds(), "eu-north-1");
        let mistaken = aws(["ecr", "no-such", "operation"]).run();
        assert_eq!(mistaken.code(), Some(2), "{mistaken}");
        assert!(mistaken.stderr.contains("Invalid choice"), "{mistaken}");
    }
}
