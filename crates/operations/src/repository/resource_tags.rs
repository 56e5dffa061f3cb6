//! TagResource, UntagResource, ListTagsForResource.

use db::{RepositoryKey, Tx};
use names::RepositoryArn;

use crate::operations::require_repository;
use crate::{Failure, Operations, RepositoryRefusal};

/// AWS's limit of tags on one resource.
const TAGS_MAX: usize = 50;
const TOO_MANY: RepositoryRefusal = RepositoryRefusal::TooManyTags { tags_max: TAGS_MAX };
const KEY_CHARACTERS_MAX: usize = 128;
const VALUE_CHARACTERS_MAX: usize = 256;

impl Operations {
    /// Sets resource tags; those with the same key are overwritten.
    pub async fn tag_resource(
        &self,
        arn: &RepositoryArn,
        tags: Vec<(String, String)>,
    ) -> Result<(), Failure> {
        let wanted = arn.clone();
        self.change_repository(arn, move |tx| {
            let repository = require_repository(tx, &wanted)?;
            put_all(tx, repository.key, &tags)
        })
        .await
    }

    /// Removes resource tags; keys that are not there are ignored.
    pub async fn untag_resource(
        &self,
        arn: &RepositoryArn,
        keys: Vec<String>,
    ) -> Result<(), Failure> {
        require_characters(keys.iter().flat_map(|key| key.chars()))?;
        let wanted = arn.clone();
        self.change_repository(arn, move |tx| {
            let repository = require_repository(tx, &wanted)?;
            for key in &keys {
                tx.delete_resource_tag(repository.key, key)?;
            }
            Ok(())
        })
        .await
    }

    /// All resource tags, by key.
    pub async fn list_tags_for_resource(
        &self,
        arn: &RepositoryArn,
    ) -> Result<Vec<(String, String)>, Failure> {
        let arn = arn.clone();
        self.db
            .read(move |tx| {
                let repository = require_repository(tx, &arn)?;
                Ok(tx.list_resource_tags(repository.key)?)
            })
            .await
    }
}

/// Checks and sets tags in the caller's transaction.
pub(crate) fn put_all(
    tx: &mut Tx<'_>,
    repository: RepositoryKey,
    tags: &[(String, String)],
) -> Result<(), Failure> {
    require_valid(tags)?;
    for (key, value) in tags {
        tx.put_resource_tag(repository, key, value)?;
    }
    if tx.list_resource_tags(repository)?.len() > TAGS_MAX { Err(TOO_MANY.into()) } else { Ok(()) }
}

/// Requires that a repository can have all of these tags.
pub(crate) fn require_valid(tags: &[(String, String)]) -> Result<(), RepositoryRefusal> {
    if tags.len() > TAGS_MAX {
        return Err(TOO_MANY);
    }
    for (place, (key, value)) in tags.iter().enumerate() {
        check(key, value)?;
        if tags[..place].iter().any(|(before, _)| before == key) {
            return Err(RepositoryRefusal::InvalidTag("A tag key may be given once only"));
        }
    }
    Ok(())
}

fn check(key: &str, value: &str) -> Result<(), RepositoryRefusal> {
    let refuse = |why| Err(RepositoryRefusal::InvalidTag(why));
    if key.is_empty() || key.chars().count() > KEY_CHARACTERS_MAX {
        return refuse("A tag key must have 1 to 128 characters");
    }
    if value.chars().count() > VALUE_CHARACTERS_MAX {
        return refuse("A tag value must not have more than 256 characters");
    }
    if key.to_ascii_lowercase().starts_with("aws:") {
        return refuse("Tag keys that begin with aws: are reserved");
    }
    require_characters(key.chars().chain(value.chars()))
}

/// The characters that AWS allows in tags of any service.
fn require_characters(mut characters: impl Iterator<Item = char>) -> Result<(), RepositoryRefusal> {
    let allowed = |c: char| c.is_alphanumeric() || c.is_whitespace() || "_.:/=+-@".contains(c);
    if characters.all(allowed) {
        return Ok(());
    }
    Err(RepositoryRefusal::InvalidTag("Tags may hold letters, digits, spaces and _.:/=+-@ only"))
}
