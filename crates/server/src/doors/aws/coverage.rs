//! Which operations there are and which of them are implemented, as `docs/coverage.md` tells it.
//!
//! The page is made here, from the models and the dispatcher, so that it cannot say what is not so.

use std::fmt::Write as _;
use std::path::Path;

use wire::aws::{Operation, Service};

use super::dispatch::IMPLEMENTED;

const PAGE: &str = "../../docs/coverage.md";

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "a test that writes a page, and is told so by its caller"
)]
fn the_page_of_coverage_says_what_is_so() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(PAGE);
    let expected = render();
    if std::env::var_os("UPDATE_COVERAGE").is_some() {
        std::fs::write(&path, &expected).expect("the page can be written");
    }
    let page = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(page == expected, "docs/coverage.md is out of date: run with UPDATE_COVERAGE=1");
}

fn render() -> String {
    let mut page = String::from(
        "# Coverage\n\nThe operations of AWS's services that this registry answers. \
         Written by a test of the server from the service models and from what the AWS door dispatches; \
         `UPDATE_COVERAGE=1 cargo test -p server coverage` rewrites it.\n\n\
         An operation that is not there yet is authenticated, checked against its model and authorised like \
         any other, and then refused with `UnsupportedCommandException`.\n\
         STS, IAM and KMS are not there yet.\n",
    );
    for service in Service::ALL {
        let operations: Vec<Operation> =
            Operation::all().filter(|operation| operation.service() == *service).collect();
        let there = operations.iter().filter(|operation| is_there(**operation)).count();
        let name = match service {
            Service::Ecr => "Amazon ECR",
            Service::EcrPublic => "Amazon ECR Public",
            Service::Iam => "AWS IAM",
            Service::Sts => "AWS STS",
            Service::Longshore => "Longshore",
        };
        write!(
            page,
            "\n## {name}: {there} of {}\n\n| Operation | IAM action | |\n|---|---|---|\n",
            operations.len()
        )
        .expect("writing to a string cannot fail");
        for operation in operations {
            let mark = if is_there(operation) { "✓" } else { "" };
            let (name, action) = (operation.name(), operation.action());
            writeln!(page, "| {name} | `{action}` | {mark} |")
                .expect("writing to a string cannot fail");
        }
    }
    page
}

fn is_there(operation: Operation) -> bool {
    IMPLEMENTED.contains(&operation)
}
