//! The query of a request: parameters may be repeated and come in any order.

use operations::InvalidParameter;
use percent_encoding::percent_decode_str;

use super::failure::Refused;

/// A query, read once.
pub(super) struct Query(Vec<(String, String)>);

/// Parameters read at most; the specification has five.
const PARAMETERS_MAX: usize = 64;

impl Query {
    pub(super) fn parse(query: Option<&str>) -> Result<Self, Refused> {
        let pairs = query.unwrap_or_default().split('&').filter(|pair| !pair.is_empty());
        // A plus is a plus: no client sends a form, and media types contain it.
        let decode = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
        let read = pairs.take(PARAMETERS_MAX + 1).map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decode(name), decode(value))
        });
        let read: Vec<_> = read.collect();
        if read.len() > PARAMETERS_MAX {
            return Err(Refused::BadParameter("A request may have at most 64 parameters"));
        }
        Ok(Self(read))
    }

    /// The first value of a parameter.
    pub(super) fn first(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// All values of a parameter.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// `n`: the length of a page. More than `max` is reduced to it, as the specification allows.
    pub(super) fn page_length(&self, default: u32, max: u32) -> Result<u32, Refused> {
        let refuse = || {
            let constraint = "Member must have value greater than or equal to 0".to_owned();
            Err(Refused::Verb(InvalidParameter { path: "maxResults", constraint }.into()))
        };
        let Some(text) = self.first("n").filter(|text| !text.is_empty()) else {
            return Ok(default);
        };
        if !text.bytes().all(|b| b.is_ascii_digit()) {
            return refuse();
        }
        // Digits that do not fit are a number larger than any page.
        Ok(text.parse::<u32>().unwrap_or(max).min(max))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_decoded_and_may_repeat() {
        let query =
            Query::parse(Some("tag=a&digest=sha256%3Aab&tag=b&empty&artifactType=a%2Fb%2Bc"))
                .unwrap();
        let plus = Query::parse(Some("artifactType=application/spdx+json&last=a%20b")).unwrap();
        assert_eq!(plus.first("artifactType"), Some("application/spdx+json"));
        assert_eq!(plus.first("last"), Some("a b"));
        assert_eq!(query.all("tag").collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(query.first("digest"), Some("sha256:ab"));
        assert_eq!(query.first("empty"), Some(""));
        assert_eq!(query.first("artifactType"), Some("a/b+c"));
        assert_eq!(query.first("none"), None);
    }

    #[test]
    fn page_lengths() {
        #[rustfmt::skip]
        let cases = [
            ("",                          Some(100),  "the default"),
            ("n=7",                       Some(7),    "as asked"),
            ("n=0",                       Some(0),    "none is a length"),
            ("n=5000",                    Some(1000), "cut"),
            ("n=99999999999999999999",    Some(1000), "cut"),
            ("n=-1",                      None,       "negative"),
            ("n=ten",                     None,       "a word"),
        ];
        for (query, expected, because) in cases {
            let got = Query::parse(Some(query)).unwrap().page_length(100, 1000);
            assert_eq!(got.ok(), expected, "{query}: {because}");
        }
    }

    #[test]
    fn no_parameter_is_ignored_because_there_are_many() {
        assert!(Query::parse(Some(&"tag=a&".repeat(64))).is_ok());
        assert!(Query::parse(Some(&"tag=a&".repeat(65))).is_err());
    }
}
