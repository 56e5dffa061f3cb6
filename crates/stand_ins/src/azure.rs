//! A real server for Azure Blob Storage's API, with containers in memory.

use std::ffi::OsStr;
use std::sync::{Mutex, PoisonError};

use crate::BUCKET;
use crate::tools::{installed, script};
use crate::watched::Watched;

/// Azurite. It ends when the input that the shell passes on to it ends.
const SCRIPT: &str = r#"
trap '' INT TERM HUP
[ -d "$2/node_modules/azurite" ] || { printf 'missing: there is no azurite in %s; tests/install.sh installs it\n' "$2"; exit 0; }
exec node "$@" 2>/dev/null
"#;

/// A container of its own, in the one server that this process has.
#[derive(Debug)]
pub struct AzureServer {
    /// The server's port on this machine.
    pub port: u16,
    /// The container.
    pub container: String,
}

/// The server. Starting one takes seconds of a processor, so that all tests of a process share it;
/// it ends with the process.
struct Shared {
    port: u16,
    containers: usize,
    shell: Watched,
}

static SHARED: Mutex<Option<Shared>> = Mutex::new(None);

impl AzureServer {
    /// Its account.
    pub const ACCOUNT: &str = "anaccount";

    /// The account's key, in base 64.
    pub const KEY: &str = "YS1rZXktb2YtYW4tYWNjb3VudA==";

    /// Makes a container, or says why it cannot.
    pub fn start() -> Result<Self, String> {
        let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
        let server = match &mut *shared {
            Some(server) => server,
            none => none.insert(Shared::start()?),
        };
        server.containers += 1;
        let container = format!("{BUCKET}-{}", server.containers);
        server.shell.order(&container, &format!("made {container}"));
        Ok(Self { port: server.port, container })
    }

    /// The URL for a node's objects whose keys begin with this prefix, which may be empty.
    pub fn address(&self, prefix: &str) -> String {
        format!("az://{}/{prefix}", self.container)
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

impl Shared {
    fn start() -> Result<Self, String> {
        let (program, tools) = (script("azure.cjs"), installed("azurite"));
        let words = [AzureServer::ACCOUNT, AzureServer::KEY].map(OsStr::new);
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
        Ok(Self { port, containers: 0, shell })
    }
}
