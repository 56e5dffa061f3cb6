use std::collections::BTreeMap;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use names::Clock as _;
use serde_json::{Value, json};
use server::SystemClock;

use super::input;
use crate::client::{
    ClientFailure, Environment, Reach, RegistryHost, RegistryToken, TokenCache, could_be_ours,
    find_target, log_in, run,
};

/// The text that makes docker go on without credentials. It treats any other text as an error.
const NOT_FOUND: &str = "credentials not found in native keychain";

/// The answer that other helpers that make their own credentials give to `store`.
const NOT_IMPLEMENTED: &str = "not implemented";

/// The user of every registry token.
const USERNAME: &str = "AWS";

const EXAMPLES: &str = "\
To use it, link this program into a folder on your PATH and name the registry in ~/.docker/config.json:
  ln -s \"$(command -v longshore)\" /usr/local/bin/docker-credential-longshore
  {\"credHelpers\": {\"123456789012.dkr.ecr.us-east-1.example.com\": \"longshore\"}}

docker passes the registry on standard input. This command gives passwords for registries listed in credHelpers, for \
the endpoint's own host and the hosts that the endpoint claims, and for ACCOUNT.dkr.ecr.REGION.$LONGSHORE_DOMAIN. The \
port must be that of AWS_ENDPOINT_URL if it is set, else that of LONGSHORE_PUBLIC_URL, else 443. It calls the API at \
AWS_ENDPOINT_URL, else at api.ecr.REGION.DOMAIN.

Passwords are cached in ~/.cache/longshore for half their lifetime; docker logout removes them.";

/// Speaks docker's credential helper protocol, for docker, podman, skopeo, crane, oras, helm and
/// BuildKit.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct DockerCredential {
    /// The action of docker's protocol
    #[arg(value_enum)]
    act: Act,
    #[command(flatten)]
    reach: Reach,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Act {
    /// Print the user and password for the registry given on standard input
    Get,
    /// Ignore the credentials given on standard input: passwords are made on demand
    Store,
    /// Remove the cached password of the registry given on standard input
    Erase,
    /// Print the registries that have a cached password
    List,
    /// Print the version
    Version,
}

/// Why docker gets no credentials. It reads the text from standard output.
struct Unserved(String);

impl From<ClientFailure> for Unserved {
    fn from(failure: ClientFailure) -> Self {
        Self(failure.to_string())
    }
}

impl From<std::io::Error> for Unserved {
    fn from(error: std::io::Error) -> Self {
        Self(format!("cannot read standard input: {error}"))
    }
}

impl DockerCredential {
    pub(super) fn run(self) -> ExitCode {
        let environment = Environment::of_process();
        let cache = TokenCache::of(&environment);
        let served = match self.act {
            Act::Get => self.get(&environment, &cache).map(Some),
            Act::Store => self.store(&environment).map(|()| None),
            Act::Erase => erase(&cache).map(|()| None),
            Act::List => Ok(Some(list(&cache))),
            Act::Version => Ok(Some(format!(
                "docker-credential-longshore (longshore) {}",
                env!("CARGO_PKG_VERSION")
            ))),
        };
        match served {
            Ok(answer) => {
                if let Some(answer) = answer {
                    println!("{answer}");
                }
                ExitCode::SUCCESS
            }
            Err(Unserved(why)) => {
                println!("{why}");
                ExitCode::FAILURE
            }
        }
    }

    fn get(&self, environment: &Environment, cache: &TokenCache) -> Result<String, Unserved> {
        let asked = input::read()?;
        let server_url = asked.trim();
        let token = match RegistryHost::parse(server_url) {
            Some(host) => self.token(environment, cache, &host)?,
            None => None,
        };
        let token = token.ok_or_else(|| Unserved(NOT_FOUND.to_owned()))?;
        let answer =
            json!({ "ServerURL": server_url, "Username": USERNAME, "Secret": *token.password });
        Ok(answer.to_string())
    }

    fn token(
        &self,
        environment: &Environment,
        cache: &TokenCache,
        host: &RegistryHost,
    ) -> Result<Option<RegistryToken>, ClientFailure> {
        let settings = match self.reach.settle(environment) {
            Ok(settings) => settings,
            // A mistake in our settings must not break pulls from other registries.
            Err(_) if !could_be_ours(environment, host) => return Ok(None),
            Err(failure) => return Err(failure),
        };
        match find_target(environment, &settings, host) {
            Some(target) => run(log_in(&settings, &target, host, cache)),
            None => Ok(None),
        }
    }

    /// `docker login` passes on the credentials that it was given. For one of our registries they
    /// are ignored, so that the login succeeds. For any other registry this is an error: the user
    /// must learn that they were not stored.
    fn store(&self, environment: &Environment) -> Result<(), Unserved> {
        let brought: Value = serde_json::from_str(&input::read()?).unwrap_or_default();
        let host = RegistryHost::parse(brought["ServerURL"].as_str().unwrap_or_default());
        let is_ours = host.is_some_and(|host| {
            let settings = self.reach.settle(environment).unwrap_or_default();
            could_be_ours(environment, &host)
                || find_target(environment, &settings, &host).is_some()
        });
        if is_ours { Ok(()) } else { Err(Unserved(NOT_IMPLEMENTED.to_owned())) }
    }
}

fn erase(cache: &TokenCache) -> Result<(), Unserved> {
    if let Some(host) = RegistryHost::parse(&input::read()?) {
        cache.forget(host.as_str());
    }
    Ok(())
}

fn list(cache: &TokenCache) -> String {
    let hosts = cache.hosts(SystemClock.now()).into_iter();
    let users: BTreeMap<String, &str> = hosts.map(|host| (host, USERNAME)).collect();
    json!(users).to_string()
}
