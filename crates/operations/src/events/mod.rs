//! What happened, as EventBridge tells it: rows, and what reads them.
//!
//! # Invariants
//! * An event is a row of the transaction that causes it. Neither is without the other, however
//!   often a job runs or is killed.
//! * Of two events of one image, the later one has the greater row, if the first was committed
//!   before the second began.
//! * An event belongs to one registry, that is, to one account in one Region. It is never shown to
//!   another, and never changed: its `id` is the same however often it is read. It tells no secret.
//! * Events are forgotten by age, by a daily job (`jobs/forget_events.rs`), unless they still have
//!   to be delivered. If none are kept, none are written.
//!
//! # Who calls
//! Verbs and jobs that push, delete, archive and restore images (`image_action.rs`), the ends of
//! scans (`image_scan.rs`), and what fills repositories from upstream (`cache_action.rs`).
//! ListEvents of our own service reads, and `delivery` brings events to those that listen.
//!
//! # On a crash
//! There is nothing beside the rows.

pub(crate) mod cache_action;
pub(crate) mod delivery;
mod event;
pub(crate) mod image_action;
pub(crate) mod image_scan;
mod kept;
pub(crate) mod list_events;

pub(crate) use event::Happening;
pub use event::envelope;
pub(crate) use kept::Events;
