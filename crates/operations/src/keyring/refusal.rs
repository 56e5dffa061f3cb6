use std::fmt;

/// Refusals about the keyring.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are the words of the sentences below")]
pub enum KeyringRefusal {
    /// The keyring came from outside and holds no root key that was not used yet.
    NoNewRootKey,
    /// Nodes serve that do not have the new root key.
    NodesWithout { root_key: String, nodes: Vec<String> },
    /// The rotation before is not complete.
    RotationUnderWay { root_key: String },
    /// There is no such root key.
    RootKeyNotFound(String),
    /// Something needs it.
    RootKeyInUse { root_key: String, why: &'static str },
    /// The keyring came from outside, so only the operator can take it out.
    HandedKeyring { root_key: String },
}

impl fmt::Display for KeyringRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoNewRootKey => f.write_str(
                "The keyring holds no new root key. Add one after the others in the keyring of every node \
                 (LONGSHORE_KEYRING_SECRET or --keyring), restart the nodes, then rotate",
            ),
            Self::NodesWithout { root_key, nodes } => write!(
                f,
                "The keyring of some nodes lacks the new root key {root_key}: {}. Add it there, restart them, then rotate",
                nodes.join(", ")
            ),
            Self::RotationUnderWay { root_key } => write!(
                f,
                "The rotation to the root key {root_key} is not complete. Wait until `longshore keyring status` says so"
            ),
            Self::RootKeyNotFound(root_key) => {
                write!(f, "The keyring does not know the root key {root_key}")
            }
            Self::RootKeyInUse { root_key, why } => {
                write!(f, "The root key {root_key} cannot be removed: {why}")
            }
            Self::HandedKeyring { root_key } => write!(
                f,
                "Nothing needs the root key {root_key} in the keyring any more. This keyring was handed to the node, so remove \
                 it where the keyring comes from (LONGSHORE_KEYRING_SECRET or --keyring), on every node"
            ),
        }
    }
}
