//! The record of a call that is under way.
//!
//! However the call ends, it is noted: if its client goes away, and with it the future that carries
//! the call out, dropping this notes that.

use std::hash::Hash;

use operations::Failure;

use super::call::{Call, CallError};
use super::log::CallLog;
use super::record::{Made, records};
use crate::config::Audit;
use crate::doors::Doors;

/// A call that is under way.
pub(crate) struct Recording<'a> {
    doors: &'a Doors,
    /// `None` once it was noted.
    call: Option<Call>,
    /// Its record is in the rows, without its end.
    is_begun: bool,
}

impl<'a> Recording<'a> {
    /// Begins with what is known of the call before it is read.
    pub(crate) fn of(doors: &'a Doors, call: impl FnOnce() -> Call) -> Self {
        let call = (doors.calls.mode() != Audit::Off).then(call);
        Self { doors, call, is_begun: false }
    }

    /// The call, to say more about it.
    pub(crate) fn call(&mut self) -> Option<&mut Call> {
        self.call.as_mut()
    }

    /// Keeps the record of a call that the guard allowed and that is about to change something, if
    /// that is required.
    pub(crate) async fn begin(&mut self) -> Result<(), Failure> {
        let Some(call) = self.call.as_ref().filter(|call| !call.read_only) else { return Ok(()) };
        if self.doors.calls.mode() != Audit::Required {
            return Ok(());
        }
        let begun = records(call, Made { times: 1, is_ended: false });
        let kept = self.doors.operations.begin_call_records(begun).await;
        if kept.is_err() {
            // It is refused, and there is no way to say so in the rows.
            self.call = None;
        }
        kept?;
        self.is_begun = true;
        Ok(())
    }

    /// Notes the end.
    pub(crate) async fn end(mut self, error: Option<CallError>) -> Result<(), Failure> {
        let Some(mut call) = self.call.take() else { return Ok(()) };
        // The guard let it begin, so all accounts that it is about learn how it ended.
        let of_guard =
            |error: CallError| CallError { is_denial: error.is_denial && !self.is_begun, ..error };
        call.error = error.map(of_guard);
        if self.doors.calls.mode() != Audit::Required {
            self.doors.calls.note(call);
            return Ok(());
        }
        let ended = records(&call, Made::ONCE);
        if !self.is_begun {
            return self.doors.operations.keep_call_records(ended).await;
        }
        if let Err(failure) = self.doors.operations.end_call_records(ended).await {
            // The call has a record, which does not know how it ended.
            tracing::warn!(request.id = %call.from.id, ?failure, "cannot record how a call ended");
        }
        Ok(())
    }

    /// Notes the end of a read that may repeat, unless records are required.
    pub(crate) async fn end_repeating(
        mut self,
        same: &impl Hash,
        error: Option<CallError>,
    ) -> Result<(), Failure> {
        if self.doors.calls.mode() == Audit::Required {
            return self.end(error).await;
        }
        if let Some(mut call) = self.call.take() {
            call.error = error;
            self.doors.calls.note_repeating(same, || call);
        }
        Ok(())
    }
}

impl Drop for Recording<'_> {
    fn drop(&mut self) {
        let log: &CallLog = &self.doors.calls;
        if let Some(mut call) = self.call.take().filter(|_| !self.is_begun) {
            call.error = Some(CallError::aborted());
            log.note(call);
        }
    }
}
