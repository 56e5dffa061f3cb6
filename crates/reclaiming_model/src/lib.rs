//! The protocol of reclaiming (`operations/src/jobs/mod.rs` says it in words), searched over every interleaving.
//!
//! Pushers, deleters, a reader, the clock and the jobs take steps in any order, each on a node of its own, and any of them may
//! die between two steps. A state holds what the rows, the store and the actors hold; times are kept as what is left of
//! them, so that there are finitely many states. Every state that can be reached is visited once.
//!
//! # Invariants
//! In every state: an image has its layer, and a right has its bytes. On every step: a promise that was
//! made is kept, and a reader that found a row a moment ago opens the object. From every state: if all
//! actors stop, the jobs give back everything that nobody needs.
//!
//! What many nodes add: any number of sweeps run at once, because a body is one transaction and its end another; runners sleep
//! until others have claimed their jobs, and then end them, or delete an object; uploads end under their writers; clocks differ.
//! The requests of one upload on two nodes have a model of their own (`turns`).
//!
//! Bounds: one digest, two repositories, two pushers (one where nodes sleep or clocks differ), three objects at once, a lease of two ticks
//! (four where clocks differ, by one). About a million states here, and 1.3 million of turns.
//!
//! A protocol with one of its rules left out must be caught at it: that is tested as well.
//!
//! # Who calls
//! Nobody: it is a proof, which runs with the tests. It is a package of its own, without dependencies, so that it alone is
//! compiled to be fast.

#[cfg(test)]
mod laws;
#[cfg(test)]
mod protocol;
#[cfg(test)]
mod search;
#[cfg(test)]
mod turns;
