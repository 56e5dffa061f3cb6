use std::process::ExitCode;

use clap::Args;
use server::config::{Storage, StorageFlags};
use server::{Rebuild, Soundness};

use super::{Outcome, variable};

const MORE: &str = "\
If the data is in a folder, stop its server first. Nodes that share a database can keep running; fsck checks again \
whatever they change in the meantime.

Exit code 0: no errors. 1: errors were found, or the check could not run. 2: a wrong flag. 3: no errors were found, but \
some objects could not be checked, because their KMS keys cannot be used.";

const UNCHECKED: u8 = 3;

/// Checks that rows and objects match.
#[derive(Args)]
#[command(after_help = MORE)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub(crate) struct Fsck {
    #[command(flatten)]
    storage: StorageFlags,
    /// Read and hash every byte as well
    #[arg(long)]
    digests: bool,
    /// Delete objects that nothing refers to, correct counts, and let pushes replace damaged
    /// layers. Do not use it after losing the database: use --rebuild
    #[arg(long)]
    repair: bool,
    /// After the database was lost or damaged, recreate the rows of every image whose objects still
    /// exist
    #[arg(long)]
    rebuild: bool,
    /// With --rebuild: accept unsealed objects, which a server with --encryption storage writes.
    /// Anyone who can write to the store can forge one
    #[arg(long, requires = "rebuild")]
    accept_unsealed: bool,
}

impl Fsck {
    pub(super) fn run(self) -> Outcome {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        let asked = server::FsckAsked {
            storage: Storage::settle(self.storage, &variable)?,
            digests: self.digests,
            repair: self.repair,
            rebuild: match (self.rebuild, self.accept_unsealed) {
                (false, _) => Rebuild::Nothing,
                (true, false) => Rebuild::Sealed,
                (true, true) => Rebuild::Everything,
            },
        };
        Ok(match runtime.block_on(server::fsck(asked))? {
            Soundness::Sound => ExitCode::SUCCESS,
            Soundness::Unchecked => ExitCode::from(UNCHECKED),
            Soundness::Unsound => ExitCode::FAILURE,
        })
    }
}
