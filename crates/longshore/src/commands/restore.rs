use std::process::ExitCode;

use clap::Args;
use server::BackupAt;
use server::config::{Storage, StorageFlags};

use super::{Outcome, variable};

const MORE: &str = "\
Examples:
  longshore restore --from /mnt/backups --data ./restored --keyring /safe/keyring.json
  longshore restore --from s3://backups/registry --at 20261121T020000Z --database … --objects …

If this is interrupted, run it again: it goes on. Each object is read back from its new place once it is copied, and all \
rows at the end, and compared with the backup. No server starts there before that is complete.

A backup that was altered, cut, or copied over another one is refused. Others who can write to the place can still remove \
the newest backups, so check the name of the one that is restored.

The keyring is copied into a folder; nodes over a database are given it when they start. The root access key is in no \
backup: copy root-access-key-ACCOUNT.json into the folder, or start with LONGSHORE_ROOT_ACCESS_KEY_ID and \
LONGSHORE_ROOT_SECRET_ACCESS_KEY.";

/// Takes a backup back, into an empty folder or an empty database and bucket.
#[derive(Args)]
#[command(after_help = MORE)]
pub(crate) struct Restore {
    #[command(flatten)]
    storage: StorageFlags,
    /// Where backups are kept: a folder, or s3://BUCKET/PREFIX, az://CONTAINER/PREFIX or gs://BUCKET/PREFIX with the variables
    /// that `--objects` names
    #[arg(long, env = "LONGSHORE_BACKUPS", value_name = "PLACE")]
    from: String,
    /// Which backup, as `longshore backup list` names it [default: the newest]
    #[arg(long = "at", value_name = "ID")]
    id: Option<String>,
    /// Accept a backup that is not sealed, as older versions made them. Anyone who could write to its place may have altered it: use
    /// this only if no one else could
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
            storage,
            accept_unsealed: self.accept_unsealed,
        };
        runtime.block_on(server::restore(asked))?;
        Ok(ExitCode::SUCCESS)
    }
}
