use std::fmt;

use serde::{Deserialize, Serialize};

use super::path::LayerPath;
use crate::bounds::Bound;
use crate::files::Wanted;

/// The longest account of what is wrong with a file.
const WHAT_CHARS_MAX: usize = 200;

/// A part of a layer that could not be read, and why.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Unread {
    /// Which part.
    pub part: Part,
    /// Why.
    pub why: Why,
}

impl Unread {
    /// Whether packages of the operating system may be missing for it: the rest of the layer, or a
    /// file of its package manager.
    pub fn hides_packages_of_os(&self) -> bool {
        match &self.part {
            // Names that climb out of the root are those of no file that is looked for.
            Part::Layer => !matches!(self.why, Why::UnsafePaths(_)),
            Part::File(path) => Wanted::of(path).is_some_and(Wanted::names_packages_of_os),
        }
    }

    /// Whether the image is too large to be scanned.
    pub fn is_of_size(&self) -> bool {
        matches!(&self.why, Why::Bound(bound) if bound.is_of_size())
    }

    /// A file that could not be read, or not whole.
    pub(crate) fn file(path: &LayerPath, why: Why) -> Self {
        Self { part: Part::File(path.clone()), why }
    }
}

/// A part of a layer.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Part {
    /// The layer, from the place that was reached.
    Layer,
    /// One of its files.
    File(LayerPath),
}

/// Why a part could not be read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Why {
    /// The layer is no archive that we know.
    NotAnArchive,
    /// It ends too early.
    CutShort,
    /// A bound was reached.
    Bound(Bound),
    /// Its content makes no sense.
    Malformed(String),
    /// Its content makes sense, but not to us.
    Unsupported(String),
    /// Entries with names that climb out of the root, or are too long: how many.
    UnsafePaths(u64),
}

impl Why {
    pub(crate) fn malformed(what: impl fmt::Display) -> Self {
        Self::Malformed(short(what))
    }

    pub(crate) fn unsupported(what: impl fmt::Display) -> Self {
        Self::Unsupported(short(what))
    }
}

/// A message quotes what is in the file, which can be long.
fn short(what: impl fmt::Display) -> String {
    let what = what.to_string();
    let is_plain = |c: &char| !c.is_control();
    what.chars().filter(is_plain).take(WHAT_CHARS_MAX).collect()
}

impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.part {
            Part::Layer => write!(f, "layer: {}", self.why),
            Part::File(path) => write!(f, "{path}: {}", self.why),
        }
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAnArchive => f.write_str("not an archive"),
            Self::CutShort => f.write_str("ends too early"),
            Self::Bound(bound) => bound.fmt(f),
            Self::Malformed(what) => write!(f, "malformed: {what}"),
            Self::Unsupported(what) => write!(f, "not supported: {what}"),
            Self::UnsafePaths(count) => write!(f, "{count} entries with unsafe names"),
        }
    }
}
