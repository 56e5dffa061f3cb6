use std::process::ExitCode;

use clap::Args;
use server::BackupAt;
use server::config::{Storage, StorageFlags};

use super::{Outcome, variable};

const MORE: &str = "\
Examples:
  longshore restore --from /mnt/backups --data ./restored --keyring /safe/keyring.json
  longshore restore --from s3://backups/registry --at 20261121T020000Z --database … --objects …

If the command is interrupted, run it again: it continues. It reads each object back after copying it, and all rows at \
the end, and compares them with the backup. No server starts on the restored data before that is complete.

A backup that was altered, cut short or copied over another one is refused. Other people who can write to the place can \
still remove the newest backups, so check the name of the backup that is restored. If they also have a registry with the \
same keyring, they can put its backups there: name your registry with --registry.

The keyring is copied into the data folder; nodes that share a database get it from --keyring or \
LONGSHORE_KEYRING_SECRET when they start. A backup does not contain the root access key: copy \
root-access-key-ACCOUNT.json into the folder, or start with LONGSHORE_ROOT_ACCESS_KEY_ID and \
LONGSHORE_ROOT_SECRET_ACCESS_KEY.";

/// Restores a backup into an empty folder, or an empty database and bucket.
#[derive(Args)]
#[command(after_help = MORE)]
pub(crate) struct Restore {
    #[command(flatten)]
    storage: StorageFlags,
    /// Where backups are kept: a folder, s3://BUCKET/PREFIX, az://CONTAINER/PREFIX or
    /// gs://BUCKET/PREFIX. Buckets use the same variables as `--objects`
    #[arg(long, env = "LONGSHORE_BACKUPS", value_name = "PLACE")]
    from: String,
    /// Name of the backup, from `longshore backup list` [default: the newest]
    #[arg(long = "at", value_name = "ID")]
    id: Option<String>,
    /// Registry that the backup must be of, as `longshore backup list` names it [default: that of
    /// all backups there]
    #[arg(long, value_name = "ID")]
    registry: Option<String>,
    /// Accept an unsealed backup, which older versions made. Anyone who could write to its place
    /// may have altered it: use this only if no one else could
    #[arg(long)]
    accept_unsealed: bool,
}

impl Restore {
    pub(super) fn run(self) -> Outcome {
        let from = BackupAt::parse(&self.from, &variable)?;
        let storage = Storage::settle(self.storage, &variable)?;
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        let asked = server::RestoreAsked {
            from,
            id: self.id,
            registry: self.registry,
            storage,
            accept_unsealed: self.accept_unsealed,
        };
        runtime.block_on(server::restore(asked))?;
        Ok(ExitCode::SUCCESS)
    }
}
