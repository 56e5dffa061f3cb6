//! The error that a client receives.

use std::fmt;

use serde::Serialize;
use serde_json::{Map, Value};

use super::exception::ErrorType;

/// An error in a service's own words: its name, its status, its text and its further members.
///
/// Everything in it is meant for the client. A fault of ours never becomes one by way of its
/// `Display`.
#[derive(Debug, Clone, PartialEq)]
pub struct WireRefusal {
    kind: ErrorType,
    message: String,
    members: Map<String, Value>,
}

impl WireRefusal {
    /// An error of a model or of the front door, with its text.
    pub fn new(kind: impl Into<ErrorType>, message: impl Into<String>) -> Self {
        Self { kind: kind.into(), message: message.into(), members: Map::new() }
    }

    /// Adds the members that an exception has beside its message, such as those of
    /// [`InvalidLayerPartException`](super::ecr::InvalidLayerPartException).
    #[must_use]
    pub fn with(mut self, members: &impl Serialize) -> Self {
        let members = serde_json::to_value(members).expect("generated types are plain JSON");
        if let Value::Object(members) = members {
            self.members.extend(members);
        }
        self
    }

    /// The name and status.
    pub fn kind(&self) -> ErrorType {
        self.kind
    }

    /// The HTTP status.
    pub fn status(&self) -> u16 {
        self.kind.status
    }

    /// The text for the client.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The members beside the name and the message.
    pub fn members(&self) -> &Map<String, Value> {
        &self.members
    }
}

impl fmt::Display for WireRefusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.kind.name, self.message)
    }
}

impl std::error::Error for WireRefusal {}
