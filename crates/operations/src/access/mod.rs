//! Who may do what: what is remembered of rights, and when it is forgotten.

mod epochs;

pub use epochs::Epochs;
