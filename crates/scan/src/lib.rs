//! What is in an image, and what is known to be wrong with it: the inventory of layers and their
//! merge, advisories, and the matching of the two.
//!
//! # Invariants
//! * Pure: bytes come in as a stream or a slice, time as a function. No clock, no network, no rows,
//!   no files.
//! * The facts of a layer depend on its bytes and on [`READERS`] alone, so that they are kept by
//!   digest and shared by all images that have the layer.
//! * Strangers wrote everything that is read here. Each reader is bounded ([`Bounds`]), none
//!   panics, and what one could not read is said ([`Unread`]) while the others go on. Nothing
//!   unread counts as clean.
//!
//! # Who calls
//! `operations`: it opens layers and advisories, keeps what comes out as rows, and reports
//! findings.
//!
//! # On a crash
//! There is no state. A layer is read again.

mod advisory;
mod bounds;
mod files;
mod image;
mod layer;
mod matching;
mod order;
mod package;
mod release;
mod sbom;
mod words;

pub use advisory::{
    ADVISORY_BYTES_MAX, Advisory, AdvisoryArchive, Affected, BadAdvisory, BadVector, CveScores,
    CvssVector, Ecosystem, Epss, EpssScores, Event, ExploitedCves, Family, PackageKey, Publisher,
    Range, RangeKind, Rated, Rating, Scale, ScoredCve, Severity, UnknownEcosystem, VEX_BYTES_MAX,
    VexStatement, parse_cve, parse_epss, parse_kev, parse_nvd, parse_openvex, parse_osv, rate,
    read_updateinfo,
};
pub use bounds::{Bound, Bounds, Elapsed};
pub use image::{ImageLayer, Installed, Inventory, merge};
pub use layer::{
    FileFacts, LayerFacts, LayerPath, Part, READERS, Removal, Unread, Why, read_layer,
};
pub use matching::{
    Finding, FindingCounts, Findings, Lookup, Match, Unjudged, Verdict, find, judge, lookups,
    merge_matches, touched,
};
pub use order::Order;
pub use package::{Package, PackageKind, Source, VersionParts};
pub use release::OsRelease;
pub use sbom::{Bill, BillFormat};
pub use words::{NAME_BYTES_MAX, Name, NotAWord, VERSION_BYTES_MAX, Version};
