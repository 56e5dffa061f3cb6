//! Policies name users and roles by their ARNs and store their ids: policies of repositories,
//! registries and roles alike, whatever account the principals belong to.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[expect(dead_code, reason = "the fixture is made for more than this")]
mod fixture;

use db::testing::Engine;
use db::{DbError, on_both_engines};
use fixture::World;
use iam::{Asker, NewRole, NewUser, Question};
use names::{
    AccountId, IamPath, Principal, RegistryId, RepositoryArn, RepositoryName, RoleIdentity,
    RoleName, SessionName, UserIdentity, UserName,
};
use operations::{Failure, LockOut, RepositorySettings};
use policy::Context;

on_both_engines!(
    a_later_principal_of_the_same_name_is_not_named,
    a_name_of_an_account_to_come_is_bound_to_the_first_that_has_it,
    policies_from_before_ids_are_settled_once,
    accounts_are_shown_as_their_root,
);

const HOME: &str = "123456789012";
const OTHER: &str = "222222222222";
const TO_COME: &str = "999999999999";

/// What has a policy that says whom it lets in.
#[derive(Debug, Clone, Copy)]
enum Bearer {
    Repository,
    Registry,
    Role,
}

const BEARERS: [Bearer; 3] = [Bearer::Repository, Bearer::Registry, Bearer::Role];

/// Whom it names.
#[derive(Debug, Clone, Copy)]
enum Named {
    User,
    Role,
    Session,
}

const NAMED: [Named; 3] = [Named::User, Named::Role, Named::Session];

impl Named {
    fn arn(self, account: &str) -> String {
        match self {
            Self::User => format!("arn:aws:iam::{account}:user/team/Sam"),
            Self::Role => format!("arn:aws:iam::{account}:role/team/Sam"),
            Self::Session => format!("arn:aws:sts::{account}:assumed-role/Sam/run"),
        }
    }

    /// How the id begins that is shown when it is gone.
    fn id_prefix(self) -> &'static str {
        match self {
            Self::User => "AIDA",
            Self::Role | Self::Session => "AROA",
        }
    }
}

fn account(text: &str) -> AccountId {
    AccountId::parse(text).unwrap()
}

fn registry() -> RegistryId {
    RegistryId { account: account(HOME), region: "us-east-1".parse().unwrap() }
}

fn web() -> RepositoryArn {
    RepositoryArn { registry: registry(), repository: RepositoryName::parse("web").unwrap() }
}

impl Bearer {
    /// A policy that allows this principal.
    fn text(self, principal: &str) -> String {
        let (action, resource) = match self {
            Self::Repository => ("ecr:PutImage", None),
            Self::Registry => {
                ("ecr:PutImage", Some("arn:aws:ecr:us-east-1:123456789012:repository/*"))
            }
            Self::Role => ("sts:AssumeRole", None),
        };
        let mut statement = serde_json::json!(
            { "Effect": "Allow", "Principal": { "AWS": principal }, "Action": action }
        );
        if let Some(resource) = resource {
            statement["Resource"] = resource.into();
        }
        serde_json::json!({ "Version": "2012-10-17", "Statement": [statement] }).to_string()
    }

    async fn put(self, world: &World, principal: &str) {
        let (operations, text) = (world.operations(), self.text(principal));
        match self {
            Self::Repository => {
                let root = Principal::Root { account: account(HOME) };
                let asker = Asker { principal: &root, session: None };
                let context = Context::new();
                operations
                    .set_repository_policy(&asker, context, &web(), &text, LockOut::Meant)
                    .await
                    .map(drop)
            }
            Self::Registry => operations.put_registry_policy(&registry(), &text).await.map(drop),
            Self::Role => {
                let role = role_name("bearer");
                let put = world
                    .operations()
                    .iam()
                    .update_assume_role_policy(&account(HOME), role, text.parse().unwrap())
                    .await;
                put.map_err(Failure::from)
            }
        }
        .unwrap();
    }

    /// Whom the policy names as it is shown.
    async fn names(self, world: &World) -> String {
        let operations = world.operations();
        let text = match self {
            Self::Repository => operations.get_repository_policy(&web()).await.unwrap(),
            Self::Registry => operations.get_registry_policy(&registry()).await.unwrap(),
            Self::Role => {
                let role =
                    world.operations().iam().get_role(&account(HOME), role_name("bearer")).await;
                role.unwrap().role.trust_policy
            }
        };
        let shown: serde_json::Value = serde_json::from_str(&text).unwrap();
        shown["Statement"][0]["Principal"]["AWS"].as_str().unwrap().to_owned()
    }
}

async fn furnished(engine: Engine) -> World {
    let world = World::new(engine);
    world.operations().iam().create_account(&account(HOME)).await.unwrap();
    world.operations().iam().create_account(&account(OTHER)).await.unwrap();
    world.operations().create_repository(&web(), RepositorySettings::default()).await.unwrap();
    make_role(&world, HOME, "bearer").await;
    world
}

/// A user and a role of the name that the policies name.
async fn make(world: &World, of: &str) -> (UserIdentity, RoleIdentity) {
    let (name, path) = (UserName::parse("Sam").unwrap(), IamPath::parse("/team/").unwrap());
    let user = NewUser { name, path, boundary: None, tags: Vec::new() };
    let user = world.operations().iam().create_user(&account(of), user).await.unwrap();
    (user.user.identity, make_role(world, of, "Sam").await)
}

/// A role that trusts the account that it is of.
async fn make_role(world: &World, of: &str, name: &str) -> RoleIdentity {
    let role = NewRole {
        path: IamPath::parse("/team/").unwrap(),
        name: role_name(name),
        trust_policy: Bearer::Role.text(of).parse().unwrap(),
        description: None,
        max_session_seconds: 3_600,
        boundary: None,
        tags: Vec::new(),
    };
    world.operations().iam().create_role(&account(of), role).await.unwrap().role.identity
}

fn role_name(name: &str) -> RoleName {
    RoleName::parse(name).unwrap()
}

async fn delete(world: &World, of: &str) {
    let (iam, of) = (world.operations().iam(), account(of));
    iam.delete_user(&of, &UserName::parse("Sam").unwrap()).await.unwrap();
    iam.delete_role(&of, role_name("Sam")).await.unwrap();
}

/// May one of them push, by what the repository and the registry say alone?
async fn may_push(world: &World, named: Named, who: &(UserIdentity, RoleIdentity)) -> bool {
    let session = SessionName::parse("run").unwrap();
    let principal = match named {
        Named::User => Principal::User(who.0.clone()),
        Named::Role | Named::Session => Principal::AssumedRole { role: who.1.clone(), session },
    };
    let question = Question {
        action: "ecr:PutImage",
        resource: &web().to_string(),
        account: &account(HOME),
        repository: Some(&web()),
        registry: Some(&registry()),
        trust: None,
        key: None,
        secret: None,
        context: Context::new(),
    };
    let asker = Asker { principal: &principal, session: None };
    world.operations().iam().decide(&asker, question).await.unwrap().is_allowed()
}

async fn a_later_principal_of_the_same_name_is_not_named(engine: Engine) {
    for bearer in BEARERS {
        for named in NAMED {
            for of in [HOME, OTHER] {
                let place = format!("{bearer:?} names {named:?} of {of}");
                let world = furnished(engine).await;
                let first = make(&world, of).await;
                bearer.put(&world, &named.arn(of)).await;
                assert_eq!(bearer.names(&world).await, named.arn(of), "{place}");
                // Of another account, its own policies would have to agree.
                let is_asked = of == HOME && !matches!(bearer, Bearer::Role);
                assert_eq!(may_push(&world, named, &first).await, is_asked, "{place}");

                delete(&world, of).await;
                let orphaned = bearer.names(&world).await;
                assert!(orphaned.starts_with(named.id_prefix()), "{place}: {orphaned}");
                let second = make(&world, of).await;
                assert_eq!(bearer.names(&world).await, orphaned, "{place}");
                assert!(!may_push(&world, named, &second).await, "{place}");
            }
        }
    }
}

async fn a_name_of_an_account_to_come_is_bound_to_the_first_that_has_it(engine: Engine) {
    for bearer in BEARERS {
        for named in NAMED {
            let place = format!("{bearer:?} names {named:?}");
            let world = furnished(engine).await;
            bearer.put(&world, &named.arn(TO_COME)).await;
            world.operations().iam().create_account(&account(TO_COME)).await.unwrap();
            assert_eq!(bearer.names(&world).await, named.arn(TO_COME), "{place}");
            make(&world, TO_COME).await;
            assert_eq!(bearer.names(&world).await, named.arn(TO_COME), "{place}");
            delete(&world, TO_COME).await;
            let orphaned = bearer.names(&world).await;
            assert!(orphaned.starts_with(named.id_prefix()), "{place}: {orphaned}");
            make(&world, TO_COME).await;
            assert_eq!(bearer.names(&world).await, orphaned, "{place}");
        }
    }
}

async fn policies_from_before_ids_are_settled_once(engine: Engine) {
    for named in NAMED {
        let world = furnished(engine).await;
        Bearer::Repository.put(&world, HOME).await;
        Bearer::Registry.put(&world, HOME).await;
        make(&world, OTHER).await;
        let (kept, gone) = (named.arn(OTHER), named.arn(HOME));
        let texts = (Bearer::Repository.text(&kept), Bearer::Registry.text(&gone));
        let written: Result<(), DbError> = world
            .db()
            .write(move |tx| {
                let (repository, _) = tx.list_repository_policies(None, 1)?.remove(0);
                let (registry, _) = tx.list_registry_policies(None, 1)?.remove(0);
                tx.put_repository_policy(repository, &texts.0)?;
                tx.put_registry_policy(registry, &texts.1)
            })
            .await;
        written.unwrap();
        world.operations().iam().settle_named_principals().await.unwrap();
        assert_eq!(Bearer::Repository.names(&world).await, kept);
        let orphaned = Bearer::Registry.names(&world).await;
        assert!(orphaned.starts_with(named.id_prefix()), "{named:?}: {orphaned}");

        delete(&world, OTHER).await;
        make(&world, OTHER).await;
        make(&world, HOME).await;
        world.operations().iam().settle_named_principals().await.unwrap();
        let now = Bearer::Repository.names(&world).await;
        assert!(now.starts_with(named.id_prefix()), "{named:?}: {now}");
        assert_eq!(Bearer::Registry.names(&world).await, orphaned);
    }
}

async fn accounts_are_shown_as_their_root(engine: Engine) {
    let world = furnished(engine).await;
    for bearer in BEARERS {
        for of in [HOME, OTHER, TO_COME] {
            bearer.put(&world, of).await;
            let root = format!("arn:aws:iam::{of}:root");
            assert_eq!(bearer.names(&world).await, root, "{bearer:?}");
            bearer.put(&world, &root).await;
            assert_eq!(bearer.names(&world).await, root, "{bearer:?}");
        }
    }
}
