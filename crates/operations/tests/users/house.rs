//! A registry in a folder of its own, whose clock moves when told to, and short words for what tests ask it.

use std::sync::Arc;
use std::time::Duration;

use blobs::{Blobs, LocalStore};
use db::Db;
use db::testing::Engine;
use keys::Keyring;
use names::{AccountId, Clock, GroupName, IamPath, Timestamp, UserName};
use operations::{AtRest, CreatedKey, Failure, KeyHolder, NewUser, Operations, Page, Refusal};
use stand_ins::HandClock;
use tempfile::TempDir;

/// The registry.
pub(crate) struct World {
    operations: Operations,
    db: Db,
    clock: Arc<HandClock>,
    _folder: TempDir,
}

impl World {
    fn new(engine: Engine) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = LocalStore::open(&folder.path().join("objects")).unwrap();
        let db = engine.rows(folder.path()).open();
        let keyring = Keyring::open_or_create(&folder.path().join("keyring")).unwrap();
        let (clock, blobs) = (Arc::<HandClock>::default(), Blobs::new(Arc::new(store)));
        let operations =
            Operations::new(db.clone(), blobs, Arc::new(keyring), clock.clone(), AtRest::Sealed);
        Self { operations, db, clock, _folder: folder }
    }

    pub(crate) fn operations(&self) -> &Operations {
        &self.operations
    }

    pub(crate) fn db(&self) -> &Db {
        &self.db
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub(crate) fn forward(&self, time: Duration) {
        self.clock.forward(time);
    }
}

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

/// A registry with one account and these users.
pub(crate) async fn world(engine: Engine, users: &[&str]) -> World {
    let world = World::new(engine);
    world.operations().create_account(&account()).await.unwrap();
    for name in users {
        world.operations().create_user(&account(), new_user(name)).await.unwrap();
    }
    world
}

pub(crate) async fn names(operations: &Operations, prefix: &str, page: Page) -> Vec<String> {
    let users = operations.list_users(&account(), prefix.to_owned(), page).await.unwrap();
    users.iter().map(|user| user.identity.name.to_string()).collect()
}

pub(crate) async fn made_key(operations: &Operations, holder: KeyHolder) -> CreatedKey {
    operations.create_access_key(&account(), holder).await.unwrap()
}
