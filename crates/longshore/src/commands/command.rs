use clap::Subcommand;

use super::{
    Outcome, account, advisories, audit, backup, cache, docker_credential, env, events, fsck,
    health, jobs, keyring, kubelet_credential_provider, login, migrate, pull_gate, rekey, restore,
    restore_image, sbom, serve, tags, why,
};

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Serve the registry
    Serve(Box<serve::Serve>),
    /// Print shell exports that point aws and the SDKs at this server: eval "$(longshore env)"
    Env(env::Env),
    /// Log docker or another client in to the registry
    Login(login::Login),
    /// Check that rows and objects match, in a stopped server's folder or in a database and bucket
    Fsck(fsck::Fsck),
    /// Move from a folder to a database and a bucket
    Migrate(migrate::Migrate),
    /// Back up everything, beside a running server; list backups; remove old ones
    Backup(Box<backup::Backup>),
    /// Restore a backup into an empty place
    Restore(restore::Restore),
    /// Ask the server on this machine whether it is alive, for a container's health check
    Health(Box<health::Health>),
    /// Create, list and close accounts of a running server
    Account(account::Account),
    /// Import advisories into a running server, and show which there are
    Advisories(advisories::Advisories),
    /// List background jobs of a running server, and retry failed ones
    Jobs(jobs::Jobs),
    /// Show, rotate, export and import the root keys, under which all other keys are sealed
    Keyring(keyring::Keyring),
    /// Search what happened: who called what, and what the server did by itself
    Audit(Box<audit::Audit>),
    /// Follow what happens to images, as EventBridge tells it
    Events(Box<events::Events>),
    /// Fetch images into pull through caches ahead of the first pull
    Cache(cache::Cache),
    /// Refuse pulls of images in which scans found too much
    PullGate(pull_gate::PullGate),
    /// Print what an image has, as a software bill of materials
    Sbom(sbom::Sbom),
    /// Show which images a tag named before, and roll it back to one of them
    Tags(tags::Tags),
    /// Restore an image of a running server that was deleted or expired
    RestoreImage(restore_image::RestoreImage),
    /// Encrypt a repository of a running server under another key
    Rekey(rekey::Rekey),
    /// Explain why a request was denied, or whether one would be allowed
    Why(Box<why::Why>),
    /// Give docker the password of a registry when it asks (docker credential helper)
    DockerCredential(docker_credential::DockerCredential),
    /// Give kubelet the password of an image's registry (image credential provider)
    KubeletCredentialProvider(kubelet_credential_provider::KubeletCredentialProvider),
}

impl Command {
    pub(crate) fn run(self) -> Outcome {
        match self {
            Self::Serve(serve) => serve.run(),
            Self::Env(env) => env.run(),
            Self::Login(login) => login.run(),
            Self::Fsck(fsck) => fsck.run(),
            Self::Migrate(migrate) => migrate.run(),
            Self::Backup(backup) => backup.run(),
            Self::Restore(restore) => restore.run(),
            Self::Health(health) => health.run(),
            Self::Account(account) => account.run(),
            Self::Advisories(advisories) => advisories.run(),
            Self::Jobs(jobs) => jobs.run(),
            Self::Keyring(keyring) => keyring.run(),
            Self::Audit(audit) => audit.run(),
            Self::Events(events) => events.run(),
            Self::Cache(cache) => cache.run(),
            Self::PullGate(gate) => gate.run(),
            Self::Sbom(sbom) => sbom.run(),
            Self::Tags(tags) => tags.run(),
            Self::RestoreImage(restore) => restore.run(),
            Self::Rekey(rekey) => rekey.run(),
            Self::Why(why) => Ok(why.run()),
            Self::DockerCredential(helper) => Ok(helper.run()),
            Self::KubeletCredentialProvider(provider) => provider.run(),
        }
    }
}
