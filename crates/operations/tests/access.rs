//! Who may do what, from the verbs that give and take rights to the decision.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[expect(dead_code, reason = "the fixture is made for more than this")]
mod fixture;

use db::on_both_engines;
use db::testing::Engine;
use std::time::Duration;

use fixture::{World, repository};
use names::{
    AccountId, GroupName, IamPath, PolicyName, Principal, RepositoryArn, Session, SessionName,
    SessionOrigin, UserName, Voucher,
};
use operations::{
    Asker, LockOut, NewManagedPolicy, NewUser, PolicyHolder, Question, RepositorySettings,
};
use policy::Context;

on_both_engines!(
    rights_that_are_given_or_taken_are_seen_at_once,
    a_repository_policy_lets_in_and_keeps_out,
    tags_of_the_user_and_of_the_repository_can_be_asked_for,
    a_session_may_do_what_its_policy_and_its_principal_may,
    what_another_node_changed_is_seen_within_two_seconds,
    a_stored_policy_that_cannot_be_read_denies,
    whoever_is_gone_may_do_nothing,
);

const HOME: &str = "123456789012";
const PULL: &str = "ecr:BatchGetImage";

fn account() -> AccountId {
    AccountId::parse(HOME).unwrap()
}

fn alice() -> UserName {
    UserName::parse("alice").unwrap()
}

fn holder() -> PolicyHolder {
    PolicyHolder::User(alice())
}

fn name(text: &str) -> PolicyName {
    PolicyName::parse(text).unwrap()
}

/// A document of one statement.
fn document(effect: &str, action: &str, resource: &str) -> String {
    serde_json::json!({
        "Version": "2012-10-17",
        "Statement": { "Effect": effect, "Action": action, "Resource": resource },
    })
    .to_string()
}

/// A registry with a repository, and a user who may do nothing yet.
struct Place {
    world: World,
    web: RepositoryArn,
    alice: Principal,
}

impl Place {
    async fn new(engine: Engine) -> Self {
        let world = World::new(engine);
        let now = names::Timestamp::from_seconds(1);
        let made = world.db().write(move |tx| tx.insert_account(&account(), now)).await;
        assert!(made.map_err(|error: db::DbError| error).unwrap());
        let web = repository("web");
        let settings = RepositorySettings {
            tags: vec![("stage".to_owned(), "dev".to_owned())],
            ..RepositorySettings::default()
        };
        world.operations().create_repository(&web, settings).await.unwrap();
        let new = NewUser {
            name: alice(),
            path: IamPath::root(),
            boundary: None,
            tags: vec![("team".to_owned(), "web".to_owned())],
        };
        let made = world.operations().create_user(&account(), new).await.unwrap();
        let alice = Principal::User(made.user.identity);
        Self { world, web, alice }
    }

    async fn may(&self, principal: &Principal, session: Option<&Session>) -> bool {
        let question = Question {
            action: PULL,
            resource: &self.web.to_string(),
            account: &self.web.registry.account,
            repository: Some(&self.web),
            registry: Some(&self.web.registry),
            trust: None,
            context: Context::new(),
        };
        let asker = Asker { principal, session };
        self.world.operations().decide(&asker, question).await.unwrap().is_allowed()
    }

    async fn alice_may(&self) -> bool {
        self.may(&self.alice, None).await
    }

    async fn put(&self, policy: &str, text: String) {
        let operations = self.world.operations();
        operations.put_inline_policy(&account(), holder(), name(policy), text).await.unwrap();
    }

    async fn set(&self, statement: serde_json::Value) {
        let text = serde_json::json!({ "Version": "2012-10-17", "Statement": statement });
        let root = Principal::Root { account: account() };
        let asker = Asker { principal: &root, session: None };
        let operations = self.world.operations();
        operations
            .set_repository_policy(
                &asker,
                Context::new(),
                &self.web,
                &text.to_string(),
                LockOut::Meant,
            )
            .await
            .unwrap();
    }
}

/// The clock stands still: what is seen at once is seen because the verbs say that it changed.
async fn rights_that_are_given_or_taken_are_seen_at_once(engine: Engine) {
    let place = Place::new(engine).await;
    let operations = place.world.operations();
    assert!(!place.alice_may().await, "nobody said so");

    place.put("pull", document("Allow", "ecr:*", "*")).await;
    assert!(place.alice_may().await, "inline");
    operations.delete_inline_policy(&account(), holder(), name("pull")).await.unwrap();
    assert!(!place.alice_may().await, "taken away");

    let arn = "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly".to_owned();
    operations.attach_policy(&account(), holder(), arn.clone()).await.unwrap();
    assert!(place.alice_may().await, "AWS's own");
    operations.detach_policy(&account(), holder(), arn.clone()).await.unwrap();
    assert!(!place.alice_may().await, "detached");

    let group = GroupName::parse("readers").unwrap();
    operations.create_group(&account(), group.clone(), IamPath::root()).await.unwrap();
    let readers = PolicyHolder::Group(group.clone());
    operations.attach_policy(&account(), readers, arn).await.unwrap();
    assert!(!place.alice_may().await, "not in the group");
    operations.add_user_to_group(&account(), &group, &alice()).await.unwrap();
    assert!(place.alice_may().await, "through the group");

    let new = NewManagedPolicy {
        path: IamPath::parse("/bounds/").unwrap(),
        name: name("push"),
        document: document("Allow", "ecr:PutImage", "*"),
        description: None,
        tags: Vec::new(),
    };
    operations.create_policy(&account(), new).await.unwrap();
    let bound = format!("arn:aws:iam::{HOME}:policy/bounds/push");
    let boundary = Some(bound.clone());
    operations.put_user_permissions_boundary(&account(), alice(), boundary).await.unwrap();
    assert!(!place.alice_may().await, "out of bounds");
    let wider = document("Allow", "ecr:*", "*");
    operations.create_policy_version(&account(), bound, wider, true).await.unwrap();
    assert!(place.alice_may().await, "within new bounds");

    operations.remove_user_from_group(&account(), &group, &alice()).await.unwrap();
    assert!(!place.alice_may().await, "out of the group");
}

async fn a_repository_policy_lets_in_and_keeps_out(engine: Engine) {
    let place = Place::new(engine).await;
    let everybody = serde_json::json!({ "Effect": "Allow", "Principal": "*", "Action": PULL });
    place.set(everybody).await;
    assert!(place.alice_may().await, "named with everybody");
    let root = Principal::Root { account: account() };
    place.set(serde_json::json!({ "Effect": "Deny", "Principal": "*", "Action": "ecr:*" })).await;
    assert!(!place.may(&root, None).await, "denied to the owner too");
    place.world.operations().delete_repository_policy(&place.web).await.unwrap();
    assert!(place.may(&root, None).await);
    assert!(!place.alice_may().await);
}

async fn tags_of_the_user_and_of_the_repository_can_be_asked_for(engine: Engine) {
    let place = Place::new(engine).await;
    let conditioned = |key: &str, value: &str| {
        serde_json::json!({
            "Version": "2012-10-17",
            "Statement": {
                "Effect": "Allow", "Action": "ecr:*", "Resource": "*",
                "Condition": { "StringEquals": { key: value } },
            },
        })
        .to_string()
    };
    #[rustfmt::skip]
    let cases = [
        ("aws:PrincipalTag/team",  "web",  true,  "the user's tag"),
        ("aws:PrincipalTag/team",  "ops",  false, "another value"),
        ("aws:ResourceTag/stage",  "dev",  true,  "the repository's tag"),
        ("ecr:ResourceTag/stage",  "dev",  true,  "under ECR's own name"),
        ("ecr:ResourceTag/stage",  "prod", false, "another value"),
        ("aws:ResourceAccount",    HOME,   true,  "whose it is"),
        ("aws:username",           "alice", true, "who asks"),
    ];
    for (key, value, expected, because) in cases {
        place.put("tagged", conditioned(key, value)).await;
        assert_eq!(place.alice_may().await, expected, "{key} = {value}: {because}");
    }
    place.put("tagged", conditioned("ecr:ResourceTag/stage", "prod")).await;
    let tags = vec![("stage".to_owned(), "prod".to_owned())];
    place.world.operations().tag_resource(&place.web, tags).await.unwrap();
    assert!(place.alice_may().await, "tagged anew, and seen at once");
}

async fn a_session_may_do_what_its_policy_and_its_principal_may(engine: Engine) {
    let place = Place::new(engine).await;
    place.put("pull", document("Allow", "ecr:*", "*")).await;
    let session = |policy: Option<String>, policy_arns: &[&str]| Session {
        issued_at: names::Timestamp::from_seconds(1),
        ends_at: names::Timestamp::from_seconds(2),
        origin: SessionOrigin::FederationToken,
        policy,
        policy_arns: policy_arns.iter().map(|arn| (*arn).to_owned()).collect(),
        tags: Vec::new(),
        transitive_tag_keys: Vec::new(),
        source_identity: None,
        scopes: Vec::new(),
    };
    let narrowed = |scopes: &[String]| Session {
        scopes: scopes.to_vec(),
        ..session(Some(document("Allow", "ecr:*", "*")), &[])
    };
    let (pull, push) = (document("Allow", PULL, "*"), document("Allow", "ecr:PutImage", "*"));
    let Principal::User(user) = place.alice.clone() else { panic!("alice is a user") };
    let federated = Principal::FederatedUser {
        vouched_by: Voucher::User(user),
        name: SessionName::parse("bob").unwrap(),
    };
    let pull_only = "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly";
    let gone = format!("arn:aws:iam::{HOME}:policy/gone");
    #[rustfmt::skip]
    let cases = [
        (session(None, &[]),                                          false, "nothing was passed"),
        (session(Some(document("Allow", PULL, "*")), &[]),            true,  "inline"),
        (session(Some(document("Allow", "ecr:PutImage", "*")), &[]),  false, "something else"),
        (session(None, &[pull_only]),                                 true,  "managed"),
        (session(None, &[&gone]),                                     false, "one that is not there allows nothing"),
        (session(Some("{".to_owned()), &[pull_only]),                 false, "one that cannot be read denies"),
        (narrowed(std::slice::from_ref(&pull)),                       true,  "narrowed to pulling"),
        (narrowed(std::slice::from_ref(&push)),                       false, "narrowed to pushing"),
        (narrowed(&[pull.clone(), push.clone()]),                     false, "both must allow it"),
        (narrowed(&[push, pull]),                                     false, "in any order"),
    ];
    for (session, expected, because) in cases {
        assert_eq!(place.may(&federated, Some(&session)).await, expected, "{because}");
    }
}

async fn what_another_node_changed_is_seen_within_two_seconds(engine: Engine) {
    let place = Place::new(engine).await;
    place.put("pull", document("Allow", "ecr:*", "*")).await;
    assert!(place.alice_may().await);
    let Principal::User(user) = place.alice.clone() else { panic!("alice is a user") };
    let id = user.id;
    let deleted =
        place.world.db().write(move |tx| tx.delete_inline_policy(&id, &name("pull"))).await;
    assert!(deleted.map_err(|error: db::DbError| error).unwrap());
    assert!(place.alice_may().await, "nobody told this node");
    place.world.clock.forward(Duration::from_secs(2));
    assert!(!place.alice_may().await, "it looked again");
}

async fn a_stored_policy_that_cannot_be_read_denies(engine: Engine) {
    let place = Place::new(engine).await;
    place.put("pull", document("Allow", "ecr:*", "*")).await;
    let Principal::User(user) = place.alice.clone() else { panic!("alice is a user") };
    let id = user.id;
    let broken = place
        .world
        .db()
        .write(move |tx| tx.put_inline_policy(&id, &name("broken"), "{\"Version\""))
        .await;
    broken.map_err(|error: db::DbError| error).unwrap();
    assert!(!place.alice_may().await, "though another policy allows it");
}

async fn whoever_is_gone_may_do_nothing(engine: Engine) {
    let place = Place::new(engine).await;
    let everybody = serde_json::json!({ "Effect": "Allow", "Principal": "*", "Action": PULL });
    place.set(everybody).await;
    assert!(place.alice_may().await);
    place.world.operations().delete_user(&account(), &alice()).await.unwrap();
    assert!(!place.alice_may().await, "not even what everybody may");
}
