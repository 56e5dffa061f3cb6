//! The names of IAM entities, and the paths and unique ids that go with them.

use crate::Malformed;
use crate::malformed::word;

/// Letters, digits and the marks that IAM allows in names.
fn is_name(text: &str, lengths: std::ops::RangeInclusive<usize>) -> bool {
    let allowed = |b: u8| b.is_ascii_alphanumeric() || b"_+=,.@-".contains(&b);
    lengths.contains(&text.len()) && text.bytes().all(allowed)
}

/// Makes the type of one kind of entity's names.
macro_rules! entity_name {
    ($(#[$doc:meta])* $name:ident $lengths:expr, $what:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Box<str>);
        word!($name);

        impl $name {
            /// Reads letters, digits and `_+=,.@-`.
            pub fn parse(text: &str) -> Result<Self, Malformed> {
                if is_name(text, $lengths) { Ok(Self(text.into())) } else { Err(Malformed($what)) }
            }

            /// The form in which names are compared: names that differ only in case are the same.
            pub fn folded(&self) -> String {
                self.0.to_ascii_lowercase()
            }
        }
    };
}

entity_name!(
    /// The name of an IAM user, e.g. `alice`.
    UserName 1..=64, "a user name"
);
entity_name!(
    /// The name of an IAM group, e.g. `developers`.
    GroupName 1..=128, "a group name"
);
entity_name!(
    /// The name of an IAM role, e.g. `ci`.
    RoleName 1..=64, "a role name"
);
entity_name!(
    /// The name of a managed or inline policy, e.g. `push`.
    PolicyName 1..=128, "a policy name"
);
entity_name!(
    /// The name of an instance profile.
    InstanceProfileName 1..=128, "an instance profile name"
);
entity_name!(
    /// The name of a role's session, or of a federated user.
    SessionName 2..=64, "a session name"
);

/// The path of an IAM entity, e.g. `/` or `/division/team/`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IamPath(Box<str>);
word!(IamPath);

/// IAM's longest path.
const PATH_LENGTH_MAX: usize = 512;

impl IamPath {
    /// Reads `/`, or visible ASCII between two slashes.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        let fits = (1..=PATH_LENGTH_MAX).contains(&text.len())
            && text.starts_with('/')
            && text.ends_with('/')
            && text.bytes().all(|b| (0x21..=0x7e).contains(&b));
        if fits { Ok(Self(text.into())) } else { Err(Malformed("a path")) }
    }

    /// The path of entities that are filed nowhere.
    pub fn root() -> Self {
        Self("/".into())
    }
}

/// The id of an IAM entity, never used twice, e.g. `AIDACKCEVSQ6C2EXAMPLE`. It distinguishes
/// entities that had the same name one after the other.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UniqueId(Box<str>);
word!(UniqueId);

/// Four letters for the kind, and seventeen for the entity.
const UNIQUE_ID_LENGTH: usize = 21;
const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// The kind of entity of a unique id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IdKind {
    /// `AIDA…`.
    User,
    /// `AGPA…`.
    Group,
    /// `AROA…`.
    Role,
    /// `ANPA…`.
    ManagedPolicy,
    /// `AIPA…`.
    InstanceProfile,
}

impl IdKind {
    /// The four letters.
    pub fn prefix(self) -> &'static str {
        match self {
            Self::User => "AIDA",
            Self::Group => "AGPA",
            Self::Role => "AROA",
            Self::ManagedPolicy => "ANPA",
            Self::InstanceProfile => "AIPA",
        }
    }
}

impl UniqueId {
    /// Makes an id of random bytes: 85 bits of them, so that no two are the same.
    pub fn from_random(kind: IdKind, random: [u8; 17]) -> Self {
        let rest = random.iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)]));
        Self(kind.prefix().chars().chain(rest).collect::<String>().into())
    }

    /// Reads 21 capital letters and digits.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        let fits = text.len() == UNIQUE_ID_LENGTH
            && text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
        if fits { Ok(Self(text.into())) } else { Err(Malformed("a unique id")) }
    }

    /// Is it the id of an entity of this kind?
    pub fn is(&self, kind: IdKind) -> bool {
        self.0.starts_with(kind.prefix())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_users() {
        #[rustfmt::skip]
        let cases = [
            ("alice",            true,  "the usual"),
            ("a",                true,  "one letter"),
            ("ci+deploy@x.org",  true,  "marks that IAM allows"),
            ("",                 false, "empty"),
            ("a b",              false, "a space"),
            ("a/b",              false, "a slash belongs to the path"),
            ("älice",            false, "not ASCII"),
        ];
        for (text, accepted, because) in cases {
            assert_eq!(UserName::parse(text).is_ok(), accepted, "{text:?}: {because}");
        }
        assert!(UserName::parse(&"a".repeat(64)).is_ok());
        assert!(UserName::parse(&"a".repeat(65)).is_err());
        assert!(GroupName::parse(&"a".repeat(128)).is_ok());
        assert!(SessionName::parse("a").is_err());
        assert_eq!(UserName::parse("Alice").unwrap().folded(), "alice");
    }

    #[test]
    fn paths() {
        #[rustfmt::skip]
        let cases = [
            ("/",        true,  "nowhere"),
            ("/a/",      true,  "one folder"),
            ("/a/b:c/",  true,  "any visible character"),
            ("//",       true,  "IAM's pattern allows it"),
            ("a/",       false, "no slash in front"),
            ("/a",       false, "no slash behind"),
            ("/a b/",    false, "a space"),
            ("",         false, "empty"),
        ];
        for (text, accepted, because) in cases {
            assert_eq!(IamPath::parse(text).is_ok(), accepted, "{text:?}: {because}");
        }
    }

    #[test]
    fn unique_ids_tell_their_kind() {
        let id = UniqueId::from_random(IdKind::Role, [0; 17]);
        assert_eq!(id.as_str(), "AROAAAAAAAAAAAAAAAAAA");
        assert!(id.is(IdKind::Role) && !id.is(IdKind::User));
        assert_eq!(UniqueId::parse(id.as_str()), Ok(id));
        assert!(UniqueId::parse("AROA").is_err());
        assert!(UniqueId::parse("aroaaaaaaaaaaaaaaaaaa").is_err());
    }
}
