//! The error texts of a call, in the protocol of its service.

use erased_serde::Serialize;
use serde_json::Value;
use wire::aws::check;
use wire::aws::json::{self, Input};
use wire::aws::query::{self, Form};
use wire::aws::schema::Structure;
use wire::aws::{Operation, WireRefusal};

use crate::request_id::RequestId;

/// The input of a call.
pub(super) enum Words<'a> {
    /// A body of AWS JSON 1.1.
    Json(&'a [u8]),
    /// The form of a Query call.
    Query(&'a Form<'a>),
}

impl Words<'_> {
    /// The size of the text that `read` parses. The text of a form was parsed before.
    pub(super) fn bytes(&self) -> usize {
        match self {
            Self::Json(body) => body.len(),
            Self::Query(_) => 0,
        }
    }

    /// The input, held against its model.
    pub(super) fn read<I: Input>(&self, operation: Operation) -> Result<I, WireRefusal> {
        self.typed(self.document(operation, I::schema())?)
    }

    /// A document that was held against the model of this type.
    pub(super) fn typed<I: Input>(&self, document: Value) -> Result<I, WireRefusal> {
        // A document that passes the check has the members and types of `I`: both come from one
        // model.
        serde_json::from_value(document).map_err(|_| match self {
            Self::Json(_) => json::mistyped(),
            Self::Query(_) => query::mistyped(),
        })
    }

    /// The input, held against its model, without its type.
    pub(super) fn document(
        &self,
        operation: Operation,
        schema: &'static Structure,
    ) -> Result<Value, WireRefusal> {
        match self {
            Self::Json(body) => {
                json::read_document(check::Words::of(operation.service()), body, schema)
            }
            Self::Query(form) => form.read_document(schema),
        }
    }

    /// A text of the input, if it has one of this name outermost.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        match self {
            Self::Json(body) => json::parse(body).ok()?.get(name)?.as_str().map(str::to_owned),
            Self::Query(form) => form.find(name).map(str::to_owned),
        }
    }

    /// The body of the answer.
    pub(super) fn write(
        &self,
        operation: Operation,
        output: &dyn Serialize,
        request: &RequestId,
    ) -> Vec<u8> {
        match self {
            Self::Json(_) => json::write(output),
            Self::Query(_) => query::write(operation, output, request),
        }
    }
}
