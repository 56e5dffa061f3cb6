//! The refusals about the keyring, with the codes of our own service.

#![deny(clippy::wildcard_enum_match_arm)]

use operations::KeyringRefusal;
use wire::aws::ErrorType;
use wire::aws::longshore::Exception as E;

pub(super) fn kind(refusal: &KeyringRefusal) -> ErrorType {
    match refusal {
        KeyringRefusal::NoNewRootKey | KeyringRefusal::NodesWithout { .. } => {
            E::KeyringNotReady.kind()
        }
        KeyringRefusal::RotationUnderWay { .. } => E::RotationInProgress.kind(),
        KeyringRefusal::RootKeyNotFound(_) => E::RootKeyNotFound.kind(),
        KeyringRefusal::RootKeyInUse { .. } => E::RootKeyInUse.kind(),
        KeyringRefusal::HandedKeyring { .. } => E::KeyringHanded.kind(),
    }
}
