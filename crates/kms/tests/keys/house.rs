//! The verbs over their own rows, with a clock that tests move.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use db::Db;
use db::testing::{Engine, Rows};
use iam::{Asker, Iam, NewUser};
use keys::Keyring;
use kms::{EncryptionContext, Failure, Kms, KmsRefusal, LockOut, NewKey};
use names::{
    AccountId, Clock, IamPath, KeySpec, KeyUsage, KmsKeyArn, Principal, Region, RegistryId,
    Timestamp, UserName,
};
use policy::Context;
use stand_ins::HandClock;
use tempfile::TempDir;

pub(crate) const OURS: &str = "123456789012";

/// The verbs, their rows and their clock.
pub(crate) struct House {
    pub(crate) kms: Kms,
    pub(crate) iam: Arc<Iam>,
    pub(crate) db: Db,
    clock: Arc<HandClock>,
    _rows: Rows,
    _folder: TempDir,
}

impl House {
    pub(crate) fn new(engine: Engine) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let rows = engine.rows(folder.path());
        let db = rows.open();
        let keyring = Keyring::open_or_create(&folder.path().join("keyring")).unwrap();
        let (keyring, clock) = (Arc::new(keyring), Arc::<HandClock>::default());
        let iam = Arc::new(Iam::new(db.clone(), keyring.clone(), clock.clone()));
        let kms = Kms::new(db.clone(), iam.clone(), keyring, clock.clone());
        Self { kms, iam, db, clock, _rows: rows, _folder: folder }
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub(crate) fn forward_days(&self, days: u64) {
        self.clock.forward(Duration::from_hours(24 * days));
    }

    pub(crate) async fn create(&self, spec: KeySpec) -> KmsKeyArn {
        let usage =
            if spec.is_asymmetric() { KeyUsage::SignVerify } else { KeyUsage::EncryptDecrypt };
        let new = NewKey { usage, spec, ..new_key() };
        self.create_as(new, LockOut::Refused).await.unwrap()
    }

    pub(crate) async fn create_as(
        &self,
        new: NewKey,
        lock_out: LockOut,
    ) -> Result<KmsKeyArn, Failure> {
        let root = root();
        let asker = Asker { principal: &root, session: None };
        let made = self.kms.create_key(&asker, Context::new(), new, lock_out).await?;
        Ok(made.key.arn)
    }

    pub(crate) async fn user(&self, name: &str) -> Principal {
        let account = account();
        let now = self.clock.now();
        let of = account.clone();
        self.db.write(move |tx| tx.insert_account(&of, now).map(drop)).await.unwrap();
        let new = NewUser {
            name: UserName::parse(name).unwrap(),
            path: IamPath::root(),
            boundary: None,
            tags: Vec::new(),
        };
        Principal::User(self.iam.create_user(&account, new).await.unwrap().user.identity)
    }

    /// Whether a key encrypts.
    pub(crate) async fn encrypts(&self, key: &KmsKeyArn) -> Result<(), KmsRefusal> {
        refusal(self.kms.encrypt(key, &no_context(), b"text").await)
    }
}

pub(crate) fn account() -> AccountId {
    AccountId::parse(OURS).unwrap()
}

pub(crate) fn root() -> Principal {
    Principal::Root { account: account() }
}

pub(crate) fn registry() -> RegistryId {
    RegistryId { account: account(), region: Region::parse("us-east-1").unwrap() }
}

/// A symmetric key with the usual policy.
pub(crate) fn new_key() -> NewKey {
    NewKey {
        registry: registry(),
        description: String::new(),
        spec: KeySpec::SymmetricDefault,
        usage: KeyUsage::EncryptDecrypt,
        policy: None,
        tags: Vec::new(),
    }
}

pub(crate) fn pairs(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}

pub(crate) fn no_context() -> EncryptionContext {
    EncryptionContext::default()
}

/// What a verb refused; anything else that went wrong is a failure of the test.
pub(crate) fn refusal<T>(outcome: Result<T, Failure>) -> Result<(), KmsRefusal> {
    match outcome {
        Ok(_) => Ok(()),
        Err(Failure::Refused(refusal)) => Err(refusal),
        Err(Failure::Iam(failure)) => panic!("{failure:?}"),
    }
}
