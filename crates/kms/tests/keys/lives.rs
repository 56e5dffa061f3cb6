//! Keys from their first moment to their last: states, aliases, rotation, deletion.

use std::time::Duration;

use db::testing::Engine;
use db::{DbError, JobTurn, NewJob, on_both_engines};
use kms::{DryRun, KeyState, Kms, KmsRefusal, NewGrant, NewKey, Page, RotationStatus};
use names::{
    AliasName, GrantOperation, KeySpec, KmsAliasArn, KmsKeyArn, KmsKeyManager, MaterialOrigin,
};
use policy::GrantConstraint;

use crate::house::{House, OURS, account, new_key, no_context, refusal, registry};

on_both_engines!(
    a_disabled_key_does_nothing_until_it_is_enabled,
    jobs_that_wait_for_a_key_are_due_when_it_may_be_used,
    a_key_waits_for_its_deletion_and_is_gone_after_it,
    a_deletion_can_be_called_off,
    a_key_rotates_by_itself_when_it_is_time,
    an_alias_is_for_one_key_after_another,
    the_managed_key_is_made_once,
    tags_are_bounded_and_their_keys_are_different,
);

fn alias(name: &str) -> KmsAliasArn {
    KmsAliasArn { registry: registry(), name: AliasName::parse(name).unwrap() }
}

fn page<P>(limit: u32) -> Page<P> {
    Page { after: None, limit }
}

async fn a_disabled_key_does_nothing_until_it_is_enabled(engine: Engine) {
    let house = House::new(engine);
    let key = house.create(KeySpec::SymmetricDefault).await;
    let blob = house.kms.encrypt(&key, &no_context(), b"text").await.unwrap().blob;
    house.kms.disable_key(&key).await.unwrap();
    let disabled = KmsRefusal::Disabled(key.clone());
    assert_eq!(house.encrypts(&key).await, Err(disabled.clone()));
    let opened = house.kms.decrypt(&key, &no_context(), &blob).await;
    assert_eq!(refusal(opened), Err(disabled.clone()));
    assert_eq!(refusal(house.kms.enable_key_rotation(&key, None).await), Err(disabled.clone()));
    assert_eq!(refusal(house.kms.rotate_key_on_demand(&key).await), Err(disabled));
    assert_eq!(house.kms.describe_key(&key).await.unwrap().state, KeyState::Disabled);
    house.kms.enable_key(&key).await.unwrap();
    assert_eq!(house.encrypts(&key).await, Ok(()));
}

/// A grant to decrypt with a key.
fn to_decrypt(key: &KmsKeyArn) -> NewGrant {
    NewGrant {
        key: key.clone(),
        issuer: account(),
        name: None,
        grantee: OURS.to_owned(),
        retiree: None,
        operations: vec![GrantOperation::Decrypt],
        constraint: GrantConstraint::Any,
        source_arn: None,
    }
}

/// Queues a job that finds out that it has to wait for the key; one that waits for another key is
/// there, too.
async fn let_a_job_wait(house: &House, signal: &KmsKeyArn) {
    let (now, signal) = (house.now(), signal.to_string());
    let later = now.plus(Duration::from_mins(2));
    for (subject, signal) in [("ours", signal), ("theirs", "another key".to_owned())] {
        let put: Result<(), DbError> = house
            .db
            .write(move |tx| {
                let (lane, cause, name) = ("records", "a", "wait");
                let new = NewJob { lane, cause, name, subject, payload: "{}", due_at: now };
                tx.put_job(&new, now)
            })
            .await;
        put.unwrap();
        let claimed = house.db.claim_jobs("records", JobTurn::new(9), now, later, 1).await;
        let (jobs, _) = claimed.unwrap();
        let signal = signal.clone();
        let slept: Result<(), DbError> = house
            .db
            .write(move |tx| tx.put_job_to_sleep(&jobs[0], later, Some(&signal), "it is disabled"))
            .await;
        slept.unwrap();
    }
}

/// Which of them are due now.
async fn due(house: &House) -> Vec<String> {
    let (now, later) = (house.now(), house.now().plus(Duration::from_mins(2)));
    let claimed = house.db.claim_jobs("records", JobTurn::new(9), now, later, 10).await;
    let (jobs, _) = claimed.unwrap();
    let due = jobs.iter().map(|job| job.subject.clone()).collect();
    let forget: Result<(), DbError> = house
        .db
        .write(|tx| {
            tx.delete_job("wait", "ours")?;
            tx.delete_job("wait", "theirs")
        })
        .await;
    forget.unwrap();
    due
}

async fn jobs_that_wait_for_a_key_are_due_when_it_may_be_used(engine: Engine) {
    let house = House::new(engine);
    let key = house.create(KeySpec::SymmetricDefault).await;
    house.kms.disable_key(&key).await.unwrap();
    let_a_job_wait(&house, &key).await;
    house.kms.disable_key(&key).await.unwrap();
    assert_eq!(due(&house).await, Vec::<String>::new(), "nothing changed");

    let_a_job_wait(&house, &key).await;
    house.kms.enable_key(&key).await.unwrap();
    assert_eq!(due(&house).await, ["ours"]);

    let_a_job_wait(&house, &key).await;
    house.kms.create_grant(to_decrypt(&key), DryRun::No).await.unwrap();
    assert_eq!(due(&house).await, ["ours"]);
}

async fn a_key_waits_for_its_deletion_and_is_gone_after_it(engine: Engine) {
    let house = House::new(engine);
    let key = house.create(KeySpec::SymmetricDefault).await;
    house.kms.create_alias(&alias("alias/gone"), &key).await.unwrap();
    house.kms.tag_resource(&key, vec![("a".to_owned(), "1".to_owned())]).await.unwrap();
    house.kms.create_grant(to_decrypt(&key), DryRun::No).await.unwrap();
    for days in [0, 6, 31] {
        assert!(house.kms.schedule_key_deletion(&key, days).await.is_err(), "{days} days");
    }
    let waiting = house.kms.schedule_key_deletion(&key, 7).await.unwrap();
    assert_eq!(waiting.state, KeyState::PendingDeletion);
    let pending = KmsRefusal::PendingDeletion(key.clone());
    assert_eq!(house.encrypts(&key).await, Err(pending.clone()));
    assert_eq!(refusal(house.kms.enable_key(&key).await), Err(pending.clone()));
    assert_eq!(refusal(house.kms.schedule_key_deletion(&key, 7).await), Err(pending.clone()));
    assert_eq!(refusal(house.kms.create_alias(&alias("alias/b"), &key).await), Err(pending));
    house.forward_days(6);
    house.kms.erase_due_keys().await.unwrap();
    house.kms.describe_key(&key).await.unwrap();
    house.forward_days(1);
    let gone = Err(KmsRefusal::KeyNotFound(key.clone()));
    assert_eq!(refusal(house.kms.describe_key(&key).await), gone, "before its rows are");
    house.kms.erase_due_keys().await.unwrap();
    assert_eq!(refusal(house.kms.describe_key(&key).await), gone);
    assert!(house.kms.list_keys(&registry(), page(10)).await.unwrap().is_empty());
    assert!(house.kms.list_aliases(&registry(), None, page(10)).await.unwrap().is_empty());
}

async fn a_deletion_can_be_called_off(engine: Engine) {
    let house = House::new(engine);
    let key = house.create(KeySpec::SymmetricDefault).await;
    let early = refusal(house.kms.cancel_key_deletion(&key).await);
    assert_eq!(early, Err(KmsRefusal::NotPendingDeletion(key.clone())));
    house.kms.schedule_key_deletion(&key, 7).await.unwrap();
    house.kms.cancel_key_deletion(&key).await.unwrap();
    assert_eq!(house.encrypts(&key).await, Err(KmsRefusal::Disabled(key.clone())));
    house.forward_days(30);
    house.kms.erase_due_keys().await.unwrap();
    house.kms.enable_key(&key).await.unwrap();
    assert_eq!(house.encrypts(&key).await, Ok(()));
}

async fn a_key_rotates_by_itself_when_it_is_time(engine: Engine) {
    let house = House::new(engine);
    let key = house.create(KeySpec::SymmetricDefault).await;
    let pair = house.create(KeySpec::EccNistP256).await;
    let refused = refusal(house.kms.enable_key_rotation(&pair, None).await).unwrap_err();
    assert_eq!(
        refused.to_string(),
        format!("{pair} key spec is ECC_NIST_P256 which is not valid for EnableKeyRotation.")
    );
    house.kms.enable_key_rotation(&key, Some(90)).await.unwrap();
    let status = house.kms.get_key_rotation_status(&key).await.unwrap();
    assert_eq!(status.days, Some(90));
    let origins = async || -> Vec<MaterialOrigin> {
        let rows = house.kms.list_key_rotations(&key, page(10)).await.unwrap();
        rows.into_iter().map(|row| row.origin).collect()
    };
    house.forward_days(89);
    house.kms.rotate_due_keys().await.unwrap();
    assert_eq!(origins().await, [MaterialOrigin::Creation]);
    house.forward_days(1);
    house.kms.rotate_due_keys().await.unwrap();
    house.kms.rotate_due_keys().await.unwrap();
    assert_eq!(origins().await, [MaterialOrigin::Creation, MaterialOrigin::Automatic]);
    // A disabled key is not rotated, and is late when it is enabled again.
    house.kms.disable_key(&key).await.unwrap();
    house.forward_days(200);
    house.kms.rotate_due_keys().await.unwrap();
    assert_eq!(origins().await.len(), 2);
    house.kms.enable_key(&key).await.unwrap();
    house.kms.rotate_due_keys().await.unwrap();
    assert_eq!(origins().await.len(), 3);
    house.kms.disable_key_rotation(&key).await.unwrap();
    house.forward_days(200);
    house.kms.rotate_due_keys().await.unwrap();
    assert_eq!(origins().await.len(), 3);
    let RotationStatus { days, next_at, .. } =
        house.kms.get_key_rotation_status(&key).await.unwrap();
    assert_eq!((days, next_at), (None, None));
    for _ in 0..25 {
        house.kms.rotate_key_on_demand(&key).await.unwrap();
    }
    let often = refusal(house.kms.rotate_key_on_demand(&key).await);
    assert!(matches!(often, Err(KmsRefusal::LimitExceeded(_))), "{often:?}");
}

async fn an_alias_is_for_one_key_after_another(engine: Engine) {
    let house = House::new(engine);
    let (one, two) = (
        house.create(KeySpec::SymmetricDefault).await,
        house.create(KeySpec::SymmetricDefault).await,
    );
    let pair = house.create(KeySpec::EccNistP256).await;
    let images = alias("alias/images");
    house.kms.create_alias(&images, &one).await.unwrap();
    let taken = refusal(house.kms.create_alias(&images, &two).await);
    assert_eq!(taken, Err(KmsRefusal::AliasExists(images.clone())));
    house.kms.update_alias(&images, &two).await.unwrap();
    assert_eq!(house.kms.find_alias(&images).await.unwrap(), Some(two.clone()));
    let unlike = refusal(house.kms.update_alias(&images, &pair).await);
    assert!(matches!(unlike, Err(KmsRefusal::Validation(_))), "{unlike:?}");
    let reserved = alias("alias/aws/s3");
    let refused = refusal(house.kms.create_alias(&reserved, &one).await);
    assert_eq!(refused, Err(KmsRefusal::AliasReserved(reserved.name)));
    let listed = house.kms.list_aliases(&registry(), Some(two), page(10)).await.unwrap();
    assert_eq!(listed.iter().map(|row| &row.arn).collect::<Vec<_>>(), [&images]);
    house.kms.delete_alias(&images).await.unwrap();
    let gone = refusal(house.kms.delete_alias(&images).await);
    assert_eq!(gone, Err(KmsRefusal::AliasNotFound(images)));
}

async fn the_managed_key_is_made_once(engine: Engine) {
    let house = House::new(engine);
    let of = registry();
    let (one, two) = tokio::join!(house.kms.managed_key(&of), house.kms.managed_key(&of));
    let key = one.unwrap();
    assert_eq!(key, two.unwrap());
    assert_eq!(key, house.kms.managed_key(&of).await.unwrap());
    let described = house.kms.describe_key(&key).await.unwrap().key;
    assert_eq!(described.manager, KmsKeyManager::Aws);
    assert_eq!(house.kms.get_key_rotation_status(&key).await.unwrap().days, Some(365));
    assert!(Kms::is_of_managed_key(&AliasName::parse("alias/aws/ecr").unwrap()));
    assert_eq!(house.kms.list_keys(&registry(), page(10)).await.unwrap(), [key.id]);
}

async fn tags_are_bounded_and_their_keys_are_different(engine: Engine) {
    let house = House::new(engine);
    let tag = |key: &str| (key.to_owned(), "1".to_owned());
    let many: Vec<_> = (0..50).map(|number| tag(&format!("key-{number:02}"))).collect();
    let key = house.create_as(NewKey { tags: many, ..new_key() }, kms::LockOut::Refused).await;
    let key = key.unwrap();
    house.kms.tag_resource(&key, vec![tag("key-00")]).await.unwrap();
    #[rustfmt::skip]
    let cases = [
        (vec![tag("one-more")],       "Too many tags"),
        (vec![tag("aws:mine")],       "Tags beginning with aws: are reserved"),
        (vec![tag("AWS:mine")],       "Tags beginning with aws: are reserved"),
        (vec![tag("key-01"), tag("key-01")], "Duplicate tag keys"),
    ];
    for (tags, expected) in cases {
        let refused = refusal(house.kms.tag_resource(&key, tags).await).unwrap_err();
        assert_eq!(refused.to_string(), expected);
    }
    house.kms.untag_resource(&key, vec!["key-00".to_owned(), "none".to_owned()]).await.unwrap();
    let listed = house.kms.list_resource_tags(&key, page(100)).await.unwrap();
    assert_eq!(listed.len(), 49);
}
