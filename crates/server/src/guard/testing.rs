//! A guard over an empty registry in a folder of its own, for tests that walk what can be asked.

use identity::{AccessKeyId, Caller};
use names::{AccountId, Principal, Region, Timestamp};
use tempfile::TempDir;

use super::{Asking, Guard, RequestFrom};
use crate::config::{Encryption, Enforcement};
use crate::request_id::RequestId;
use crate::start::{Stores, open};

/// The registry, and the guard before it.
pub(crate) struct Gate {
    pub(crate) stores: Stores,
    pub(crate) guard: Guard,
    pub(crate) from: RequestFrom,
    _folder: TempDir,
}

impl Gate {
    pub(crate) async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let Ok(stores) = open(folder.path(), Encryption::Storage).await else {
            panic!("an empty folder can be opened")
        };
        let guard = Guard::new(stores.operations.clone(), Enforcement::Enforce);
        let from = RequestFrom {
            id: RequestId::from_random([1; 16]),
            at: Timestamp::from_seconds(1_800_000_000),
            address: None,
            is_secure: false,
            user_agent: None,
            referer: None,
        };
        Self { stores, guard, from, _folder: folder }
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
