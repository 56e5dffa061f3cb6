//! The places of policies that name principals: a repository, a registry, a role, a KMS key.

use db::{DbError, RegistryKey, RepositoryKey, Tx};
use names::{KmsKeyId, UniqueId};
use policy::DocumentKind;

use crate::Failure;

/// The place of a policy.
#[derive(Debug, Clone)]
pub(crate) enum Place {
    Repository(RepositoryKey),
    Registry(RegistryKey),
    /// A role's trust policy.
    Role(UniqueId),
    Key(KmsKeyId),
}

/// Policies that are read at once.
const PAGE: u32 = 500;

impl Place {
    pub(crate) fn kind(&self) -> DocumentKind {
        match self {
            Self::Repository(_) => DocumentKind::Repository,
            Self::Registry(_) => DocumentKind::Registry,
            Self::Role(_) => DocumentKind::Trust,
            Self::Key(_) => DocumentKind::Key,
        }
    }

    /// Keeps another text there.
    pub(crate) fn put(&self, tx: &mut Tx<'_>, text: &str) -> Result<(), Failure> {
        match self {
            Self::Repository(key) => tx.put_repository_policy(*key, text)?,
            Self::Registry(key) => tx.put_registry_policy(*key, text)?,
            Self::Role(id) => tx.put_role_trust_policy(id, text)?,
            Self::Key(id) => tx.put_kms_key_policy(id, text)?,
        }
        Ok(())
    }
}

/// Visits every stored policy, page by page.
pub(crate) fn each_place(
    tx: &mut Tx<'_>,
    mut look: impl FnMut(&mut Tx<'_>, Place, &str) -> Result<(), Failure>,
) -> Result<(), Failure> {
    each(
        tx,
        |tx, after| tx.list_repository_policies(after.copied(), PAGE),
        |tx, key, text| look(tx, Place::Repository(*key), text),
    )?;
    each(
        tx,
        |tx, after| tx.list_registry_policies(after.copied(), PAGE),
        |tx, key, text| look(tx, Place::Registry(*key), text),
    )?;
    each(
        tx,
        |tx, after| tx.list_trust_policies(after, PAGE),
        |tx, id, text| look(tx, Place::Role(id.clone()), text),
    )?;
    each(
        tx,
        |tx, after| tx.list_kms_key_policies(after, PAGE),
        |tx, id, text| look(tx, Place::Key(id.clone()), text),
    )
}

fn each<K>(
    tx: &mut Tx<'_>,
    read: impl Fn(&mut Tx<'_>, Option<&K>) -> Result<Vec<(K, String)>, DbError>,
    mut look: impl FnMut(&mut Tx<'_>, &K, &str) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut page = read(tx, None)?;
    while let Some((last, _)) = page.last() {
        for (key, text) in &page {
            look(tx, key, text)?;
        }
        page = read(tx, Some(last))?;
    }
    Ok(())
}
