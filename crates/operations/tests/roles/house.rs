//! The verbs over a folder of their own, with one account, while the clock stands still.

use std::sync::Arc;

use blobs::{Blobs, LocalStore};
use db::Db;
use db::testing::Engine;
use keys::Keyring;
use names::{AccountId, IamPath, PolicyName, RoleName, UserName};
use operations::{
    AtRest, DescribedRole, Failure, NewManagedPolicy, NewRole, NewUser, Operations, Page, Refusal,
    SESSION_SECONDS_DEFAULT,
};
use stand_ins::HandClock;
use tempfile::TempDir;

pub(crate) struct House {
    _folder: TempDir,
    pub(crate) db: Db,
    pub(crate) operations: Operations,
    pub(crate) account: AccountId,
}

/// A policy that lets whoever has it pull.
pub(crate) const PULL: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ecr:BatchGetImage","Resource":"*"}]}"#;

/// Everybody of an account, by its root.
pub(crate) const TRUST: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":"sts:AssumeRole"}]}"#;

impl House {
    pub(crate) async fn new(engine: Engine) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let db = engine.rows(folder.path()).open();
        let keyring = Keyring::open_or_create(&folder.path().join("keyring")).unwrap();
        let store = LocalStore::open(&folder.path().join("objects")).unwrap();
        let blobs = Blobs::new(Arc::new(store));
        let operations = Operations::new(
            db.clone(),
            blobs,
            Arc::new(keyring),
            Arc::new(HandClock::default()),
            AtRest::Sealed,
        );
        let account = AccountId::parse("123456789012").unwrap();
        operations.create_account(&account).await.unwrap();
        Self { _folder: folder, db, operations, account }
    }

    pub(crate) async fn user(&self, name: &str) {
        let (name, path) = (UserName::parse(name).unwrap(), IamPath::root());
        let new = NewUser { name, path, boundary: None, tags: Vec::new() };
        self.operations.create_user(&self.account, new).await.unwrap();
    }

    pub(crate) async fn role(
        &self,
        name: &str,
        trust_policy: &str,
    ) -> Result<DescribedRole, Failure> {
        let new = NewRole {
            path: IamPath::parse("/team/").unwrap(),
            name: role_name(name),
            trust_policy: trust_policy.to_owned(),
            description: None,
            max_session_seconds: SESSION_SECONDS_DEFAULT,
            boundary: None,
            tags: Vec::new(),
        };
        self.operations.create_role(&self.account, new).await
    }

    pub(crate) async fn policy(&self, name: &str, document: &str) -> Result<String, Failure> {
        let new = NewManagedPolicy {
            path: IamPath::root(),
            name: policy_name(name),
            document: document.to_owned(),
            description: None,
            tags: Vec::new(),
        };
        self.operations.create_policy(&self.account, new).await.map(|made| made.arn)
    }
}

pub(crate) fn role_name(name: &str) -> RoleName {
    RoleName::parse(name).unwrap()
}

pub(crate) fn policy_name(name: &str) -> PolicyName {
    PolicyName::parse(name).unwrap()
}

/// The first page of a list.
pub(crate) fn first(limit: u32) -> Page {
    Page { after: None, limit }
}

/// The sentence that the client reads.
pub(crate) fn sentence<T: std::fmt::Debug>(refused: Result<T, Failure>) -> String {
    match refused.unwrap_err() {
        Failure::Refused(Refusal::Iam(refusal)) => refusal.to_string(),
        other => panic!("it is IAM that refuses: {other:?}"),
    }
}
