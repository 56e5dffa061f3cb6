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

/// What docker takes for "go on without": any other text is an error to it.
const NOT_FOUND: &str = "credentials not found in native keychain";

/// What other helpers that make their own credentials say to those who bring some.
const NOT_IMPLEMENTED: &str = "not implemented";

/// The user of every registry token.
const USERNAME: &str = "AWS";

const EXAMPLES: &str = "\
To use it, put a link to this program where docker finds it, and name the registry in ~/.docker/config.json:
  ln -s \"$(command -v longshore)\" /usr/local/bin/docker-credential-longshore
  {\"credHelpers\": {\"123456789012.dkr.ecr.us-east-1.example.com\": \"longshore\"}}

docker gives it the registry on standard input. It answers for registries that credHelpers names, for \
the endpoint's own host and those that the endpoint says are its own, and for \
ACCOUNT.dkr.ecr.REGION.$LONGSHORE_DOMAIN at the port of AWS_ENDPOINT_URL, or else of LONGSHORE_PUBLIC_URL, \
or else at 443. Their API is at AWS_ENDPOINT_URL, or else at \
api.ecr.REGION.DOMAIN.

Passwords are kept in ~/.cache/longshore for half their life; docker logout drops them.";

/// Speaks docker's credential helper protocol, for docker, podman, skopeo, crane, oras, helm and BuildKit.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct DockerCredential {
    /// What docker wants
    #[arg(value_enum)]
    act: Act,
    #[command(flatten)]
    reach: Reach,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Act {
    /// Print the user and password of the registry on standard input
    Get,
    /// Do nothing with the credentials on standard input: passwords are made when they are wanted
    Store,
    /// Drop what is kept for the registry on standard input
    Erase,
    /// Print the registries that a password is kept for
    List,
    /// Print the version
    Version,
}

/// Why docker is not served; it reads the text from standard output.
struct Unserved(String);

impl From<ClientFailure> for Unserved {
    fn from(failure: ClientFailure) -> Self {
        Self(failure.to_string())
    }
}

impl From<std::io::Error> for Unserved {
    fn from(error: std::io::Error) -> Self {
        Self(format!("standard input cannot be read: {error}"))
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
            // Mistakes in our settings are none of another registry's business.
            Err(_) if !could_be_ours(environment, host) => return Ok(None),
            Err(failure) => return Err(failure),
        };
        match find_target(environment, &settings, host) {
            Some(target) => run(log_in(&settings, &target, host, cache)),
            None => Ok(None),
        }
    }

    /// `docker login` brings what it was given. For a registry of ours it is let go, so that the login succeeds;
    /// another's would be lost, which its owner should know.
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
