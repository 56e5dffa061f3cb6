//! What is wrong with an input, in the words of the service.

use std::ops::ControlFlow;

use serde_json::Value;

use super::path::Path;
use crate::aws::exception::{ErrorType, FrontDoor, QueryDoor};
use crate::aws::operation::{Protocol, Service};
use crate::aws::quirks;
use crate::aws::refusal::WireRefusal;
use crate::aws::{cloudtrail, ecr};

/// How many complaints one answer lists: more are useless, and each repeats a value.
const COMPLAINTS_MAX: usize = 100;

/// How a service reports what is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Words {
    /// ECR's: the first complaint, as an `InvalidParameterException`.
    Json,
    /// IAM's and STS's: every complaint with its value, as a `ValidationError`.
    Query,
    /// Those of KMS, EventBridge and Secrets Manager: the sentences of IAM, as a
    /// `ValidationException`.
    Kms,
    /// CloudTrail's: the same, as the exception of the first member, if it has one.
    CloudTrail,
}

impl Words {
    /// How this service reports it.
    pub fn of(service: Service) -> Self {
        match (service, service.protocol()) {
            (Service::Kms | Service::EventBridge | Service::SecretsManager, _) => Self::Kms,
            (Service::CloudTrail, _) => Self::CloudTrail,
            (_, Protocol::Json { .. }) => Self::Json,
            (_, Protocol::Query { .. }) => Self::Query,
        }
    }
}

/// Something that a value is not.
pub(super) enum Constraint {
    /// It is not there.
    NotNull,
    /// It exceeds a limit; the sentence says which.
    Limit(String),
    /// It does not match an expression.
    Pattern(&'static str),
    /// It is no word of a set.
    OneOf(&'static [&'static str]),
    /// A key of the map breaks this.
    Key(Box<Constraint>),
}

impl Constraint {
    fn as_json(&self) -> String {
        match self {
            Self::NotNull => "Member must not be null".to_owned(),
            Self::Limit(sentence) => sentence.clone(),
            Self::Pattern(pattern) => quirks::pattern_constraint(pattern),
            Self::OneOf(words) => quirks::word_constraint(words),
            Self::Key(broken) => {
                format!("Map keys must satisfy constraint: [{}]", broken.as_json())
            }
        }
    }

    fn as_query(&self) -> String {
        match self {
            Self::NotNull => "Member must not be null".to_owned(),
            Self::Limit(sentence) => sentence.clone(),
            Self::Pattern(pattern) => {
                format!("Member must satisfy regular expression pattern: {pattern}")
            }
            Self::OneOf(words) => {
                format!("Member must satisfy enum value set: [{}]", words.join(", "))
            }
            Self::Key(broken) => {
                format!("Map keys must satisfy constraint: [{}]", broken.as_query())
            }
        }
    }
}

/// The value that is complained about.
pub(super) enum Broken<'a> {
    /// As the client sent it.
    Shown(&'a Value),
    /// It is a secret.
    Hidden,
    /// There is none.
    Absent,
}

/// The complaints so far.
pub(super) struct Complaints {
    words: Words,
    sentences: Vec<String>,
    /// The first member that is complained about.
    first: Option<String>,
}

impl Complaints {
    pub(super) fn told_in(words: Words) -> Self {
        Self { words, sentences: Vec::new(), first: None }
    }

    /// Whether a text without constraints in the model may contain a NUL byte. ECR's verbs check
    /// such texts themselves, with their own messages.
    pub(super) fn allow_zero_bytes(&self) -> bool {
        match self.words {
            Words::Json => true,
            Words::Query | Words::Kms | Words::CloudTrail => false,
        }
    }

    /// Adds a complaint; breaks when more would be useless.
    pub(super) fn add(
        &mut self,
        path: &Path<'_>,
        value: &Broken<'_>,
        constraint: &Constraint,
    ) -> ControlFlow<()> {
        match self.words {
            Words::Json => {
                self.sentences.push(json_sentence(&path.to_string(), &constraint.as_json()));
                ControlFlow::Break(())
            }
            Words::Query | Words::Kms | Words::CloudTrail => {
                let (path, constraint) = (path.in_camel_case(), constraint.as_query());
                self.first.get_or_insert_with(|| path.clone());
                self.sentences.push(query_sentence(&shown(value), &path, &constraint));
                if self.sentences.len() < COMPLAINTS_MAX {
                    ControlFlow::Continue(())
                } else {
                    ControlFlow::Break(())
                }
            }
        }
    }

    /// The answer, if there is anything to complain about.
    pub(super) fn into_refusal(self) -> Option<WireRefusal> {
        let first = self.sentences.first()?;
        Some(match self.words {
            Words::Json => WireRefusal::new(ecr::Exception::InvalidParameter, first),
            Words::Query => validation_errors(QueryDoor::ValidationError, &self.sentences),
            Words::Kms => validation_errors(FrontDoor::Validation, &self.sentences),
            Words::CloudTrail => {
                let member = self.first.as_deref().unwrap_or_default();
                validation_errors(cloudtrail_kind(member), &self.sentences)
            }
        })
    }
}

/// CloudTrail's error for what is wrong with a member.
fn cloudtrail_kind(path: &str) -> ErrorType {
    use cloudtrail::Exception;
    match path.split('.').next().unwrap_or_default() {
        "lookupAttributes" => Exception::InvalidLookupAttributes.kind(),
        "eventCategory" => Exception::InvalidEventCategory.kind(),
        "maxResults" => Exception::InvalidMaxResults.kind(),
        _ => FrontDoor::Validation.kind(),
    }
}

/// The refusal of a member that breaks `constraint`, in the words of ECR and ECR Public.
pub fn invalid_parameter(path: &str, constraint: &str) -> WireRefusal {
    WireRefusal::new(ecr::Exception::InvalidParameter, json_sentence(path, constraint))
}

/// The refusal of a member that breaks `constraint`, in the words of IAM and STS.
pub fn validation_error(path: &str, value: &str, constraint: &str) -> WireRefusal {
    let sentence = query_sentence(&format!(" '{value}'"), path, constraint);
    validation_errors(QueryDoor::ValidationError, &[sentence])
}

fn validation_errors(kind: impl Into<ErrorType>, sentences: &[String]) -> WireRefusal {
    let errors = if sentences.len() == 1 { "error" } else { "errors" };
    let text =
        format!("{} validation {errors} detected: {}", sentences.len(), sentences.join("; "));
    WireRefusal::new(kind, text)
}

fn json_sentence(path: &str, constraint: &str) -> String {
    format!("Invalid parameter at '{path}' failed to satisfy constraint: '{constraint}'")
}

fn query_sentence(value: &str, path: &str, constraint: &str) -> String {
    format!("Value{value} at '{path}' failed to satisfy constraint: {constraint}")
}

/// The value with the blank before it. Of a secret there is nothing to show.
fn shown(value: &Broken<'_>) -> String {
    match value {
        Broken::Hidden => String::new(),
        Broken::Absent => " null".to_owned(),
        Broken::Shown(value) => format!(" '{}'", plain(value)),
    }
}

/// A value as the framework beneath AWS's services prints it.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(elements) => {
            let elements: Vec<String> = elements.iter().map(plain).collect();
            format!("[{}]", elements.join(", "))
        }
        Value::Object(members) => {
            let member = |(name, value): (&String, &Value)| format!("{name}={}", plain(value));
            let members: Vec<String> = members.iter().map(member).collect();
            format!("{{{}}}", members.join(", "))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => value.to_string(),
    }
}
