//! Scanning: which packages images have, and what is known to be wrong with them.
//!
//! # How it goes together
//! * A **layer** is read once. What it says is kept with its blob, and goes with it (`facts.rs`).
//! * An **image** has packages, merged from its layers (`inventory.rs`). A package is one row,
//!   however many images have it.
//! * A **package** is judged by the advisories that stand under its keys (`judging.rs`). A package
//!   that is new, or that a changed advisory names, is noted in `package_to_judge` by the same
//!   transaction, and stays there until its findings are written and its images are told.
//! * A **scan** of an image is its inventory, the judgement of its packages, and a conclusion
//!   (`conclusion.rs`). Findings of an image are those of its packages, sorted and grouped when
//!   they are read (`findings.rs`); only their counts are kept.
//!
//! * A **CVE** can be scored by others than its advisories (`cve_scores.rs`), which counts where
//!   those have no score; a changed one makes its packages be judged. Whether it is exploited
//!   (`exploited.rs`) and how likely that is (`epss.rs`) is only shown (`beside.rs`).
//!
//! So a changed advisory costs the packages and images that it names, and reads no layer.
//!
//! # On a crash
//! Jobs go on. A package that was written for an image that never came to have it is deleted with
//! the next image that would have shared it, or used by it.

mod advisory_rows;
mod beside;
pub(crate) mod conclusion;
pub(crate) mod configuration;
mod cve_scores;
pub(crate) mod describe_image_scan_findings;
pub(crate) mod described_images;
mod documents;
mod epss;
pub(crate) mod explain_vulnerability;
mod exploited;
pub(crate) mod facts;
pub(crate) mod findings;
pub(crate) mod get_image_sbom;
pub(crate) mod import_advisories;
pub(crate) mod imported_advisories;
pub(crate) mod inventory;
pub(crate) mod judging;
mod list_advisory_sources;
pub(crate) mod reading;
pub(crate) mod refusal;
pub(crate) mod registry_configuration;
pub(crate) mod requesting;
mod start_image_scan;
