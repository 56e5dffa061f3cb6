use std::panic::{AssertUnwindSafe, catch_unwind};

use tokio::sync::oneshot;

use crate::{DbError, Tx};

/// A closure that waits for a connection, its types forgotten.
pub(super) trait Queued: Send {
    /// Runs the closure. Returns whether its rows are to be kept.
    fn run(&mut self, tx: &mut Tx<'_>) -> bool;
    /// Whether the caller has gone away.
    fn is_forgotten(&self) -> bool;
    /// Sends the outcome to the caller.
    fn answer(self: Box<Self>, committed: &Result<(), DbError>);
}

/// A closure, the outcome of its last run, and the channel to its caller.
pub(super) struct Job<F, T, E> {
    body: F,
    outcome: Option<Result<T, E>>,
    reply: oneshot::Sender<Result<T, E>>,
}

impl<F, T, E> Job<F, T, E> {
    pub(super) fn new(body: F, reply: oneshot::Sender<Result<T, E>>) -> Self {
        Self { body, outcome: None, reply }
    }
}

impl<F, T, E> Queued for Job<F, T, E>
where
    F: FnMut(&mut Tx<'_>) -> Result<T, E> + Send,
    T: Send,
    E: From<DbError> + Send,
{
    fn run(&mut self, tx: &mut Tx<'_>) -> bool {
        // A panic is a bug of one closure; it must not harm the writes of others. Its caller finds
        // no outcome, and is told that the database is closed.
        let outcome = catch_unwind(AssertUnwindSafe(|| (self.body)(tx))).ok();
        let keep = matches!(outcome, Some(Ok(_)));
        self.outcome = outcome;
        keep
    }

    fn is_forgotten(&self) -> bool {
        self.reply.is_closed()
    }

    fn answer(self: Box<Self>, committed: &Result<(), DbError>) {
        let Self { outcome, reply, body: _ } = *self;
        let answer = match (outcome, committed) {
            (Some(Ok(value)), Ok(())) => Ok(value),
            // Its own error is that of its last attempt, which says less.
            (Some(Err(_)), Err(DbError::Conflict)) => Err(E::from(DbError::Conflict)),
            (Some(Err(error)), _) => Err(error),
            // Nothing at all: the transaction could not begin, or ended before this closure's turn.
            (Some(Ok(_)) | None, Err(error)) => Err(E::from(error.clone())),
            (None, Ok(())) => Err(E::from(DbError::Closed)),
        };
        // A caller that went away needs no answer.
        drop(reply.send(answer));
    }
}
