use db::on_both_engines;
use db::testing::Engine;
use iam::{Bounded, PolicyFilter, PolicyHolder, PolicyScope, PolicyUsage};

use crate::house::{House, PULL, TRUST, first, policy_arn, policy_name, role_name, sentence};

on_both_engines!(
    a_managed_policy_has_five_versions_at_most,
    policies_are_held_to_their_grammar_and_size,
    lists_of_managed_policies_say_who_uses_them,
);

async fn a_managed_policy_has_five_versions_at_most(engine: Engine) {
    let house = House::new(engine).await;
    let (iam, account) = (house.iam(), &house.account);
    let arn = house.policy("pull", PULL).await.unwrap();
    let add = async |default| {
        iam.create_policy_version(account, arn.clone(), PULL.parse().unwrap(), default).await
    };
    for expected in 2..=5 {
        assert_eq!(add(expected == 3).await.unwrap().version, expected);
    }
    assert_eq!(
        sentence(add(false).await),
        "A managed policy can have up to 5 versions. Before you create a new version, you must delete an \
         existing version."
    );
    let delete =
        async |version: &str| iam.delete_policy_version(account, arn.clone(), version.into()).await;
    assert_eq!(sentence(delete("v3").await), "Cannot delete the default version of a policy.");
    delete("v5").await.unwrap();
    assert_eq!(add(false).await.unwrap().version, 6, "no number is given twice");
    let versions = iam.list_policy_versions(account, arn.clone(), first(10)).await.unwrap();
    let numbers: Vec<_> = versions.iter().map(|kept| (kept.version, kept.is_default)).collect();
    assert_eq!(numbers, [(6, false), (4, false), (3, true), (2, false), (1, false)]);
    let deleted = iam.delete_policy(account, arn.clone()).await;
    assert!(sentence(deleted).starts_with("This policy has more than one version."));
    iam.set_default_policy_version(account, arn.clone(), "v1".into()).await.unwrap();
    for version in ["v2", "v3", "v4", "v6"] {
        delete(version).await.unwrap();
    }
    iam.delete_policy(account, arn.clone()).await.unwrap();
    let gone = iam.get_policy(account, arn.clone()).await;
    assert_eq!(sentence(gone), format!("Policy {arn} was not found."));
}

async fn policies_are_held_to_their_grammar_and_size(engine: Engine) {
    let house = House::new(engine).await;
    let (iam, account) = (house.iam(), &house.account);
    house.user("alice").await;
    let old = PULL.replace("2012-10-17", "2008-10-17");
    let refused = old.parse::<policy::IdentityPolicy>().unwrap_err();
    assert_eq!(refused.to_string(), "Policy document must be version 2012-10-17 or greater.");
    let action = |length: usize| PULL.replace("BatchGetImage", &"a".repeat(length));
    let fits = 6_144 - PULL.len() + "BatchGetImage".len();
    house.policy("full", &action(fits)).await.unwrap();
    assert_eq!(
        sentence(house.policy("fuller", &action(fits + 1)).await),
        "Cannot exceed quota for PolicySize: 6144"
    );
    let alice = PolicyHolder::User(names::UserName::parse("alice").unwrap());
    let put = async |name: &str, document: String| {
        let document = document.parse().unwrap();
        iam.put_inline_policy(account, alice.clone(), policy_name(name), document).await
    };
    put("one", action(1_000)).await.unwrap();
    assert_eq!(
        sentence(put("two", action(1_000)).await),
        "Maximum policy size of 2048 bytes exceeded for user alice"
    );
    put("one", action(1_100)).await.unwrap();
    let listed = iam.list_inline_policies(account, alice.clone(), first(10)).await.unwrap();
    assert_eq!(listed, [policy_name("one")], "what was refused is not kept");
    let missing = iam.get_inline_policy(account, alice, policy_name("two")).await;
    assert_eq!(sentence(missing), "The user policy with name two cannot be found.");
}

async fn lists_of_managed_policies_say_who_uses_them(engine: Engine) {
    let house = House::new(engine).await;
    let (iam, account) = (house.iam(), &house.account);
    let arn = house.policy("pull", PULL).await.unwrap();
    house.policy("unused", PULL).await.unwrap();
    house.role("ci", TRUST).await.unwrap();
    let ci = PolicyHolder::Role(role_name("ci"));
    let read_only = "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly";
    iam.attach_policy(account, ci.clone(), policy_arn(read_only)).await.unwrap();
    let bounded = Bounded::Role(role_name("ci"));
    let put = iam.put_permissions_boundary(account, bounded, Some(arn.clone()));
    put.await.unwrap();
    let list = async |scope, only_attached, usage| {
        let filter = PolicyFilter { scope, only_attached, path_prefix: "/".into(), usage };
        let found = iam.list_policies(account, filter, first(1_000)).await.unwrap();
        let lines = found.iter().map(|p| (p.name.to_string(), p.attachments, p.boundary_uses));
        lines.collect::<Vec<_>>()
    };
    let (pull, unused) = (("pull".to_owned(), 0, 1), ("unused".to_owned(), 0, 0));
    let read_only = ("AmazonEC2ContainerRegistryReadOnly".to_owned(), 1, 0);
    assert_eq!(list(PolicyScope::Local, false, None).await, [pull.clone(), unused.clone()]);
    assert_eq!(list(PolicyScope::All, true, None).await, [pull.clone(), read_only.clone()]);
    // For permissions is all that does not bound alone, whether it is attached or not.
    let permissions = list(PolicyScope::Local, false, Some(PolicyUsage::Permissions)).await;
    assert_eq!(permissions, [unused]);
    let permissions = list(PolicyScope::Aws, false, Some(PolicyUsage::Permissions)).await;
    assert!(permissions.contains(&read_only) && permissions.len() > 50, "{permissions:?}");
    assert_eq!(list(PolicyScope::All, false, Some(PolicyUsage::Boundary)).await, [pull]);
    assert_eq!(list(PolicyScope::Aws, false, None).await, permissions);
    let deleted = iam.delete_policy(account, arn).await;
    assert_eq!(sentence(deleted), "Cannot delete a policy attached to entities.");
}
