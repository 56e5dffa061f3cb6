//! ECR uses a key by the grants that were made with a repository.

use std::time::Duration;

use db::on_both_engines;
use db::testing::Engine;
use iam::service_grants::{ecr_in, grant_to_ecr, not_granted_to_ecr, retire_from_ecr};
use iam::{Asker, KeyStanding};
use keys::customer_keys::KeyContext;
use keys::{KeyFault, KeyService};
use kms::{DryRun, LockOut, NewGrant};
use names::{GrantId, GrantOperation, KeySpec, KmsKeyArn, ObjectKey, RepositoryArn};
use policy::{Context, GrantConstraint};

use crate::house::{House, account, pairs, root};

on_both_engines!(
    data_keys_open_in_their_context_alone,
    a_repository_uses_a_key_by_its_own_grants,
    an_equal_grant_restores_what_was_revoked,
    a_deny_in_the_policy_closes_what_grants_open,
    a_key_that_does_nothing_gives_no_data_keys,
    a_change_ends_the_epoch,
);

fn repository(name: &str) -> RepositoryArn {
    let text = format!("arn:aws:ecr:us-east-1:123456789012:repository/{name}");
    RepositoryArn::parse(&text).unwrap()
}

fn context(name: &str) -> KeyContext {
    KeyContext { repository: repository(name), object: ObjectKey::from_random([1; 16]) }
}

/// Makes the grants of a repository.
async fn grant(house: &House, key: &KmsKeyArn, name: &str) -> Vec<GrantId> {
    let (key, name) = (key.clone(), repository(name));
    let now = names::Timestamp::from_seconds(1);
    let made: Result<_, db::DbError> =
        house.db.write(move |tx| grant_to_ecr(tx, &key, &name, &account(), now)).await;
    made.unwrap()
}

/// The name of KMS's error, or `none`.
async fn refused(house: &House, key: &KmsKeyArn, name: &str) -> String {
    match house.kms.require_usable(key, &repository(name)).await {
        Ok(believed) => {
            assert!(believed < Duration::from_secs(2));
            "none".to_owned()
        }
        Err(KeyFault::Refused { code, .. }) => code,
        Err(fault) => panic!("{fault:?}"),
    }
}

async fn data_keys_open_in_their_context_alone(engine: Engine) {
    let house = House::new(engine);
    let (key, other) = (
        house.create(KeySpec::SymmetricDefault).await,
        house.create(KeySpec::SymmetricDefault).await,
    );
    let service: &dyn KeyService = &house.kms;
    let (data_key, wrapped) = service.generate_data_key(&key, &context("web")).await.unwrap();
    let opened = service.decrypt(&key, &context("web"), &wrapped).await.unwrap();
    assert_eq!(opened.expose(), data_key.expose());
    house.kms.rotate_key_on_demand(&key).await.unwrap();
    let opened = service.decrypt(&key, &context("web"), &wrapped).await.unwrap();
    assert_eq!(opened.expose(), data_key.expose(), "after a rotation too");
    for (key, context, because) in
        [(&key, context("api"), "another repository"), (&other, context("web"), "another key")]
    {
        let opened = service.decrypt(key, &context, &wrapped).await;
        assert!(matches!(opened, Err(KeyFault::Refused { .. })), "{because}");
    }
}

async fn a_repository_uses_a_key_by_its_own_grants(engine: Engine) {
    let house = House::new(engine);
    let key = house.create(KeySpec::SymmetricDefault).await;
    let denied = "AccessDeniedException";
    assert_eq!(refused(&house, &key, "web").await, denied);
    let grants = grant(&house, &key, "web").await;
    assert_eq!(grants.len(), 2, "as in AWS");
    assert_eq!(refused(&house, &key, "web").await, "none");
    assert_eq!(refused(&house, &key, "web/api").await, denied);
    house.kms.revoke_grant(&key, &grants[0], DryRun::No).await.unwrap();
    assert_eq!(refused(&house, &key, "web").await, "none", "one of two is enough");
    house.kms.revoke_grant(&key, &grants[1], DryRun::No).await.unwrap();
    assert_eq!(refused(&house, &key, "web").await, denied);
    let grants = grant(&house, &key, "api").await;
    let (retired, id) = (grants.clone(), key.id.clone());
    let done: Result<_, db::DbError> =
        house.db.write(move |tx| retire_from_ecr(tx, &id, &retired)).await;
    done.unwrap();
    assert_eq!(refused(&house, &key, "api").await, denied);
}

async fn an_equal_grant_restores_what_was_revoked(engine: Engine) {
    let house = House::new(engine);
    let key = house.create(KeySpec::SymmetricDefault).await;
    let arn = repository("web").to_string();
    let (web, other) = (pairs(&[("aws:ecr:arn", &arn)]), pairs(&[("aws:ecr:arn", "arn:other")]));
    let both = vec![GrantOperation::Decrypt, GrantOperation::GenerateDataKey];
    let ecr = ecr_in(&key.registry.region);
    #[rustfmt::skip]
    let cases = [
        (ecr.as_str(), GrantConstraint::Subset(web.clone()), both.clone(),              true,  "as ECR makes it"),
        (&ecr,         GrantConstraint::Any,                 both.clone(),              true,  "for every context"),
        (&ecr,         GrantConstraint::Equals(web.clone()), both.clone(),              false, "the object is named as well"),
        (&ecr,         GrantConstraint::Subset(other),       both.clone(),              false, "another repository"),
        (&ecr,         GrantConstraint::Subset(web.clone()), vec![both[0]],             false, "half of it"),
        ("ecr.eu-west-1.amazonaws.com", GrantConstraint::Subset(web), both.clone(),     false, "another Region"),
    ];
    for (grantee, constraint, operations, expected, because) in cases {
        let new = NewGrant {
            key: key.clone(),
            issuer: account(),
            name: None,
            grantee: grantee.to_owned(),
            retiree: None,
            operations,
            constraint,
            source_arn: None,
        };
        let made = house.kms.create_grant(new, DryRun::No).await.unwrap();
        let wanted = key.clone();
        let missing: Result<_, db::DbError> =
            house.db.read(move |tx| not_granted_to_ecr(tx, &wanted, &repository("web"))).await;
        assert_eq!(missing.unwrap().is_none(), expected, "{because}");
        house.kms.revoke_grant(&key, &made.id, DryRun::No).await.unwrap();
    }
}

/// Denies beside the usual statement.
async fn put_denial(house: &House, key: &KmsKeyArn, denial: &str) {
    let policy = format!(
        r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Principal":{{"AWS":"123456789012"}},"Action":"kms:*","Resource":"*"}},{{"Effect":"Deny","Resource":"*",{denial}}}]}}"#
    );
    let (root, standing) = (root(), KeyStanding::of_none(key.clone()));
    let asker = Asker { principal: &root, session: None };
    let context = Context::new();
    let put =
        house.kms.put_key_policy(&asker, context, &standing, "default", policy, LockOut::Refused);
    put.await.unwrap();
}

async fn a_deny_in_the_policy_closes_what_grants_open(engine: Engine) {
    let house = House::new(engine);
    let key = house.create(KeySpec::SymmetricDefault).await;
    grant(&house, &key, "web").await;
    grant(&house, &key, "api").await;
    let ecr = r#""Principal":{"Service":"ecr.amazonaws.com"}"#;
    let decrypt = r#""Action":"kms:Decrypt""#;
    let only = |operator: &str, key: &str, value: &str| {
        format!(r#""Condition":{{"{operator}":{{"{key}":"{value}"}}}}"#)
    };
    let web = repository("web").to_string();
    #[rustfmt::skip]
    let cases = [
        // denial, web, api, because
        (format!("{ecr},{decrypt}"),                                                                              true,  true,  "the service"),
        (format!(r#"{ecr},"Action":"kms:GenerateDataKey*""#),                                                     true,  true,  "its other operation"),
        (format!(r#"{ecr},"Action":"kms:Encrypt""#),                                                              false, false, "what it never does"),
        (format!(r#""Principal":{{"Service":"ecr.us-east-1.amazonaws.com"}},{decrypt}"#),                         true,  true,  "the service of the Region"),
        (format!(r#""Principal":{{"Service":"ecr.eu-west-1.amazonaws.com"}},{decrypt}"#),                         false, false, "that of another"),
        (format!(r#""Principal":{{"Service":"s3.amazonaws.com"}},{decrypt}"#),                                    false, false, "another service"),
        (format!(r#""Principal":{{"AWS":"210987654321"}},{decrypt}"#),                                            false, false, "an account"),
        (format!(r#""Principal":"*",{decrypt}"#),                                                                 true,  true,  "everyone"),
        (format!("{ecr},{decrypt},{}", only("StringEquals", "kms:EncryptionContext:aws:ecr:arn", &web)),          true,  false, "one repository"),
        (format!("{ecr},{decrypt},{}", only("ArnEquals", "aws:SourceArn", &web)),                                 true,  false, "one repository, in another way"),
        (format!(r#""Principal":"*",{decrypt},{}"#, only("StringNotEquals", "kms:ViaService", "ecr.us-east-1.amazonaws.com")), false, false, "callers that do not come by way of ECR"),
        (format!(r#""Principal":"*",{decrypt},{}"#, only("Bool", "aws:PrincipalIsAWSService", "false")),          false, false, "all but services"),
        (format!(r#""Principal":"*",{decrypt},{}"#, only("StringNotEquals", "kms:CallerAccount", "123456789012")), false, false, "other accounts"),
    ];
    for (denial, web, api, because) in cases {
        put_denial(&house, &key, &denial).await;
        for (name, is_denied) in [("web", web), ("api", api)] {
            let expected = if is_denied { "AccessDeniedException" } else { "none" };
            assert_eq!(refused(&house, &key, name).await, expected, "{because}: {name}");
        }
    }
}

async fn a_key_that_does_nothing_gives_no_data_keys(engine: Engine) {
    let house = House::new(engine);
    let key = house.create(KeySpec::SymmetricDefault).await;
    let pair = house.create(KeySpec::EccNistP256).await;
    let nothing = KmsKeyArn { id: names::KmsKeyId::from_random([9; 16]), ..key.clone() };
    for key in [&key, &pair] {
        grant(&house, key, "web").await;
    }
    let service: &dyn KeyService = &house.kms;
    let (_, wrapped) = service.generate_data_key(&key, &context("web")).await.unwrap();
    assert_eq!(refused(&house, &key, "web").await, "none");
    house.kms.disable_key(&key).await.unwrap();
    assert_eq!(refused(&house, &key, "web").await, "DisabledException");
    assert!(service.decrypt(&key, &context("web"), &wrapped).await.is_err());
    assert!(service.generate_data_key(&key, &context("web")).await.is_err());
    house.kms.enable_key(&key).await.unwrap();
    assert_eq!(refused(&house, &key, "web").await, "none");
    house.kms.schedule_key_deletion(&key, 7).await.unwrap();
    assert_eq!(refused(&house, &key, "web").await, "KMSInvalidStateException");
    assert!(service.decrypt(&key, &context("web"), &wrapped).await.is_err());
    house.forward_days(7);
    assert_eq!(refused(&house, &key, "web").await, "NotFoundException");
    assert_eq!(refused(&house, &pair, "web").await, "InvalidKeyUsageException");
    assert_eq!(refused(&house, &nothing, "web").await, "NotFoundException");
}

async fn a_change_ends_the_epoch(engine: Engine) {
    let house = House::new(engine);
    let key = house.create(KeySpec::SymmetricDefault).await;
    let service: &dyn KeyService = &house.kms;
    let before = service.epoch();
    refused(&house, &key, "web").await;
    service.generate_data_key(&key, &context("web")).await.unwrap();
    assert_eq!(service.epoch(), before, "nothing was changed");
    house.kms.disable_key(&key).await.unwrap();
    assert_ne!(service.epoch(), before);
}
