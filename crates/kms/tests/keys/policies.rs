//! Policies of keys: what is kept, what is shown, and what is refused.

use db::on_both_engines;
use db::testing::Engine;
use iam::{Asker, KeyStanding};
use kms::{KmsRefusal, LockOut, NewKey};
use names::{KeySpec, KmsKeyArn, Principal};
use policy::Context;

use crate::house::{House, OURS, new_key, refusal, root};

on_both_engines!(
    a_policy_names_users_by_their_ids_and_shows_their_arns,
    a_policy_that_would_lock_out_its_author_is_refused,
    a_policy_that_is_none_is_refused,
);

fn lets_in(principal: &str, action: &str) -> String {
    format!(
        r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Principal":{{"AWS":"{principal}"}},"Action":"{action}","Resource":"*"}}]}}"#
    )
}

async fn put(
    house: &House,
    who: &Principal,
    key: &KmsKeyArn,
    policy: String,
    lock_out: LockOut,
) -> Result<(), KmsRefusal> {
    let asker = Asker { principal: who, session: None };
    let standing = KeyStanding::of_none(key.clone());
    let put =
        house.kms.put_key_policy(&asker, Context::new(), &standing, "default", policy, lock_out);
    refusal(put.await)
}

async fn a_policy_names_users_by_their_ids_and_shows_their_arns(engine: Engine) {
    let house = House::new(engine);
    let alice = house.user("alice").await;
    let key = house.create(KeySpec::SymmetricDefault).await;
    let policy = lets_in(&alice.arn(), "kms:*");
    put(&house, &alice, &key, policy.clone(), LockOut::Refused).await.unwrap();
    assert_eq!(house.kms.get_key_policy(&key, "default").await.unwrap(), policy);
    let Principal::User(user) = &alice else { panic!("alice is a user") };
    let id = key.id.clone();
    let kept = house.db.read(move |tx| tx.find_kms_key(&id)).await.unwrap();
    let kept = kept.unwrap().policy;
    assert!(kept.contains(user.id.as_str()) && !kept.contains("user/alice"), "{kept}");
    let other = refusal(house.kms.get_key_policy(&key, "other").await);
    assert_eq!(other, Err(KmsRefusal::NoSuchPolicy));
    assert_eq!(house.kms.list_key_policies(&key).await.unwrap(), ["default"]);
}

async fn a_policy_that_would_lock_out_its_author_is_refused(engine: Engine) {
    let house = House::new(engine);
    let (alice, root) = (house.user("alice").await, root());
    let key = house.create(KeySpec::SymmetricDefault).await;
    let others = lets_in(&alice.arn(), "kms:*");
    let told = "The new key policy will not allow you to update the key policy in the future.";
    let refused = put(&house, &root, &key, others.clone(), LockOut::Refused).await.unwrap_err();
    assert_eq!(refused.to_string(), told);
    let narrow = lets_in(OURS, "kms:Decrypt");
    let refused = put(&house, &root, &key, narrow, LockOut::Refused).await.unwrap_err();
    assert_eq!(refused.to_string(), told);
    let new = NewKey { policy: Some(others.clone()), ..new_key() };
    let created = house.create_as(new.clone(), LockOut::Refused).await;
    assert_eq!(refusal(created).unwrap_err().to_string(), told);
    house.create_as(new, LockOut::Meant).await.unwrap();
    put(&house, &root, &key, others, LockOut::Meant).await.unwrap();
}

async fn a_policy_that_is_none_is_refused(engine: Engine) {
    let house = House::new(engine);
    let root = root();
    house.user("alice").await;
    let key = house.create(KeySpec::SymmetricDefault).await;
    let long = lets_in(OURS, "kms:*").replace("kms:*", &format!("kms:{}", "a".repeat(33_000)));
    let absent = lets_in("arn:aws:iam::123456789012:user/bob", "kms:*");
    let no_principals = "Policy contains a statement with one or more invalid principals.";
    #[rustfmt::skip]
    let cases = [
        (String::from("{"),  "Syntax errors in policy.",                      "no JSON"),
        (String::from("{}"), "Syntax errors in policy.",                      "no statement"),
        (absent,             no_principals,                                   "a user that is not there"),
        (long,               "A key policy has at most 32768 bytes.",         "longer than any"),
    ];
    for (policy, expected, because) in cases {
        let refused = put(&house, &root, &key, policy, LockOut::Meant).await.unwrap_err();
        assert_eq!(refused.to_string(), expected, "{because}");
    }
}
