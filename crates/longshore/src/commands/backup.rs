use std::num::NonZeroUsize;
use std::process::ExitCode;

use clap::{Args, Subcommand};
use server::BackupAt;
use server::config::{Storage, StorageFlags};

use super::{Outcome, variable};

const MORE: &str = "\
Examples:
  longshore backup --to /mnt/backups --keep 14            # every night, from cron
  longshore backup --to s3://backups/registry --database … --objects …
  longshore backup list --at /mnt/backups

The server can keep running. Objects that an earlier backup in the same place already holds are not copied again. Only a \
complete backup counts; the next run continues one that was interrupted. Use a separate place for each registry.

Everything is sealed under the keyring: other people who can write to the place can remove backups, but cannot read or \
alter them. A backup does not contain the keyring (keyring.json in the data folder, or LONGSHORE_KEYRING_SECRET): keep a \
copy of it elsewhere. Without it a backup cannot be read. Keep a copy of the root access key \
(root-access-key-ACCOUNT.json) with it.";

/// Backs up everything: all rows as of one moment, and every object that they name.
#[derive(Args)]
#[command(after_help = MORE, args_conflicts_with_subcommands = true)]
pub(crate) struct Backup {
    #[command(subcommand)]
    command: Option<More>,
    #[command(flatten)]
    make: Make,
}

#[derive(Subcommand)]
enum More {
    /// List the complete backups in a place, oldest first. With the keyring (--data, --keyring or
    /// LONGSHORE_KEYRING_SECRET) the manifest of each backup is verified, and an altered one is
    /// reported; `restore` verifies rows and objects. Without the keyring, only names are listed
    List(List),
}

#[derive(Args)]
struct Make {
    #[command(flatten)]
    storage: StorageFlags,
    /// Where backups are kept: a folder, s3://BUCKET/PREFIX, az://CONTAINER/PREFIX or
    /// gs://BUCKET/PREFIX. Buckets use the same variables as `--objects`
    #[arg(long, env = "LONGSHORE_BACKUPS", value_name = "PLACE")]
    to: Option<String>,
    /// After the backup, keep the newest N complete backups; remove older ones and the files only
    /// they used
    #[arg(long, value_name = "N", value_parser = count_of_backups)]
    keep: Option<NonZeroUsize>,
}

#[derive(Args)]
struct List {
    #[command(flatten)]
    storage: StorageFlags,
    /// Where backups are kept: a folder, s3://BUCKET/PREFIX, az://CONTAINER/PREFIX or
    /// gs://BUCKET/PREFIX. Buckets use the same variables as `--objects`
    #[arg(long, env = "LONGSHORE_BACKUPS", value_name = "PLACE")]
    at: String,
}

fn count_of_backups(text: &str) -> Result<NonZeroUsize, &'static str> {
    text.parse().map_err(|_| "give the number of newest backups to keep, at least 1")
}

impl Backup {
    pub(super) fn run(self) -> Outcome {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        if let Some(More::List(List { storage, at })) = self.command {
            let at = BackupAt::parse(&at, &variable)?;
            let storage = Storage::settle(storage, &variable)?;
            let all_open = runtime.block_on(server::list_backups(at, storage))?;
            return Ok(if all_open { ExitCode::SUCCESS } else { ExitCode::FAILURE });
        }
        let Make { storage, to, keep } = self.make;
        let to = to.ok_or("no place for the backup: set LONGSHORE_BACKUPS or --to DIR, --to s3://BUCKET/PREFIX, --to az://CONTAINER/PREFIX or --to gs://BUCKET/PREFIX")?;
        let to = BackupAt::parse(&to, &variable)?;
        let storage = Storage::settle(storage, &variable)?;
        let keep = keep.map(NonZeroUsize::get);
        runtime.block_on(server::backup(server::BackupAsked { storage, to, keep }))?;
        Ok(ExitCode::SUCCESS)
    }
}
