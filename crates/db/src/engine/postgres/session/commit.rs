//! The end of a transaction, and what is known after one that failed.

use futures_util::future::join;
use tokio_postgres::Statement;

use super::{Change, Session, Transaction, sending};
use crate::DbError;
use crate::engine::postgres::cure::Cure;

/// How a commit failed.
#[derive(Debug)]
pub(in crate::engine::postgres) enum Uncommitted {
    /// The server has kept nothing.
    Undone(DbError),
    /// The transaction may or may not be committed.
    Unknown(DbError),
}

impl Session {
    /// Commits. If the connection breaks before the answer, the outcome is unknown.
    pub(in crate::engine::postgres) fn commit(&mut self) -> Result<(), Uncommitted> {
        let unsent = std::mem::take(&mut self.unsent);
        let mut statements = Vec::new();
        if !unsent.is_empty() && self.failure().is_none() {
            statements = self.statements_of(&unsent).map_err(Uncommitted::Undone)?;
            self.open_transaction(&unsent, false).map_err(Uncommitted::Undone)?;
        }
        match std::mem::replace(&mut self.transaction, Transaction::None) {
            Transaction::None | Transaction::Due(_) => Ok(()),
            Transaction::Begun => self.send_and_commit(&unsent, &statements),
            Transaction::Failed(error) => {
                self.batch("ROLLBACK", "undo a transaction").map_err(Uncommitted::Unknown)?;
                Err(Uncommitted::Undone(error))
            }
        }
    }

    /// If a change fails, the server answers the commit by rolling back.
    fn send_and_commit(
        &self,
        unsent: &[Change],
        statements: &[Statement],
    ) -> Result<(), Uncommitted> {
        let ended = self.wait(async {
            let sending = sending(&self.client, unsent, statements);
            let (sent, committed) = join(sending, self.client.batch_execute("COMMIT")).await;
            Ok((sent, committed))
        });
        let (sent, committed) =
            ended.map_err(DbError::engine("commit")).map_err(Uncommitted::Unknown)?;
        if let Err(error) = sent {
            let is_told = error.code().is_some();
            let error = DbError::engine("change rows")(error);
            return Err(if is_told {
                Uncommitted::Undone(error)
            } else {
                Uncommitted::Unknown(error)
            });
        }
        committed.map_err(DbError::engine("commit")).map_err(|error: DbError| {
            if Cure::of(&error) == Cure::Again {
                Uncommitted::Undone(error)
            } else {
                Uncommitted::Unknown(error)
            }
        })
    }

    /// Rolls back the transaction.
    pub(crate) fn roll_back(&mut self) -> Result<(), DbError> {
        self.unsent.clear();
        match std::mem::replace(&mut self.transaction, Transaction::None) {
            Transaction::None | Transaction::Due(_) => Ok(()),
            Transaction::Begun | Transaction::Failed(_) => {
                self.batch("ROLLBACK", "undo a transaction")
            }
        }
    }
}
