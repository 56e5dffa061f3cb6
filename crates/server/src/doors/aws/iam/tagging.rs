//! Reads tags.

use wire::aws::iam::Tag;

use crate::guard::RequestKeys;

/// The condition keys of an input's tags.
pub(super) fn keys(tags: Option<&[Tag]>) -> RequestKeys {
    let tags = tags.unwrap_or_default().iter();
    RequestKeys::default().tags(tags.map(|tag| (tag.key.clone(), tag.value.clone())))
}

/// The tags of an input as pairs.
pub(super) fn pairs(tags: Option<Vec<Tag>>) -> Vec<(String, String)> {
    tags.unwrap_or_default().into_iter().map(|tag| (tag.key, tag.value)).collect()
}
