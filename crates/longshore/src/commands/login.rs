use std::io::Write as _;
use std::process::{Command, ExitCode, Stdio};

use clap::Args;

use super::Outcome;
use crate::client::{
    ClientFailure, Environment, Reach, RegistryHost, RegistryToken, Settings, ask_registry_token,
    endpoint_target, run,
};

const EXAMPLES: &str = "\
Examples:
  longshore login --data /var/lib/longshore
  longshore login --client podman -- --tls-verify=false
  eval \"$(longshore env)\" && longshore login --print

If AWS_ENDPOINT_URL is set, the command calls that server, with the credentials that aws would use. Otherwise it calls \
the server whose data is in ./longshore-data, as its root user.";

/// Gets a registry token, valid for twelve hours, from a running server and passes it to the
/// client's own `login`.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Login {
    #[command(flatten)]
    reach: Reach,
    /// Program to log in: docker, podman, skopeo, crane auth, helm registry, oras, …
    #[arg(long, default_value = "docker", value_name = "PROGRAM")]
    client: String,
    /// More arguments for the client, after `--`. Without TLS, podman and skopeo need
    /// --tls-verify=false, and helm --plain-http
    #[arg(last = true, value_name = "ARGS")]
    further: Vec<String>,
    /// Print the password instead, for a client on another machine
    #[arg(long)]
    print: bool,
}

impl Login {
    pub(super) fn run(self) -> Outcome {
        let settings = self.reach.settle_or_here(&Environment::of_process())?;
        let token = run(ask(&settings))?;
        if self.print {
            println!("{}", *token.password);
            return Ok(ExitCode::SUCCESS);
        }
        let host = registry(&settings, &token)?;
        let mut words = self.client.split_whitespace();
        let program = words.next().ok_or("--client is empty: name a program, such as docker")?;
        let mut child = Command::new(program)
            .args(words)
            .args(["login", "--username", "AWS", "--password-stdin"])
            .args(&self.further)
            .arg(host.as_str())
            .stdin(Stdio::piped())
            .spawn()
            .map_err(|error| {
                format!("cannot start {program}: {error}; choose another --client, or --print")
            })?;
        let mut input = child.stdin.take().expect("standard input was asked for");
        input.write_all(token.password.as_bytes())?;
        drop(input);
        let status = child.wait()?;
        Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

async fn ask(settings: &Settings) -> Result<RegistryToken, ClientFailure> {
    ask_registry_token(settings, settings.require_source()?, &endpoint_target(settings)?).await
}

/// The name to log in to: the registry's own, if the server gives it one, else the server's
/// address.
fn registry(settings: &Settings, token: &RegistryToken) -> Result<RegistryHost, ClientFailure> {
    let named = RegistryHost::parse(&token.proxy_endpoint).filter(|host| host.named().is_some());
    let endpoint = endpoint_target(settings)?.endpoint;
    named.or_else(|| RegistryHost::parse(&endpoint.to_string())).ok_or(ClientFailure::NoEndpoint)
}
