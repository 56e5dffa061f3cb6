//! Refusals, in the words that the client reads.
//!
//! * A variant of [`IamRefusal`] or [`StsRefusal`] is one AWS error code; the doors give it its
//!   name on the wire.
//! * The messages are AWS's own where they are known.

mod absent;
mod iam_refusal;
mod sts_refusal;

pub use absent::Absent;
pub use iam_refusal::{Conflict, IamRefusal, Missing, Quota, Taken};
pub use sts_refusal::StsRefusal;
