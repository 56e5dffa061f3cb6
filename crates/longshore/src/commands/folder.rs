use std::path::PathBuf;

use clap::Args;
use names::AccountId;
use server::RootKey;

/// The data folder, which holds the root access key.
#[derive(Args)]
pub(super) struct Folder {
    /// The server's data folder
    #[arg(long, env = "LONGSHORE_DATA", value_name = "DIR", default_value = "./longshore-data")]
    pub(super) data: PathBuf,
    /// Account whose root access key is used
    #[arg(long, env = "LONGSHORE_ACCOUNT", value_name = "ID", default_value = "123456789012")]
    pub(super) account: AccountId,
}

impl Folder {
    /// The path of the certificate that the server generated, if it generated one.
    pub(super) fn certificate(&self) -> PathBuf {
        self.data.join(server::SELF_MADE_CERTIFICATE)
    }

    /// The root key that the server left there.
    pub(super) fn root_key(&self) -> Result<RootKey, String> {
        server::read_root_key(&self.data, &self.account)
    }
}
