//! An untrusted form, within bounds: the operation that it names, and its input.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use percent_encoding::percent_decode;
use serde_json::Value;

use super::parameters::Parameters;
use super::refusal::refusal;
use crate::aws::check::{self, Words};
use crate::aws::exception::QueryDoor;
use crate::aws::operation::{Operation, Protocol, Service};
use crate::aws::refusal::WireRefusal;
use crate::aws::schema::{Input, Structure};

/// The most pairs in a form. The largest useful one has about 1,000 actions, resources and context
/// values of a simulation, and 50 tags are 100 pairs.
pub const PAIRS_MAX: usize = 4_096;

/// The longest form. A policy of 131,072 characters, the most that a model allows, takes at most
/// six bytes for each: 768 KiB.
pub const BODY_BYTES_MAX: usize = 1 << 20;

/// The pairs of a form, decoded. Of two with one name the last counts.
pub struct Form<'a> {
    pairs: BTreeMap<Cow<'a, str>, Cow<'a, str>>,
}

/// A form may contain a token: only its names are shown.
impl fmt::Debug for Form<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_set().entries(self.pairs.keys()).finish()
    }
}

impl<'a> Form<'a> {
    /// Reads a body or a query string.
    pub fn parse(body: &'a [u8]) -> Result<Self, WireRefusal> {
        if body.len() > BODY_BYTES_MAX {
            return Err(refusal("The form is too long"));
        }
        let mut pairs = BTreeMap::new();
        for (index, pair) in body.split(|byte| *byte == b'&').enumerate() {
            if index >= PAIRS_MAX {
                return Err(refusal("The form holds too many parameters"));
            }
            let equals = pair.iter().position(|byte| *byte == b'=').unwrap_or(pair.len());
            let (name, value) = (&pair[..equals], pair.get(equals + 1..).unwrap_or_default());
            let decoded = decode(name).zip(decode(value));
            let (name, value) = decoded.ok_or_else(|| refusal("The form is not valid UTF-8"))?;
            if !name.is_empty() {
                pairs.insert(name, value);
            }
        }
        Ok(Self { pairs })
    }

    /// The value of this name.
    pub fn find(&self, name: &str) -> Option<&str> {
        self.pairs.get(name).map(AsRef::as_ref)
    }

    /// The service of the form's version.
    pub fn service(&self) -> Option<Service> {
        let named = self.find("Version")?;
        Service::ALL.iter().copied().find(|service| match service.protocol() {
            Protocol::Query { version, namespace: _ } => version == named,
            Protocol::Json { .. } => false,
        })
    }

    /// The operation that the form names.
    pub fn operation(&self) -> Result<Operation, WireRefusal> {
        let Some(action) = self.find("Action").filter(|action| !action.is_empty()) else {
            let text = "The request is missing an action or a required parameter.";
            return Err(WireRefusal::new(QueryDoor::MissingAction, text));
        };
        let known = self.service().and_then(|service| service.operation(action));
        known.ok_or_else(|| {
            let version = self.find("Version").unwrap_or("NO_VERSION_SPECIFIED");
            let text = format!("Could not find operation {action} for version {version}");
            WireRefusal::new(QueryDoor::InvalidAction, text)
        })
    }

    /// Reads an input: collected, held against its model, and typed.
    pub fn read<I: Input>(&self) -> Result<I, WireRefusal> {
        // A document that passes the check has the members and types of `I`: both come from one
        // model.
        serde_json::from_value(self.read_document(I::schema())?).map_err(|_| mistyped())
    }

    /// Reads an input without its type: collected, and held against its model.
    pub fn read_document(&self, schema: &'static Structure) -> Result<Value, WireRefusal> {
        let document = Parameters::of(&self.pairs).structure(schema)?;
        check::check_constraints(&document, schema, Words::Query)?;
        Ok(document)
    }
}

/// The refusal of a form that does not have the type that its model gives it.
pub fn mistyped() -> WireRefusal {
    refusal("Unexpected field type")
}

/// Decodes `%41` and `+`; a `%` without two digits is kept.
fn decode(text: &[u8]) -> Option<Cow<'_, str>> {
    if !text.iter().any(|byte| matches!(byte, b'+' | b'%')) {
        return str::from_utf8(text).ok().map(Cow::Borrowed);
    }
    let spaced: Vec<u8> =
        text.iter().map(|byte| if *byte == b'+' { b' ' } else { *byte }).collect();
    String::from_utf8(percent_decode(&spaced).collect()).ok().map(Cow::Owned)
}
