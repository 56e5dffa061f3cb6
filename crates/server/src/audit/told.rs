//! What a record tells of a call's input and output: in CloudTrail's spelling, and no secret.

use names::Digest;
use serde_json::{Map, Value};

use super::moment::in_words;

/// Members that are never told, as CloudTrail spells them: secrets, what is under a key, and bytes.
/// Page tokens say nothing that a reader could use.
pub(crate) const WITHHELD: &[&str] = &[
    "addPrivateKey",
    "attestationDocument",
    "authorizationToken",
    "base32StringSeed",
    "ciphertextBlob",
    "ciphertextForRecipient",
    "content",
    "documents",
    "downloadUrl",
    "encryptedKeyMaterial",
    "grantToken",
    "grantTokens",
    "headerParameters",
    "importToken",
    "issuer",
    "keyStorePassword",
    "layerPartBlob",
    "logoImageBlob",
    "mac",
    "marker",
    "message",
    "newPassword",
    "nextToken",
    "oldPassword",
    "password",
    "plaintext",
    "privateKey",
    "privateKeyCiphertextBlob",
    "privateKeyPlaintext",
    "publicKey",
    "qRCodePNG",
    "randomPassword",
    "rawSecretAccessKey",
    "sAMLAssertion",
    "secretAccessKey",
    "secretBinary",
    "secretString",
    "serviceCredentialSecret",
    "servicePassword",
    "sessionToken",
    "sharedSecret",
    "sharedSecretCiphertextBlob",
    "signature",
    "subject",
    "subjectType",
    "token",
    "tokenCode",
    "tradeInToken",
    "trustedIdentityPropagationContext",
    "uploadMetadata",
    "webIdentityToken",
    "xksProxyAuthenticationCredential",
];

/// Members that map a client's own words, which keep their spelling.
const FREE: [&str; 3] = ["encryptionContext", "encryptionContextEquals", "encryptionContextSubset"];

/// A longer text is not told but named by its digest: a record has at most 256 KB.
const TEXT_BYTES_MAX: usize = 32 * 1024;

/// More than this of one document is left out altogether.
const DOCUMENT_BYTES_MAX: usize = 72 * 1024;

/// A document as a record tells it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Told {
    /// The document; `None` is written as `null`.
    pub(crate) document: Option<Value>,
    /// The digests of texts that were too long, by their member.
    pub(crate) omitted: Map<String, Value>,
}

impl Told {
    /// About how many bytes it takes.
    pub(super) fn weight(&self) -> usize {
        let document = self.document.as_ref().map_or(0, weight);
        document
            + self.omitted.iter().map(|(name, digest)| name.len() + weight(digest)).sum::<usize>()
    }
}

/// What is told of a document.
pub(crate) fn tell(document: &Value) -> Told {
    let mut omitted = Map::new();
    let mut told = told("", document, &mut omitted);
    if weight(&told) > DOCUMENT_BYTES_MAX {
        told = Value::Null;
        omitted.insert("document".to_owned(), digest(document.to_string().as_bytes()));
    }
    let is_empty = matches!(&told, Value::Null) || told.as_object().is_some_and(Map::is_empty);
    Told { document: (!is_empty).then_some(told), omitted }
}

fn told(name: &str, value: &Value, omitted: &mut Map<String, Value>) -> Value {
    match value {
        Value::Object(members) if FREE.contains(&name) => Value::Object(members.clone()),
        Value::Object(members) => {
            let mut kept = Map::new();
            for (name, value) in members {
                let name = lower(name);
                if value.is_null() || WITHHELD.contains(&name.as_str()) {
                    continue;
                }
                if let Value::String(text) = value
                    && text.len() > TEXT_BYTES_MAX
                {
                    omitted.insert(name, digest(text.as_bytes()));
                    continue;
                }
                let value = told(&name, value, omitted);
                kept.insert(name, value);
            }
            Value::Object(kept)
        }
        Value::Array(elements) => {
            elements.iter().map(|element| told(name, element, omitted)).collect()
        }
        Value::Number(number) if is_moment(name) => {
            number.as_f64().map_or_else(|| value.clone(), |seconds| in_words(seconds).into())
        }
        other => other.clone(),
    }
}

fn digest(bytes: &[u8]) -> Value {
    Digest::sha256(bytes).to_string().into()
}

/// `policyArn` of `PolicyArn`, `aRN` of `ARN`: only the first letter changes.
fn lower(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| {
        let mut lower = first.to_ascii_lowercase().to_string();
        lower.push_str(letters.as_str());
        lower
    })
}

/// Whether a number of this name is a time.
fn is_moment(name: &str) -> bool {
    name.ends_with("At") || name.ends_with("Date") || name == "expiration"
}

/// About how many bytes a document takes, in memory and as JSON.
fn weight(value: &Value) -> usize {
    size_of::<Value>()
        + match value {
            Value::Null | Value::Bool(_) | Value::Number(_) => 0,
            Value::String(text) => text.bytes().map(written).sum(),
            Value::Array(elements) => elements.iter().map(weight).sum(),
            Value::Object(members) => {
                members.iter().map(|(name, value)| name.len() + weight(value)).sum()
            }
        }
}

/// How many bytes JSON takes for one of a text.
fn written(byte: u8) -> usize {
    match byte {
        b'"' | b'\\' => 2,
        0..0x20 => 6,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;

    use serde_json::json;
    use wire::aws::Operation;
    use wire::aws::schema::{Shape, Structure};

    use super::*;

    #[test]
    fn documents_are_told_as_cloudtrail_spells_them() {
        let long = "x".repeat(TEXT_BYTES_MAX + 1);
        #[rustfmt::skip]
        let cases = [
            (json!({ "repositoryName": "web" }),                 json!({ "repositoryName": "web" }),           "as it is"),
            (json!({ "PolicyArn": "a", "Tags": [{ "Key": "K" }] }), json!({ "policyArn": "a", "tags": [{ "key": "K" }] }), "a small letter first"),
            (json!({ "AccessKey": { "AccessKeyId": "AKIA", "SecretAccessKey": "s" } }), json!({ "accessKey": { "accessKeyId": "AKIA" } }), "no secret"),
            (json!({ "EncryptionContext": { "Plaintext": "x" } }), json!({ "encryptionContext": { "Plaintext": "x" } }), "a client's own words"),
            (json!({ "createdAt": 0.0, "count": 7 }),            json!({ "createdAt": "Jan 1, 1970 12:00:00 AM", "count": 7 }), "a time"),
            (json!({ "imageManifest": long, "imageTag": null, "repositoryName": "web" }), json!({ "repositoryName": "web" }), "a long text"),
            (json!({}),                                          Value::Null,                                  "nothing"),
        ];
        for (document, expected, because) in cases {
            assert_eq!(tell(&document).document.unwrap_or_default(), expected, "{because}");
        }
        let omitted = tell(&json!({ "imageManifest": long })).omitted;
        assert_eq!(omitted["imageManifest"], Digest::sha256(long.as_bytes()).to_string());
        let many: Vec<String> = (0..4).map(|_| "y".repeat(TEXT_BYTES_MAX - 1)).collect();
        assert!(tell(&json!({ "list": many })).document.is_none(), "too much in all");
        let escaped = tell(&json!({ "text": "\u{1}".repeat(TEXT_BYTES_MAX - 1) }));
        assert!(escaped.document.is_none(), "too much as it is written");
    }

    /// Secrets that are told all the same, and why.
    const TOLD: [(&str, &str); 1] =
        [("accessKeyId", "it says which key, not its secret; the model hides that of a key store")];

    #[test]
    fn what_a_model_marks_as_a_secret_or_as_bytes_is_withheld() {
        let mut secrets = BTreeSet::new();
        for operation in Operation::all() {
            collect(operation.spec().input, &mut secrets);
        }
        for model in [
            "ecr/2015-09-21",
            "ecr-public/2020-10-30",
            "iam/2010-05-08",
            "kms/2014-11-01",
            "longshore/2026-11-21",
            "sts/2011-06-15",
        ] {
            let path = format!("../../models/{model}/service-2.json");
            let model: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
            let shapes = model["shapes"].as_object().unwrap();
            for shape in shapes.values() {
                for (name, member) in shape["members"].as_object().into_iter().flatten() {
                    let of = &shapes[member["shape"].as_str().unwrap()];
                    if of["sensitive"] == true || of["type"] == "blob" {
                        secrets.insert(lower(name));
                    }
                }
            }
        }
        assert!(secrets.len() > 20, "{secrets:?}");
        let told: Vec<&String> = secrets
            .iter()
            .filter(|name| !WITHHELD.contains(&name.as_str()))
            .filter(|name| TOLD.iter().all(|(told, _)| *told != name.as_str()))
            .collect();
        assert_eq!(told, Vec::<&String>::new());
    }

    fn collect(structure: &Structure, secrets: &mut BTreeSet<String>) {
        for member in structure.members {
            let mut shape = member.shape;
            while let Shape::List(_, element) = shape {
                shape = element;
            }
            match shape {
                Shape::Blob(_) | Shape::Text { sensitive: true, .. } => {
                    secrets.insert(lower(member.name));
                }
                // A structure holds no other of its kind, except in lists that end.
                Shape::Structure(inner) if inner.name != structure.name => collect(inner, secrets),
                _ => {}
            }
        }
    }
}
