//! Statements about pull through caches.

use names::{CachePrefix, UpstreamUrl};

use super::samples::{PAGE, now, registry};
use crate::{DbError, PullThroughCacheRule, Tx};

pub(super) fn run_statements_about_pull_through(tx: &mut Tx<'_>) -> Result<(), DbError> {
    let prefix = CachePrefix::parse("docker-hub/").unwrap();
    let rule = PullThroughCacheRule {
        prefix: prefix.clone(),
        upstream: UpstreamUrl::parse("registry.example.com").unwrap(),
        upstream_prefix: Some(CachePrefix::parse("ROOT").unwrap()),
        credential: None,
        custom_role: None,
        created_at: now(),
        updated_at: now(),
    };
    assert!(tx.insert_pull_through_cache_rule(&registry(), &rule)?);
    assert!(!tx.insert_pull_through_cache_rule(&registry(), &rule)?);
    tx.put_pull_through_credentials(&registry(), &prefix, (Some("secret"), Some("role")), now())?;
    let (credential, custom_role) = (Some("secret".to_owned()), Some("role".to_owned()));
    let changed = PullThroughCacheRule { credential, custom_role, ..rule };
    let found = tx.find_pull_through_cache_rule(&registry(), &prefix)?;
    assert_eq!(found, Some(changed.clone()));
    assert_eq!(tx.list_pull_through_cache_rules(&registry(), None, PAGE)?, [changed]);
    assert!(tx.delete_pull_through_cache_rule(&registry(), &prefix)?);
    assert!(!tx.delete_pull_through_cache_rule(&registry(), &prefix)?);
    Ok(())
}
