//! From the verbs that change a repository's policy and tags to the decision.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[expect(dead_code, reason = "the fixture is made for more than this")]
mod fixture;

use db::on_both_engines;
use db::testing::Engine;

use fixture::{World, repository};
use iam::{Asker, NewUser, PolicyHolder, Question};
use names::{AccountId, IamPath, PolicyName, Principal, RepositoryArn, Session, UserName};
use operations::{LockOut, RepositorySettings};
use policy::Context;

on_both_engines!(
    a_repository_policy_lets_in_and_keeps_out,
    tags_of_the_user_and_of_the_repository_can_be_asked_for,
    a_deleted_user_may_do_nothing,
    a_closed_account_lets_no_one_into_its_repositories,
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
        let made = world.operations().iam().create_user(&account(), new).await.unwrap();
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
            key: None,
            secret: None,
            context: Context::new(),
        };
        let asker = Asker { principal, session };
        self.world.operations().iam().decide(&asker, question).await.unwrap().is_allowed()
    }

    async fn alice_may(&self) -> bool {
        self.may(&self.alice, None).await
    }

    async fn put(&self, policy: &str, text: String) {
        let iam = self.world.operations().iam();
        iam.put_inline_policy(&account(), holder(), name(policy), text.parse().unwrap())
            .await
            .unwrap();
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

async fn a_repository_policy_lets_in_and_keeps_out(engine: Engine) {
    let place = Place::new(engine).await;
    let everyone = serde_json::json!({ "Effect": "Allow", "Principal": "*", "Action": PULL });
    place.set(everyone).await;
    assert!(place.alice_may().await, "named with everyone");
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

async fn a_deleted_user_may_do_nothing(engine: Engine) {
    let place = Place::new(engine).await;
    let everyone = serde_json::json!({ "Effect": "Allow", "Principal": "*", "Action": PULL });
    place.set(everyone).await;
    assert!(place.alice_may().await);
    place.world.operations().iam().delete_user(&account(), &alice()).await.unwrap();
    assert!(!place.alice_may().await, "not even what everyone may");
}

async fn a_closed_account_lets_no_one_into_its_repositories(engine: Engine) {
    let world = World::new(engine);
    let (operations, iam, home) = (world.operations(), world.operations().iam(), account());
    let first = AccountId::parse("210987654321").unwrap();
    let guest = Principal::Root { account: first.clone() };
    for id in [&home, &first] {
        iam.create_account(id).await.unwrap();
    }
    let text = "arn:aws:ecr:us-east-1:123456789012:repository/web";
    let arn = RepositoryArn::parse(text).unwrap();
    operations.create_repository(&arn, RepositorySettings::default()).await.unwrap();
    let host = Principal::Root { account: account() };
    let policy = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"ecr:*"}]}"#;
    let asker = Asker { principal: &host, session: None };
    operations
        .set_repository_policy(&asker, Context::default(), &arn, policy, LockOut::Meant)
        .await
        .unwrap();
    let is_let_in = async || {
        let question = Question {
            action: "ecr:BatchGetImage",
            resource: text,
            account: &home,
            repository: Some(&arn),
            registry: Some(&arn.registry),
            trust: None,
            key: None,
            secret: None,
            context: Context::default(),
        };
        let asker = Asker { principal: &guest, session: None };
        iam.decide(&asker, question).await.unwrap().is_allowed()
    };
    assert!(is_let_in().await);
    iam.close_account(&home, &first).await.unwrap();
    assert!(!is_let_in().await, "at once, in this process");
}
