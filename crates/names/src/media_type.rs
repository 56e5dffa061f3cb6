use crate::Malformed;
use crate::malformed::word;

/// A media type without parameters (RFC 6838 §4.2): `type/subtype`, both `restricted-name`s.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MediaType(Box<str>);
word!(MediaType);

/// Two restricted names of 127 characters and a slash.
const LENGTH_MAX: usize = 255;

impl MediaType {
    /// Reads a media type; parameters are refused.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        const BAD: Malformed = Malformed("a media type");
        let (kind, subtype) = text.split_once('/').ok_or(BAD)?;
        if text.len() <= LENGTH_MAX && is_restricted_name(kind) && is_restricted_name(subtype) {
            Ok(Self(text.into()))
        } else {
            Err(BAD)
        }
    }
}

fn is_restricted_name(name: &str) -> bool {
    let bytes = name.as_bytes();
    !bytes.is_empty()
        && bytes[0].is_ascii_alphanumeric()
        && bytes.iter().all(|b| b.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn media_types() {
        #[rustfmt::skip]
        let cases = [
            ("application/vnd.oci.image.manifest.v1+json", true,  "the usual"),
            ("application/x.y+json;version=0.2",           false, "parameters"),
            ("spdx+json",                                  false, "no slash"),
            ("application/",                               false, "no subtype"),
            ("/json",                                      false, "no type"),
            ("application/a b",                            false, "a space"),
            ("application/json\r\nx: y",                   false, "a header in disguise"),
        ];
        for (text, accepted, because) in cases {
            assert_eq!(MediaType::parse(text).is_ok(), accepted, "{text:?}: {because}");
        }
    }
}
