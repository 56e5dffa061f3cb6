use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use server::config::{Storage, StorageFlags};

use super::{Outcome, variable};

/// Moves everything that a server keeps in its folder to a database and a bucket, so that any number of nodes can
/// serve it.
///
/// Stop the server first, or restart it with `longshore serve --read-only`: then pulls go on while everything is copied. The
/// database and the bucket (or its prefix) must be empty. The folder is only read. If this is interrupted, run it again: it
/// goes on. Until it is complete no node starts on what is half there. Every row and every byte is read again
/// where it lies then, and compared.
///
///   longshore migrate --data ./longshore-data --database postgres://longshore@db/longshore --objects s3://layers/prod
///
/// The nodes need the folder's keyring: --keyring with a copy of its keyring.json. Access keys stay what they are.
/// Unfinished uploads stay behind; their clients begin again.
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Migrate {
    #[command(flatten)]
    storage: StorageFlags,
}

impl Migrate {
    pub(super) fn run(self) -> Outcome {
        let mut flags = self.storage;
        let from = flags.data.clone().unwrap_or_else(|| PathBuf::from("./longshore-data"));
        // Unless somebody says otherwise, the nodes get the keyring that is there.
        if flags.keyring.is_none() && variable("LONGSHORE_KEYRING_SECRET").is_none() {
            flags.keyring = Some(from.join("keyring.json"));
        }
        let to = Storage::settle(flags, &variable)?;
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        runtime.block_on(server::migrate(server::MigrateAsked { from, to }))?;
        Ok(ExitCode::SUCCESS)
    }
}
