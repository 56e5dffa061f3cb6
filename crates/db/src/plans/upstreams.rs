//! Statements about what is fetched from upstream registries.

use names::{
    Digest, EncryptionKey, EncryptionType, ImageTag, MediaType, RepositoryArn, RepositoryName,
    TagMutability,
};

use super::samples::{now, registry};
use crate::{DbError, NewRepository, Tx, UpstreamCopy, UpstreamFetch, UpstreamTag};

pub(super) fn run_statements_about_upstreams(tx: &mut Tx<'_>) -> Result<(), DbError> {
    let repository = RepositoryName::parse("hub/web").unwrap();
    let arn = RepositoryArn { registry: registry(), repository };
    let home = tx.open_registry(&registry(), now())?;
    let new = NewRepository {
        name: arn.repository.clone(),
        mutability: TagMutability::Mutable,
        exclusion_filters: Vec::new(),
        scan_on_push: false,
        encryption: EncryptionType::Aes256,
        encryption_key: EncryptionKey::default(),
        kms_grants: Vec::new(),
    };
    let key = tx.insert_repository(home, &new, now())?.expect("the name is free");
    let (digest, tag) = (Digest::sha256(b"manifest"), ImageTag::parse("latest").unwrap());
    let fetch = UpstreamFetch { repository: arn.clone(), subject: tag.to_string() };
    assert!(tx.take_upstream_fetch(&fetch, "one", now(), now())?);
    assert!(tx.take_upstream_fetch(&fetch, "two", now(), now())?);
    tx.end_upstream_fetch(&fetch, "one")?;
    tx.forget_dead_upstream_fetches(now(), 10)?;
    tx.end_upstream_fetch(&fetch, "two")?;
    let kind = MediaType::parse("application/vnd.oci.image.manifest.v1+json").unwrap();
    tx.find_upstream_fetched_at(key, &digest)?;
    tx.look_up(&UpstreamCopy::by_digest(&arn, &digest))?;
    tx.look_up(&UpstreamTag::by_tag(&arn, &tag))?;
    tx.put_upstream_manifest(key, (&digest, &kind), b"{}", now())?;
    let named = UpstreamTag { digest: digest.clone(), confirmed_at: now(), check_at: now() };
    tx.put_upstream_tag(key, &tag, &named)?;
    tx.put_upstream_check(key, &tag, now())?;
    tx.delete_upstream_manifest(key, &digest)?;
    assert!(tx.forget_upstream(key, 10)?);
    assert!(!tx.forget_upstream(key, 10)?);
    Ok(())
}
