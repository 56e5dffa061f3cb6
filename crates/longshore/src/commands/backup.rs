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

The server may run meanwhile. Objects that an earlier backup in the same place has are not copied again. A backup counts \
when it is complete; the next run continues one that was interrupted. Give each registry a place of its own.

All of it is sealed under the keyring: others who can write to the place can remove backups, but not read or alter them. \
The keyring (keyring.json in the folder, or LONGSHORE_KEYRING_SECRET) is not in a backup: keep a copy of it elsewhere. \
Without it a backup is of no use to anybody. Keep a copy of the root access key (root-access-key-ACCOUNT.json) beside it.";

/// Backs up everything: the rows as of one moment, and every object that they name.
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
    /// List the complete backups of a place, oldest first. With the keyring (--data, --keyring or LONGSHORE_KEYRING_SECRET) the
    /// manifest of each is verified, and one that was altered is reported; rows and objects are verified by `restore`. Without the
    /// keyring, only names are listed
    List(List),
}

#[derive(Args)]
struct Make {
    #[command(flatten)]
    storage: StorageFlags,
    /// Where backups are kept: a folder, or s3://BUCKET/PREFIX, az://CONTAINER/PREFIX or gs://BUCKET/PREFIX with the variables
    /// that `--objects` names
    #[arg(long, env = "LONGSHORE_BACKUPS", value_name = "PLACE")]
    to: Option<String>,
    /// Remove all complete backups but the newest N afterwards, and what only they needed
    #[arg(long, value_name = "N", value_parser = count_of_backups)]
    keep: Option<NonZeroUsize>,
}

#[derive(Args)]
struct List {
    #[command(flatten)]
    storage: StorageFlags,
    /// Where backups are kept: a folder, or s3://BUCKET/PREFIX, az://CONTAINER/PREFIX or gs://BUCKET/PREFIX with the variables
    /// that `--objects` names
    #[arg(long, env = "LONGSHORE_BACKUPS", value_name = "PLACE")]
    at: String,
}

fn count_of_backups(text: &str) -> Result<NonZeroUsize, &'static str> {
    text.parse().map_err(|_| "name how many of the newest backups stay, from 1")
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
        let to = to.ok_or("name where backups are kept: --to DIR, --to s3://BUCKET/PREFIX, --to az://CONTAINER/PREFIX or --to gs://BUCKET/PREFIX")?;
        let to = BackupAt::parse(&to, &variable)?;
        let storage = Storage::settle(storage, &variable)?;
        let keep = keep.map(NonZeroUsize::get);
        runtime.block_on(server::backup(server::BackupAsked { storage, to, keep }))?;
        Ok(ExitCode::SUCCESS)
    }
}
