use names::Timestamp;

use crate::value::{Row, args};
use crate::{DbError, Tx};

/// A node that serves, and the root keys in its keyring.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyringNode {
    /// Its id, which is another one after each start.
    pub id: String,
    /// The ids of the root keys, oldest first.
    pub root_keys: Vec<String>,
    /// When it last said so.
    pub seen_at: Timestamp,
}

/// More nodes than a deployment has.
const NODES_MAX: i64 = 10_000;

impl Tx<'_> {
    /// Notes which root keys a node has.
    pub fn put_keyring_node(&mut self, node: &KeyringNode) -> Result<(), DbError> {
        let KeyringNode { id, root_keys, seen_at } = node;
        self.send(
            "INSERT INTO keyring_node (id, root_keys, seen_at) VALUES ($1, $2, $3)
             ON CONFLICT (id) DO UPDATE SET root_keys = excluded.root_keys, seen_at = excluded.seen_at",
            args![id, &root_keys.join(" "), *seen_at],
        )
    }

    /// All nodes. There are as many as serve, or did a little while ago.
    pub fn list_keyring_nodes(&mut self) -> Result<Vec<KeyringNode>, DbError> {
        self.rows(
            "SELECT id, root_keys, seen_at FROM keyring_node WHERE id > '' ORDER BY id LIMIT $1",
            args![NODES_MAX],
            read,
        )
    }

    /// Forgets a node.
    pub fn delete_keyring_node(&mut self, id: &str) -> Result<(), DbError> {
        self.send("DELETE FROM keyring_node WHERE id = $1", args![id])
    }
}

fn read(row: &Row<'_>) -> Result<KeyringNode, DbError> {
    let root_keys = row.text(1, "keyring_node.root_keys")?;
    Ok(KeyringNode {
        id: row.text(0, "keyring_node.id")?,
        root_keys: root_keys.split_whitespace().map(str::to_owned).collect(),
        seen_at: row.moment(2, "keyring_node.seen_at")?,
    })
}
