//! Keeps a node's keyring in step with the rows, and tells the other nodes which root keys it has.
//!
//! # Invariants
//! * A node is noted before it serves, and what it reads then is of the same moment. So a rotation
//!   either sees the node, or the node sees the rotation.
//!
//! # On a crash
//! The node's row stays, and counts for half a minute more.

use std::sync::Arc;
use std::time::Duration;

use operations::{Failure, Operations};

/// Whether other nodes read what this one stores.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sharing {
    Alone,
    WithNodes,
}

/// How often the rows are read.
const READ_EVERY: Duration = Duration::from_secs(1);

/// How many of these times the node is noted once.
const READS_BETWEEN_NOTES: u32 = 5;

/// A node's view of the root keys.
pub(crate) struct KeyringWatch {
    operations: Arc<Operations>,
    /// The name of this node among those that serve; `None` if no other looks.
    node: Option<String>,
}

impl KeyringWatch {
    /// Notes the node, unless it is alone or may not write.
    pub(crate) async fn begin(
        operations: &Arc<Operations>,
        sharing: Sharing,
    ) -> Result<Arc<Self>, Failure> {
        let is_noted = sharing == Sharing::WithNodes && !operations.is_read_only();
        let watch = Self { operations: operations.clone(), node: is_noted.then(name) };
        if is_noted {
            watch.note().await?;
        }
        Ok(Arc::new(watch))
    }

    /// Goes on for ever.
    pub(crate) async fn watch(&self) {
        let mut was_told = false;
        for turn in 1.. {
            tokio::time::sleep(READ_EVERY).await;
            let is_noted = turn % READS_BETWEEN_NOTES == 0 && self.node.is_some();
            let done =
                if is_noted { self.note().await } else { self.operations.read_root_keys().await };
            match done {
                Ok(()) => was_told = false,
                Err(_) if was_told => {}
                Err(failure) => {
                    was_told = true;
                    tracing::error!(
                        ?failure,
                        "cannot go by the root keys in the rows; what the newest one seals does not open here"
                    );
                }
            }
        }
    }

    async fn note(&self) -> Result<(), Failure> {
        let Some(node) = &self.node else { return Ok(()) };
        let root_keys = self.operations.note_node(node).await?;
        Ok(root_keys.settle(self.operations.keyring())?)
    }

    /// Notes that the node stops.
    pub(crate) async fn end(&self) {
        if let Some(node) = &self.node
            && let Err(failure) = self.operations.forget_node(node).await
        {
            tracing::warn!(?failure, "cannot note that this node stops");
        }
    }
}

/// The machine's name, and random digits: a node that starts again is another one.
fn name() -> String {
    let host = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
    let host = host.trim();
    let host = if host.is_empty() { "node" } else { host };
    format!("{host}-{}", hex::encode(keys::random::<4>()))
}
