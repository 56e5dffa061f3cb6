//! Simulations: how policies would decide about actions on resources.
//!
//! * Nothing is written, and no request is made.
//! * Policies are read from the rows each time, and evaluated outside of the transaction.
//! * A page ends after a bounded number of steps and bytes.

mod simulate;
mod simulated_policies;

pub use simulate::{ContextEntry, Simulated, SimulatedPage, Simulation};
pub use simulated_policies::PolicySource;
