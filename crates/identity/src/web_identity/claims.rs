use serde_json::{Map, Value};

use super::WebIdentityRefusal;

/// An identity that a trusted identity provider states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebIdentity {
    /// `iss`: the provider's URL.
    pub issuer: String,
    /// `sub`: the subject.
    pub subject: String,
    /// The one of `aud` or `azp` that the account registered.
    pub audience: String,
    /// `amr`: how they logged in.
    pub methods: Vec<String>,
    /// All claims that are text, numbers or booleans, for conditions of trust policies. Nested ones
    /// have both names: `kubernetes.io/namespace`.
    pub claims: Vec<(String, String)>,
    /// Session tags that the provider vouches for.
    pub tags: Vec<(String, String)>,
    /// Keys of the tags that pass on to the next role.
    pub transitive_tag_keys: Vec<String>,
    /// The source identity that the provider vouches for.
    pub source_identity: Option<String>,
}

/// STS's bound of `SubjectFromWebIdentityToken`.
const SUBJECT_LENGTH_MAX: usize = 255;

/// The most claims that conditions can use. GitHub's tokens have about thirty.
const CLAIMS_MAX: usize = 100;

/// How deep claims are collected: `kubernetes.io/serviceaccount/name` is three levels.
const CLAIM_DEPTH_MAX: usize = 3;

/// AWS's own claims.
const TAGS: &str = "https://aws.amazon.com/tags";
const SOURCE_IDENTITY: &str = "https://aws.amazon.com/source_identity";

/// AWS's bound.
const SOURCE_IDENTITY_LENGTH_MAX: usize = 256;

impl WebIdentity {
    pub(super) fn read(
        claims: &Map<String, Value>,
        audiences: &[String],
    ) -> Result<Self, WebIdentityRefusal> {
        let subject = required_text(claims, "sub")?;
        if subject.len() > SUBJECT_LENGTH_MAX {
            return Err(WebIdentityRefusal::MissingClaim { claim: "sub" });
        }
        let audience = audience(claims)?.chosen(audiences);
        let (tags, transitive_tag_keys) = session_tags(claims)?;
        let mut scalars = Vec::new();
        collect_scalars(claims, "", 1, &mut scalars);
        let source_identity = match claims.get(SOURCE_IDENTITY) {
            None => None,
            Some(Value::String(text)) if is_source_identity(text) => Some(text.clone()),
            Some(_) => return Err(WebIdentityRefusal::MalformedTags),
        };
        Ok(Self {
            issuer: required_text(claims, "iss")?.to_owned(),
            subject: subject.to_owned(),
            audience: audience.ok_or(WebIdentityRefusal::OtherAudience)?.to_owned(),
            methods: claims.get("amr").and_then(texts).unwrap_or_default(),
            claims: scalars,
            tags,
            transitive_tag_keys,
            source_identity,
        })
    }
}

/// STS's rule for the `SourceIdentity` of `AssumeRole`.
fn is_source_identity(text: &str) -> bool {
    (2..=SOURCE_IDENTITY_LENGTH_MAX).contains(&text.len())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || "_+=,.@-".contains(c))
}

pub(super) fn required_text<'a>(
    claims: &'a Map<String, Value>,
    claim: &'static str,
) -> Result<&'a str, WebIdentityRefusal> {
    match claims.get(claim) {
        Some(Value::String(text)) if !text.is_empty() => Ok(text),
        _ => Err(WebIdentityRefusal::MissingClaim { claim }),
    }
}

/// A whole number: a time in text, or with a fraction, has been a way around checks elsewhere.
pub(super) fn optional_seconds(
    claims: &Map<String, Value>,
    claim: &'static str,
) -> Result<Option<i64>, WebIdentityRefusal> {
    match claims.get(claim) {
        None => Ok(None),
        Some(value) => value.as_i64().map(Some).ok_or(WebIdentityRefusal::MissingClaim { claim }),
    }
}

pub(super) fn required_seconds(
    claims: &Map<String, Value>,
    claim: &'static str,
) -> Result<i64, WebIdentityRefusal> {
    optional_seconds(claims, claim)?.ok_or(WebIdentityRefusal::MissingClaim { claim })
}

/// The audiences of a token.
pub(super) struct Audience<'a>(Vec<&'a str>);

/// `aud`. If it has several values, or is missing, `azp` says which of them requested the token.
pub(super) fn audience(claims: &Map<String, Value>) -> Result<Audience<'_>, WebIdentityRefusal> {
    const MISSING: WebIdentityRefusal = WebIdentityRefusal::MissingClaim { claim: "aud" };
    let all = match claims.get("aud") {
        None => Vec::new(),
        Some(Value::String(one)) => vec![one.as_str()],
        Some(Value::Array(many)) => {
            many.iter().map(Value::as_str).collect::<Option<_>>().ok_or(MISSING)?
        }
        Some(_) => return Err(MISSING),
    };
    match (all.len(), claims.get("azp")) {
        (1, _) | (2.., None) => Ok(Audience(all)),
        (0 | 2.., Some(Value::String(party))) => Ok(Audience(vec![party])),
        _ => Err(MISSING),
    }
}

impl<'a> Audience<'a> {
    /// The one of ours.
    pub(super) fn chosen(&self, ours: &[String]) -> Option<&'a str> {
        self.0.iter().copied().find(|audience| ours.iter().any(|one| one == audience))
    }

    pub(super) fn is_one_of(&self, ours: &[String]) -> bool {
        self.chosen(ours).is_some()
    }
}

fn texts(value: &Value) -> Option<Vec<String>> {
    match value {
        Value::String(one) => Some(vec![one.clone()]),
        Value::Array(many) => {
            many.iter().map(|one| one.as_str().map(str::to_owned)).collect::<Option<_>>()
        }
        _ => None,
    }
}

fn collect_scalars(
    claims: &Map<String, Value>,
    prefix: &str,
    depth: usize,
    found: &mut Vec<(String, String)>,
) {
    for (name, value) in claims {
        if found.len() >= CLAIMS_MAX {
            return;
        }
        let name = format!("{prefix}{name}");
        match value {
            Value::String(text) => found.push((name, text.clone())),
            Value::Number(number) => found.push((name, number.to_string())),
            Value::Bool(truth) => found.push((name, truth.to_string())),
            Value::Object(inner) if depth < CLAIM_DEPTH_MAX => {
                collect_scalars(inner, &format!("{name}/"), depth + 1, found);
            }
            Value::Null | Value::Array(_) | Value::Object(_) => {}
        }
    }
}

type Tags = (Vec<(String, String)>, Vec<String>);

/// `{"principal_tags": {"KEY": ["VALUE"]}, "transitive_tag_keys": ["KEY"]}`; or, for issuers that
/// cannot put claims into claims, `https://aws.amazon.com/tags/principal_tags/KEY` and
/// `…/transitive_tag_keys`.
fn session_tags(claims: &Map<String, Value>) -> Result<Tags, WebIdentityRefusal> {
    const MALFORMED: WebIdentityRefusal = WebIdentityRefusal::MalformedTags;
    let mut tags = Vec::new();
    let mut transitive = Vec::new();
    match claims.get(TAGS) {
        None => {}
        Some(Value::Object(inner)) => {
            let principal_tags = match inner.get("principal_tags") {
                None => &Map::new(),
                Some(Value::Object(tags)) => tags,
                Some(_) => return Err(MALFORMED),
            };
            for (key, value) in principal_tags {
                tags.push((key.clone(), one_text(value).ok_or(MALFORMED)?));
            }
            if let Some(keys) = inner.get("transitive_tag_keys") {
                transitive.extend(texts(keys).ok_or(MALFORMED)?);
            }
        }
        Some(_) => return Err(MALFORMED),
    }
    for (name, value) in claims {
        let Some(rest) = name.strip_prefix(TAGS).and_then(|rest| rest.strip_prefix('/')) else {
            continue;
        };
        if let Some(key) = rest.strip_prefix("principal_tags/") {
            tags.push((key.to_owned(), one_text(value).ok_or(MALFORMED)?));
        } else if rest == "transitive_tag_keys" {
            transitive.extend(texts(value).ok_or(MALFORMED)?);
        }
    }
    Ok((tags, transitive))
}

/// A text, or a list of one.
fn one_text(value: &Value) -> Option<String> {
    match texts(value)?.as_slice() {
        [one] => Some(one.clone()),
        _ => None,
    }
}
