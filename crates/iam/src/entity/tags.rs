use std::collections::HashSet;

use db::Tx;

use crate::{Failure, IamRefusal, Quota};

/// AWS's limit of tags on one user, role or whatever else.
pub(crate) const TAGS_MAX: u32 = 50;

const DUPLICATE: &str = "Duplicate tag keys found. Please note that Tag keys are case insensitive.";
const RESERVED: &str = "Tag keys that begin with aws: are reserved.";

/// Checks and sets tags of whatever has this unique id or ARN, in the caller's transaction. Lengths
/// and characters are the model's.
pub(crate) fn put_tags(
    tx: &mut Tx<'_>,
    holder: &str,
    tags: &[(String, String)],
) -> Result<(), Failure> {
    let mut keys = HashSet::new();
    for (key, value) in tags {
        let folded = key.to_lowercase();
        if folded.starts_with("aws:") {
            return Err(IamRefusal::InvalidInput(RESERVED.to_owned()).into());
        }
        if !keys.insert(folded) {
            return Err(IamRefusal::InvalidInput(DUPLICATE.to_owned()).into());
        }
        tx.put_iam_tag(holder, key, value)?;
    }
    if tx.list_iam_tags(holder, None, TAGS_MAX + 1)?.len() > TAGS_MAX as usize {
        return Err(Quota::Tags.into());
    }
    Ok(())
}

/// Removes tags; keys that are not there are ignored.
pub(crate) fn delete_tags(tx: &mut Tx<'_>, holder: &str, keys: &[String]) -> Result<(), Failure> {
    keys.iter().try_for_each(|key| tx.delete_iam_tag(holder, key)).map_err(Failure::from)
}
