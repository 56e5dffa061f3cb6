//! Words in brackets: names for values that differ from run to run.
//!
//! `[account]`, `[region]` and `[host]` are bound from the start; a scene binds digests and
//! manifests; an answer binds `[upload]`, `[job]`, and `[page]`, the token of the next page.
//! `[base64 TEXT]` and `[digest TEXT]` are computed. Times, registry tokens and signatures of URLs
//! are only ever shown.
//!
//! An answer in XML binds its unique ids and keys by the names of their elements: the first is
//! `[UserId]`, another `[UserId 2]`. `[Marker]` is the next page, and `[request]` the last answered
//! request. KMS's answers bind theirs by other words (see `KEPT`): `[key]`, `[key 2]`,
//! `[ciphertext]`. The characters that Secrets Manager adds to a name are `[added]`. Answers
//! of CloudTrail bind `[event]`, and show a record, which is a text, as the
//! document that is in it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::aws_call::Key;

/// Names and what they stand for.
pub(crate) struct Bindings(Vec<(String, String)>);

/// Members that hold a time.
const TIMES: [&str; 40] = [
    "ArchivedAt",
    "BegunAt",
    "CountedAt",
    "CreatedAt",
    "CreatedDate",
    "CreationDate",
    "DeletedAt",
    "DeletedDate",
    "DeletionDate",
    "DueAt",
    "EndedAt",
    "EventTime",
    "ExpiredAt",
    "GivenUpAt",
    "ImagePushedAt",
    "ImportedAt",
    "KeptUntil",
    "LastAccessedDate",
    "LastChangedDate",
    "LastRecordedPullTime",
    "LastUpdatedDate",
    "MovedAt",
    "NextRotationDate",
    "NextRunAt",
    "RestorableUntil",
    "RetiredAt",
    "RotationDate",
    "SealsSince",
    "SeenAt",
    "Time",
    "WrittenAt",
    "createdAt",
    "expiresAt",
    "imagePushedAt",
    "lastActivatedAt",
    "lastArchivedAt",
    "lastEvaluatedAt",
    "lastRecordedPullTime",
    "pushedAt",
    "updatedAt",
];

/// A small number, which other texts may hold by chance: it is shown by this name where it stands
/// alone.
const NUMBER: &str = "job";

/// Members of answers of KMS, CloudTrail and our own service that hold what is made anew each time,
/// and what it is called.
const KEPT: [(&str, &str); 17] = [
    ("CiphertextBlob", "ciphertext"),
    ("CurrentKeyMaterialId", "material"),
    ("DestinationKeyMaterialId", "material"),
    ("EventId", "event"),
    ("FromRootKeyId", "root key"),
    ("GrantId", "grant"),
    ("GrantToken", "token"),
    ("KeyId", "key"),
    ("KeyMaterialId", "material"),
    ("NextMarker", "marker"),
    ("PrivateKeyCiphertextBlob", "ciphertext"),
    ("PrivateKeyPlaintext", "private key"),
    ("PublicKey", "public key"),
    ("RootKeyId", "root key"),
    ("Signature", "signature"),
    ("SourceKeyMaterialId", "material"),
    ("ToRootKeyId", "root key"),
];

/// A plaintext that is longer was made by KMS.
const PLAINTEXT_MAX: usize = 40;

/// Elements of XML that hold what is made anew each time, and can be named.
const MADE: [&str; 10] = [
    "AccessKeyId",
    "AssumedRoleId",
    "GroupId",
    "InstanceProfileId",
    "Marker",
    "PolicyId",
    "RoleId",
    "SecretAccessKey",
    "SessionToken",
    "UserId",
];

/// Elements of XML that are only ever shown, and as what.
const SHOWN: [(&str, &str); 9] = [
    ("CreateDate", "[time]"),
    ("Expiration", "[time]"),
    ("LastUsedDate", "[time]"),
    ("PasswordLastUsed", "[time]"),
    ("RequestId", "[request]"),
    ("SessionTokenSize", "[number]"),
    ("SessionTokenUtilization", "[number]"),
    ("UpdateDate", "[time]"),
    ("UploadDate", "[time]"),
];

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
            Value::Object(members) => {
                // An ARN beside an id has the id in it: the id is bound first.
                let is_kept = |name: &str| KEPT.iter().any(|(kept, _)| *kept == name);
                let (kept, others): (Vec<_>, Vec<_>) =
                    members.into_iter().partition(|(name, _)| is_kept(name));
                let members = kept.into_iter().chain(others);
                let named = members.map(|(name, value)| {
                    let value = self.name_member(&name, value);
                    (name, value)
                });
                named.collect()
            }
            Value::Array(elements) => {
                elements.into_iter().map(|element| self.name_member("", element)).collect()
            }
            Value::String(text) if ["CloudTrailEvent", "Event"].contains(&member) => {
                let record = serde_json::from_str(&text).expect("a record is JSON");
                self.name_member("", record)
            }
            // A bill of materials has the time when it was written, and more that other tests read.
            Value::String(_) if member == "Document" => "[document]".into(),
            Value::Number(_) if TIMES.contains(&member) => "[time]".into(),
            Value::String(text) => self.name_text(member, &text).into(),
            other => other,
        }
    }

    /// The same for an answer in XML, in which each element without elements stands on a line of
    /// its own.
    pub(crate) fn name_xml(&mut self, answer: &str) -> String {
        let mut named = String::new();
        for line in answer.lines() {
            named += &self.name_line(line);
            named.push('\n');
        }
        named
    }

    fn name_line(&mut self, line: &str) -> String {
        let element = line.trim_start().strip_prefix('<').and_then(|rest| {
            let (name, rest) = rest.split_once('>')?;
            Some((name, rest.strip_suffix(&format!("</{name}>"))?))
        });
        let Some((name, text)) = element else { return self.replace(line) };
        if name == "RequestId" {
            self.bind("request", text);
        }
        if let Some((_, shown)) = SHOWN.iter().find(|(shown, _)| *shown == name) {
            return line.replace(&format!(">{text}<"), &format!(">{shown}<"));
        }
        if MADE.contains(&name) && self.replace(text) == text {
            self.bind(&self.free_name(name), text);
        }
        self.replace(line)
    }

    /// `UserId`, or `UserId 2` if there is one. Of markers only the last is of use.
    fn free_name(&self, name: &str) -> String {
        let is_bound = |name: &str| self.0.iter().any(|(bound, _)| bound == name);
        if name == "Marker" || !is_bound(name) {
            return name.to_owned();
        }
        let numbered = (2..).map(|number| format!("{name} {number}"));
        numbered.into_iter().find(|name| !is_bound(name)).expect("numbers do not end")
    }

    /// Binds what an answer of KMS brings. A key's id may be in its ARN.
    fn keep(&mut self, member: &str, text: &str) {
        let kept = KEPT.iter().find(|(kept, _)| *kept == member).map(|(_, name)| *name);
        let name = match (kept, member) {
            (Some(name), _) => name,
            (None, "Plaintext") if text.len() > PLAINTEXT_MAX => "plaintext",
            (None, _) => return,
        };
        let value = text.rsplit_once(":key/").map_or(text, |(_, id)| id);
        if self.replace(value) == value {
            self.bind(&self.free_name(name), value);
        }
    }

    /// The temporary credentials that were answered last.
    pub(crate) fn answered_key(&self) -> Key {
        let last = |name: &str| {
            let numbered = (2..).map(|number| format!("{name} {number}"));
            let is_bound = |name: &String| self.0.iter().any(|(bound, _)| bound == name);
            let last = numbered.take_while(is_bound).last().unwrap_or_else(|| name.to_owned());
            self.value(&last).to_owned()
        };
        let token = Some(last("SessionToken"));
        Key { id: last("AccessKeyId"), secret: last("SecretAccessKey"), token }
    }

    fn replace(&self, text: &str) -> String {
        let mut named = text.to_owned();
        for (name, value) in &self.0 {
            named = named.replace(value, &format!("[{name}]"));
        }
        named
    }

    fn name_text(&mut self, member: &str, text: &str) -> String {
        match member {
            "authorizationToken" => return "[token]".to_owned(),
            "AccessKeyId" | "SecretAccessKey" | "accessKeyId" => return format!("[{member}]"),
            "principalId" if text.starts_with("AIDA") => return format!("[{member}]"),
            "JobId" => {
                self.bind(NUMBER, text);
                return format!("[{NUMBER}]");
            }
            "nextToken" | "NextToken" => self.bind("page", text),
            "eventTime" | "time" => return "[time]".to_owned(),
            "createdAt" if text.ends_with('M') => return "[time]".to_owned(),
            "requestID" => return "[request]".to_owned(),
            "uploadId" if !self.0.iter().any(|(_, value)| value == text) => {
                self.bind("upload", text);
            }
            _ => {}
        }
        let is_secret = text.starts_with("arn:aws:secretsmanager:");
        if let Some((_, added)) = text.rsplit_once('-').filter(|_| is_secret)
            && added.len() == 6
            && self.replace(added) == added
        {
            self.bind(&self.free_name("added"), added);
        }
        self.keep(member, text);
        let mut named = self.replace(text);
        if matches!(member, "message" | "Reason") {
            named = name_moments(&named);
        }
        match named.split_once("?grant=") {
            Some((path, _)) if member == "downloadUrl" => format!("{path}?[signature]"),
            _ => named,
        }
    }
}

/// A sentence with `[moment]` in the place of each moment of these days, such as
/// `2026-11-28T09:00:00Z`.
fn name_moments(text: &str) -> String {
    const FORM: &str = "20dd-dd-ddTdd:dd:ddZ";
    let fits = |word: &str| {
        let digit_or_same = |(found, form): (u8, u8)| match form {
            b'd' => found.is_ascii_digit(),
            form => found == form,
        };
        word.len() == FORM.len() && word.bytes().zip(FORM.bytes()).all(digit_or_same)
    };
    let words = text.split(' ').map(|word| {
        let bare = word.trim_end_matches([',', '.', ':', ';']);
        if fits(bare) { word.replace(bare, "[moment]") } else { word.to_owned() }
    });
    words.collect::<Vec<_>>().join(" ")
}

/// `sha256:…` of some bytes.
pub(crate) fn digest(bytes: &[u8]) -> String {
    format!("sha256:{}", hex::encode(Sha256::digest(bytes)))
}
