//! Statements about uploads and jobs, and those of checks, backups and moves.

use names::{EncryptionKey, UploadId, WrappedKey};

use super::samples::{IMAGE, PAGE, REPOSITORY, arn, digest, now, object};
use crate::rows::blob::BlobKey;
use crate::rows::job_claim::Round;
use crate::{
    Cell, ClaimedJob, DbError, Incoming, JobState, JobTurn, Sealed, Table, Tx, Upload,
    UploadProgress,
};

pub(super) fn run_statements_about_uploads_and_jobs(tx: &mut Tx<'_>) -> Result<(), DbError> {
    let id = UploadId::from_random([1; 16]);
    let upload = Upload {
        id: id.clone(),
        repository: REPOSITORY,
        encryption_key: EncryptionKey::default(),
        object: object(),
        wrapped_key: WrappedKey::from_bytes(&[]),
        progress: UploadProgress::default(),
        version: 0,
    };
    tx.find_upload(REPOSITORY, &id)?;
    tx.look_up(&Upload::by_id(&arn(), &id))?;
    tx.find_upload_activity(&id)?;
    tx.put_upload_progress(&upload, now())?;
    tx.renew_upload(&id, 0, now())?;
    tx.take_upload(&id, 0, now())?;
    tx.delete_upload(&id, 0)?;
    tx.list_uploads(REPOSITORY, PAGE)?;
    let job = claimed_job();
    run_statements_that_claim(tx)?;
    tx.extend_job(&job, now())?;
    tx.end_leases(now())?;
    tx.next_job_due("lane")?;
    tx.end_jobs(&[&job])?;
    tx.end_job(&job)?;
    tx.postpone_job(&job, now(), None)?;
    tx.put_job_to_sleep(&job, now(), Some("arn"), "why")?;
    tx.wake_jobs("arn", now())?;
    tx.bury_job(&job, "why", now())?;
    tx.retry_job(1, now())?;
    tx.delete_job("job", "subject")?;
    tx.delete_waiting_job("job", "subject")?;
    tx.jobs_are_known("job", &["subject"])?;
    tx.job_is_known("job", "subject").map(drop)
}

fn claimed_job() -> ClaimedJob {
    let [cause, name, subject, payload] = ["cause", "job", "subject", "{}"].map(str::to_owned);
    ClaimedJob { id: 1, cause, name, subject, payload, attempts: 1, fence: 1 }
}

/// On PostgreSQL they are spelled otherwise.
pub(super) fn run_statements_that_claim(tx: &mut Tx<'_>) -> Result<(), DbError> {
    tx.make_jobs_ready("lane", now())?;
    for round in [Round::Rest, Round::Whole] {
        tx.claim_jobs("lane", &JobTurn::new(1), round, now(), PAGE)?;
    }
    tx.claim_jobs_like("lane", &claimed_job(), now(), PAGE)?;
    Ok(())
}

pub(super) fn run_statements_over_all_rows(tx: &mut Tx<'_>) -> Result<(), DbError> {
    let id = UploadId::from_random([1; 16]);
    tx.list_blobs(Some(BlobKey(1)), PAGE)?;
    tx.list_all_images(Some(IMAGE), PAGE)?;
    tx.list_all_image_records(Some(&object()), PAGE)?;
    tx.list_all_uploads(Some(&id), PAGE)?;
    tx.list_all_repository_blobs(Some((REPOSITORY, &digest())), PAGE)?;
    tx.list_hidden_repositories(Some(REPOSITORY), PAGE)?;
    tx.put_deletion_hold("backup", now())?;
    tx.find_deletion_hold(now())?;
    tx.delete_deletion_hold("backup")?;
    let incoming = Incoming {
        source: String::new(),
        rows_digest: None,
        blobs_done: BlobKey(0),
        records_done: None,
        strays: false,
        begun_at: now(),
        completed_at: None,
        turn: 1,
        held_until: now(),
    };
    tx.begin_incoming(&incoming)?;
    tx.hold_incoming(1, now())?;
    tx.put_incoming(&incoming)?;
    tx.find_incoming()?;
    tx.forget_incoming()?;
    for table in Table::moving() {
        let key = vec![Cell::Null; table.key.len()];
        tx.read_page(table, Some(&key))?;
    }
    tx.find_deployment_fact("keyring")?;
    tx.put_deployment_fact("keyring", "check")?;
    tx.delete_deployment_fact("keyring")?;
    tx.list_root_keys()?;
    tx.put_root_key_retirement("id", Some(now()))?;
    tx.hand_down_root_key("id", &[])?;
    tx.put_sealed_by_root_key("id", Sealed { secrets: 0, data_keys: 0, at: now() })?;
    tx.list_keyring_nodes()?;
    tx.delete_keyring_node("id")?;
    tx.list_sealed_access_keys("a", PAGE)?;
    tx.reseal_access_key("a", &[], &[])?;
    let states = [JobState::Waiting, JobState::Running, JobState::Retrying, JobState::GivenUp];
    for state in states.map(Some).into_iter().chain([None]) {
        tx.list_jobs(state, 1, PAGE)?;
    }
    tx.find_job("job", "subject")?;
    tx.find_arns_of_repositories(&[REPOSITORY])?;
    tx.find_names_of_images(&[IMAGE])?;
    tx.find_digests_of_blobs(&[BlobKey(1)])?;
    tx.find_arns_of_uploads(&[id]).map(drop)
}
