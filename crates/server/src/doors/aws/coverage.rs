//! The operations, and which of them are implemented, for `docs/coverage.md`.
//!
//! The page is generated from the models and the dispatcher, so that it is always correct.

use std::fmt::Write as _;
use std::path::Path;

use wire::aws::{Operation, Service};

use super::dispatch::IMPLEMENTED;
use super::unsigned::UNSIGNED;

const PAGE: &str = "../../docs/coverage.md";

const HEAD: &str = "\
# Coverage

The operations of AWS's services that this registry answers. Written by a test of the server from
the service models and from what the AWS door dispatches;
`UPDATE_COVERAGE=1 cargo test -p server coverage` rewrites it.

An operation that is not there yet is authenticated, checked against its model and authorised like
any other, and then refused with `UnsupportedCommandException` (`NotImplemented` in IAM and STS;
`UnknownOperationException` in KMS, whatever the input is). Of IAM, STS, CloudTrail, EventBridge
and Secrets Manager the page lists what is served; any other name is answered with `InvalidAction`,
or, in JSON, with `UnknownOperationException`.
";

const IAM_MODEL: &str = "../../models/iam/2010-05-08/service-2.json";

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

/// Reads and deletes of IAM's that clients do not call before they change a user, group, role,
/// policy or provider.
#[rustfmt::skip]
const BESIDE: &[(&str, &str)] = &[
    ("GetAccountProperties",                      "how an account signs in to the console"),
    ("GetContextKeysForCustomPolicy",             "about a policy that is not stored"),
    ("GetCredentialReport",                       "a report, which has to be made first"),
    ("GetDelegationRequest",                      "about requests for delegation"),
    ("GetHumanReadableSummary",                   "about requests for delegation"),
    ("GetOrganizationsAccessReport",              "a report, which has to be made first"),
    ("GetOutboundWebIdentityFederationInfo",      "about tokens for other services"),
    ("GetRoleTemplateVersion",                    "about templates of roles"),
    ("GetServiceLastAccessedDetails",             "a report, which has to be made first"),
    ("GetServiceLastAccessedDetailsWithEntities", "a report, which has to be made first"),
    ("ListDelegationRequests",                    "about requests for delegation"),
    ("ListOrganizationsFeatures",                 "about organizations"),
    ("ListPoliciesGrantingServiceAccess",         "part of the reports of last access"),
];

/// Things that no account has are read and deleted with AWS's messages for that, so that clients
/// that clean up continue.
#[test]
fn every_read_and_delete_of_iam_is_served_or_known_to_be_about_something_else() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(IAM_MODEL);
    let model = std::fs::read_to_string(path).expect("the model is there");
    let model: serde_json::Value = serde_json::from_str(&model).expect("the model is JSON");
    let names = model["operations"].as_object().expect("a model has operations").keys();
    let asks = |name: &&String| {
        ["Get", "List", "Delete", "Deactivate"].iter().any(|verb| name.starts_with(verb))
    };
    let served = |name: &str| {
        let mut there = IMPLEMENTED.iter().filter(|it| it.service() == Service::Iam);
        there.any(|operation| operation.name() == name)
    };
    let mut unserved: Vec<&str> =
        names.filter(asks).map(String::as_str).filter(|name| !served(name)).collect();
    unserved.sort_unstable();
    let beside: Vec<&str> = BESIDE.iter().map(|(name, _)| *name).collect();
    assert_eq!(unserved, beside, "serve it, or say what it is about");
}

fn render() -> String {
    let mut page = String::from(HEAD);
    for service in Service::ALL {
        let operations: Vec<Operation> =
            Operation::all().filter(|operation| operation.service() == *service).collect();
        let there = operations.iter().filter(|operation| is_there(**operation)).count();
        let name = match service {
            Service::Ecr => "Amazon ECR",
            Service::EcrPublic => "Amazon ECR Public",
            Service::Iam => "AWS Identity and Access Management",
            Service::Sts => "AWS Security Token Service",
            Service::Kms => "AWS Key Management Service",
            Service::CloudTrail => "AWS CloudTrail",
            Service::EventBridge => "Amazon EventBridge",
            Service::SecretsManager => "AWS Secrets Manager",
            Service::Longshore => "The administration of this server",
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
    operation == UNSIGNED || IMPLEMENTED.contains(&operation)
}
