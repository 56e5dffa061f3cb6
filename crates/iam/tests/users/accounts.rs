//! Accounts are created, counted and closed.

use db::on_both_engines;
use db::testing::Engine;
use names::{IamPath, KeyKind, Principal};

use crate::house::{account, group, made_key, of, other_account, told, whole, world};

on_both_engines!(
    an_account_is_made_once_and_its_root_key_signs,
    a_closed_account_has_no_principals_and_keeps_its_id,
    a_summary_counts,
);

async fn an_account_is_made_once_and_its_root_key_signs(engine: Engine) {
    let world = world(engine, &[]).await;
    let iam = &world.iam;
    let made = iam.create_account(&other_account()).await.unwrap();
    assert_eq!(made.access_key_id.len(), 20);
    assert_eq!(KeyKind::account_of(&made.access_key_id), Some(other_account()));
    assert_eq!(made.secret.expose().len(), 40);
    let known = iam.find_known_key(&made.access_key_id).await.unwrap().unwrap();
    assert_eq!(known.principal, Principal::Root { account: other_account() });
    assert_eq!(known.secret.expose(), made.secret.expose());
    assert_eq!(
        told(iam.create_account(&other_account()).await),
        "Account with id 210987654321 already exists."
    );
}

async fn a_closed_account_has_no_principals_and_keeps_its_id(engine: Engine) {
    let world = world(engine, &["alice"]).await;
    let iam = &world.iam;
    let first = other_account();
    let root = iam.create_account(&first).await.unwrap();
    let key = made_key(iam, of("alice")).await.key.id;
    let epoch = iam.epochs().of_account(&account());
    iam.close_account(&account(), &first).await.unwrap();
    assert_ne!(iam.epochs().of_account(&account()), epoch, "who remembers it looks again");
    assert!(iam.find_known_key(&key).await.unwrap().is_none());
    assert!(iam.find_known_key(&root.access_key_id).await.unwrap().is_some());
    assert_eq!(
        told(iam.close_account(&account(), &first).await),
        "The account with id 123456789012 cannot be found."
    );
    assert_eq!(
        told(iam.create_account(&account()).await),
        "Account with id 123456789012 already exists."
    );
    assert_eq!(
        told(iam.close_account(&first, &first).await),
        "Cannot close the account that the other accounts are managed from."
    );
    let accounts = iam.list_accounts(whole()).await.unwrap();
    let seen: Vec<_> =
        accounts.iter().map(|account| (account.id.as_str(), account.closed_at.is_some())).collect();
    assert_eq!(seen, [("123456789012", true), ("210987654321", false)]);
}

async fn a_summary_counts(engine: Engine) {
    let world = world(engine, &["alice", "bob"]).await;
    let iam = &world.iam;
    iam.create_group(&account(), group("devs"), IamPath::root()).await.unwrap();
    let summary = iam.get_account_summary(&account()).await.unwrap();
    assert_eq!((summary.users, summary.groups, summary.root_has_keys), (2, 1, true));
    assert_eq!((summary.roles, summary.policies, summary.providers), (0, 0, 0));
}
