//! Denials that other nodes can be asked about. The doors decide what is in one, and which account
//! may see what.

use std::time::Duration;

use db::DbError;
use names::AccountId;

use crate::{Failure, Iam};

/// What one account may see of one denied request.
#[derive(Debug, Clone)]
pub struct KeptDenial {
    /// The request's id.
    pub request: String,
    /// The account.
    pub account: AccountId,
    /// The text.
    pub told: String,
}

/// The most rows of denials: some tens of MiB, or half a GiB if each has the maximum size. The log
/// has all of them.
const KEPT_MAX: u32 = 10_000;

/// How long denials are kept in rows.
const KEPT_FOR: Duration = Duration::from_hours(6);

impl Iam {
    /// Writes denials down for all nodes, and forgets old ones.
    pub async fn keep_denials(&self, denials: Vec<KeptDenial>) -> Result<(), Failure> {
        let now = self.now();
        self.rows
            .write_beside_rights(move |tx| {
                for KeptDenial { request, account, told } in &denials {
                    tx.put_denial(request, account, told, now)?;
                }
                Ok(())
            })
            .await?;
        let since = now.minus(KEPT_FOR);
        let newest = self.rows.read(move |tx| tx.find_denial_moment(KEPT_MAX, since)).await;
        let before = newest.map_err(|error: DbError| Failure::from(error))?.unwrap_or(since);
        let forget = self.rows.write_beside_rights(move |tx| Ok(tx.delete_denials_before(before)?));
        forget.await.map(drop)
    }

    /// The stored denial of a request, for an account.
    pub async fn find_denial(
        &self,
        request: &str,
        account: &AccountId,
    ) -> Result<Option<String>, Failure> {
        let (request, account) = (request.to_owned(), account.clone());
        Ok(self.rows.read(move |tx| tx.find_denial(&request, &account)).await?)
    }
}
