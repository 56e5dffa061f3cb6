//! The trail's files, as a bucket of S3: the few reads that `aws cloudtrail validate-logs` makes.
//!
//! # Invariants
//! * Nothing is written here, and there is one bucket, the trail's.
//! * Each read is judged by the guard, as S3 names it: `s3:GetBucketLocation` and `s3:ListBucket`
//!   on the bucket, `s3:GetObject` on the object. An object belongs to the account that its key
//!   names: no account sees the files of another.
//! * A request is known by its signature, which is for S3.
//!
//! # Who calls
//! The router, for requests that [`is_read`] recognises.
//!
//! # On a crash
//! There is no state here.

mod answer;
#[doc(hidden)]
pub(crate) mod fuzzing;
mod refused;
mod request;
mod written;

pub(crate) use answer::{answer, is_read};
