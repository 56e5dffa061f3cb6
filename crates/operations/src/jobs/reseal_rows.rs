//! Seals every sealed value in the rows again, under the root key that seals since a rotation.
//!
//! Order: former root keys are handed down, in the rows and then beside the objects; then secrets
//! are sealed again, page by page; then it is counted how much each root key still seals. Nodes
//! hear of a rotation within a moment, and may seal under the former root key until then. So the
//! job runs until it has looked at everything once more after [`SETTLED`], and found nothing.
//!
//! A crash leaves some values sealed again and others not: all of them open, because former root
//! keys stay known. The next run looks at everything again, and changes what is not done. A value
//! that was written meanwhile is not overwritten. One that does not open is left as it is, and the
//! job fails until it opens or is gone.
//!
//! The data keys of objects are not wrapped again: their copy in the object's header would not be
//! (see `keyring`).

use std::collections::BTreeMap;
use std::time::Duration;

use db::{BlobKey, DbError, Tx};
use jobs::{Job, Lane, Moves, Outcome};
use keys::{KeyError, Keyring, RootKeyId, SealedAs, root_id_of};
use names::{Timestamp, error_chain};
use serde::{Deserialize, Serialize};

use super::sealed_rows::{AccessKeys, AuditKeys, KmsMaterials, SealedRows, Secrets};
use crate::keyring::root_keys::{RootKeys, read_rows};
use crate::{Failure, Fault, Operations};

/// The command.
#[derive(Serialize, Deserialize)]
pub(crate) struct ResealRows {
    /// The root key that seals.
    root_key: String,
}

impl Job for ResealRows {
    const NAME: &'static str = "reseal_rows";
    const LANE: Lane = Lane::Records;
    const MOVES: Moves = Moves::WithRows;

    fn subject(&self) -> String {
        self.root_key.clone()
    }
}

impl ResealRows {
    pub(crate) fn to(root_key: RootKeyId) -> Self {
        Self { root_key: root_key.to_string() }
    }
}

/// The name of the fact that says how far the last rotation is.
pub(crate) const RESEALING: &str = "resealing";

/// How far a rotation is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resealing {
    /// The root key that everything is sealed under.
    pub root_key: String,
    /// Secrets that were looked at in this run.
    pub looked_at: u64,
    /// Secrets that were sealed again, in all runs.
    pub resealed: u64,
}

/// How long after a rotation every node has heard of it.
pub(crate) const SETTLED: Duration = Duration::from_secs(10);

/// Rows that are counted together.
const PAGE_COUNTED: u32 = 512;

/// The name of the value that shows whether a keyring is the one of these rows.
pub const KEYRING_CHECK: &str = "keyring-check";

impl Operations {
    pub(super) async fn reseal_rows(&self, job: ResealRows) -> Result<Outcome, Failure> {
        // Another rotation may have come after it, which has a job of its own.
        let Some(since) = self.find_rotation(&job).await? else { return Ok(Outcome::Done) };
        let begun_at = self.now();
        self.hand_down_root_keys().await?;
        let mut pass = Pass::begin(self, job.root_key).await?;
        pass.rows::<AccessKeys>().await?;
        pass.rows::<KmsMaterials>().await?;
        pass.rows::<Secrets>().await?;
        pass.rows::<AuditKeys>().await?;
        pass.keyring_check().await?;
        let Pass { changed, unopened, progress, .. } = pass;
        if let Some(unopened) = unopened {
            return Err(Failure::Fault(Fault::Corrupt(unopened.into())));
        }
        if changed > 0 || begun_at < since.plus(SETTLED) {
            return Ok(Outcome::Again(self.now().plus(SETTLED)));
        }
        self.count_sealed(progress.looked_at).await?;
        Ok(Outcome::Done)
    }

    /// When the root key of this job began to seal; `None` if it does not any more.
    async fn find_rotation(&self, job: &ResealRows) -> Result<Option<Timestamp>, Failure> {
        let rows = read_rows(&self.db).await?;
        let current = rows.iter().rfind(|row| row.retired_at.is_none());
        let Some(current) = current.filter(|row| row.id == job.root_key) else { return Ok(None) };
        RootKeys::of(&rows)?.settle(&self.keyring)?;
        Ok(Some(current.since))
    }

    async fn hand_down_root_keys(&self) -> Result<(), Failure> {
        let keyring = self.keyring.clone();
        let hand_down = move |tx: &mut Tx<'_>| {
            for row in tx.list_root_keys()? {
                let is_done = match &row.handed_down {
                    Some(sealed) => keyring.is_current(sealed),
                    None => row.retired_at.is_none(),
                };
                if is_done {
                    continue;
                }
                let id = RootKeyId::parse(&row.id);
                let sealed = id.and_then(|id| keyring.hand_down(id));
                let sealed = sealed.ok_or(KeyError::UnknownRoot { id: row.id.clone() })?;
                tx.hand_down_root_key(&row.id, &sealed)?;
            }
            Ok::<_, Failure>(())
        };
        self.db.write(hand_down).await?;
        self.keep_handed_down().await
    }

    /// Counts how much each root key seals.
    async fn count_sealed(&self, secrets: u64) -> Result<(), Failure> {
        let (mut data_keys, mut after) = (BTreeMap::<String, u64>::new(), BlobKey(0));
        loop {
            let page = self.db.read(move |tx| tx.list_blobs(Some(after), PAGE_COUNTED)).await;
            let page: Vec<db::Blob> = page.map_err(|error: DbError| error)?;
            let Some(last) = page.last() else { break };
            after = last.key;
            for blob in &page {
                if let Some(id) = root_id_of(blob.wrapped_key.as_bytes()) {
                    *data_keys.entry(id.to_string()).or_default() += 1;
                }
            }
        }
        let at = self.now();
        let note = move |tx: &mut Tx<'_>| {
            for row in tx.list_root_keys()? {
                let secrets = if row.retired_at.is_none() { secrets } else { 0 };
                let data_keys = data_keys.get(&row.id).copied().unwrap_or_default();
                tx.put_sealed_by_root_key(&row.id, db::Sealed { secrets, data_keys, at })?;
            }
            Ok::<_, DbError>(())
        };
        Ok(self.db.write(note).await?)
    }
}

/// One look at everything.
struct Pass<'a> {
    operations: &'a Operations,
    progress: Resealing,
    /// Values that were sealed again.
    changed: u64,
    /// The first one that did not open, and why.
    unopened: Option<String>,
}

impl<'a> Pass<'a> {
    async fn begin(operations: &'a Operations, root_key: String) -> Result<Self, Failure> {
        let found: Result<_, DbError> =
            operations.db.read(|tx| tx.find_deployment_fact(RESEALING)).await;
        let found = found?.and_then(|text| serde_json::from_str::<Resealing>(&text).ok());
        let before = found.filter(|found| found.root_key == root_key);
        let resealed = before.map_or(0, |before| before.resealed);
        let progress = Resealing { root_key, looked_at: 0, resealed };
        Ok(Self { operations, progress, changed: 0, unopened: None })
    }

    /// Seals the values of one kind again, page by page.
    async fn rows<K: SealedRows>(&mut self) -> Result<(), Failure> {
        let mut after = None;
        loop {
            let from = after.take();
            let page = move |tx: &mut Tx<'_>| K::list(tx, from.as_ref());
            let page: Result<Vec<K::Row>, DbError> = self.operations.db.read(page).await;
            let page = page?;
            let Some(last) = page.last() else { return Ok(()) };
            after = Some(K::place(last));
            let mut again = Vec::new();
            for old in page {
                let (what, sealed) = K::sealed(&old);
                if let Some(new) = self.reseal(what, sealed) {
                    again.push((old, new));
                }
            }
            self.write(move |tx| again.iter().try_for_each(|(old, new)| K::put(tx, old, new)))
                .await?;
        }
    }

    async fn keyring_check(&mut self) -> Result<(), Failure> {
        let look = |tx: &mut Tx<'_>| tx.find_deployment_fact(KEYRING_CHECK);
        let found: Result<_, DbError> = self.operations.db.read(look).await;
        let Some(found) = found?.and_then(|text| hex::decode(text).ok()) else { return Ok(()) };
        let new = self.reseal(SealedAs::KeyringCheck, &found).map(hex::encode);
        self.write(move |tx| match &new {
            Some(new) => tx.put_deployment_fact(KEYRING_CHECK, new),
            None => Ok(()),
        })
        .await
    }

    /// The value sealed again, unless it is sealed under the root key already or does not open.
    fn reseal(&mut self, what: SealedAs<'_>, sealed: &[u8]) -> Option<Vec<u8>> {
        self.progress.looked_at += 1;
        let keyring: &Keyring = &self.operations.keyring;
        match keyring.reseal(what, sealed) {
            Ok(resealed) => {
                let count = u64::from(resealed.is_some());
                self.changed += count;
                self.progress.resealed += count;
                resealed
            }
            Err(error) => {
                let why = || format!("cannot seal {} again: {}", place(what), error_chain(&error));
                self.unopened.get_or_insert_with(why);
                None
            }
        }
    }

    /// Writes a page, and how far the run is.
    async fn write(
        &self,
        change: impl Fn(&mut Tx<'_>) -> Result<(), DbError> + Send + 'static,
    ) -> Result<(), Failure> {
        let progress = serde_json::to_string(&self.progress).expect("plain data is JSON");
        let write = move |tx: &mut Tx<'_>| {
            change(tx)?;
            tx.put_deployment_fact(RESEALING, &progress)
        };
        let written: Result<(), DbError> = self.operations.db.write(write).await;
        Ok(written?)
    }
}

/// What a value is, for the operator. A new kind does not compile until it is named here, and then
/// it has to be sealed again above, too.
fn place(what: SealedAs<'_>) -> String {
    match what {
        SealedAs::AccessKey(id) => format!("the secret of the access key {id}"),
        SealedAs::KmsMaterial { key, id } => format!("the material {id} of the key {key}"),
        SealedAs::Secret { secret, version } => {
            format!("the version {version} of the secret {secret}")
        }
        SealedAs::AuditKey(id) => format!("the audit signing key {id}"),
        SealedAs::KeyringCheck => "the value that tells keyrings apart".to_owned(),
    }
}
