//! Calls every operation as a principal without rights: an operation that answers without asking
//! the guard fails here.

use serde_json::{Value, json};
use wire::aws::schema::{Shape, Structure};
use wire::aws::{Operation, Service, WireRefusal};

use super::dispatch::admit_only;
use super::words::Words;
use crate::guard::testing::{Gate, root};

const HOME: &str = "111111111111";
const ABROAD: &str = "222222222222";

/// Members that say what a call is about, though the model can do without.
const SAID: [&str; 4] = ["registryId", "KeyId", "GrantId", "SourceKeyId"];

/// A KMS key that is not there.
const KEY: &str = "1234abcd-12ab-34cd-56ef-1234567890ab";

/// The error of an operation that is not implemented.
pub(super) fn unserved(operation: Operation) -> &'static str {
    match operation.service() {
        Service::Kms => "UnknownOperationException",
        _ => "UnsupportedCommandException",
    }
}

/// The smallest input that satisfies a model, about the repository `web` of `account`.
pub(super) fn input(structure: &Structure, account: &str) -> Value {
    let mut members = serde_json::Map::new();
    for member in structure.members {
        if member.required || SAID.contains(&member.name) {
            members.insert(member.name.to_owned(), sample(member.name, member.shape, account));
        }
    }
    Value::Object(members)
}

fn sample(name: &str, shape: &Shape, account: &str) -> Value {
    match shape {
        Shape::Boolean => json!(true),
        Shape::Integer(_) | Shape::Long(_) | Shape::Double | Shape::Timestamp => json!(1),
        Shape::Blob(_) => json!("eA=="),
        Shape::OneOf(words) => json!(words[0]),
        Shape::List(_, element) => json!([sample("", element, account)]),
        Shape::Map(_, key, value) => {
            let key = sample("", key, account).as_str().unwrap_or_default().to_owned();
            json!({ key: sample("", value, account) })
        }
        Shape::Structure(structure) => input(structure, account),
        Shape::Text { length, pattern, .. } => json!(text(name, account).unwrap_or_else(|| {
            let least = length.min.and_then(|min| usize::try_from(min).ok()).unwrap_or(1).max(2);
            word(least, |text| pattern.is_none_or(|pattern| pattern.matches(text)))
        })),
    }
}

/// The input of the guard.
fn text(name: &str, account: &str) -> Option<String> {
    match name {
        "registryId" => Some(account.to_owned()),
        "repositoryName" => Some("web".to_owned()),
        "resourceArn" => Some(format!("arn:aws:ecr:us-east-1:{account}:repository/web")),
        "OpenIDConnectProviderArn" => {
            Some(format!("arn:aws:iam::{account}:oidc-provider/tokens.example.com"))
        }
        "SAMLProviderArn" => Some(format!("arn:aws:iam::{account}:saml-provider/company")),
        "PolicyArn" | "PermissionsBoundary" => Some(format!("arn:aws:iam::{account}:policy/mine")),
        "PolicySourceArn" | "PrincipalArn" => Some(format!("arn:aws:iam::{account}:user/bob")),
        "RoleArn" => Some(format!("arn:aws:iam::{account}:role/reader")),
        "KeyId" | "SourceKeyId" | "DestinationKeyId" | "TargetKeyId" => {
            Some(format!("arn:aws:kms:us-east-1:{account}:key/{KEY}"))
        }
        "SecretId" => Some(format!("arn:aws:secretsmanager:us-east-1:{account}:secret:web-AbCdEf")),
        "AliasName" => Some("alias/mine".to_owned()),
        "GrantId" => Some("ab".repeat(32)),
        _ => None,
    }
}

/// A text that the model lets through.
fn word(length: usize, fits: impl Fn(&str) -> bool) -> String {
    let plain = "a".repeat(length);
    let candidates = [
        plain,
        HOME.to_owned(),
        "sha256:ab".to_owned(),
        "00000000-0000-4000-8000-000000000000".to_owned(),
        format!("arn:aws:iam::{HOME}:role/reader"),
        format!("arn:aws:signer:us-east-1:{HOME}:/signing-profiles/mine"),
        "us-east-1".to_owned(),
        "/".to_owned(),
        "v1".to_owned(),
        "https://example.com/".to_owned(),
        "o-0123456789".to_owned(),
        "o-0123456789/r-0123/".to_owned(),
        "p-01234567".to_owned(),
        "ecr:PutImage".to_owned(),
    ];
    candidates.into_iter().find(|candidate| fits(candidate)).expect("one of them fits any pattern")
}

async fn admitted(gate: &Gate, operation: Operation, account: &str) -> Result<(), WireRefusal> {
    let body = input(operation.spec().input, account).to_string();
    let caller = root(HOME);
    let outcome = admit_only(&gate.asking(&caller), operation, &Words::Json(body.as_bytes())).await;
    outcome.map_err(|refused| refused.into_told(&gate.from.id, operation))
}

/// Whether the input says whose registry it concerns.
fn names_a_registry(operation: Operation) -> bool {
    let members = operation.spec().input.members;
    members.iter().any(|member| ["registryId", "resourceArn"].contains(&member.name))
}

#[tokio::test]
async fn no_caller_does_anything_in_a_registry_of_another_account() {
    let (gate, mut walked) = (Gate::new().await, 0);
    for operation in Operation::all().filter(|operation| names_a_registry(*operation)) {
        let name = operation.name();
        // ECR Public's ARNs are of another form, and it has no resources yet.
        if operation.spec().input.members.iter().any(|member| member.name == "resourceArn")
            && matches!(operation, Operation::EcrPublic(_))
        {
            continue;
        }
        let refusal = admitted(&gate, operation, ABROAD).await.expect_err(name);
        let action = operation.action();
        assert_eq!(refusal.kind().name, "AccessDeniedException", "{name}: {refusal}");
        let (start, end) = (
            format!(
                "User: arn:aws:iam::{HOME}:root is not authorized to perform: {action} on resource: "
            ),
            format!(" because no resource-based policy allows the {action} action"),
        );
        let text = refusal.message();
        assert!(text.starts_with(&start) && text.ends_with(&end), "{name}: {text}");
        walked += 1;
    }
    assert!(walked > 40, "{walked} operations take a registry");
}

#[tokio::test]
async fn at_home_the_root_user_gets_past_the_guard() {
    let gate = Gate::new().await;
    for operation in Operation::all() {
        match admitted(&gate, operation, HOME).await {
            Ok(()) => {}
            Err(refusal) => {
                assert_eq!(refusal.kind().name, unserved(operation), "{refusal}");
                assert!(refusal.message().contains(operation.name()), "{refusal}");
            }
        }
    }
}

#[tokio::test]
async fn an_operation_on_one_repository_is_judged_by_its_arn() {
    let operation = Operation::Ecr(wire::aws::ecr::Operation::PutImage);
    let refusal = admitted(&Gate::new().await, operation, ABROAD).await.unwrap_err();
    assert_eq!(
        refusal.message(),
        "User: arn:aws:iam::111111111111:root is not authorized to perform: ecr:PutImage on resource: \
         arn:aws:ecr:us-east-1:222222222222:repository/web because no resource-based policy allows the \
         ecr:PutImage action"
    );
}

#[test]
fn creating_with_tags_asks_for_tagging_as_well() {
    use super::call::Call;
    use super::ecr::repository::CreateRepository;
    let read = |body: &str| wire::aws::json::read(body.as_bytes()).unwrap();
    let plain = read(r#"{"repositoryName":"web"}"#);
    assert!(CreateRepository::further_actions(&plain).is_empty());
    let tagged = read(r#"{"repositoryName":"web","tags":[{"Key":"a","Value":"b"}]}"#);
    assert_eq!(CreateRepository::further_actions(&tagged), ["ecr:TagResource"]);
}
