//! How a registry wants to be asked: the header `WWW-Authenticate` (RFC 9110 §11.6.1).

use http::HeaderMap;
use http::header::WWW_AUTHENTICATE;

/// All headers of this name together. Real ones have a few hundred bytes.
const SIZE_BYTES_MAX: usize = 8 * 1024;

/// Parameters of one challenge.
const PARAMETERS_MAX: usize = 16;

/// What a registry demands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Challenge {
    /// The user and password with each request.
    Basic,
    /// A token of this service.
    Bearer {
        /// The service's URL.
        realm: String,
        /// Its name of the registry.
        service: Option<String>,
        /// What the token must be good for.
        scope: Option<String>,
    },
}

impl Challenge {
    /// The challenge of an answer: a token service if there is one. `None` if none is understood.
    pub(crate) fn of(headers: &HeaderMap) -> Option<Self> {
        let mut left = SIZE_BYTES_MAX;
        let mut found = None;
        for value in headers.get_all(WWW_AUTHENTICATE) {
            left = left.checked_sub(value.len())?;
            let Ok(text) = value.to_str() else { continue };
            for challenge in Self::parse(text) {
                if found.is_none() || matches!(challenge, Self::Bearer { .. }) {
                    found = Some(challenge);
                }
            }
        }
        found
    }

    /// The challenges of one header that are understood, up to the first error of grammar.
    pub(crate) fn parse(text: &str) -> Vec<Self> {
        let mut rest = text.get(..SIZE_BYTES_MAX).unwrap_or(text);
        let mut found = Vec::new();
        while let Some((scheme, after)) = scheme(rest) {
            let (parameters, after) = parameters(after);
            found.extend(read(scheme, &parameters));
            rest = after;
        }
        found
    }
}

fn read(scheme: &str, parameters: &[(String, String)]) -> Option<Challenge> {
    let find = |name: &str| {
        let found = parameters.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.clone()).filter(|value| !value.is_empty())
    };
    if scheme.eq_ignore_ascii_case("basic") {
        Some(Challenge::Basic)
    } else if scheme.eq_ignore_ascii_case("bearer") {
        let realm = find("realm")?;
        Some(Challenge::Bearer { realm, service: find("service"), scope: find("scope") })
    } else {
        None
    }
}

fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

/// The word at the beginning, and what follows.
fn word(text: &str) -> Option<(&str, &str)> {
    let length = text.bytes().take_while(|byte| is_token(*byte)).count();
    (length > 0).then(|| text.split_at(length))
}

fn scheme(text: &str) -> Option<(&str, &str)> {
    word(text.trim_start_matches([' ', '\t', ',']))
}

/// The parameters at the beginning, and what follows: the next challenge, or an error.
fn parameters(mut text: &str) -> (Vec<(String, String)>, &str) {
    let mut found = Vec::new();
    while found.len() < PARAMETERS_MAX {
        let at = text.trim_start_matches([' ', '\t', ',']);
        let Some((name, after)) = word(at) else { return (found, "") };
        let Some(after) = after.trim_start().strip_prefix('=') else {
            // A word alone is the scheme of the next challenge.
            return (found, at);
        };
        let Some((value, after)) = value(after.trim_start()) else { return (found, "") };
        found.push((name.to_owned(), value));
        text = after;
    }
    (found, "")
}

/// A word or a quoted string.
fn value(text: &str) -> Option<(String, &str)> {
    let Some(quoted) = text.strip_prefix('"') else {
        return word(text).map(|(value, after)| (value.to_owned(), after));
    };
    let mut value = String::new();
    let mut letters = quoted.char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' => return Some((value, &quoted[at + 1..])),
            '\\' => value.push(letters.next()?.1),
            letter => value.push(letter),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bearer(realm: &str, service: Option<&str>, scope: Option<&str>) -> Challenge {
        Challenge::Bearer {
            realm: realm.to_owned(),
            service: service.map(str::to_owned),
            scope: scope.map(str::to_owned),
        }
    }

    #[test]
    fn challenges() {
        let hub = bearer("https://auth.docker.io/token", Some("registry.docker.io"), Some("a:b:c"));
        let long = format!("Bearer realm=\"{}\"", "a".repeat(9_000));
        let many = format!("Bearer {}realm=\"https://a\"", "x=y, ".repeat(20));
        #[rustfmt::skip]
        let cases = [
            (r#"Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="a:b:c""#, vec![hub], "Docker Hub's"),
            (r#"bearer Realm=https-x , scope="a\"b""#, vec![bearer("https-x", None, Some("a\"b"))], "no quotes, a space, an escaped quote"),
            (r#"Basic realm="x""#,                     vec![Challenge::Basic],                 "ECR's"),
            (r#"Basic realm="a, b", Bearer realm="c""#, vec![Challenge::Basic, bearer("c", None, None)], "two in one header"),
            (r#"Negotiate, Basic realm="x""#,          vec![Challenge::Basic],                 "one that is not understood"),
            ("Basic",                                  vec![Challenge::Basic],                 "no parameters"),
            ("Bearer",                                 vec![],                                 "no token service"),
            (r#"Bearer realm="""#,                     vec![],                                 "an empty realm"),
            (r#"Bearer realm="open"#,                  vec![],                                 "a quote that does not end"),
            (r#"Bearer realm="a\"#,                    vec![],                                 "an escape at the end"),
            ("",                                       vec![],                                 "nothing"),
            ("= = =",                                  vec![],                                 "no scheme"),
            ("Bearer é=1",                             vec![],                                 "not a word"),
            (&long,                                    vec![],                                 "too long"),
            (&many,                                    vec![],                                 "too many parameters"),
        ];
        for (text, expected, because) in cases {
            assert_eq!(Challenge::parse(text), expected, "{because}");
        }
    }

    #[test]
    fn a_token_service_is_preferred() {
        let mut headers = HeaderMap::new();
        headers.append(WWW_AUTHENTICATE, "Bearer realm=\"https://a\"".parse().unwrap());
        headers.append(WWW_AUTHENTICATE, "Basic".parse().unwrap());
        assert_eq!(Challenge::of(&headers), Some(bearer("https://a", None, None)));
    }
}
