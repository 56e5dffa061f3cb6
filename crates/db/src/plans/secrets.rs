//! Statements about secrets.

use names::{SecretName, SecretRef};

use super::samples::{PAGE, now, registry};
use crate::{DbError, Secret, Tx};

pub(super) fn run_statements_about_secrets(tx: &mut Tx<'_>) -> Result<(), DbError> {
    let name = SecretName::parse("ecr-pullthroughcache/hub").unwrap();
    let arn = name.arn(&registry(), "AbCdEf");
    let secret = Secret {
        arn: arn.clone(),
        name,
        description: None,
        policy: None,
        created_at: now(),
        changed_at: now(),
        accessed_at: None,
        deleted_at: None,
        delete_at: None,
    };
    assert!(tx.insert_secret(&secret)?);
    assert!(!tx.insert_secret(&secret)?);
    let wanted = SecretRef::parse("ecr-pullthroughcache/hub", &registry());
    assert_eq!(tx.find_secret(&wanted, now())?, Some(secret.clone()));
    assert_eq!(tx.find_secret(&SecretRef::Arn(arn.clone()), now())?, Some(secret.clone()));
    assert_eq!(tx.find_secret_by_arn(&arn)?, Some(secret.clone()));
    assert_eq!(tx.find_secret_by_name(&registry(), secret.name.as_str())?, Some(secret.clone()));
    assert_eq!(tx.list_secrets(&registry(), None, PAGE)?, std::slice::from_ref(&secret));
    tx.put_secret_tag(&arn, "team", "a")?;
    assert_eq!(tx.list_secret_tags(&arn, PAGE)?, [("team".to_owned(), "a".to_owned())]);
    tx.delete_secret_tag(&arn, "team")?;
    for version in ["one", "two"] {
        tx.insert_secret_version(&arn, version, b"sealed", now())?;
        tx.put_secret_stage(&arn, "AWSCURRENT", version)?;
    }
    let stages = [("AWSCURRENT".to_owned(), "two".to_owned())];
    assert_eq!(tx.list_secret_stages(&arn, PAGE)?, stages);
    tx.note_secret_access(&arn, "two", now())?;
    let (version, sealed) = tx.find_secret_version(&arn, "two")?.unwrap();
    assert_eq!((version.accessed_at, &*sealed), (Some(now()), &b"sealed"[..]));
    assert_eq!(tx.list_secret_versions(&arn, Some("one"), PAGE)?, [version]);
    tx.delete_secret_version(&arn, "one")?;
    let sealed = tx.list_sealed_secrets(None, PAGE)?;
    tx.reseal_secret(&sealed[0], b"again")?;
    assert_eq!(tx.list_sealed_secrets(None, PAGE)?[0].sealed, b"again");
    tx.put_secret_facts(&Secret { delete_at: Some(now()), ..secret })?;
    assert_eq!(tx.list_secrets_to_delete(now(), PAGE)?, std::slice::from_ref(&arn));
    assert_eq!(tx.find_secret(&SecretRef::Arn(arn.clone()), now())?, None);
    tx.delete_secret(&arn)?;
    Ok(())
}
