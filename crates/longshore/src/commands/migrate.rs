use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use server::config::{ArchiveStorage, Storage, StorageFlags};

use super::{Outcome, variable};

/// Copies everything in a server's data folder to a database and a bucket, so that any number of
/// nodes can serve it.
///
/// Stop the server first, or restart it with `longshore serve --read-only`: then pulls continue
/// during the copy. The database and the bucket (or its prefix) must be empty. The folder is only
/// read. If the command is interrupted, run it again: it continues. No node starts on an incomplete
/// copy. At the end the command reads every row and every byte back from the new place and compares
/// it with the old.
///
///   longshore migrate --data ./longshore-data --database postgres://longshore@db/longshore --objects s3://layers/prod
///
/// The nodes need the folder's keyring: give them a copy of keyring.json with --keyring. Access
/// keys do not change. Unfinished uploads are not copied; their clients start again.
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Migrate {
    #[command(flatten)]
    storage: StorageFlags,
    /// The archive storage of the server that is to move. Without --archive-storage for the new
    /// place, its bytes go to where all others go
    #[arg(long, value_name = "PLACE")]
    from_archive_storage: Option<String>,
}

impl Migrate {
    pub(super) fn run(self) -> Outcome {
        let mut flags = self.storage;
        let from = flags.data.clone().unwrap_or_else(|| PathBuf::from("./longshore-data"));
        // Unless a keyring is configured, the nodes get the folder's.
        if flags.keyring.is_none() && variable("LONGSHORE_KEYRING_SECRET").is_none() {
            flags.keyring = Some(from.join("keyring.json"));
        }
        let from_archive = self
            .from_archive_storage
            .map(|place| ArchiveStorage::parse(&place, &variable))
            .transpose()?;
        let to = Storage::settle(flags, &variable)?;
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        runtime.block_on(server::migrate(server::MigrateAsked { from, from_archive, to }))?;
        Ok(ExitCode::SUCCESS)
    }
}
