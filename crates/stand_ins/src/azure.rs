//! A real server for Azure Blob Storage's API, with one container in memory.

use std::ffi::OsStr;

use crate::BUCKET;
use crate::tools::{installed, script};
use crate::watched::Watched;

/// Azurite. It ends when the input that the shell passes on to it ends.
const SCRIPT: &str = r#"
trap '' INT TERM HUP
[ -d "$2/node_modules/azurite" ] || { printf 'missing: there is no azurite in %s; tests/install.sh installs it\n' "$2"; exit 0; }
exec node "$@" 2>/dev/null
"#;

/// A server that runs until this is dropped, or its process ends.
#[derive(Debug)]
pub struct AzureServer {
    /// Its port on this machine.
    pub port: u16,
    _shell: Watched,
}

impl AzureServer {
    /// Its account.
    pub const ACCOUNT: &str = "anaccount";

    /// The account's key, in base 64.
    pub const KEY: &str = "YS1rZXktb2YtYW4tYWNjb3VudA==";

    /// Starts one, or says why it cannot.
    pub fn start() -> Result<Self, String> {
        let (program, tools) = (script("azure.cjs"), installed("azurite"));
        let words = [Self::ACCOUNT, Self::KEY, BUCKET].map(OsStr::new);
        let arguments = [&[program.as_os_str(), tools.as_os_str()][..], &words].concat();
        let (shell, said) = Watched::start(SCRIPT, &arguments).map_err(|why| {
            if why.is_empty() {
                "azurite does not start; run tests/install.sh".to_owned()
            } else {
                why
            }
        })?;
        let port = said.first().and_then(|port| port.parse().ok());
        let port = port.ok_or_else(|| format!("azurite says {said:?}"))?;
        Ok(Self { port, _shell: shell })
    }

    /// The URL for a node's objects whose keys begin with this prefix, which may be empty.
    pub fn address(prefix: &str) -> String {
        format!("az://{BUCKET}/{prefix}")
    }

    /// The variables with which a node reaches it at a port, which may be a proxy's.
    pub fn variables(port: u16) -> [(&'static str, String); 4] {
        let account = Self::ACCOUNT;
        [
            ("LONGSHORE_AZURE_ENDPOINT", format!("http://127.0.0.1:{port}/{account}")),
            ("LONGSHORE_AZURE_ACCOUNT", account.to_owned()),
            ("LONGSHORE_AZURE_ACCESS_KEY", Self::KEY.to_owned()),
            ("LONGSHORE_AZURE_ALLOW_HTTP", "true".to_owned()),
        ]
    }

    /// One of these variables.
    pub fn variable(port: u16, name: &str) -> Option<String> {
        Self::variables(port).into_iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }
}
