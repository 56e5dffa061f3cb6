//! Shorthand for the tests' calls.

use db::testing::Engine;
use iam::{CreatedKey, Failure, Iam, KeyHolder, NewUser, Page, Refusal};
use names::{AccountId, GroupName, IamPath, UserName};

use crate::fixture::World;

pub(crate) fn account() -> AccountId {
    AccountId::parse("123456789012").unwrap()
}

pub(crate) fn other_account() -> AccountId {
    AccountId::parse("210987654321").unwrap()
}

pub(crate) fn user(name: &str) -> UserName {
    UserName::parse(name).unwrap()
}

pub(crate) fn group(name: &str) -> GroupName {
    GroupName::parse(name).unwrap()
}

pub(crate) fn path(text: &str) -> IamPath {
    IamPath::parse(text).unwrap()
}

pub(crate) fn new_user(name: &str) -> NewUser {
    NewUser { name: user(name), path: IamPath::root(), boundary: None, tags: Vec::new() }
}

pub(crate) fn whole() -> Page {
    Page { after: None, limit: 1_000 }
}

pub(crate) fn of(name: &str) -> KeyHolder {
    KeyHolder::User(user(name))
}

pub(crate) fn pairs(tags: &[(&str, &str)]) -> Vec<(String, String)> {
    tags.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}

/// What a client reads when it is refused.
pub(crate) fn told<T: std::fmt::Debug>(outcome: Result<T, Failure>) -> String {
    match outcome.expect_err("it is refused") {
        Failure::Refused(Refusal::Iam(refusal)) => refusal.to_string(),
        other => panic!("{other:?} is no refusal of IAM's"),
    }
}

/// Rows with one account and these users.
pub(crate) async fn world(engine: Engine, users: &[&str]) -> World {
    let world = World::new(engine);
    world.iam.create_account(&account()).await.unwrap();
    for name in users {
        world.iam.create_user(&account(), new_user(name)).await.unwrap();
    }
    world
}

pub(crate) async fn names(iam: &Iam, prefix: &str, page: Page) -> Vec<String> {
    let users = iam.list_users(&account(), prefix.to_owned(), page).await.unwrap();
    users.iter().map(|user| user.identity.name.to_string()).collect()
}

pub(crate) async fn made_key(iam: &Iam, holder: KeyHolder) -> CreatedKey {
    iam.create_access_key(&account(), holder).await.unwrap()
}
