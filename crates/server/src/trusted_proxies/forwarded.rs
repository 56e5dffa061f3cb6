//! The header `Forwarded` (RFC 7239).

use http::HeaderMap;
use http::header::FORWARDED;

/// The statement of one proxy: its client, the requested host, and the scheme.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Element {
    pub(super) asked_by: Option<String>,
    pub(super) host: Option<String>,
    pub(super) proto: Option<String>,
}

/// The statements of the proxies, the nearest last; `None` if one of them is malformed, so that
/// nothing is trusted.
pub(super) fn elements(headers: &HeaderMap) -> Option<Vec<Element>> {
    let mut elements = Vec::new();
    for value in headers.get_all(FORWARDED) {
        for text in split(value.to_str().ok()?, ',') {
            elements.push(element(text)?);
        }
    }
    Some(elements)
}

fn element(text: &str) -> Option<Element> {
    let mut element = Element::default();
    for pair in split(text, ';').into_iter().filter(|pair| !pair.trim().is_empty()) {
        let (name, value) = pair.split_once('=')?;
        let value = Some(unquoted(value.trim())?);
        match name.trim().to_ascii_lowercase().as_str() {
            "for" => element.asked_by = value,
            "host" => element.host = value,
            "proto" => element.proto = value,
            _ => {}
        }
    }
    Some(element)
}

/// Splits at a separator that is not within quotes.
fn split(text: &str, separator: char) -> Vec<&str> {
    let (mut quoted, mut escaped) = (false, false);
    text.split(|c: char| {
        let ends = c == separator && !quoted;
        if c == '"' && !escaped {
            quoted = !quoted;
        }
        escaped = quoted && c == '\\' && !escaped;
        ends
    })
    .collect()
}

/// A token, or the content of a quoted string.
fn unquoted(text: &str) -> Option<String> {
    let Some(rest) = text.strip_prefix('"') else {
        return (!text.contains('"')).then(|| text.to_owned());
    };
    let mut held = String::new();
    let mut rest = rest.strip_suffix('"')?.chars();
    while let Some(c) = rest.next() {
        match c {
            '"' => return None,
            '\\' => held.push(rest.next()?),
            c => held.push(c),
        }
    }
    Some(held)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(values: &[&str]) -> Option<Vec<(String, String, String)>> {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(FORWARDED, value.parse().unwrap());
        }
        let plain = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
        let all = elements(&headers)?.into_iter();
        Some(all.map(|it| (plain(it.asked_by), plain(it.host), plain(it.proto))).collect())
    }

    #[test]
    fn what_proxies_forward() {
        let is = |all: &[(&str, &str, &str)]| {
            let own = |(a, b, c): &(&str, &str, &str)| {
                ((*a).to_owned(), (*b).to_owned(), (*c).to_owned())
            };
            Some(all.iter().map(own).collect::<Vec<_>>())
        };
        #[rustfmt::skip]
        let cases = [
            (vec![],                                            is(&[]),                              "nothing"),
            (vec!["for=192.0.2.60;proto=https;by=203.0.113.43"], is(&[("192.0.2.60", "-", "https")]),  "the specification's own"),
            (vec!["For=\"[2001:db8::1]:4711\""],                is(&[("[2001:db8::1]:4711", "-", "-")]), "quoted, and names have no case"),
            (vec!["for=192.0.2.1, for=192.0.2.2"],              is(&[("192.0.2.1", "-", "-"), ("192.0.2.2", "-", "-")]), "a list"),
            (vec!["for=192.0.2.1", "host=a.example"],           is(&[("192.0.2.1", "-", "-"), ("-", "a.example", "-")]), "two headers"),
            (vec!["host=\"a.example:8443\" ; proto=https"],     is(&[("-", "a.example:8443", "https")]), "spaces"),
            (vec!["by=\"a,b;c=\\\"\";proto=https"],             is(&[("-", "-", "https")]),           "separators within quotes"),
            (vec!["for=192.0.2.1;"],                            is(&[("192.0.2.1", "-", "-")]),       "a semicolon more"),
            (vec!["https"],                                     None,                                 "no pair"),
            (vec!["host=\"a.example"],                          None,                                 "a quote that does not end"),
            (vec!["host=a\"b\""],                               None,                                 "a quote within a token"),
        ];
        for (values, expected, because) in cases {
            assert_eq!(read(&values), expected, "{values:?}: {because}");
        }
    }
}
