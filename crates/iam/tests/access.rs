//! From the verbs that change rights to the decision.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[expect(dead_code, reason = "the fixture is made for more than this")]
mod fixture;

use std::time::Duration;

use db::on_both_engines;
use db::testing::Engine;
use fixture::World;
use iam::{Asker, Bounded, KeptDenial, NewManagedPolicy, NewUser, PolicyHolder, Question};
use names::{
    AccountId, GroupName, IamPath, PolicyArn, PolicyName, Principal, Session, SessionName,
    SessionOrigin, UserName, Voucher,
};
use policy::Context;

on_both_engines!(
    rights_that_are_given_or_taken_are_seen_at_once,
    a_session_may_do_what_its_policy_and_its_principal_may,
    what_another_node_changed_is_seen_within_two_seconds,
    a_stored_policy_that_cannot_be_read_denies,
    ten_thousand_denials_are_kept_and_the_oldest_forgotten,
);

async fn ten_thousand_denials_are_kept_and_the_oldest_forgotten(engine: Engine) {
    const BATCH: usize = 1_000;
    let world = World::new(engine);
    let account = account();
    let denial = |number: usize| KeptDenial {
        request: format!("request-{number}"),
        account: account.clone(),
        told: "no".to_owned(),
    };
    for batch in 0..12 {
        let denials = (batch * BATCH..(batch + 1) * BATCH).map(denial).collect();
        world.iam.keep_denials(denials).await.unwrap();
        world.forward(Duration::from_secs(1));
    }
    let is_kept = async |number: usize| {
        let found = world.iam.find_denial(&format!("request-{number}"), &account).await;
        found.unwrap().is_some()
    };
    assert!(!is_kept(0).await && !is_kept(BATCH - 1).await, "the oldest are forgotten");
    assert!(is_kept(2 * BATCH).await && is_kept(12 * BATCH - 1).await, "ten thousand are kept");
    world.forward(Duration::from_hours(7));
    world.iam.keep_denials(vec![denial(usize::MAX)]).await.unwrap();
    assert!(!is_kept(12 * BATCH - 1).await, "and none for longer than six hours");
}

const HOME: &str = "123456789012";
const PULL: &str = "ecr:BatchGetImage";
const WEB: &str = "arn:aws:ecr:us-east-1:123456789012:repository/web";

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

/// A user who may do nothing yet.
struct Place {
    world: World,
    alice: Principal,
}

impl Place {
    async fn new(engine: Engine) -> Self {
        let world = World::new(engine);
        world.iam.create_account(&account()).await.unwrap();
        let (path, tags) = (IamPath::root(), Vec::new());
        let new = NewUser { name: alice(), path, boundary: None, tags };
        let made = world.iam.create_user(&account(), new).await.unwrap();
        let alice = Principal::User(made.user.identity);
        Self { world, alice }
    }

    async fn may(&self, principal: &Principal, session: Option<&Session>) -> bool {
        let question = Question {
            action: PULL,
            resource: WEB,
            account: &account(),
            repository: None,
            registry: None,
            trust: None,
            key: None,
            secret: None,
            context: Context::new(),
        };
        let asker = Asker { principal, session };
        self.world.iam.decide(&asker, question).await.unwrap().is_allowed()
    }

    async fn alice_may(&self) -> bool {
        self.may(&self.alice, None).await
    }

    async fn put(&self, policy: &str, text: String) {
        let iam = &self.world.iam;
        iam.put_inline_policy(&account(), holder(), name(policy), text.parse().unwrap())
            .await
            .unwrap();
    }
}

async fn rights_that_are_given_or_taken_are_seen_at_once(engine: Engine) {
    let place = Place::new(engine).await;
    let iam = &place.world.iam;
    assert!(!place.alice_may().await, "no policy allows it");

    place.put("pull", document("Allow", "ecr:*", "*")).await;
    assert!(place.alice_may().await, "inline");
    iam.delete_inline_policy(&account(), holder(), name("pull")).await.unwrap();
    assert!(!place.alice_may().await, "taken away");

    let arn =
        PolicyArn::parse("arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly").unwrap();
    iam.attach_policy(&account(), holder(), arn.clone()).await.unwrap();
    assert!(place.alice_may().await, "AWS's own");
    iam.detach_policy(&account(), holder(), arn.clone()).await.unwrap();
    assert!(!place.alice_may().await, "detached");

    let group = GroupName::parse("readers").unwrap();
    iam.create_group(&account(), group.clone(), IamPath::root()).await.unwrap();
    let readers = PolicyHolder::Group(group.clone());
    iam.attach_policy(&account(), readers, arn).await.unwrap();
    assert!(!place.alice_may().await, "not in the group");
    iam.add_user_to_group(&account(), &group, &alice()).await.unwrap();
    assert!(place.alice_may().await, "through the group");

    let new = NewManagedPolicy {
        path: IamPath::parse("/bounds/").unwrap(),
        name: name("push"),
        document: document("Allow", "ecr:PutImage", "*").parse().unwrap(),
        description: None,
        tags: Vec::new(),
    };
    let bound = iam.create_policy(&account(), new).await.unwrap().arn;
    let boundary = Some(bound.clone());
    iam.put_permissions_boundary(&account(), Bounded::User(alice()), boundary).await.unwrap();
    assert!(!place.alice_may().await, "out of bounds");
    let wider = document("Allow", "ecr:*", "*").parse().unwrap();
    iam.create_policy_version(&account(), bound, wider, true).await.unwrap();
    assert!(place.alice_may().await, "within new bounds");

    iam.remove_user_from_group(&account(), &group, &alice()).await.unwrap();
    assert!(!place.alice_may().await, "out of the group");
}

async fn a_session_may_do_what_its_policy_and_its_principal_may(engine: Engine) {
    let place = Place::new(engine).await;
    place.put("pull", document("Allow", "ecr:*", "*")).await;
    let session = |policy: Option<String>, policy_arns: &[&str]| Session {
        issued_at: names::Timestamp::from_seconds(1),
        ends_at: names::Timestamp::from_seconds(2),
        origin: SessionOrigin::FederationToken,
        policy,
        policy_arns: policy_arns.iter().map(|arn| PolicyArn::parse(arn).unwrap()).collect(),
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
    let deleted = place.world.db.write(move |tx| tx.delete_inline_policy(&id, &name("pull"))).await;
    assert!(deleted.map_err(|error: db::DbError| error).unwrap());
    assert!(place.alice_may().await, "this node does not know yet");
    place.world.forward(Duration::from_secs(2));
    assert!(!place.alice_may().await, "it looked again");
}

async fn a_stored_policy_that_cannot_be_read_denies(engine: Engine) {
    let place = Place::new(engine).await;
    place.put("pull", document("Allow", "ecr:*", "*")).await;
    let Principal::User(user) = place.alice.clone() else { panic!("alice is a user") };
    let id = user.id;
    let broken = place
        .world
        .db
        .write(move |tx| tx.put_inline_policy(&id, &name("broken"), "{\"Version\""))
        .await;
    broken.map_err(|error: db::DbError| error).unwrap();
    assert!(!place.alice_may().await, "though another policy allows it");
}
