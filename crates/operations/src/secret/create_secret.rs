//! CreateSecret.

use db::{Secret, Tx};
use keys::Keyring;
use names::{RegistryId, SecretName, Timestamp};

use super::refusal::SecretRefusal;
use super::tags::put_tags;
use super::value::SecretValue;
use super::versions::{CURRENT, NewVersion, new_version, put_version};
use crate::{Failure, Operations};

/// A secret that is to be made.
#[derive(Debug, Clone)]
pub struct NewSecret {
    /// Its name.
    pub name: String,
    /// The id of its first version, if the client names it.
    pub token: Option<String>,
    /// What it is for.
    pub description: Option<String>,
    /// Its first value, if it has one.
    pub value: Option<SecretValue>,
    /// Its tags.
    pub tags: Vec<(String, String)>,
}

/// How many characters are added to a name.
const ADDED: usize = 6;

const ADDED_OF: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

impl Operations {
    /// Makes a secret, with its first version if it has a value. The same call made again has the
    /// same answer.
    pub async fn create_secret(
        &self,
        registry: &RegistryId,
        new: NewSecret,
    ) -> Result<(Secret, Option<String>), Failure> {
        let name = SecretName::parse(&new.name).map_err(|_| SecretRefusal::InvalidName)?;
        let (keyring, registry, now) = (self.keyring.clone(), registry.clone(), self.now());
        let secret = Secret {
            arn: name.arn(&registry, &added()),
            name,
            description: new.description.clone(),
            policy: None,
            created_at: now,
            changed_at: now,
            accessed_at: None,
            deleted_at: None,
            delete_at: None,
        };
        let version = new.value.clone().map(|value| NewVersion {
            id: new.token.clone().unwrap_or_else(new_version),
            value,
            stages: vec![CURRENT.to_owned()],
        });
        self.db
            .write(move |tx| {
                create(tx, &keyring, (&registry, &secret), version.as_ref(), (&new.tags, now))
            })
            .await
    }
}

fn create(
    tx: &mut Tx<'_>,
    keyring: &Keyring,
    (registry, secret): (&RegistryId, &Secret),
    version: Option<&NewVersion>,
    (tags, now): (&[(String, String)], Timestamp),
) -> Result<(Secret, Option<String>), Failure> {
    if let Some(there) = tx.find_secret_by_name(registry, secret.name.as_str())? {
        if there.delete_at.is_none_or(|at| at > now) {
            return again(tx, keyring, there, version, now);
        }
        // Its time has come, and it is not erased yet.
        tx.delete_secret(&there.arn)?;
    }
    tx.insert_secret(secret)?;
    put_tags(tx, secret, tags)?;
    if let Some(version) = version {
        put_version(tx, keyring, secret, version, now)?;
    }
    Ok((secret.clone(), version.map(|version| version.id.clone())))
}

/// A secret of this name is there: perhaps this very call made it.
fn again(
    tx: &mut Tx<'_>,
    keyring: &Keyring,
    there: Secret,
    version: Option<&NewVersion>,
    now: Timestamp,
) -> Result<(Secret, Option<String>), Failure> {
    if there.delete_at.is_some() {
        return Err(SecretRefusal::ExistsScheduled.into());
    }
    let known = match version {
        Some(version) => tx.find_secret_version(&there.arn, &version.id)?.map(|_| version),
        None => None,
    };
    let Some(version) = known else {
        return Err(SecretRefusal::Exists { name: there.name.to_string() }.into());
    };
    put_version(tx, keyring, &there, version, now)?;
    Ok((there, Some(version.id.clone())))
}

/// What tells secrets apart that have the same name one after the other.
fn added() -> String {
    let bytes: [u8; ADDED] = keys::random();
    bytes.iter().map(|byte| char::from(ADDED_OF[usize::from(*byte) % ADDED_OF.len()])).collect()
}
