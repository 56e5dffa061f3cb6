//! What an image has, as a software bill of materials: CycloneDX or SPDX, in JSON.
//!
//! # Invariants
//! * The same inventory gives the same document, to the byte: identifiers are made of digests, and
//!   the moment is that of the inventory.
//! * What could not be read is said: a document that may lack something is not called whole.
//! * Each place of a package is a component of its own, with the layer that brought it.
//!
//! # Who calls
//! `operations`, when a document is asked for.
//!
//! # On a crash
//! Nothing is left: there is no state.

mod bill;
mod cyclonedx;
mod document;
mod purl;
mod spdx;

pub use bill::{Bill, BillFormat};
