//! A model of the reclaiming protocol (described in `operations/src/jobs/mod.rs`), checked over
//! every interleaving.
//!
//! Pushers, deleters, a reader, the clock and the jobs take steps in any order, each on its own
//! node, and any of them may die between two steps. A state consists of the rows, the store and the
//! actors' own state. A time is kept as the time that remains, so there are finitely many states.
//! Every reachable state is visited once.
//!
//! # Invariants
//! In every state: an image has its layer, and a right has its bytes. On every step: a promise is
//! kept, and a reader that found a row a moment ago opens the object. From every state: if all
//! actors stop, the jobs delete everything that is not needed.
//!
//! Many nodes add this: any number of sweeps run at once, because a body is one transaction and its
//! end another; runners sleep until others have claimed their jobs, and then end those jobs or
//! delete an object; uploads end under their writers; clocks differ. The requests of one upload on
//! two nodes have a separate model (`turns`), and so have runs of lifecycle policies (`expiry`) and
//! moves of bytes to the archive storage and back (`moves`).
//!
//! Bounds: one digest, two repositories, two pushers (one where nodes sleep or clocks differ),
//! three objects at once, a lease of two ticks (four where clocks differ, by one). That is about a
//! million states here, and 1.3 million of turns.
//!
//! If a rule of the protocol is left out, the search must find a violation. The tests check that
//! too.
//!
//! # Who calls
//! No crate: this is a proof that runs with the tests. It is a separate package without
//! dependencies, so that it alone is compiled with optimizations.

#[cfg(test)]
mod expiry;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod moves;
#[cfg(test)]
mod protocol;
#[cfg(test)]
mod search;
#[cfg(test)]
mod turns;
