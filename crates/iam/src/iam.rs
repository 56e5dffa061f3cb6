use std::sync::Arc;

use db::Db;
use keys::Keyring;
use names::{Clock, Timestamp};

use crate::access::{Epochs, Rights};
use crate::access_key::KeyUses;
use crate::rows::Rows;
use crate::workbench::Workbench;

/// The verbs of IAM and STS, and their dependencies.
pub struct Iam {
    pub(crate) rows: Rows,
    pub(crate) keyring: Arc<Keyring>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) key_uses: KeyUses,
    pub(crate) rights: Rights,
    pub(crate) bench: Workbench,
}

impl Iam {
    /// The verbs over these rows.
    pub fn new(db: Db, keyring: Arc<Keyring>, clock: Arc<dyn Clock>) -> Self {
        Self {
            rows: Rows::new(db),
            keyring,
            clock,
            key_uses: KeyUses::default(),
            rights: Rights::default(),
            bench: Workbench::default(),
        }
    }

    /// The epochs, which say whether cached rights are valid.
    pub fn epochs(&self) -> &Epochs {
        self.rows.epochs()
    }

    /// The places for work that takes long: one set for all that this process does.
    pub fn workbench(&self) -> &Workbench {
        &self.bench
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }
}
