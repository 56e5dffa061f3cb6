use std::process::ExitCode;

use clap::Args;

use super::{Folder, Outcome};

/// Prints shell exports that point aws and the SDKs at the server as its root user. Use it as
/// `eval "$(longshore env)"`.
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
            println!("export {name}={}", quoted(value));
        }
        let certificate = std::path::absolute(self.folder.certificate())?;
        if key.endpoint_url.starts_with("https://") && certificate.exists() {
            println!("export AWS_CA_BUNDLE={}", quoted(&certificate.to_string_lossy()));
        }
        // A session token of another account would be sent with these keys and break every
        // signature.
        println!("unset AWS_SESSION_TOKEN AWS_PROFILE");
        Ok(ExitCode::SUCCESS)
    }
}

/// Quotes a word for a shell.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}
