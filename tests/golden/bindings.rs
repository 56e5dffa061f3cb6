//! Words in brackets: what differs from run to run, by a name.
//!
//! `[account]`, `[region]` and `[host]` are there from the start; a scene binds digests and manifests; an answer
//! binds `[upload]` and `[page]`, the token of the next page. `[base64 TEXT]` and `[digest TEXT]` are computed. Times,
//! registry tokens and signatures of URLs are only ever shown.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

/// Names and what they stand for.
pub(crate) struct Bindings(Vec<(String, String)>);

/// Members that hold a time.
const TIMES: [&str; 4] = ["createdAt", "expiresAt", "imagePushedAt", "lastRecordedPullTime"];

impl Bindings {
    pub(crate) fn new() -> Self {
        Self(Vec::new())
    }

    /// Binds a name, perhaps anew.
    pub(crate) fn bind(&mut self, name: &str, value: impl Into<String>) {
        self.0.retain(|(bound, _)| bound != name);
        self.0.push((name.to_owned(), value.into()));
        // A long value may hold a short one: it is looked for first.
        self.0.sort_by_key(|(_, value)| std::cmp::Reverse(value.len()));
    }

    pub(crate) fn value(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(bound, _)| bound == name);
        found.map_or_else(|| panic!("[{name}] is not bound"), |(_, value)| value)
    }

    /// A request with what its words stand for, written as inside a JSON string.
    pub(crate) fn fill(&mut self, request: &str) -> String {
        let mut filled = String::new();
        let mut rest = request;
        while let Some((before, after)) = rest.split_once('[') {
            filled += before;
            rest = after;
            match after.split_once(']').and_then(|(name, after)| Some((self.find(name)?, after))) {
                Some((value, after)) => {
                    let quoted = Value::String(value).to_string();
                    filled += &quoted[1..quoted.len() - 1];
                    rest = after;
                }
                None => filled.push('['),
            }
        }
        filled + rest
    }

    fn find(&mut self, name: &str) -> Option<String> {
        if let Some(text) = name.strip_prefix("base64 ") {
            return Some(STANDARD.encode(text));
        }
        if let Some(text) = name.strip_prefix("digest ") {
            self.bind(name, digest(text.as_bytes()));
        }
        let found = self.0.iter().find(|(bound, _)| bound == name);
        found.map(|(_, value)| value.clone())
    }

    /// An answer with names in the place of what they stand for. Binds what the answer brings.
    pub(crate) fn name(&mut self, answer: Value) -> Value {
        self.name_member("", answer)
    }

    fn name_member(&mut self, member: &str, value: Value) -> Value {
        match value {
            Value::Object(members) => members
                .into_iter()
                .map(|(name, value)| {
                    let value = self.name_member(&name, value);
                    (name, value)
                })
                .collect(),
            Value::Array(elements) => {
                elements.into_iter().map(|element| self.name_member("", element)).collect()
            }
            Value::Number(_) if TIMES.contains(&member) => "[time]".into(),
            Value::String(text) => self.name_text(member, &text).into(),
            other => other,
        }
    }

    fn name_text(&mut self, member: &str, text: &str) -> String {
        match member {
            "authorizationToken" => return "[token]".to_owned(),
            "nextToken" => self.bind("page", text),
            "uploadId" if !self.0.iter().any(|(_, value)| value == text) => {
                self.bind("upload", text);
            }
            _ => {}
        }
        let mut named = text.to_owned();
        for (name, value) in &self.0 {
            named = named.replace(value, &format!("[{name}]"));
        }
        match named.split_once("?expires=") {
            Some((path, _)) if member == "downloadUrl" => format!("{path}?[signature]"),
            _ => named,
        }
    }
}

/// `sha256:…` of some bytes.
pub(crate) fn digest(bytes: &[u8]) -> String {
    format!("sha256:{}", hex::encode(Sha256::digest(bytes)))
}
