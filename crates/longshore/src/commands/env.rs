use std::process::ExitCode;

use clap::Args;

use super::{Folder, Outcome};

/// Prints what a shell needs to reach the server as root. Meant for `eval "$(longshore env)"`.
#[derive(Args)]
pub(crate) struct Env {
    #[command(flatten)]
    folder: Folder,
}

impl Env {
    pub(super) fn run(self) -> Outcome {
        let key = self.folder.root_key()?;
        let exports = [
            ("AWS_ENDPOINT_URL", key.endpoint_url.as_str()),
            ("AWS_REGION", &key.region),
            ("AWS_DEFAULT_REGION", &key.region),
            ("AWS_ACCESS_KEY_ID", &key.access_key_id),
            ("AWS_SECRET_ACCESS_KEY", &key.secret_access_key),
        ];
        for (name, value) in exports {
            println!("export {name}='{}'", value.replace('\'', "'\\''"));
        }
        // A session token of another account would go along with these keys and break every signature.
        println!("unset AWS_SESSION_TOKEN AWS_PROFILE");
        Ok(ExitCode::SUCCESS)
    }
}
