//! Lifecycle policies: which images of a repository expire or are archived, and why others stay.
//!
//! # Invariants
//! * A [`Document`] is sound: its priorities are unique and in order, each rule has one count and
//!   an action that the count allows, and no two rules of a storage class select by the same tags.
//!   It holds at most [`RULES_MAX`] rules.
//! * All rules are judged on all images, and only then applied by priority. At most one rule takes
//!   an image, and it is the first that selects it: a rule that selects an image and spares it
//!   shields it from all rules behind.
//! * An image is never expired while an index that stays refers to it, nor archived while that
//!   index can be pulled. A referrer of an image in the repository does what its subject does, and
//!   no rule sees it.
//! * A shielded image is never taken, though rules count it like others.
//! * Each image has one [`Decision`], and it says which rule, index or subject made it, and until
//!   when that is known.
//! * What ECR does not have stands under one key of a selection, `longshore` ([`Extension`]): a
//!   document without it means what it means in ECR.
//! * Bad input costs little: the length is checked before anything is read, a pattern or a regular
//!   expression is matched in linear time, and an image costs some two hundred bytes and four for
//!   each child, however long its tags are.
//!
//! # Who calls
//! `operations`: to check what a client wants stored, and to give it back as AWS does; to preview a
//! policy, and to run it, which is the same evaluation.
//!
//! # On a crash
//! Nothing is left: there is no state. What was not acted upon is decided again.

mod candidate;
mod canonical;
mod check;
mod count;
mod decision;
mod digests;
mod document;
mod draft;
mod evaluator;
mod extension;
mod images;
mod malformed;
mod pattern;
mod read;

mod schema;
mod settle;
mod tag_regex;

pub use candidate::{Candidate, Storage};
pub use decision::{Decision, Evaluation, Kept};
pub use document::{
    Action, Count, Document, RULES_MAX, Rule, StorageClass, TEXT_CHARS_MAX, TEXT_CHARS_MIN,
    TagSelection,
};
pub use evaluator::{Evaluator, evaluate};
pub use extension::Extension;
pub use malformed::{Malformed, Unsound, Violation};
pub use pattern::{STARS_MAX, TagPattern};
pub use tag_regex::{BadTagRegex, REGEX_CHARS_MAX, REGEXES_MAX, TagRegex};
