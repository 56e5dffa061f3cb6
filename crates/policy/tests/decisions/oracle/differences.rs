//! The differences of the oracle, and why: a rule for each heading of `disagreements.md`, in its
//! order.

use names::{Principal, Voucher};
use serde_json::Value;

use crate::case::{Case, Given, Kind, Who};

/// A case that ended differently.
pub(crate) struct Disagreement<'a> {
    pub(crate) case: &'a Case,
    pub(crate) ours: &'static str,
    pub(crate) theirs: &'static str,
    /// Keys of the request that the oracle did not look at.
    pub(crate) ignored: &'a [String],
}

/// A known difference, and which disagreements come of it.
pub(crate) struct Difference {
    pub(crate) name: &'static str,
    pub(crate) explains: fn(&Disagreement<'_>) -> bool,
}

#[rustfmt::skip]
pub(crate) const DIFFERENCES: &[Difference] = &[
    Difference { name: "variables in documents of 2008", explains: |found| {
        documents(found.case).any(|(_, document)| {
            document["Version"] != "2012-10-17" && document.to_string().contains("${")
        })
    } },
    Difference { name: "roles with a path", explains: |found| {
        let Some(Principal::AssumedRole { role, .. }) = principal(found.case) else { return false };
        let (arn, name) = (role.arn(), format!("/{}", role.name));
        names(found.case, |named| named != arn && named.contains(":role/") && named.ends_with(&name))
    } },
    Difference { name: "roles in another case", explains: |found| {
        let Some(Principal::AssumedRole { role, .. }) = principal(found.case) else { return false };
        let arn = role.arn();
        names(found.case, |named| named != arn && named.eq_ignore_ascii_case(&arn))
    } },
    Difference { name: "the user behind a federated user", explains: |found| {
        let Some(Principal::FederatedUser { vouched_by, name }) = principal(found.case) else { return false };
        let namesake = format!(":user/{name}");
        names(found.case, |named| match vouched_by {
            Voucher::User(user) => named == user.arn() || named.ends_with(&namesake),
            Voucher::Root { .. } => named.ends_with(&namesake),
        })
    } },
    Difference { name: "federated users without a session policy", explains: |found| {
        let is_federated = matches!(principal(found.case), Some(Principal::FederatedUser { .. }));
        is_federated && !has(found.case, &[Kind::Session, Kind::Managed])
            && (found.ours, found.theirs) == ("implicitDeny", "allowed")
    } },
    Difference { name: "sessions that a resource policy names", explains: |found| {
        has(found.case, &[Kind::Session, Kind::Managed]) && has(found.case, &[Kind::Repository, Kind::Registry, Kind::Trust])
            && (found.ours, found.theirs) == ("allowed", "implicitDeny")
    } },
    Difference { name: "unique ids", explains: |found| {
        names(found.case, |named| named.starts_with("AIDA") || named.starts_with("AROA"))
    } },
    Difference { name: "the account in NotPrincipal", explains: |found| {
        let is_root = matches!(principal(found.case), Some(Principal::Root { .. }));
        let account = found.case.who.account().map(ToString::to_string);
        !is_root && (found.ours, found.theirs) != ("allowed", "explicitDeny") && statements(found.case).any(|(_, statement)| {
            let spared = statement["NotPrincipal"].to_string();
            statement["Effect"] == "Deny" && account.as_ref().is_some_and(|account| {
                spared.contains(&format!("::{account}:root")) || spared.contains(&format!("\"{account}\""))
            })
        })
    } },
    Difference { name: "addresses that are written otherwise", explains: |found| {
        tests(found.case).any(|test| test.operator.contains("IpAddress")
            && (test.values.iter().any(|value| value.ends_with("/0")) || given(found.case, "aws:SourceIp").contains(":0")))
    } },
    Difference { name: "moments as seconds", explains: |found| {
        tests(found.case).any(|test| test.operator.contains("Date")
            && (test.key == "aws:EpochTime" || test.values.iter().any(|value| value.parse::<u64>().is_ok_and(|n| n > 9_999))))
    } },
    Difference { name: "ForAnyValue with IfExists", explains: |found| {
        tests(found.case).any(|test| {
            test.operator.starts_with("ForAnyValue:") && test.operator.ends_with("IfExists") && given(found.case, &test.key).is_empty()
        })
    } },
    Difference { name: "defaults without a space", explains: |found| {
        documents(found.case).any(|(_, document)| document.to_string().contains(",'"))
    } },
    Difference { name: "variables in ARN operators", explains: |found| {
        tests(found.case).any(|test| test.operator.contains("Arn") && test.values.iter().any(|value| value.contains("${")))
    } },
    Difference { name: "denies that hang on a variable without value", explains: |found| {
        found.ours == "explicitDeny" && statements(found.case).any(|(_, statement)| {
            statement["Effect"] == "Deny" && statement.to_string().contains("${")
        })
    } },
    Difference { name: "NotResource where there is no resource", explains: |found| {
        found.case.resource == "*" && statements(found.case).any(|(_, statement)| !statement["NotResource"].is_null())
    } },
    Difference { name: "stars in what is asked about", explains: |found| {
        found.case.resource.len() > 1 && found.case.resource.contains('*')
    } },
    Difference { name: "keys that are said twice", explains: |found| {
        let mut keys: Vec<String> = found.case.context.iter().map(|(key, _)| key.to_lowercase()).collect();
        keys.sort_unstable();
        keys.windows(2).any(|pair| pair[0] == pair[1])
    } },
    Difference { name: "keys that the oracle does not know", explains: |found| !found.ignored.is_empty() },
];

fn principal(case: &Case) -> Option<&Principal> {
    match &case.who {
        Who::Principal(principal) => Some(principal),
        Who::Service(_) | Who::WebIdentity(_) | Who::Anonymous => None,
    }
}

fn has(case: &Case, kinds: &[Kind]) -> bool {
    case.documents.iter().any(|(kind, _)| kinds.contains(kind))
}

/// The values that the request has for a key.
fn given(case: &Case, key: &str) -> String {
    let given = case.context.iter().filter(|(name, _)| name.eq_ignore_ascii_case(key));
    given
        .map(|(_, given)| match given {
            Given::One(value) => value.clone(),
            Given::Many(values) => values.join(" "),
        })
        .collect()
}

fn documents(case: &Case) -> impl Iterator<Item = (Kind, Value)> {
    case.documents.iter().map(|(kind, text)| (*kind, serde_json::from_str(text).unwrap()))
}

fn statements(case: &Case) -> impl Iterator<Item = (Kind, Value)> {
    documents(case).flat_map(|(kind, document)| {
        let statements = match &document["Statement"] {
            Value::Array(statements) => statements.clone(),
            statement => vec![statement.clone()],
        };
        statements.into_iter().map(move |statement| (kind, statement))
    })
}

/// Does any statement name a principal like this, to mean or to spare it?
fn names(case: &Case, is_so: impl Fn(&str) -> bool) -> bool {
    statements(case).any(|(_, statement)| {
        let named = [&statement["Principal"]["AWS"], &statement["NotPrincipal"]["AWS"]];
        named.into_iter().flat_map(texts).any(|named| is_so(&named))
    })
}

struct Test {
    operator: String,
    key: String,
    values: Vec<String>,
}

fn tests(case: &Case) -> impl Iterator<Item = Test> {
    statements(case).flat_map(|(_, statement)| {
        let mut tests = Vec::new();
        for (operator, keys) in statement["Condition"].as_object().into_iter().flatten() {
            for (key, values) in keys.as_object().into_iter().flatten() {
                tests.push(Test {
                    operator: operator.clone(),
                    key: key.clone(),
                    values: texts(values),
                });
            }
        }
        tests
    })
}

fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Array(items) => items.iter().flat_map(texts).collect(),
        _ => Vec::new(),
    }
}
