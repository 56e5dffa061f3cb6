//! Google's XML API, translated for a real S3 server: it tests our side, not Google's.

use std::path::PathBuf;

use crate::BUCKET;
use crate::files::files_below;
use crate::tools::{installed, script};
use crate::watched::Watched;

/// The translator and the server behind it. Both go when the input that the shell hands on to the
/// translator ends.
const SCRIPT: &str = include_str!("google.sh");

/// A key as Google gives it out, of an account that needs no token.
const KEY: &str =
    r#"{"private_key":"none","private_key_id":"none","client_email":"none","disable_oauth":true}"#;

/// A server that runs until this is dropped, or its process ends.
#[derive(Debug)]
pub struct GoogleServer {
    /// Its port on this machine.
    pub port: u16,
    folder: PathBuf,
    _shell: Watched,
}

impl GoogleServer {
    /// Starts one, or says why it cannot.
    pub fn start() -> Result<Self, String> {
        let (program, store) = (script("google.cjs"), installed("bin/versitygw"));
        let (shell, said) = Watched::start(SCRIPT, &[program.as_os_str(), store.as_os_str()])?;
        let [port, folder] = &*said else { return Err(format!("the translator says {said:?}")) };
        let port = port.parse().map_err(|_| format!("the translator says {said:?}"))?;
        Ok(Self { port, folder: folder.into(), _shell: shell })
    }

    /// The URL for a node's objects whose keys begin with this prefix, which may be empty.
    pub fn address(prefix: &str) -> String {
        format!("gs://{BUCKET}/{prefix}")
    }

    /// The variables with which a node reaches it at a port, which may be a proxy's.
    pub fn variables(port: u16) -> [(&'static str, String); 3] {
        [
            ("LONGSHORE_GCS_ENDPOINT", format!("http://127.0.0.1:{port}")),
            ("LONGSHORE_GCS_SERVICE_ACCOUNT_KEY", KEY.to_owned()),
            ("LONGSHORE_GCS_ALLOW_HTTP", "true".to_owned()),
        ]
    }

    /// One of these variables.
    pub fn variable(port: u16, name: &str) -> Option<String> {
        Self::variables(port).into_iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    /// All files in the bucket, those of unfinished uploads among them.
    pub fn files(&self) -> Vec<PathBuf> {
        files_below(&self.folder.join(BUCKET))
    }
}
