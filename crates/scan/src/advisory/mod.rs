//! What is known to be wrong with packages: advisories, of any source, as one type.
//!
//! # Invariants
//! * An [`Advisory`] names each package that it affects by an ecosystem and a name as
//!   [`PackageKey`] spells them, so that a package and an advisory meet by equal keys.
//! * A range without an event that begins it affects nothing. A withdrawn advisory affects nothing.
//! * Texts are cut to a bound; counts over a bound refuse the record, and only that one.
//!
//! # Who calls
//! `operations`, when it imports, and the matching.
//!
//! # On a crash
//! Nothing is left: there is no state.

mod archive;
mod beside;
mod ecosystem;
mod malformed;
mod moment;
mod openvex;
mod osv;
mod package_key;
mod publisher;
mod rating;
mod record;
mod severity;
mod source;
mod updateinfo;

pub use archive::AdvisoryArchive;
pub use beside::{
    Epss, EpssScores, ExploitedCves, ScoredCve, parse_cve, parse_epss, parse_kev, parse_nvd,
};
pub use ecosystem::{Ecosystem, Family};
pub use malformed::{ADVISORY_BYTES_MAX, BadAdvisory, UnknownEcosystem};
pub use openvex::{VEX_BYTES_MAX, VexStatement, parse_openvex};
pub use osv::parse_osv;
pub use package_key::PackageKey;
pub use publisher::Publisher;
pub use rating::{CveScores, Rated, rate};
pub use record::{Advisory, Affected, Event, Range, RangeKind};
pub use severity::{BadVector, CvssVector, Rating, Scale, Severity};
pub use updateinfo::read_updateinfo;
