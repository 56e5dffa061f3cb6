use names::{KeyUsage, KmsKeyArn};

use crate::{KmsKey, KmsRefusal};

/// The state of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyState {
    /// It may be used.
    Enabled,
    /// It may not be used for now.
    Disabled,
    /// It may not be used, and will be deleted.
    PendingDeletion,
}

impl KeyState {
    /// The state of this key.
    pub fn of(key: &KmsKey) -> Self {
        match (key.delete_at, key.is_enabled) {
            (Some(_), _) => Self::PendingDeletion,
            (None, true) => Self::Enabled,
            (None, false) => Self::Disabled,
        }
    }
}

/// Requires that a key does not wait for its deletion.
pub(crate) fn require_alive(key: &KmsKey) -> Result<(), KmsRefusal> {
    match KeyState::of(key) {
        KeyState::Enabled | KeyState::Disabled => Ok(()),
        KeyState::PendingDeletion => Err(KmsRefusal::PendingDeletion(key.arn.clone())),
    }
}

/// Requires that a key may be used.
pub(crate) fn require_enabled(key: &KmsKey) -> Result<(), KmsRefusal> {
    require_alive(key)?;
    if key.is_enabled { Ok(()) } else { Err(KmsRefusal::Disabled(key.arn.clone())) }
}

/// Requires that a key may be used, and is for this.
pub(crate) fn require_usable(
    key: &KmsKey,
    wanted: KeyUsage,
    operation: &'static str,
) -> Result<(), KmsRefusal> {
    require_enabled(key)?;
    let KmsKey { arn, usage, .. } = key;
    if *usage == wanted { Ok(()) } else { Err(misused(arn, *usage, operation)) }
}

fn misused(key: &KmsKeyArn, usage: KeyUsage, operation: &'static str) -> KmsRefusal {
    KmsRefusal::KeyUsage { key: key.clone(), usage, operation }
}
