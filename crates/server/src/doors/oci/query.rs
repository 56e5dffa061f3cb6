//! The query of a request: parameters may come several times, and in any order.

use percent_encoding::percent_decode_str;

use super::failure::Refused;

/// A query, read once.
pub(super) struct Query(Vec<(String, String)>);

/// Parameters read at most; the specification has five.
const PARAMETERS_MAX: usize = 64;

impl Query {
    pub(super) fn parse(query: Option<&str>) -> Self {
        let pairs = query.unwrap_or_default().split('&').filter(|pair| !pair.is_empty());
        let decode = |text: &str| {
            percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned()
        };
        let read = pairs.take(PARAMETERS_MAX).map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decode(name), decode(value))
        });
        Self(read.collect())
    }

    /// The first value of a parameter.
    pub(super) fn first(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// All values of a parameter.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// `n`: how long a page may be. More than `max` is cut to it, as the specification allows.
    pub(super) fn page_length(&self, default: u32, max: u32) -> Result<u32, Refused> {
        const BAD: Refused = Refused::BadParameter(
            "Invalid parameter at 'maxResults' failed to satisfy constraint: \
             'Member must have value greater than or equal to 0'",
        );
        let Some(text) = self.first("n").filter(|text| !text.is_empty()) else {
            return Ok(default);
        };
        if !text.bytes().all(|b| b.is_ascii_digit()) {
            return Err(BAD);
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
            Query::parse(Some("tag=a&digest=sha256%3Aab&tag=b&empty&artifactType=a%2Fb%2Bc"));
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
            let got = Query::parse(Some(query)).page_length(100, 1000);
            assert_eq!(got.ok(), expected, "{query}: {because}");
        }
    }
}
