//! Where events go: webhooks, files, and services with the APIs of SQS, SNS and EventBridge.
//!
//! # Invariants
//! * Only the operator says where events go (`--event-target`). A redirect is not followed: it
//!   could lead to a machine that only this one can reach.
//! * A parcel is sent within a few seconds, or it is not sent.
//! * An outlet answers for a parcel only when its target has it: a webhook has said 2xx, a file is
//!   synced.
//! * Secrets and URLs, which may hold secrets, are in no error.
//!
//! # Who calls
//! The job that delivers events, through `operations::EventSender`.
//!
//! # On a crash
//! A target may have a parcel that is sent again. A file may end with a part of a line; the next
//! line begins on a line of its own.

mod cloud_event;
mod file;
mod post;
mod registered;
mod secrets;
mod service;
mod signature;

pub(crate) use registered::{OutletError, open_outlets};
