//! A secret in the words of Secrets Manager.

use std::collections::BTreeMap;

use operations::SecretStage;
use wire::aws::secrets_manager::Tag;

/// Its tags, if it has some.
pub(super) fn tags(tags: Vec<(String, String)>) -> Option<Vec<Tag>> {
    let tag = |(key, value)| Tag { key: Some(key), value: Some(value) };
    (!tags.is_empty()).then(|| tags.into_iter().map(tag).collect())
}

/// The labels of each version that has some.
pub(super) fn stages(stages: Vec<SecretStage>) -> Option<BTreeMap<String, Vec<String>>> {
    let mut of: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (stage, version) in stages {
        of.entry(version).or_default().push(stage);
    }
    (!of.is_empty()).then_some(of)
}
