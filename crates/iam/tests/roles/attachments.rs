use db::on_both_engines;
use db::testing::Engine;
use iam::{Bounded, EntityFilter, PolicyEntity, PolicyHolder};
use names::{GroupName, IdKind, PolicyArn};

use crate::house::{House, PULL, TRUST, first, policy_arn, role_name, sentence};

on_both_engines!(
    a_role_has_ten_managed_policies_at_most,
    what_cannot_be_attached_is_refused,
    the_holders_of_a_policy_are_listed_by_kind,
);

const READ_ONLY: &str = "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly";

fn read_only() -> PolicyArn {
    policy_arn(READ_ONLY)
}

async fn a_role_has_ten_managed_policies_at_most(engine: Engine) {
    let house = House::new(engine).await;
    let (iam, account) = (house.iam(), &house.account);
    house.role("ci", TRUST).await.unwrap();
    let ci = PolicyHolder::Role(role_name("ci"));
    let attach = async |arn: &PolicyArn| iam.attach_policy(account, ci.clone(), arn.clone()).await;
    for at in 0..9 {
        let arn = house.policy(&format!("p{at}"), PULL).await.unwrap();
        attach(&arn).await.unwrap();
    }
    attach(&read_only()).await.unwrap();
    attach(&read_only()).await.unwrap();
    let arn = house.policy("p9", PULL).await.unwrap();
    assert_eq!(sentence(attach(&arn).await), "Cannot exceed quota for PoliciesPerRole: 10");
    let page = iam.list_attached_policies(account, ci.clone(), "/".into(), first(100)).await;
    assert_eq!(page.unwrap().len(), 10);
}

async fn what_cannot_be_attached_is_refused(engine: Engine) {
    let house = House::new(engine).await;
    let (iam, account) = (house.iam(), &house.account);
    house.user("alice").await;
    let alice = PolicyHolder::User(names::UserName::parse("alice").unwrap());
    #[rustfmt::skip]
    let cases = [
        ("arn:aws:iam::123456789012:policy/missing",
         "Policy arn:aws:iam::123456789012:policy/missing does not exist or is not attachable.", "no such policy"),
        ("arn:aws:iam::999999999999:policy/theirs",
         "Policy arn:aws:iam::999999999999:policy/theirs does not exist or is not attachable.", "another account's"),
        ("arn:aws:iam::aws:policy/AmazonNoSuchAccess",
         "Policy arn:aws:iam::aws:policy/AmazonNoSuchAccess does not exist or is not attachable.", "AWS's, but not built in"),
        ("arn:aws:iam::aws:policy/aws-service-role/ECRReplicationServiceRolePolicy",
         "Cannot attach a Service Role Policy to a Customer User.", "it is for service-linked roles"),
    ];
    for (arn, words, because) in cases {
        let refused = iam.attach_policy(account, alice.clone(), policy_arn(arn)).await;
        assert_eq!(sentence(refused), words, "{because}");
    }
    let detached = iam.detach_policy(account, alice, read_only()).await;
    assert_eq!(sentence(detached), format!("Policy {READ_ONLY} was not found."));
    let bounded = iam
        .put_permissions_boundary(account, Bounded::Role(role_name("ci")), Some(read_only()))
        .await;
    assert_eq!(sentence(bounded), "The role with name ci cannot be found.");
}

async fn the_holders_of_a_policy_are_listed_by_kind(engine: Engine) {
    let house = House::new(engine).await;
    let (iam, account) = (house.iam(), &house.account);
    house.user("alice").await;
    house.role("ci", TRUST).await.unwrap();
    let group = GroupName::parse("devs").unwrap();
    iam.create_group(account, group.clone(), names::IamPath::root()).await.unwrap();
    let alice = names::UserName::parse("alice").unwrap();
    for holder in [
        PolicyHolder::User(alice.clone()),
        PolicyHolder::Group(group),
        PolicyHolder::Role(role_name("ci")),
    ] {
        iam.attach_policy(account, holder, read_only()).await.unwrap();
    }
    let bound = iam.put_permissions_boundary(account, Bounded::User(alice), Some(read_only()));
    bound.await.unwrap();
    let list = async |kind: Option<IdKind>, path_prefix: &str| {
        let filter = EntityFilter { kind, path_prefix: path_prefix.into(), usage: None };
        let found = iam.list_entities_for_policy(account, read_only(), filter, first(10)).await;
        let names = found.unwrap().into_iter().map(|entity| match entity {
            PolicyEntity::User { name, .. }
            | PolicyEntity::Group { name, .. }
            | PolicyEntity::Role { name, .. } => name,
        });
        names.collect::<Vec<_>>()
    };
    assert_eq!(
        list(None, "/").await,
        ["devs", "alice", "ci"],
        "each once, though alice is bounded too"
    );
    assert_eq!(list(Some(IdKind::Role), "/").await, ["ci"]);
    assert_eq!(list(None, "/team/").await, ["ci"]);
}
