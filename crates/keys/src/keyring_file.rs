//! The text of a keyring file: JSON, with a version, root keys oldest first.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::root_key::{RootKey, RootKeyId};

const VERSION: u32 = 1;

/// More root keys than any operator rotates through: we did not write a file with more.
const ROOTS_MAX: usize = 1000;

#[derive(Deserialize)]
struct AnyVersion {
    version: u32,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    version: u32,
    roots: Vec<Line>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    id: String,
    key: Zeroizing<String>,
}

/// The version that a text says it has, of any kind of keyring file; `None` if it is none.
pub(crate) fn version_of(text: &[u8]) -> Option<u32> {
    serde_json::from_slice(text).ok().map(|any: AnyVersion| any.version)
}

/// Parses root keys, oldest first, at least one; or says what is wrong with the text.
pub(crate) fn read(text: &[u8]) -> Result<Vec<RootKey>, &'static str> {
    let version = version_of(text).ok_or("it is not a keyring")?;
    if version > VERSION {
        return Err("it was written by a newer version of Longshore");
    }
    let document: Document = serde_json::from_slice(text).map_err(|_| "it is damaged")?;
    if document.version != VERSION || document.roots.len() > ROOTS_MAX {
        return Err("it is damaged");
    }
    let mut roots: Vec<RootKey> = Vec::with_capacity(document.roots.len());
    for line in &document.roots {
        let root = read_line(line).ok_or("a root key in it is damaged")?;
        if roots.iter().any(|other| other.id() == root.id()) {
            return Err("two root keys in it have one id");
        }
        roots.push(root);
    }
    if roots.is_empty() { Err("it holds no root key") } else { Ok(roots) }
}

/// The text that holds these root keys.
pub(crate) fn write(roots: &[RootKey]) -> Zeroizing<Vec<u8>> {
    let roots = roots.iter().map(|root| Line {
        id: root.id().to_string(),
        key: Zeroizing::new(STANDARD.encode(root.secret())),
    });
    let document = Document { version: VERSION, roots: roots.collect() };
    let text = serde_json::to_vec_pretty(&document).expect("text and numbers are valid JSON");
    Zeroizing::new(text)
}

fn read_line(line: &Line) -> Option<RootKey> {
    let id = RootKeyId::parse(&line.id)?;
    let key = Zeroizing::new(STANDARD.decode(&line.key).ok()?);
    Some(RootKey::from_parts(id, key.as_slice().try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let roots = vec![RootKey::generate(), RootKey::generate()];
        let back = read(&write(&roots)).unwrap();
        assert_eq!(back.len(), 2);
        for (before, after) in roots.iter().zip(&back) {
            assert_eq!((before.id(), before.secret()), (after.id(), after.secret()));
        }
    }

    #[test]
    fn keyrings_that_are_refused() {
        let key = STANDARD.encode([7; 32]);
        let one = format!(r#"{{"id":"01020304","key":"{key}"}}"#);
        #[rustfmt::skip]
        let cases = [
            (String::new(),                                            "it is not a keyring"),
            ("[]".into(),                                              "it is not a keyring"),
            (r#"{"version":-1,"roots":[]}"#.into(),                    "it is not a keyring"),
            (r#"{"version":2,"anything":true}"#.into(),                "it was written by a newer version of Longshore"),
            (r#"{"version":0,"roots":[]}"#.into(),                     "it is damaged"),
            (r#"{"version":1}"#.into(),                                "it is damaged"),
            (format!(r#"{{"version":1,"roots":[{one}],"more":1}}"#),   "it is damaged"),
            (r#"{"version":1,"roots":[]}"#.into(),                     "it holds no root key"),
            (format!(r#"{{"version":1,"roots":[{one},{one}]}}"#),      "two root keys in it have one id"),
            (r#"{"version":1,"roots":[{"id":"01020304","key":""}]}"#.into(), "a root key in it is damaged"),
            (format!(r#"{{"version":1,"roots":[{{"id":"0102","key":"{key}"}}]}}"#), "a root key in it is damaged"),
            (format!(r#"{{"version":1,"roots":[{one}"#),               "it is not a keyring"),
        ];
        for (text, what) in cases {
            assert_eq!(read(text.as_bytes()).unwrap_err(), what, "{text}");
        }
    }
}
