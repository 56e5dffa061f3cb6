//! The operations of a service, their facts, and the exceptions they declare.

use std::fmt::Write as _;

use super::spelling::{filled, screaming};
use crate::model::{Model, Operation, Pagination};
use crate::services::Service;

/// The names and columns of the table are laid out here, not by rustfmt.
const WIDTH: usize = 100;

pub(super) fn write(rust: &mut String, service: &Service, model: &Model) {
    constants(rust, model);
    operation_names(rust, model);
    specifications(rust, service, model);
    exceptions(rust, model);
}

fn constants(rust: &mut String, model: &Model) {
    let _ = writeln!(
        rust,
        "/// What an `X-Amz-Target` header says before the dot.\n\
         pub const TARGET_PREFIX: &str = {:?};\n\n\
         /// The service's name in a credential scope.\n\
         pub const SIGNING_NAME: &str = {:?};\n",
        model.target_prefix, model.signing_name
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
    let _ = writeln!(
        rust,
        "    OperationSpec {{\n        name: {:?}, action: {:?},\n        \
         input: &{}, pagination: {},\n        errors: declared![\n{}\n        ],\n    }},",
        operation.name,
        service.action(&operation.name),
        screaming(&operation.input),
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
    for (name, _, status) in model.exceptions() {
        let _ = writeln!(rust, "        {} = {name:?}, {status};", exception(name));
    }
    rust.push_str("    }\n}\n\n");
}

/// `RepositoryNotFoundException` → `RepositoryNotFound`.
fn exception(name: &str) -> String {
    name.trim_end_matches("Exception").to_owned()
}
