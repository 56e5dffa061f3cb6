//! Grants from their making to their end.

use db::on_both_engines;
use db::testing::Engine;
use iam::{Asker, Question, SoughtGrant, SoughtKey};
use kms::{DryRun, GrantFilter, GrantToken, KmsRefusal, NewGrant, Page};
use names::{GrantOperation, KeySpec, KmsKeyArn, KmsKeyRef, Principal};
use policy::{Context, GrantConstraint};

use crate::house::{House, account, pairs, refusal};

on_both_engines!(
    a_grant_works_from_its_making_to_its_end,
    a_grant_is_for_its_encryption_context,
    a_grant_gives_no_more_than_it_has,
    a_grant_of_one_name_is_made_once,
    a_grant_that_makes_no_sense_is_refused,
    a_grant_is_retired_by_whom_it_names,
    a_stale_or_foreign_token_is_refused,
);

fn new_grant(key: &KmsKeyArn, grantee: &Principal) -> NewGrant {
    NewGrant {
        key: key.clone(),
        issuer: account(),
        name: None,
        grantee: grantee.arn(),
        retiree: None,
        operations: vec![GrantOperation::Decrypt, GrantOperation::Encrypt],
        constraint: GrantConstraint::Any,
        source_arn: None,
    }
}

/// Whether a principal may do this with a key, in this encryption context.
async fn may(
    house: &House,
    who: &Principal,
    action: &str,
    key: &KmsKeyArn,
    context: &[(&str, &str)],
) -> bool {
    let sought = SoughtKey {
        named: KmsKeyRef::Key(key.clone()),
        is_known_by_id: false,
        context: Some(pairs(context)),
        retired: None,
        made: None,
    };
    judged(house, who, action, key, sought).await
}

async fn judged(
    house: &House,
    who: &Principal,
    action: &str,
    key: &KmsKeyArn,
    sought: SoughtKey,
) -> bool {
    let standing = house.iam.find_key_standing(who, sought).await.unwrap().unwrap();
    let question = Question {
        action,
        resource: &key.to_string(),
        account: &key.registry.account,
        repository: None,
        registry: None,
        trust: None,
        key: Some(&standing),
        secret: None,
        context: Context::new(),
    };
    let asker = Asker { principal: who, session: None };
    house.iam.decide(&asker, question).await.unwrap().is_allowed()
}

async fn a_grant_works_from_its_making_to_its_end(engine: Engine) {
    let house = House::new(engine);
    let (alice, bob) = (house.user("alice").await, house.user("bob").await);
    let key = house.create(KeySpec::SymmetricDefault).await;
    assert!(!may(&house, &alice, "kms:Decrypt", &key, &[]).await);
    let made = house.kms.create_grant(new_grant(&key, &alice), DryRun::No).await.unwrap();
    assert!(may(&house, &alice, "kms:Decrypt", &key, &[]).await);
    assert!(!may(&house, &alice, "kms:Sign", &key, &[]).await, "another operation");
    assert!(!may(&house, &bob, "kms:Decrypt", &key, &[]).await, "another user");
    house.kms.revoke_grant(&key, &made.id, DryRun::Yes).await.unwrap_err();
    assert!(may(&house, &alice, "kms:Decrypt", &key, &[]).await, "it was only tried");
    house.kms.revoke_grant(&key, &made.id, DryRun::No).await.unwrap();
    assert!(!may(&house, &alice, "kms:Decrypt", &key, &[]).await);
    let again = house.kms.revoke_grant(&key, &made.id, DryRun::No).await;
    assert_eq!(refusal(again), Err(KmsRefusal::GrantNotFound(made.id)));
}

async fn a_grant_is_for_its_encryption_context(engine: Engine) {
    let house = House::new(engine);
    let alice = house.user("alice").await;
    let key = house.create(KeySpec::SymmetricDefault).await;
    let constraint = GrantConstraint::Subset(pairs(&[("repository", "web")]));
    let new = NewGrant { constraint, ..new_grant(&key, &alice) };
    house.kms.create_grant(new, DryRun::No).await.unwrap();
    let may = async |context| may(&house, &alice, "kms:Decrypt", &key, context).await;
    assert!(may(&[("repository", "web"), ("layer", "a")]).await);
    assert!(!may(&[("repository", "api")]).await);
    assert!(!may(&[]).await);
}

async fn a_grant_gives_no_more_than_it_has(engine: Engine) {
    let house = House::new(engine);
    let alice = house.user("alice").await;
    let key = house.create(KeySpec::SymmetricDefault).await;
    let constraint = GrantConstraint::Subset(pairs(&[("repository", "web")]));
    let operations = vec![GrantOperation::CreateGrant, GrantOperation::Decrypt];
    let new = NewGrant { constraint, operations, ..new_grant(&key, &alice) };
    house.kms.create_grant(new, DryRun::No).await.unwrap();
    let web = || pairs(&[("repository", "web")]);
    let stricter = || pairs(&[("repository", "web"), ("layer", "a")]);
    let both = [GrantOperation::Decrypt, GrantOperation::Encrypt];
    #[rustfmt::skip]
    let cases = [
        (&both[..1], GrantConstraint::Subset(web()),      true,  "as much"),
        (&both[..1], GrantConstraint::Subset(stricter()), true,  "less"),
        (&both[..1], GrantConstraint::Equals(stricter()), true,  "less"),
        (&both[..],  GrantConstraint::Subset(web()),      false, "another operation"),
        (&both[1..], GrantConstraint::Subset(web()),      false, "another operation"),
        (&both[..1], GrantConstraint::Any,                false, "any context"),
        (&both[..1], GrantConstraint::Subset(pairs(&[("layer", "a")])), false, "another context"),
    ];
    for (operations, constraint, expected, because) in cases {
        let sought = SoughtKey {
            named: KmsKeyRef::Key(key.clone()),
            is_known_by_id: false,
            context: None,
            retired: None,
            made: Some(SoughtGrant { operations: operations.to_vec(), constraint }),
        };
        let allowed = judged(&house, &alice, "kms:CreateGrant", &key, sought).await;
        assert_eq!(allowed, expected, "{because}");
    }
}

async fn a_grant_of_one_name_is_made_once(engine: Engine) {
    let house = House::new(engine);
    let alice = house.user("alice").await;
    let key = house.create(KeySpec::SymmetricDefault).await;
    let named = || NewGrant { name: Some("once".to_owned()), ..new_grant(&key, &alice) };
    let first = house.kms.create_grant(named(), DryRun::No).await.unwrap();
    let second = house.kms.create_grant(named(), DryRun::No).await.unwrap();
    assert_eq!(first.id, second.id);
    let other = NewGrant { operations: vec![GrantOperation::Decrypt], ..named() };
    let third = house.kms.create_grant(other, DryRun::No).await.unwrap();
    assert_ne!(first.id, third.id, "it says something else");
    let page = Page { after: None, limit: 10 };
    let listed = house.kms.list_grants(&key, GrantFilter::Any, page).await.unwrap();
    assert_eq!(listed.len(), 2);
}

async fn a_grant_that_makes_no_sense_is_refused(engine: Engine) {
    let house = House::new(engine);
    let alice = house.user("alice").await;
    let key = house.create(KeySpec::SymmetricDefault).await;
    let pair = house.create(KeySpec::EccNistP256).await;
    let good = || new_grant(&key, &alice);
    let granted_to = |arn: &str| NewGrant { grantee: arn.to_owned(), ..good() };
    let constraint = GrantConstraint::Equals(pairs(&[("a", "1")]));
    let sign = vec![GrantOperation::Sign];
    #[rustfmt::skip]
    let cases = [
        (granted_to("arn:aws:iam::123456789012:user/bob"), "arn:aws:iam::123456789012:user/bob is not a valid ARN"),
        (granted_to("*"),                                  "* is not a valid ARN"),
        (granted_to("alice"),                              "alice is not a valid ARN"),
        (NewGrant { operations: Vec::new(), ..good() },  "A grant must allow at least one operation."),
        (NewGrant { operations: sign.clone(), ..good() }, "The grant operation Sign is not valid for keys of usage ENCRYPT_DECRYPT."),
        (NewGrant { operations: sign, constraint, key: pair, ..good() }, "Encryption context constraints are only for symmetric encryption keys."),
    ];
    for (new, expected) in cases {
        let refused = refusal(house.kms.create_grant(new, DryRun::No).await).unwrap_err();
        assert_eq!(refused.to_string(), expected);
    }
    house.kms.disable_key(&key).await.unwrap();
    let disabled = refusal(house.kms.create_grant(good(), DryRun::No).await);
    assert_eq!(disabled, Err(KmsRefusal::Disabled(key)));
}

async fn a_grant_is_retired_by_whom_it_names(engine: Engine) {
    let house = House::new(engine);
    let (alice, bob) = (house.user("alice").await, house.user("bob").await);
    let key = house.create(KeySpec::SymmetricDefault).await;
    let new = NewGrant { retiree: Some(bob.arn()), ..new_grant(&key, &alice) };
    let made = house.kms.create_grant(new, DryRun::No).await.unwrap();
    let may_retire = async |who: &Principal| {
        let sought = SoughtKey {
            named: KmsKeyRef::Key(key.clone()),
            is_known_by_id: false,
            context: None,
            retired: Some(made.id.clone()),
            made: None,
        };
        judged(&house, who, "kms:RetireGrant", &key, sought).await
    };
    assert!(may_retire(&bob).await, "it names him");
    assert!(!may_retire(&alice).await, "it does not let its grantee");
    assert!(may_retire(&crate::house::root()).await, "its maker's account");
    let page = || Page { after: None, limit: 10 };
    let region = &key.registry.region;
    let listed = house.kms.list_retirable_grants(&bob.arn(), region, page()).await.unwrap();
    assert_eq!(listed.iter().map(|named| &named.grant.id).collect::<Vec<_>>(), [&made.id]);
    let token = GrantToken::parse(&made.token).unwrap();
    house.kms.retire_grant(&key, &made.id, Some(&token), DryRun::No).await.unwrap();
    let listed = house.kms.list_retirable_grants(&bob.arn(), region, page()).await.unwrap();
    assert!(listed.is_empty());
}

async fn a_stale_or_foreign_token_is_refused(engine: Engine) {
    let house = House::new(engine);
    let alice = house.user("alice").await;
    let key = house.create(KeySpec::SymmetricDefault).await;
    let made = house.kms.create_grant(new_grant(&key, &alice), DryRun::No).await.unwrap();
    let tokens = |token: &str| vec![token.to_owned()];
    house.kms.require_grant_tokens(&tokens(&made.token)).await.unwrap();
    let mut forged: Vec<char> = made.token.chars().collect();
    forged[100] = if forged[100] == 'A' { 'B' } else { 'A' };
    let forged: String = forged.into_iter().collect();
    for bad in ["", "token", forged.as_str()] {
        let refused = refusal(house.kms.require_grant_tokens(&tokens(bad)).await);
        assert_eq!(refused, Err(KmsRefusal::InvalidGrantToken), "{bad}");
    }
    let token = GrantToken::parse(&forged).unwrap();
    let retired = house.kms.retire_grant(&key, &token.grant, Some(&token), DryRun::No).await;
    assert_eq!(refusal(retired), Err(KmsRefusal::InvalidGrantToken));
    house.kms.revoke_grant(&key, &made.id, DryRun::No).await.unwrap();
    let stale = refusal(house.kms.require_grant_tokens(&tokens(&made.token)).await);
    assert_eq!(stale, Err(KmsRefusal::InvalidGrantToken));
}
