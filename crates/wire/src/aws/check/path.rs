//! Where in an input a complaint belongs.

use std::fmt;

/// A way from the input down to a value, spelled only when there is a complaint.
pub(super) enum Path<'a> {
    /// The input itself.
    Root,
    /// A member of a structure.
    Member(&'a Path<'a>, &'a str),
    /// An element of a list, counted from nought here and from one in the text.
    Element(&'a Path<'a>, usize),
    /// The value of a map's entry.
    Entry(&'a Path<'a>, &'a str),
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Root => Ok(()),
            Self::Member(Self::Root, name) => formatter.write_str(name),
            Self::Member(parent, name) => write!(formatter, "{parent}.{name}"),
            Self::Element(parent, index) => write!(formatter, "{parent}.{}.member", index + 1),
            Self::Entry(parent, key) => write!(formatter, "{parent}.{key}.member"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Path;

    #[test]
    fn a_path_counts_from_one() {
        let list = Path::Member(&Path::Root, "imageIds");
        let element = Path::Element(&list, 1);
        assert_eq!(Path::Member(&element, "imageTag").to_string(), "imageIds.2.member.imageTag");
        let map = Path::Member(&Path::Root, "tags");
        assert_eq!(Path::Entry(&map, "team").to_string(), "tags.team.member");
    }
}
