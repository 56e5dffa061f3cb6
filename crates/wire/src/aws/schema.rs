//! Tables that describe inputs: the generated modules state them and the checker reads them.
//!
//! A table is a tree of statics, one per shape. It has no behaviour: [`check`](super::check)
//! decides whether a value fits.

use serde::Deserialize;
use serde::de::DeserializeOwned;

pub use super::pattern::Pattern;

/// A type that is read from a body, and the table that its body must satisfy.
pub trait Input: DeserializeOwned {
    /// The table of this input.
    fn schema() -> &'static Structure;
}

/// The input of an operation without one.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
pub struct Nothing {}

impl Input for Nothing {
    fn schema() -> &'static Structure {
        &NOTHING
    }
}

/// The table of [`Nothing`].
pub(crate) static NOTHING: Structure = structure("Nothing", &[]);

/// A structure: its members in the order of the model, which is the order of complaints.
#[derive(Debug)]
pub struct Structure {
    /// The shape's name in the model.
    pub name: &'static str,
    /// Its members.
    pub members: &'static [Member],
}

/// One member of a structure.
#[derive(Debug)]
pub struct Member {
    /// The name on the wire.
    pub name: &'static str,
    /// Whether a structure without it is refused.
    pub required: bool,
    /// Its shape.
    pub shape: &'static Shape,
}

/// The possible values.
#[derive(Debug)]
pub enum Shape {
    /// `true` or `false`.
    Boolean,
    /// A number of 32 bits.
    Integer(Limits),
    /// A number of 64 bits.
    Long(Limits),
    /// A number with a fraction.
    Double,
    /// Seconds since 1970, with a fraction.
    Timestamp,
    /// Bytes, in base64; limited in bytes.
    Blob(Limits),
    /// Characters.
    Text {
        /// The length in characters.
        length: Limits,
        /// The expression that the whole text must match.
        pattern: Option<&'static Pattern>,
        /// Whether it is a secret, which no complaint may repeat.
        sensitive: bool,
    },
    /// One word of a set.
    OneOf(&'static [&'static str]),
    /// Elements of one shape.
    List(Limits, &'static Shape),
    /// Keys and values, each of one shape.
    Map(Limits, &'static Shape, &'static Shape),
    /// Named members.
    Structure(&'static Structure),
}

/// The least and the greatest value or length.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// The least, if there is one.
    pub min: Option<i64>,
    /// The most, if there is one.
    pub max: Option<i64>,
}

/// No limits.
pub const UNLIMITED: Limits = Limits { min: None, max: None };

pub(crate) const fn at_least(min: i64) -> Limits {
    Limits { min: Some(min), max: None }
}

pub(crate) const fn at_most(max: i64) -> Limits {
    Limits { min: None, max: Some(max) }
}

pub(crate) const fn between(min: i64, max: i64) -> Limits {
    Limits { min: Some(min), max: Some(max) }
}

pub(crate) const fn structure(name: &'static str, members: &'static [Member]) -> Structure {
    Structure { name, members }
}

pub(crate) const fn required(name: &'static str, shape: &'static Shape) -> Member {
    Member { name, required: true, shape }
}

pub(crate) const fn optional(name: &'static str, shape: &'static Shape) -> Member {
    Member { name, required: false, shape }
}

pub(crate) const fn text(length: Limits) -> Shape {
    Shape::Text { length, pattern: None, sensitive: false }
}

pub(crate) const fn matching(length: Limits, pattern: &'static Pattern) -> Shape {
    Shape::Text { length, pattern: Some(pattern), sensitive: false }
}

/// The same shape for a secret.
pub(crate) const fn hidden(shape: Shape) -> Shape {
    match shape {
        Shape::Text { length, pattern, sensitive: _ } => {
            Shape::Text { length, pattern, sensitive: true }
        }
        other => other,
    }
}

pub(crate) const fn one_of(words: &'static [&'static str]) -> Shape {
    Shape::OneOf(words)
}

/// The part of a body for members without a large limit of their own: room for the longest
/// policies, lists of a hundred elements and white space.
const BODY_BYTES_SPARE: usize = 1 << 20;

impl Structure {
    /// The longest body that can hold this structure: the limit for reading it from a socket.
    pub fn body_bytes_max(&self) -> usize {
        BODY_BYTES_SPARE + self.large_members_bytes_max()
    }

    fn large_members_bytes_max(&self) -> usize {
        self.members.iter().map(|member| member.shape.large_bytes_max()).sum()
    }
}

impl Shape {
    /// Bytes on the wire of a member that outgrows the spare room; lists of such do not exist.
    fn large_bytes_max(&self) -> usize {
        let most = |limits: &Limits| limits.max.and_then(|max| usize::try_from(max).ok());
        let bytes = match self {
            Self::Blob(limits) => most(limits).map(|bytes| bytes.div_ceil(3) * 4),
            // A character takes at most six bytes: `\u00e9`.
            Self::Text { length, .. } => most(length).map(|characters| characters * 6),
            Self::Structure(structure) => Some(structure.large_members_bytes_max()),
            _ => None,
        };
        bytes.unwrap_or(0)
    }
}
