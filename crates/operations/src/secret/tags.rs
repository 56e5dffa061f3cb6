//! Tags of secrets: TagResource, UntagResource.

use std::collections::HashSet;

use db::{Secret, Tx};
use names::SecretRef;

use super::refusal::SecretRefusal;
use super::versions::require_alive;
use crate::{Failure, Operations};

/// How many tags a secret has at most, as in Secrets Manager.
pub(super) const TAGS_MAX: u32 = 50;

const RESERVED: &str = "Tag keys that begin with aws: are reserved.";
const TWICE: &str = "A tag key may be given once only.";
const NO_KEY: &str = "A tag must have a key.";

impl Operations {
    /// Sets tags of a secret.
    pub async fn tag_secret(
        &self,
        wanted: &SecretRef,
        tags: Vec<(String, String)>,
    ) -> Result<(), Failure> {
        let (wanted, now) = (wanted.clone(), self.now());
        self.db
            .write(move |tx| {
                let secret = require_alive(tx, &wanted, now)?;
                put_tags(tx, &secret, &tags)?;
                Ok(tx.put_secret_facts(&Secret { changed_at: now, ..secret })?)
            })
            .await
    }

    /// Removes tags of a secret. Those that are not there are passed over.
    pub async fn untag_secret(&self, wanted: &SecretRef, keys: Vec<String>) -> Result<(), Failure> {
        let (wanted, now) = (wanted.clone(), self.now());
        self.db
            .write(move |tx| {
                let secret = require_alive(tx, &wanted, now)?;
                for key in &keys {
                    require_not_reserved(key)?;
                    tx.delete_secret_tag(&secret.arn, key)?;
                }
                Ok(tx.put_secret_facts(&Secret { changed_at: now, ..secret })?)
            })
            .await
    }
}

/// Checks and sets tags, in the caller's transaction. Lengths are the model's.
pub(super) fn put_tags(
    tx: &mut Tx<'_>,
    secret: &Secret,
    tags: &[(String, String)],
) -> Result<(), Failure> {
    let mut names = HashSet::new();
    for (name, value) in tags {
        require_not_reserved(name)?;
        if name.is_empty() {
            return Err(SecretRefusal::InvalidTag(NO_KEY).into());
        }
        if !names.insert(name) {
            return Err(SecretRefusal::InvalidTag(TWICE).into());
        }
        tx.put_secret_tag(&secret.arn, name, value)?;
    }
    let there = tx.list_secret_tags(&secret.arn, TAGS_MAX + 1)?;
    if there.len() > TAGS_MAX as usize {
        return Err(SecretRefusal::TooManyTags { tags_max: TAGS_MAX as usize }.into());
    }
    Ok(())
}

fn require_not_reserved(name: &str) -> Result<(), SecretRefusal> {
    let is_reserved = name.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("aws:"));
    if is_reserved { Err(SecretRefusal::InvalidTag(RESERVED)) } else { Ok(()) }
}
