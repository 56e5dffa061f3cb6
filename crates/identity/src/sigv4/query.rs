use percent_encoding::{
    AsciiSet, NON_ALPHANUMERIC, percent_decode_str, percent_encode, utf8_percent_encode,
};

use super::SignatureRefusal;

/// Characters that the canonical request does not escape: RFC 3986's unreserved ones.
const ESCAPED: AsciiSet = NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The one parameter that is not signed.
const SIGNATURE: &str = "X-Amz-Signature";

/// A query string, each name and value in its canonical escapes, in the order of arrival.
#[cfg_attr(test, derive(Debug))]
pub(super) struct Query {
    pairs: Vec<(String, String)>,
}

impl Query {
    /// Reads `name=value&…`. A plus sign is a plus sign; empty pairs are skipped.
    pub(super) fn parse(raw: &str) -> Result<Self, SignatureRefusal> {
        let pairs = raw.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            Ok((reescape(name)?, reescape(value)?))
        });
        Ok(Self { pairs: pairs.collect::<Result<_, _>>()? })
    }

    /// The first parameter of that name, unescaped. The name has no character that needs an escape.
    pub(super) fn first(&self, name: &str) -> Option<String> {
        let (_, value) = self.pairs.iter().find(|(known, _)| known == name)?;
        Some(percent_decode_str(value).decode_utf8_lossy().into_owned())
    }

    /// Sorted by name, then value; byte order of the escaped forms, each on its own.
    pub(super) fn canonical(&self) -> String {
        let signed = self.pairs.iter().filter(|(name, _)| name != SIGNATURE);
        let mut pairs: Vec<_> = signed.collect();
        pairs.sort();
        let joined: Vec<_> = pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
        joined.join("&")
    }
}

/// Undoes the client's escapes and puts in the canonical ones.
fn reescape(text: &str) -> Result<String, SignatureRefusal> {
    if !well_escaped(text) {
        return Err(SignatureRefusal::MalformedQuery);
    }
    let bytes: Vec<u8> = percent_decode_str(text).collect();
    Ok(percent_encode(&bytes, &ESCAPED).to_string())
}

/// Is every `%` followed by two hexadecimal digits?
pub(super) fn well_escaped(text: &str) -> bool {
    let mut after = text.as_bytes().split(|b| *b == b'%');
    after.next();
    after.all(|rest| {
        rest.split_at_checked(2).is_some_and(|(code, _)| code.iter().all(u8::is_ascii_hexdigit))
    })
}

/// Escapes one segment of a path.
pub(super) fn escape(segment: &str) -> impl Iterator<Item = &str> {
    utf8_percent_encode(segment, &ESCAPED)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn canonical_queries() {
        #[rustfmt::skip]
        let cases = [
            // raw                    canonical               because
            ("",                      "",                     "empty"),
            ("b=2&a=1",               "a=1&b=2",              "sorted by name"),
            ("a=2&a=1&a=",            "a=&a=1&a=2",           "then by value, each one kept"),
            ("a",                     "a=",                   "no value is an empty one"),
            ("a=b=c",                 "a=b%3Dc",              "the first equal sign divides"),
            ("a==",                   "a=%3D",                "the first equal sign divides"),
            ("p-1=x&p=y",             "p=y&p-1=x",            "names alone, not joined with `=`"),
            ("A=1&a=2&_=3&~=4",       "A=1&_=3&a=2&~=4",      "byte order"),
            ("a=x+y",                 "a=x%2By",              "a plus sign is a plus sign"),
            ("a=x%20y",               "a=x%20y",              "a space stays an escape"),
            ("a=%7e%2d%5f%2e",        "a=~-_.",               "unreserved characters lose theirs"),
            ("a=%c3%a4",              "a=%C3%A4",             "escapes are upper case"),
            ("a=/&b=:@!$'()*,;",      "a=%2F&b=%3A%40%21%24%27%28%29%2A%2C%3B", "all else is escaped"),
            ("%61=1",                 "a=1",                  "names too"),
            ("a=%ff",                 "a=%FF",                "bytes need not be UTF-8"),
            ("&&a=1&",                "a=1",                  "empty pairs are skipped"),
            ("=x",                    "=x",                   "an empty name is a name"),
            ("a=1&X-Amz-Signature=f", "a=1",                  "the signature does not sign itself"),
            ("x-amz-signature=f",     "x-amz-signature=f",    "that is another name"),
        ];
        for (raw, canonical, because) in cases {
            let query = Query::parse(raw).expect("well formed");
            assert_eq!(query.canonical(), canonical, "{raw:?}: {because}");
        }
    }

    #[test]
    fn broken_escapes_are_refused() {
        for raw in ["a=%", "a=%2", "a=%2x", "%=a", "a=%%20", "a=%\u{e4}"] {
            assert!(Query::parse(raw).is_err(), "{raw:?}");
        }
    }

    #[test]
    fn the_first_of_several_parameters_counts() {
        let query = Query::parse("a=1%2F2&b=3&a=4").expect("well formed");
        assert_eq!(query.first("a").as_deref(), Some("1/2"));
        assert_eq!(query.first("c"), None);
    }
}
