//! A real server that speaks Azure Blob Storage, with one container in memory.

use crate::cluster::watched::Watched;
use crate::root;

/// Azurite. It goes when the input that the shell hands on to it ends.
const SCRIPT: &str = r#"
trap '' INT TERM HUP
[ -d "$2/node_modules/azurite" ] || { printf 'missing: there is no azurite in %s; tests/install.sh installs it\n' "$2"; exit 0; }
exec node "$@" 2>/dev/null
"#;

const ACCOUNT: &str = "anaccount";
const KEY: &str = "YS1rZXktb2YtYW4tYWNjb3VudA==";

/// A server that runs until this is dropped, or its process ends.
#[derive(Debug)]
pub struct AzureServer {
    /// Where it listens, on this machine.
    pub port: u16,
    _shell: Watched,
}

impl AzureServer {
    /// The container it has.
    pub const CONTAINER: &str = "container";

    /// Starts one, or says why there is none.
    pub fn start() -> Result<Self, String> {
        let program = root().join("tests/tools/azurite/serve.cjs").display().to_string();
        let tools = root().join(".tools/azurite").display().to_string();
        let arguments = [&*program, &tools, ACCOUNT, KEY, Self::CONTAINER];
        let (shell, said) = Watched::start(SCRIPT, &arguments, &[]).map_err(|why| {
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

    /// What a node has to know besides the endpoint.
    pub fn variables() -> [(&'static str, &'static str); 3] {
        [
            ("LONGSHORE_AZURE_ACCOUNT", ACCOUNT),
            ("LONGSHORE_AZURE_ACCESS_KEY", KEY),
            ("LONGSHORE_AZURE_ALLOW_HTTP", "true"),
        ]
    }

    /// The endpoint, at a port that may be a proxy's.
    pub fn endpoint(port: u16) -> String {
        format!("http://127.0.0.1:{port}/{ACCOUNT}")
    }
}
