use std::collections::HashSet;

use db::Tx;
use names::{KmsKeyArn, KmsKeyId};

use crate::key::require_alive;
use crate::kms::require_key;
use crate::{Failure, Kms, KmsRefusal, Page};

/// AWS's limit of tags on a key.
const TAGS_MAX: u32 = 50;

const RESERVED: &str = "Tags beginning with aws: are reserved";
const DUPLICATE: &str = "Duplicate tag keys";
const TOO_MANY: &str = "Too many tags";

impl Kms {
    /// Sets tags of a key.
    pub async fn tag_resource(
        &self,
        arn: &KmsKeyArn,
        tags: Vec<(String, String)>,
    ) -> Result<(), Failure> {
        let (arn, now) = (arn.clone(), self.now());
        self.write(move |tx| {
            require_alive(&require_key(tx, &arn, now)?)?;
            put_tags(tx, &arn.id, &tags)
        })
        .await
    }

    /// Removes tags of a key. Those that are not there are passed over.
    pub async fn untag_resource(&self, arn: &KmsKeyArn, keys: Vec<String>) -> Result<(), Failure> {
        let (arn, now) = (arn.clone(), self.now());
        self.write(move |tx| {
            require_alive(&require_key(tx, &arn, now)?)?;
            for key in &keys {
                require_not_reserved(key)?;
                tx.delete_kms_tag(&arn.id, key)?;
            }
            Ok(())
        })
        .await
    }

    /// The tags of a key, by their keys.
    pub async fn list_resource_tags(
        &self,
        arn: &KmsKeyArn,
        page: Page<String>,
    ) -> Result<Vec<(String, String)>, Failure> {
        let (arn, now) = (arn.clone(), self.now());
        self.read(move |tx| {
            let key = require_key(tx, &arn, now)?;
            Ok(tx.list_kms_tags(&key.arn.id, page.after.as_deref(), page.limit)?)
        })
        .await
    }
}

/// Checks and sets tags, in the caller's transaction. Lengths are the model's.
pub(crate) fn put_tags(
    tx: &mut Tx<'_>,
    key: &KmsKeyId,
    tags: &[(String, String)],
) -> Result<(), Failure> {
    let mut names = HashSet::new();
    for (name, value) in tags {
        require_not_reserved(name)?;
        if !names.insert(name) {
            return Err(KmsRefusal::Tag(DUPLICATE).into());
        }
        tx.put_kms_tag(key, name, value)?;
    }
    if tx.list_kms_tags(key, None, TAGS_MAX + 1)?.len() > TAGS_MAX as usize {
        return Err(KmsRefusal::Tag(TOO_MANY).into());
    }
    Ok(())
}

fn require_not_reserved(name: &str) -> Result<(), KmsRefusal> {
    let is_reserved = name.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("aws:"));
    if is_reserved { Err(KmsRefusal::Tag(RESERVED)) } else { Ok(()) }
}
