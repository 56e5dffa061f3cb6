//! The operations of a service, their facts, and the exceptions they declare.

use std::fmt::Write as _;

use super::spelling::{filled, screaming};
use crate::model::{Exception, Model, Operation, Pagination, Protocol};
use crate::services::Service;

/// The names and columns of the table are laid out here, not by rustfmt.
const WIDTH: usize = 100;

pub(super) fn write(rust: &mut String, service: &Service, model: &Model) {
    service_facts(rust, model);
    operation_names(rust, model);
    specifications(rust, service, model);
    exceptions(rust, model);
}

fn service_facts(rust: &mut String, model: &Model) {
    let protocol = match &model.protocol {
        Protocol::Json { target_prefix } => {
            format!("Protocol::Json {{ target_prefix: {target_prefix:?} }}")
        }
        Protocol::Query { version, namespace } => {
            format!("Protocol::Query {{ version: {version:?}, namespace: {namespace:?} }}")
        }
    };
    let _ = writeln!(
        rust,
        "/// What the model says about the service.\n\
         pub static SERVICE: ServiceSpec = ServiceSpec {{\n    \
         signing_name: {:?},\n    protocol: {protocol},\n}};\n",
        model.signing_name
    );
}

fn operation_names(rust: &mut String, model: &Model) {
    rust.push_str("operations! {\n");
    for operation in &model.operations {
        let _ = writeln!(rust, "    {},", operation.name);
    }
    rust.push_str("}\n\n");
}

fn specifications(rust: &mut String, service: &Service, model: &Model) {
    let count = model.operations.len();
    let _ = writeln!(rust, "#[rustfmt::skip]\nstatic SPECS: [OperationSpec; {count}] = [");
    for operation in &model.operations {
        specification(rust, service, operation);
    }
    rust.push_str("];\n\n");
}

fn specification(rust: &mut String, service: &Service, operation: &Operation) {
    let errors: Vec<String> = operation.errors.iter().map(|name| exception(name)).collect();
    let input = operation.input.as_deref().map_or("NOTHING".to_owned(), screaming);
    let _ = writeln!(
        rust,
        "    OperationSpec {{\n        name: {:?}, action: {:?},\n        \
         input: &{input}, result: {:?}, pagination: {},\n        errors: declared![\n{}\n        ],\n    }},",
        operation.name,
        service.action(&operation.name),
        operation.wrapper,
        operation.pagination.as_ref().map_or("None".to_owned(), pagination),
        filled(&errors, 12, WIDTH),
    );
}

fn pagination(pages: &Pagination) -> String {
    let Pagination { input_token, output_token, limit_key, result_keys } = pages;
    format!(
        "Some(Pagination {{\n            input_token: {input_token:?}, output_token: \
         {output_token:?}, limit_key: {limit_key:?},\n            \
         result_keys: &{result_keys:?},\n        }})"
    )
}

fn exceptions(rust: &mut String, model: &Model) {
    rust.push_str("exceptions! {\n    /// The errors that the model declares.\n    Exception {\n");
    for (name, Exception { code, status }) in model.exceptions() {
        let code = code.as_deref().unwrap_or(name);
        let _ = writeln!(rust, "        {} = {code:?}, {status};", exception(name));
    }
    rust.push_str("    }\n}\n\n");
}

/// `RepositoryNotFoundException` → `RepositoryNotFound`.
fn exception(name: &str) -> String {
    name.trim_end_matches("Exception").to_owned()
}
