//! What several verbs do with versions and labels, in the caller's transaction.

use std::collections::HashSet;

use db::{Secret, SecretVersion, Tx};
use keys::Keyring;
use names::{SecretRef, Timestamp, Uuid};

use super::refusal::SecretRefusal;
use super::value::{self, SecretValue};
use crate::Failure;

/// The label of the version that is read.
pub(super) const CURRENT: &str = "AWSCURRENT";

/// The label of the version that was current before.
const PREVIOUS: &str = "AWSPREVIOUS";

/// How many labels a secret has at most, as in Secrets Manager.
pub(super) const STAGES_MAX: u32 = 20;

/// As many rows of labels as a secret can have, and one more.
pub(super) const STAGES_READ: u32 = STAGES_MAX + 1;

/// How many versions a secret keeps. The oldest without a label goes first.
pub(super) const VERSIONS_MAX: u32 = 100;

/// The id of a version that the client did not name.
pub(super) fn new_version() -> String {
    Uuid::from_random(keys::random()).to_string()
}

/// The secret, whether or not its deletion was asked for.
pub(super) fn require_secret(
    tx: &mut Tx<'_>,
    wanted: &SecretRef,
    now: Timestamp,
) -> Result<Secret, Failure> {
    Ok(tx.find_secret(wanted, now)?.ok_or(SecretRefusal::NotFound)?)
}

/// The secret, whose deletion must not have been asked for.
pub(super) fn require_alive(
    tx: &mut Tx<'_>,
    wanted: &SecretRef,
    now: Timestamp,
) -> Result<Secret, Failure> {
    let secret = require_secret(tx, wanted, now)?;
    if secret.delete_at.is_some() {
        Err(SecretRefusal::MarkedForDeletion.into())
    } else {
        Ok(secret)
    }
}

/// A version that is to be put.
#[derive(Debug, Clone)]
pub(super) struct NewVersion {
    pub(super) id: String,
    pub(super) value: SecretValue,
    /// Its labels.
    pub(super) stages: Vec<String>,
}

/// Puts a version with its labels. One that is there already must have the same value: then only
/// its labels are put.
pub(super) fn put_version(
    tx: &mut Tx<'_>,
    keyring: &Keyring,
    secret: &Secret,
    new: &NewVersion,
    now: Timestamp,
) -> Result<(), Failure> {
    let NewVersion { id, value, stages } = new;
    let arn = &secret.arn;
    if let Some((_, sealed)) = tx.find_secret_version(arn, id)? {
        if value::open(keyring, (arn, id), &sealed)? != *value {
            let (token, secret) = (id.clone(), arn.clone());
            return Err(SecretRefusal::TokenInUse { token, secret }.into());
        }
        // A retry must not take back what came after it.
        return Ok(());
    }
    tx.insert_secret_version(arn, id, &value::seal(keyring, (arn, id), value), now)?;
    let before = tx.list_secret_stages(arn, STAGES_READ)?;
    for stage in stages {
        tx.put_secret_stage(arn, stage, id)?;
    }
    let was_current = before.iter().find(|(stage, _)| stage == CURRENT);
    if let Some((_, version)) = was_current.filter(|_| stages.iter().any(|it| it == CURRENT)) {
        tx.put_secret_stage(arn, PREVIOUS, version)?;
    }
    let stages = tx.list_secret_stages(arn, STAGES_READ)?;
    if stages.len() > STAGES_MAX as usize {
        return Err(SecretRefusal::TooManyStages { stages_max: STAGES_MAX }.into());
    }
    drop_old_versions(tx, secret, &stages, id)
}

/// Deletes the oldest versions without a label, as many as there are too many.
fn drop_old_versions(
    tx: &mut Tx<'_>,
    secret: &Secret,
    stages: &[(String, String)],
    new: &str,
) -> Result<(), Failure> {
    let versions = tx.list_secret_versions(&secret.arn, None, VERSIONS_MAX + 1)?;
    let excess = versions.len().saturating_sub(VERSIONS_MAX as usize);
    let labelled: HashSet<&str> = stages.iter().map(|(_, version)| &**version).collect();
    let is_old = |version: &&SecretVersion| version.id != new && !labelled.contains(&*version.id);
    let mut old: Vec<&SecretVersion> = versions.iter().filter(is_old).collect();
    old.sort_by_key(|version| version.created_at);
    for version in old.into_iter().take(excess) {
        tx.delete_secret_version(&secret.arn, &version.id)?;
    }
    Ok(())
}
