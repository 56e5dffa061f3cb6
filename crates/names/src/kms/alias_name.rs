use crate::Malformed;
use crate::malformed::word;

/// The name of an alias, with its prefix: `alias/build/images`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AliasName(Box<str>);
word!(AliasName);

const PREFIX: &str = "alias/";

/// The aliases that belong to services.
const RESERVED: &str = "alias/aws/";

const BYTES_MAX: usize = 256;

impl AliasName {
    /// Reads a name.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        const BAD: Malformed = Malformed("the name of an alias");
        if text.len() > BYTES_MAX {
            return Err(BAD);
        }
        let name = text.strip_prefix(PREFIX).ok_or(BAD)?;
        let fits = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'/' | b'_' | b'-');
        if !name.is_empty() && name.bytes().all(fits) { Ok(Self(text.into())) } else { Err(BAD) }
    }

    /// Whether it belongs to a service, so that no client makes or changes it.
    pub fn is_reserved(&self) -> bool {
        self.0.starts_with(RESERVED)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alias_names() {
        let long = format!("alias/{}", "a".repeat(250));
        let longer = format!("{long}a");
        #[rustfmt::skip]
        let cases = [
            // name               accepted  because
            ("alias/images",       true,     "the usual"),
            ("alias/team/a_b-C1",  true,     "every character that may be"),
            ("alias/aws/ecr",      true,     "that of a service"),
            (long.as_str(),        true,     "as long as may be"),
            (longer.as_str(),      false,    "longer"),
            ("alias/",             false,    "no name"),
            ("images",             false,    "no prefix"),
            ("Alias/images",       false,    "case counts"),
            ("alias/a:b",          false,    "a colon would end the ARN"),
            ("alias/ä",            false,    "not ASCII"),
            ("",                   false,    "empty"),
        ];
        for (name, accepted, because) in cases {
            assert_eq!(AliasName::parse(name).is_ok(), accepted, "{name}: {because}");
        }
        assert!(AliasName::parse("alias/aws/ecr").unwrap().is_reserved());
        assert!(!AliasName::parse("alias/awsecr").unwrap().is_reserved());
    }
}
