//! Which advisories concern which packages.
//!
//! # Invariants
//! * A package meets an advisory by an equal [`PackageKey`](crate::PackageKey), never by a search:
//!   [`lookups()`] gives the keys of a package, `Advisory::keys` those of an advisory. So an index
//!   of packages by key tells which ones a changed advisory touches ([`touched()`]), and no layer
//!   is read again.
//! * A verdict depends on one package and one advisory alone ([`judge()`]): it is made once for a
//!   package, however many images have it.
//! * A package that the distribution vouches for is judged by the distribution's advisories alone.
//! * A version that cannot be compared is `Verdict::Unknown`, not a clean one.
//!
//! # Who calls
//! `operations`, for an image that was read and for advisories that changed.
//!
//! # On a crash
//! Nothing is left: there is no state.

mod finding;
mod judge;
mod lookups;
mod merge_findings;
mod touched;

pub use finding::{Finding, FindingCounts};
pub use judge::{Verdict, judge};
pub use lookups::{Lookup, lookups};
pub use merge_findings::{Findings, Match, Unjudged, find, merge_matches};
pub use touched::touched;
