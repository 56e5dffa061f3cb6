//! A guard over an empty registry in its own folder, for tests that walk every possible request.

use std::sync::Arc;

use clap::{Args as _, FromArgMatches as _};
use db::{DbError, IamUser, Tx};
use iam::KeyStanding;
use identity::{AccessKeyId, Caller};
use kms::{DryRun, Kms, NewGrant, NewKey};
use names::{
    AccountId, AliasName, GrantOperation, IamPath, IdKind, KeySpec, KeyUsage, KmsAliasArn,
    KmsKeyArn, PolicyName, Principal, Region, RepositoryArn, RepositoryName, Timestamp, UniqueId,
    UserIdentity, UserName,
};
use operations::{Failure, LockOut, Refusal, RepositorySettings};
use tempfile::TempDir;

use super::{Asking, Guard, RequestFrom, RequestKeys};
use crate::config::{Config, Encryption, Enforcement, Flags, Storage};
use crate::doors::Doors;
use crate::entrance::Entrance;
use crate::reached::Reached;
use crate::request_id::RequestId;
use crate::stores::{Stores, open};

/// The registry, and the guard before it.
pub(crate) struct Gate {
    pub(crate) stores: Stores,
    pub(crate) guard: Guard,
    pub(crate) from: RequestFrom,
    folder: TempDir,
}

impl Gate {
    pub(crate) async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let Ok(stores) = open(&Storage::folder(folder.path()), Encryption::Storage).await else {
            panic!("an empty folder can be opened")
        };
        let guard = Guard::new(stores.operations.iam().clone(), Enforcement::Enforce);
        let from = RequestFrom {
            id: RequestId::from_random([1; 16]),
            at: Timestamp::from_seconds(1_800_000_000),
            address: None,
            is_secure: false,
            user_agent: None,
            referer: None,
        };
        Self { stores, guard, from, folder }
    }

    /// The doors before the registry, as a server without flags has them.
    pub(crate) fn doors(&self) -> Arc<Doors> {
        self.doors_with(&[])
    }

    /// The same, as a server with these flags has them.
    pub(crate) fn doors_with(&self, flags: &[&str]) -> Arc<Doors> {
        crate::start::doors_of(&self.config(flags), &self.stores).unwrap()
    }

    /// The doors, and the way to them.
    pub(crate) fn entrance(&self) -> Arc<Entrance> {
        Arc::new(crate::start::entrance(&self.config(&[]), &self.doors()))
    }

    fn config(&self, flags: &[&str]) -> Config {
        let folder = self.folder.path().to_str().unwrap();
        let command = Flags::augment_args(clap::Command::new("longshore"));
        let words = ["longshore", "--data", folder];
        let flags = command.get_matches_from(words.iter().chain(flags).copied());
        let flags = Flags::from_arg_matches(&flags).unwrap();
        Config::settle(flags, &|_| None).unwrap()
    }

    /// The address at which requests reach it.
    pub(crate) fn reached(&self) -> Reached {
        let request =
            http::Request::builder().uri("/").header(http::header::HOST, "localhost:5050");
        self.doors().reached(&request.body(()).unwrap()).unwrap()
    }

    pub(crate) fn asking<'a>(&'a self, caller: &'a Caller) -> Asking<'a> {
        Asking { guard: &self.guard, caller, from: &self.from }
    }
}

/// A caller in us-east-1.
pub(crate) fn caller(principal: Principal) -> Caller {
    Caller {
        principal,
        access_key_id: AccessKeyId::parse("AKIAIOSFODNN7EXAMPLE").unwrap(),
        region: Region::parse("us-east-1").unwrap(),
        session: None,
    }
}

pub(crate) fn root(account: &str) -> Caller {
    caller(Principal::Root { account: AccountId::parse(account).unwrap() })
}

/// One statement of an identity policy.
pub(crate) fn statement(effect: &str, actions: &[&str], resource: &str) -> String {
    serde_json::json!({ "Effect": effect, "Action": actions, "Resource": resource }).to_string()
}

/// Patterns that match a part of a list; empty if the resource is not a list.
pub(crate) fn part_of_list(resource: &str) -> Vec<String> {
    let is_list = resource.len() > 1 && resource.ends_with(['*', '/']);
    let begin = resource.trim_end_matches('*');
    let parts = is_list.then_some(["?", "??", "a*", "*a", "${*}"]);
    parts.into_iter().flatten().map(|part| format!("{begin}{part}")).collect()
}

/// The principals of these tests, and how things are created.
impl Gate {
    /// A user without rights.
    pub(crate) async fn user(&self, account: &str, name: &str) -> Caller {
        let identity = UserIdentity {
            account: AccountId::parse(account).unwrap(),
            id: UniqueId::from_random(IdKind::User, keys::random()),
            path: IamPath::root(),
            name: UserName::parse(name).unwrap(),
        };
        let user = IamUser { identity, boundary: None, created_at: self.from.at };
        let kept = user.clone();
        self.write(move |tx| {
            tx.insert_account(&kept.identity.account, kept.created_at)?;
            tx.insert_iam_user(&kept).map(drop)
        })
        .await;
        self.stores.operations.iam().epochs().bump_account(&user.identity.account);
        caller(Principal::User(user.identity))
    }

    /// Gives a user one policy with these statements, in place of its previous one.
    pub(crate) async fn put_policy(&self, caller: &Caller, statements: &[String]) {
        let id = id_of(caller);
        let name = PolicyName::parse("walk").unwrap();
        let text = format!(r#"{{"Version":"2012-10-17","Statement":[{}]}}"#, statements.join(","));
        let is_empty = statements.is_empty();
        self.write(move |tx| {
            if is_empty {
                tx.delete_inline_policy(&id, &name).map(drop)
            } else {
                tx.put_inline_policy(&id, &name, &text)
            }
        })
        .await;
        self.stores.operations.iam().epochs().bump_account(caller.account());
    }

    /// Deletes a user.
    pub(crate) async fn delete(&self, caller: &Caller) {
        let id = id_of(caller);
        self.write(move |tx| tx.delete_iam_user(&id)).await;
        self.stores.operations.iam().epochs().bump_account(caller.account());
    }

    /// A repository.
    pub(crate) async fn repository(&self, account: &str, name: &str) -> RepositoryArn {
        let repository = RepositoryName::parse(name).unwrap();
        let arn = RepositoryArn { registry: root(account).registry(), repository };
        let settings = RepositorySettings::default();
        self.stores.operations.create_repository(&arn, settings).await.unwrap();
        arn
    }

    /// Lets only an account, or everyone, do this to a repository.
    pub(crate) async fn set_repository_policy(
        &self,
        arn: &RepositoryArn,
        account: &str,
        actions: &[&str],
    ) {
        if !actions.is_empty() {
            let statement = serde_json::json!(
                { "Effect": "Allow", "Principal": { "AWS": account }, "Action": actions }
            );
            self.set_statement(arn, &statement).await;
        }
    }

    /// Denies everyone everything in a repository.
    pub(crate) async fn deny_in_repository(&self, arn: &RepositoryArn) {
        let statement =
            serde_json::json!({ "Effect": "Deny", "Principal": "*", "Action": "ecr:*" });
        self.set_statement(arn, &statement).await;
    }

    async fn set_statement(&self, arn: &RepositoryArn, statement: &serde_json::Value) {
        let policy = serde_json::json!({ "Version": "2012-10-17", "Statement": [statement] });
        let (caller, keys) = (root(arn.registry.account.as_str()), RequestKeys::default());
        let asking = self.asking(&caller);
        let operations = &self.stores.operations;
        operations
            .set_repository_policy(
                &asking.asker(),
                asking.context(&keys),
                arn,
                &policy.to_string(),
                LockOut::Meant,
            )
            .await
            .unwrap();
    }

    fn kms(&self) -> Kms {
        let Stores { db, keyring, operations, clock, .. } = &self.stores;
        Kms::new(db.clone(), operations.iam().clone(), keyring.clone(), clock.clone())
    }

    /// A KMS key with a tag, and an alias if that is wanted.
    pub(crate) async fn key(&self, account: &str, alias: Option<&str>) -> KmsKeyArn {
        let owner = root(account);
        let (asking, keys) = (self.asking(&owner), RequestKeys::default());
        let new = NewKey {
            registry: owner.registry(),
            description: String::new(),
            spec: KeySpec::SymmetricDefault,
            usage: KeyUsage::EncryptDecrypt,
            policy: None,
            tags: vec![("team".to_owned(), "a".to_owned())],
        };
        let (who, context) = (asking.asker(), asking.context(&keys));
        let made = self.kms().create_key(&who, context, new, kms::LockOut::Refused).await;
        let key = made.unwrap().key.arn;
        if let Some(alias) = alias {
            let name = AliasName::parse(alias).unwrap();
            let arn = KmsAliasArn { registry: owner.registry(), name };
            self.kms().create_alias(&arn, &key).await.unwrap();
        }
        key
    }

    /// Gives a KMS key another policy, even one that locks out its account.
    pub(crate) async fn put_key_policy(&self, key: &KmsKeyArn, policy: &str) {
        let owner = root(key.registry.account.as_str());
        let (asking, keys) = (self.asking(&owner), RequestKeys::default());
        let standing = KeyStanding::of_none(key.clone());
        let (who, context) = (asking.asker(), asking.context(&keys));
        self.kms()
            .put_key_policy(
                &who,
                context,
                &standing,
                "default",
                policy.to_owned(),
                kms::LockOut::Meant,
            )
            .await
            .unwrap();
    }

    /// Grants a principal to decrypt, to describe the key, and to generate data keys.
    pub(crate) async fn grant(&self, key: &KmsKeyArn, grantee: &str, issuer: &str) {
        let new = NewGrant {
            key: key.clone(),
            issuer: AccountId::parse(issuer).unwrap(),
            name: None,
            grantee: grantee.to_owned(),
            retiree: None,
            operations: vec![
                GrantOperation::Decrypt,
                GrantOperation::DescribeKey,
                GrantOperation::GenerateDataKey,
            ],
            constraint: policy::GrantConstraint::Any,
            source_arn: None,
        };
        self.kms().create_grant(new, DryRun::No).await.unwrap();
    }

    /// Deletes a repository's policy, if it has one.
    pub(crate) async fn delete_repository_policy(&self, arn: &RepositoryArn) {
        match self.stores.operations.delete_repository_policy(arn).await {
            Ok(_) | Err(Failure::Refused(Refusal::ResourcePolicy(_))) => {}
            Err(failure) => panic!("{failure:?}"),
        }
    }

    async fn write<F>(&self, body: F)
    where
        F: FnMut(&mut Tx<'_>) -> Result<(), DbError> + Send + 'static,
    {
        self.stores.db.write(body).await.unwrap();
    }
}

fn id_of(caller: &Caller) -> UniqueId {
    match &caller.principal {
        Principal::User(user) => user.id.clone(),
        other => panic!("{other:?} is no user"),
    }
}
