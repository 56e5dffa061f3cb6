//! Work beside requests: jobs, notes that are stored together, and the clock.
//!
//! # Invariants
//! * Nothing here must be finished: it is dropped at shutdown, after the notes were stored a last
//!   time.
//!
//! # On a crash
//! The notes of the last seconds are lost: when an image was pulled, when a key was used, which
//! layer was found damaged, why a request was denied, and which calls there were, unless their
//! records are required.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use jobs::Runner;
use operations::Operations;
use tokio::task::JoinHandle;

use crate::clock::MEASURE_EVERY;
use crate::config::Audit;
use crate::doors::Doors;
use crate::doors::aws::denial_for_all;
use crate::keyring_watch::{KeyringWatch, Sharing};
use crate::stores::Stores;

/// How often notes are written down.
const NOTES_EVERY: Duration = Duration::from_secs(2);

/// How often it is read from the rows how much is stored.
const MEASURE_STORED_EVERY: Duration = Duration::from_secs(15);

/// How often keys are looked for whose rotation or deletion is due. Both are dates, and a key whose
/// deletion is due is not found any more.
const DUE_KEYS_EVERY: Duration = Duration::from_secs(30);

/// How often it is looked for events to deliver, while the job that delivers does not run here.
const LOOK_FOR_EVENTS_EVERY: Duration = Duration::from_millis(250);

/// All background work.
pub(crate) struct Background {
    tasks: Vec<JoinHandle<()>>,
    notes: Notes,
    watch: Arc<KeyringWatch>,
}

impl Background {
    #[expect(clippy::disallowed_methods, reason = "supervised here: ended when serving ends")]
    pub(crate) fn start(
        stores: &Stores,
        doors: &Arc<Doors>,
        runners: Vec<Arc<Runner>>,
        sharing: Sharing,
        watch: Arc<KeyringWatch>,
    ) -> Self {
        let run = |runner: Arc<Runner>| tokio::spawn(async move { runner.run().await });
        let mut tasks: Vec<_> = runners.into_iter().map(run).collect();
        if let Some(clock) = stores.shared_clock.clone() {
            let db = stores.db.clone();
            tasks.push(tokio::spawn(async move {
                loop {
                    tokio::time::sleep(MEASURE_EVERY).await;
                    clock.measure_again(&db).await;
                }
            }));
        }
        tasks.push(tokio::spawn(measure(stores.operations.clone())));
        if !stores.operations.is_read_only() {
            let doors = doors.clone();
            tasks.push(tokio::spawn(async move {
                loop {
                    tokio::time::sleep(DUE_KEYS_EVERY).await;
                    settle_what_is_due(&doors).await;
                }
            }));
        }
        if !stores.operations.is_read_only() {
            tasks.push(tokio::spawn(look_for_events(stores.operations.clone())));
        }
        if sharing == Sharing::WithNodes {
            let watch = watch.clone();
            tasks.push(tokio::spawn(async move { watch.watch().await }));
        }
        let notes = Notes { doors: doors.clone(), sharing };
        let taken = notes.clone();
        tasks.push(tokio::spawn(async move {
            loop {
                tokio::time::sleep(NOTES_EVERY).await;
                taken.write_down().await;
            }
        }));
        if doors.calls.mode() != Audit::Off {
            let doors = doors.clone();
            tasks.push(tokio::spawn(async move {
                loop {
                    doors.calls.until_due().await;
                    doors.calls.write_down(&doors).await;
                }
            }));
        }
        Self { tasks, notes, watch }
    }

    /// Ends the work, and stores the last notes.
    pub(crate) async fn end(self) {
        for task in self.tasks {
            task.abort();
        }
        self.notes.write_down().await;
        let doors = &self.notes.doors;
        doors.calls.write_down(doors).await;
        self.watch.end().await;
    }
}

/// Measures for metrics, for ever.
async fn measure(operations: Arc<Operations>) {
    loop {
        if let Err(failure) = operations.measure().await {
            tracing::warn!(?failure, "cannot read how much is stored");
        }
        if let Err(failure) = operations.measure_audit_delivery().await {
            tracing::warn!(?failure, "cannot read which audit records wait");
        }
        if operations.hears_events()
            && let Err(failure) = operations.measure_event_delivery().await
        {
            tracing::warn!(?failure, "cannot read which events wait");
        }
        tokio::time::sleep(MEASURE_STORED_EVERY).await;
    }
}

/// Looks for events to deliver, for ever.
async fn look_for_events(operations: Arc<Operations>) {
    loop {
        tokio::time::sleep(LOOK_FOR_EVENTS_EVERY).await;
        if let Err(failure) = operations.wake_event_delivery().await {
            tracing::warn!(?failure, "cannot look for events to deliver");
        }
    }
}

/// Notes that requests leave in memory, because they are not worth a transaction.
#[derive(Clone)]
struct Notes {
    doors: Arc<Doors>,
    sharing: Sharing,
}

impl Notes {
    async fn write_down(&self) {
        let operations = &self.doors.operations;
        if operations.is_read_only() {
            return;
        }
        tell("when images were pulled", operations.record_pulls().await);
        tell("which layers are damaged", operations.record_damage().await);
        tell("when keys were used", operations.iam().record_key_uses().await);
        let denials = self.doors.guard.denials().take_unwritten();
        if self.sharing == Sharing::WithNodes && !denials.is_empty() {
            let denials = denials.iter().flat_map(|denial| denial_for_all(denial)).collect();
            tell("why requests were denied", operations.iam().keep_denials(denials).await);
        }
    }
}

/// Rotates and erases the keys for which it is time, and erases secrets. A failure is tried again
/// by the next round.
async fn settle_what_is_due(doors: &Doors) {
    for (what, done) in [
        ("rotate keys", doors.kms.rotate_due_keys().await),
        ("erase keys", doors.kms.erase_due_keys().await),
    ] {
        if let Err(failure) = done {
            tracing::warn!(?failure, "cannot {what} that are due");
        }
    }
    if let Err(failure) = doors.operations.erase_due_secrets().await {
        tracing::warn!(?failure, "cannot erase secrets that are due");
    }
}

fn tell(what: &str, written: Result<(), impl fmt::Debug>) {
    if let Err(failure) = written {
        tracing::warn!(?failure, "cannot record {what}");
    }
}
