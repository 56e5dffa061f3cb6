//! A registry that delivers its records to a folder.

use std::io::Read as _;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use blobs::{FileStore as _, Files, LocalFiles};
use db::testing::Engine;
use db::{AuditRecord, DbError, Tx};
use flate2::read::GzDecoder;
use names::{AccountId, Clock as _, Region, RegistryId, Timestamp, Uuid};
use operations::{
    CallRecord, CheckedTrail, TrailCheck, TrailChoice, TrailDestination, verify_trail,
};
use serde_json::{Value, json};

use crate::destination::{Faults, Folder};
use crate::fixture::World;

pub(crate) const MINUTE: Duration = Duration::from_mins(1);
pub(crate) const HOUR: Duration = Duration::from_hours(1);

pub(crate) struct Place {
    pub(crate) world: World,
    pub(crate) faults: Faults,
}

pub(crate) fn home() -> RegistryId {
    registry("123456789012", "us-east-1")
}

pub(crate) fn registry(account: &str, region: &str) -> RegistryId {
    let (account, region) = (AccountId::parse(account).unwrap(), Region::parse(region).unwrap());
    RegistryId { account, region }
}

/// The id of the event of this number.
pub(crate) fn event(number: u8) -> Uuid {
    Uuid::from_random([number; 16])
}

impl Place {
    pub(crate) async fn new(engine: Engine) -> Self {
        let mut place = Self { world: World::new(engine), faults: Faults::default() };
        place.restart_with("trail").await;
        place
    }

    /// Starts anew, and delivers to a trail of this name, which has a folder of its own.
    pub(crate) async fn restart_with(&mut self, name: &str) {
        let folder = Folder::open(&self.folder(name), self.faults.clone());
        self.world.trail = TrailChoice::Deliver(Box::new(TrailDestination {
            name: name.to_owned(),
            home_region: home().region,
            bucket: "logs".to_owned(),
            prefix: "some/prefix".to_owned(),
            files: Files::new(Arc::new(folder)),
            digest_every: HOUR,
        }));
        self.world.restart();
        self.world.operations().settle_audit_trail().await.unwrap();
    }

    pub(crate) fn folder(&self, name: &str) -> PathBuf {
        self.world.folder.path().join("trails").join(name)
    }

    /// The record of a call.
    pub(crate) fn record(&self, registry: &RegistryId, number: u8, text: &str) -> CallRecord {
        let record = AuditRecord {
            event_id: event(number),
            happened_at: self.world.clock.now(),
            name: "PutImage".to_owned(),
            source: "ecr.amazonaws.com".to_owned(),
            read_only: false,
            user_name: None,
            access_key: None,
            resources: Vec::new(),
        };
        let text = json!({ "eventID": event(number).to_string(), "text": text }).to_string();
        CallRecord { registry: registry.clone(), record, names: Vec::new(), text }
    }

    /// Keeps the record of a call that has ended.
    pub(crate) async fn keep(&self, registry: &RegistryId, number: u8) {
        let records = vec![self.record(registry, number, "ended")];
        self.world.operations().keep_call_records(records).await.unwrap();
    }

    /// Lets so much time pass, and runs what is due then.
    pub(crate) async fn pass(&self, time: Duration) {
        self.world.clock.forward(time);
        self.world.run_due().await;
    }

    /// Files of a trail, by their keys, without signatures.
    pub(crate) fn files(&self, name: &str) -> Vec<String> {
        let listed = LocalFiles::at(&self.folder(name)).list("AWSLogs", "", 100_000).unwrap();
        listed.into_iter().filter(|key| key.ends_with(".json.gz")).collect()
    }

    /// What a file says.
    pub(crate) fn said(&self, name: &str, key: &str) -> Value {
        let bytes = LocalFiles::at(&self.folder(name)).read(key, 1 << 30).unwrap().unwrap();
        let mut text = String::new();
        GzDecoder::new(bytes.as_slice()).read_to_string(&mut text).unwrap();
        serde_json::from_str(&text).unwrap()
    }

    /// The records of a registry in the log files of a trail, in their order.
    pub(crate) fn delivered(&self, name: &str, registry: &RegistryId) -> Vec<(String, String)> {
        let RegistryId { account, region } = registry;
        let folder = format!("AWSLogs/{account}/CloudTrail/{region}/");
        let logs = self.files(name).into_iter().filter(|key| key.starts_with(&folder));
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        logs.flat_map(|key| self.said(name, &key)["Records"].as_array().unwrap().clone())
            .map(|record| (text(&record["eventID"]), text(&record["text"])))
            .collect()
    }

    /// Verifies a trail with the keys of the server, and the end that the server tells.
    pub(crate) async fn verified(&self, name: &str) -> CheckedTrail {
        let expect_until = self.status(&home()).await;
        self.verified_until(name, expect_until).await
    }

    pub(crate) async fn status(&self, registry: &RegistryId) -> Option<Timestamp> {
        let status = self.world.operations().get_trail_status(registry).await.unwrap();
        status.digest_written_at
    }

    pub(crate) async fn verified_until(
        &self,
        name: &str,
        expect_until: Option<Timestamp>,
    ) -> CheckedTrail {
        let mut check = TrailCheck { expect_until, ..TrailCheck::default() };
        let list = |tx: &mut Tx<'_>| tx.list_audit_chains(None, 100);
        let registries: Result<Vec<RegistryId>, DbError> = self.world.db().read(list).await;
        for registry in registries.unwrap() {
            let until = self.world.clock.now();
            let keys = self.world.operations().list_public_keys(&registry, until).await.unwrap();
            check.keys.extend(keys.into_iter().map(|key| (key.fingerprint, key.public)));
        }
        let files = Files::new(Arc::new(LocalFiles::at(&self.folder(name))));
        verify_trail(&files, &check).await.unwrap()
    }
}
