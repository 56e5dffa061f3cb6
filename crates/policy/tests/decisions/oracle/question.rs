//! A case in the oracle's format.

use names::{Principal, Voucher};
use serde_json::{Map, Value, json};

use crate::case::{Case, Given, Kind, Who};

/// The question, in the form that `tests/tools/node/decide.cjs` reads.
pub(crate) fn question(case: &Case) -> Value {
    let principal = match &case.who {
        Who::Principal(principal) => json!(principal.arn()),
        Who::Service(name) | Who::WebIdentity(name) => json!(name),
        Who::Anonymous => Value::Null,
    };
    let mut identity = documents(case, &[Kind::Identity, Kind::Group]);
    if is_backed_by_root(&case.who) {
        // The oracle has no root users. One has every right in its own account, which is what a
        // policy can say as well.
        identity = vec![json!({
            "Version": "2012-10-17",
            "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"},
        })];
    }
    json!({
        "principal": principal,
        "action": case.action,
        "resource": case.resource,
        "owner": case.owner().as_str(),
        "context": context(case),
        "identity": identity,
        "boundary": documents(case, &[Kind::Boundary]).pop(),
        "session": merged(documents(case, &[Kind::Session, Kind::Managed])),
        "resource_policy": merged(documents(case, &[Kind::Repository, Kind::Registry, Kind::Trust])),
    })
}

fn is_backed_by_root(who: &Who) -> bool {
    use Principal::{FederatedUser, Root};
    let Who::Principal(principal) = who else { return false };
    matches!(principal, Root { .. } | FederatedUser { vouched_by: Voucher::Root { .. }, .. })
}

fn documents(case: &Case, kinds: &[Kind]) -> Vec<Value> {
    let wanted = case.documents.iter().filter(|(kind, _)| kinds.contains(kind));
    wanted.map(|(_, text)| serde_json::from_str(text).expect("a document is JSON")).collect()
}

/// One policy of all their statements: the oracle takes one of each kind.
fn merged(documents: Vec<Value>) -> Option<Value> {
    let mut documents = documents.into_iter();
    let mut first = documents.next()?;
    for other in documents {
        assert_eq!(first["Version"], other["Version"], "of one version");
        let mut statements = statements(&first);
        statements.extend(self::statements(&other));
        first["Statement"] = statements.into();
    }
    Some(first)
}

fn statements(document: &Value) -> Vec<Value> {
    match &document["Statement"] {
        Value::Array(statements) => statements.clone(),
        statement => vec![statement.clone()],
    }
}

/// The keys of the case, and before them those that follow from who asks: the oracle fills in none.
fn context(case: &Case) -> Value {
    let mut context = Map::new();
    if let Who::Principal(principal) = &case.who {
        context.insert("aws:PrincipalArn".into(), principal.principal_arn().into());
        context.insert("aws:PrincipalAccount".into(), principal.account().as_str().into());
        context.insert("aws:PrincipalType".into(), principal.principal_type().into());
        context.insert("aws:userid".into(), principal.user_id().into());
        if let Principal::User(user) = principal {
            context.insert("aws:username".into(), user.name.as_str().into());
        }
    }
    for (key, given) in &case.context {
        let value = match given {
            Given::One(value) => json!(value),
            Given::Many(values) => json!(values),
        };
        context.insert(key.clone(), value);
    }
    context.into()
}
