use aws_lc_rs::digest;
use http::{HeaderMap, Method, Uri};

use super::SignatureRefusal;
use super::query::{Query, escape, well_escaped};

/// The path with its dots resolved and its slashes single, each segment escaped (a second time, if
/// the client had escaped it; only S3 does otherwise).
pub(super) fn path(raw: &str) -> Result<String, SignatureRefusal> {
    if !raw.starts_with('/') || !well_escaped(raw) {
        return Err(SignatureRefusal::MalformedPath);
    }
    let mut segments = Vec::new();
    for segment in raw.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop().ok_or(SignatureRefusal::MalformedPath)?;
            }
            name => segments.push(name),
        }
    }
    let mut canonical = String::with_capacity(raw.len());
    for segment in &segments {
        canonical.push('/');
        canonical.extend(escape(segment));
    }
    if segments.is_empty() || raw.ends_with('/') {
        canonical.push('/');
    }
    Ok(canonical)
}

/// The names in `SignedHeaders`, as the canonical request lists them: lower case, sorted, unique.
pub(super) struct SignedHeaders(Vec<String>);

impl SignedHeaders {
    pub(super) fn parse(list: &str) -> Self {
        let mut names: Vec<_> = list.split(';').map(str::to_ascii_lowercase).collect();
        names.sort();
        names.dedup();
        Self(names)
    }

    /// As `SignedHeaders` lists them.
    pub(super) fn list(&self) -> String {
        self.0.join(";")
    }

    pub(super) fn contain(&self, name: &str) -> bool {
        self.0.iter().any(|known| known == name)
    }

    /// `Host`, or its equivalent in HTTP/2.
    pub(super) fn contain_host(&self) -> bool {
        self.contain("host") || self.contain(":authority")
    }
}

/// A canonical request, hashed, up to the payload's hash, which is its last line.
pub(super) fn digest(
    method: &Method,
    uri: &Uri,
    path: &str,
    query: &Query,
    headers: &HeaderMap,
    signed: &SignedHeaders,
) -> digest::Context {
    let mut context = digest::Context::new(&digest::SHA256);
    for line in [method.as_str(), path, &query.canonical()] {
        context.update(line.as_bytes());
        context.update(b"\n");
    }
    for name in &signed.0 {
        if let Some(value) = header_value(uri, headers, name) {
            context.update(name.as_bytes());
            context.update(b":");
            context.update(&value);
            context.update(b"\n");
        }
    }
    context.update(b"\n");
    context.update(signed.list().as_bytes());
    context.update(b"\n");
    context
}

/// All values of one name, joined with commas; `None` if the request has no such header.
fn header_value(uri: &Uri, headers: &HeaderMap, name: &str) -> Option<Vec<u8>> {
    let header = if name == ":authority" { "host" } else { name };
    let values: Vec<_> =
        headers.get_all(header).iter().map(|value| trimmed(value.as_bytes())).collect();
    if values.is_empty() && header == "host" {
        return Some(uri.authority()?.as_str().as_bytes().to_vec());
    }
    (!values.is_empty()).then(|| values.join(&b','))
}

/// Without space at the ends, and with one space for each run inside.
fn trimmed(value: &[u8]) -> Vec<u8> {
    let mut out = value.trim_ascii().to_vec();
    out.dedup_by(|next, kept| *next == b' ' && *kept == b' ');
    out
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn canonical_paths() {
        #[rustfmt::skip]
        let cases = [
            // raw                canonical           because
            ("/",                 Some("/"),          "the root"),
            ("//",                Some("/"),          "slashes are single"),
            ("/a//b",             Some("/a/b"),       "slashes are single"),
            ("/a/",               Some("/a/"),        "the last one stays"),
            ("/./a/./b",          Some("/a/b"),       "dots are resolved"),
            ("/a/../b",           Some("/b"),         "dots are resolved"),
            ("/a/..",             Some("/"),          "dots are resolved"),
            ("/a/../",            Some("/"),          "dots are resolved"),
            ("/...",              Some("/..."),       "three are a name"),
            ("/a%20b",            Some("/a%2520b"),   "escapes are escaped once more"),
            ("/a+b:c",            Some("/a%2Bb%3Ac"), "reserved characters are escaped"),
            ("/-._~",             Some("/-._~"),      "unreserved ones are not"),
            ("/\u{e4}",           Some("/%C3%A4"),    "bytes above ASCII are escaped"),
            ("/..",               None,               "above the root"),
            ("/a/../../b",        None,               "above the root"),
            ("/a%2",              None,               "a broken escape"),
            ("/%zz",              None,               "a broken escape"),
            ("*",                 None,               "the path of OPTIONS"),
            ("",                  None,               "empty"),
        ];
        for (raw, canonical, because) in cases {
            assert_eq!(path(raw).ok().as_deref(), canonical, "{raw:?}: {because}");
        }
    }

    #[test]
    fn canonical_header_values() {
        #[rustfmt::skip]
        let cases = [
            // values                 canonical      because
            (&["a"][..],              "a",           "one value"),
            (&[" a  b   c "],         "a b c",       "runs of spaces"),
            (&["\"a  b\""],           "\"a b\"",     "in quotes as well"),
            (&["b", "a"],             "b,a",         "in order of arrival"),
            (&["a, b", "c"],          "a, b,c",      "commas stay"),
            (&["", ""],               ",",           "empty values count"),
            (&["ä"],                  "ä",           "bytes above ASCII"),
        ];
        for (values, canonical, because) in cases {
            let mut headers = HeaderMap::new();
            for value in values {
                headers.append("x-test", HeaderValue::from_bytes(value.as_bytes()).unwrap());
            }
            let got = header_value(&Uri::from_static("/"), &headers, "x-test").unwrap();
            assert_eq!(got, canonical.as_bytes(), "{values:?}: {because}");
        }
    }

    #[test]
    fn http_2_has_its_host_in_the_uri() {
        let uri = Uri::from_static("https://registry.example:8443/");
        let mut headers = HeaderMap::new();
        for name in ["host", ":authority"] {
            let got = header_value(&uri, &headers, name).unwrap();
            assert_eq!(got, b"registry.example:8443");
        }
        headers.insert("host", HeaderValue::from_static("other.example"));
        assert_eq!(header_value(&uri, &headers, "host").unwrap(), b"other.example");
    }

    #[test]
    fn an_absent_header_has_no_value() {
        assert_eq!(header_value(&Uri::from_static("/"), &HeaderMap::new(), "x-test"), None);
        assert_eq!(header_value(&Uri::from_static("/"), &HeaderMap::new(), "no header\n"), None);
    }

    #[test]
    fn signed_headers_are_listed_once_and_in_order() {
        let signed = SignedHeaders::parse("x-b;Host;x-a;host");
        assert_eq!(signed.0, ["host", "x-a", "x-b"]);
        assert!(signed.contain_host() && !signed.contain("x-c"));
    }
}
