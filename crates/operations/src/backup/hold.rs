//! Keeps objects from being deleted while a backup may still need them.
//!
//! A backup notes a hold in the rows before it reads them. A job that deletes an object first looks
//! for holds, and waits. So every object that the backup's rows name is safe: it was named when the
//! rows were read, its last mention was removed later, and the job that this queued runs later
//! still and finds the hold. An object whose deletion was already running had lost its last mention
//! before, so no backup names it. A hold expires, so that a dead backup does not block deletions
//! for long. A backup that was paused for longer finds objects missing, and does not complete.

use std::time::Duration;

use db::{Db, DbError};
use futures_util::future::{Either, select};

use crate::Operations;
use crate::migrate::MoveError;

/// How long a hold lasts without renewal.
const HOLD: Duration = Duration::from_mins(15);

/// How often it is renewed.
const RENEW_EVERY: Duration = Duration::from_mins(2);

/// Runs `work` while no object is deleted.
pub(super) async fn holding<T>(
    operations: &Operations,
    work: impl Future<Output = Result<T, MoveError>>,
) -> Result<T, MoveError> {
    let random: [u8; 8] = keys::random();
    let holder = format!("backup {:016x}", u64::from_le_bytes(random));
    put(operations, &holder).await?;
    let renewing = Box::pin(renew(operations, &holder));
    let ended = match select(Box::pin(work), renewing).await {
        Either::Left((ended, _)) => ended,
        Either::Right((error, _)) => Err(error.into()),
    };
    let (db, holder): (&Db, _) = (&operations.db, holder);
    let gone: Result<(), DbError> = db.write(move |tx| tx.delete_deletion_hold(&holder)).await;
    if ended.is_ok() {
        gone?;
    }
    ended
}

/// Renews the hold until that fails.
async fn renew(operations: &Operations, holder: &str) -> DbError {
    loop {
        tokio::time::sleep(RENEW_EVERY).await;
        if let Err(error) = put(operations, holder).await {
            return error;
        }
    }
}

async fn put(operations: &Operations, holder: &str) -> Result<(), DbError> {
    let (holder, held_until) = (holder.to_owned(), operations.now().plus(HOLD));
    operations.db.write(move |tx| tx.put_deletion_hold(&holder, held_until)).await
}
