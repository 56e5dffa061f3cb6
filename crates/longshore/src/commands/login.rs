use std::io::Write as _;
use std::process::{Command, ExitCode, Stdio};

use clap::Args;

use super::{Folder, Outcome};

/// Makes a registry token, which lives twelve hours, and hands it to the client's own `login`.
#[derive(Args)]
pub(crate) struct Login {
    #[command(flatten)]
    folder: Folder,
    /// Program to log in: docker, podman, skopeo, crane auth, helm registry, oras, …
    #[arg(long, default_value = "docker", value_name = "PROGRAM")]
    client: String,
    /// Further words for the client, after `--`: podman and skopeo need --tls-verify=false without TLS
    #[arg(last = true, value_name = "ARGS")]
    further: Vec<String>,
    /// Print the password instead, for a client that is not here
    #[arg(long)]
    print: bool,
}

impl Login {
    pub(super) fn run(self) -> Outcome {
        let key = self.folder.root_key()?;
        let password = server::registry_password(&self.folder.data, &key)?;
        if self.print {
            println!("{password}");
            return Ok(ExitCode::SUCCESS);
        }
        let host = key.endpoint_url.split_once("://").map_or(key.endpoint_url.as_str(), |(_, h)| h);
        let mut words = self.client.split_whitespace();
        let program = words.next().ok_or("--client names no program")?;
        let mut child = Command::new(program)
            .args(words)
            .args(["login", "--username", "AWS", "--password-stdin"])
            .args(&self.further)
            .arg(host)
            .stdin(Stdio::piped())
            .spawn()
            .map_err(|error| {
                format!("{program} cannot be started: {error}; choose another with --client, or use --print")
            })?;
        child.stdin.take().expect("standard input was asked for").write_all(password.as_bytes())?;
        let status = child.wait()?;
        Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}
