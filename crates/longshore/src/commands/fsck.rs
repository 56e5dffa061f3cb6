use std::process::ExitCode;

use clap::Args;
use server::Rebuild;
use server::config::{Storage, StorageFlags};

use super::{Outcome, variable};

const MORE: &str = "\
Stop a server that has its data in a folder first. Nodes over a database may run; what they change meanwhile is looked at \
twice.

Exit code 0: all is well. 1: something is wrong, or the check could not be made. 2: a wrong flag.";

/// Compares rows and objects.
#[derive(Args)]
#[command(after_help = MORE)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub(crate) struct Fsck {
    #[command(flatten)]
    storage: StorageFlags,
    /// Read and hash every byte as well
    #[arg(long)]
    digests: bool,
    /// Delete objects that nothing refers to, and correct counts. Never after a lost database: use --rebuild
    #[arg(long)]
    repair: bool,
    /// Make the rows of images again whose objects are there, after a lost or damaged database
    #[arg(long)]
    rebuild: bool,
    /// With --rebuild: accept objects that are not sealed, as a server with --encryption storage writes them. Anyone who can
    /// write to the store can forge one
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
        let is_clean = runtime.block_on(server::fsck(asked))?;
        Ok(if is_clean { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}
