use crate::Malformed;
use crate::malformed::word;

/// A media type: `type/subtype`, both `restricted-name`s (RFC 6838 §4.2), and perhaps parameters
/// (`;version=0.2`), which artifacts use. Always safe as the value of an HTTP header.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MediaType(Box<str>);
word!(MediaType);

/// Two restricted names of 127 characters and a slash.
const LENGTH_MAX: usize = 255;

impl MediaType {
    /// Reads a media type.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        const BAD: Malformed = Malformed("a media type");
        let (essence, parameters) = text.split_once(';').unwrap_or((text, ""));
        let (kind, subtype) = essence.split_once('/').ok_or(BAD)?;
        let visible = |b: u8| (b' '..=b'~').contains(&b);
        let fits = text.len() <= LENGTH_MAX
            && is_restricted_name(kind)
            && is_restricted_name(subtype)
            && parameters.bytes().all(visible);
        if fits { Ok(Self(text.into())) } else { Err(BAD) }
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
            ("application/x.y+json;version=0.2",           true,  "parameters"),
            ("application/x.y; a=\r\nb",                  false, "a header in disguise"),
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
