//! From an event to its targets.
//!
//! ```text
//! event, pending ── matched with who listens ──▶ a delivery for each target ── sent ──▶ gone
//!                                                   │        ▲
//!                                            failed │        │ later, with what follows it
//!                                                   ▼        │
//!                                                 waits ─────┘
//!                                                   │ too often, too long, or refused
//!                                                   ▼
//!                                              dead letter
//! ```
//!
//! # Invariants
//! * **At least once.** A delivery is deleted only after its target took it. Matching an event and
//!   writing its deliveries is one transaction.
//! * **In order, per thing.** Of one target and one image, a delivery is sent only after the
//!   earlier ones were taken or given up. What follows one that failed waits with it. Things do not
//!   wait for each other.
//! * **Targets do not wait for each other.** Each has its own turn, and a target that cannot be
//!   reached rests for longer and longer. A push waits for none of it.
//! * One node delivers at a time: the holder of the one job. If it loses its lease it stops, and a
//!   target may get again what was under way.
//! * A dead letter stays until it is sent again, or its time is over.
//!
//! # Who calls
//! `jobs/deliver_events.rs` goes round; the server asks every moment whether there is something to
//! go round for.
//!
//! # On a crash
//! What was sent and not deleted is sent again, with the same `id`.

pub(crate) mod backoff;
pub(crate) mod dead_letters;
pub(crate) mod figures;
pub(crate) mod listeners;
pub(crate) mod matching;
pub(crate) mod outlets;
pub(crate) mod replay_events;
pub(crate) mod sender;
pub(crate) mod sending;
pub(crate) mod tally;
