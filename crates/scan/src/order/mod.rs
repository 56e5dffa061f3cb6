//! Which of two versions is the newer, as each package manager decides.
//!
//! # Invariants
//! * An [`Order`] is antisymmetric on the versions that it knows, and transitive, except Maven's,
//!   which is not so itself. A text that is no version in it is `None`, never a guess.
//! * Texts longer than `VERSION_BYTES_MAX` are no versions; a comparison takes microseconds.
//!
//! Libraries compare where one is right and kept up (PEP 440, rpm). The others are ours: the crates
//! that exist were measured and give wrong answers, or bring a dozen dependencies for sixty lines.
//! Recorded pairs of the native tools hold both to account (`tests/orders`).

mod apk;
mod compare;
mod composer;
mod dpkg;
mod gem;
mod maven;
mod nuget;
mod number;
mod python;
mod semver;

pub use compare::Order;
