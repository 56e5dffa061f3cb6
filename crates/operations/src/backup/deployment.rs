//! Distinguishes the backups of one registry from those of another with the same keyring.

use db::{DbError, Tx};

use crate::Operations;
use crate::migrate::MoveError;

/// The fact that names the registry: random, and carried along when everything moves.
pub(crate) const DEPLOYMENT: &str = "deployment_id";

/// The name of this registry, given to it if it has none yet.
pub(super) async fn deployment_of(operations: &Operations) -> Result<String, MoveError> {
    let random: [u8; 8] = keys::random();
    let new = format!("{:016x}", u64::from_be_bytes(random));
    let found: Result<_, DbError> = operations.db.write(move |tx| open(tx, &new)).await;
    Ok(found?)
}

fn open(tx: &mut Tx<'_>, new: &str) -> Result<String, DbError> {
    if let Some(found) = tx.find_deployment_fact(DEPLOYMENT)? {
        return Ok(found);
    }
    tx.put_deployment_fact(DEPLOYMENT, new)?;
    Ok(new.to_owned())
}
