use std::process::ExitCode;

use clap::Args;

use super::{Folder, Outcome};

/// Compares rows and objects. The server must not be running. Exit code 0 says that all is well.
#[derive(Args)]
pub(crate) struct Fsck {
    #[command(flatten)]
    folder: Folder,
    /// Read and hash every byte as well
    #[arg(long)]
    digests: bool,
    /// Delete objects that nothing refers to, and correct counts
    #[arg(long)]
    repair: bool,
    /// Make the rows of images again whose objects are there, after a lost or damaged database
    #[arg(long)]
    rebuild: bool,
}

impl Fsck {
    pub(super) fn run(self) -> Outcome {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        let asked = server::FsckAsked {
            data: self.folder.data,
            digests: self.digests,
            repair: self.repair,
            rebuild: self.rebuild,
        };
        let is_clean = runtime.block_on(server::fsck(asked))?;
        Ok(if is_clean { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}
