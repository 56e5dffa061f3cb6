//! The place of a complaint in an input.

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

impl Path<'_> {
    /// The same with each name in lower camel case, as IAM and STS print it: `UserName` is
    /// `userName`.
    pub(super) fn in_camel_case(&self) -> String {
        let lowered = |name: &str| {
            let mut letters = name.chars();
            let first = letters.next().map(|first| first.to_ascii_lowercase());
            first.into_iter().chain(letters).collect::<String>()
        };
        match self {
            Self::Root => String::new(),
            Self::Member(Self::Root, name) => lowered(name),
            Self::Member(parent, name) => format!("{}.{}", parent.in_camel_case(), lowered(name)),
            Self::Element(parent, index) => {
                format!("{}.{}.member", parent.in_camel_case(), index + 1)
            }
            Self::Entry(parent, key) => format!("{}.{key}.member", parent.in_camel_case()),
        }
    }
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
        let (tags, first) = (Path::Member(&Path::Root, "Tags"), 0);
        let tag = Path::Element(&tags, first);
        assert_eq!(Path::Member(&tag, "Key").in_camel_case(), "tags.1.member.key");
        let map = Path::Member(&Path::Root, "tags");
        assert_eq!(Path::Entry(&map, "team").to_string(), "tags.team.member");
    }
}
