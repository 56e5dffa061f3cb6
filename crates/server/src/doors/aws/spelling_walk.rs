//! Calls every operation that names something in IAM, with the name in another case. Names are
//! found without regard to case, but policies are compared with ARNs, where case matters: an
//! operation that is authorised by what the caller wrote, and not by what exists, fails here. The
//! operations come from the models, so new ones are included.

use iam::{NewManagedPolicy, NewOidcProvider, NewRole, NewUser};
use identity::Caller;
use names::{AccountId, GroupName, IamPath, InstanceProfileName, PolicyName, RoleName, UserName};
use serde_json::{Value, json};
use wire::aws::schema::Member;
use wire::aws::{Operation, WireRefusal};

use super::call::Context;
use super::dispatch::{IMPLEMENTED, admit_only, dispatch};
use super::guarded::input;
use super::words::Words;
use crate::config::Redirects;
use crate::guard::testing::{Gate, statement};

const HOME: &str = "111111111111";

/// The name of everything that exists, and the name in requests.
const KEPT: &str = "Walked";
const ASKED: &str = "wALKED";

/// The refusals of a name that belongs to nothing, or that the caller may not use.
const REFUSALS: [&str; 5] = [
    "AccessDenied",
    "AccessDeniedException",
    "EntityAlreadyExists",
    "NoSuchEntity",
    "PrincipalNotFoundException",
];

/// It keeps the ARN of a role for its client. Nothing looks for the role, or assumes it.
const KEEPS_AN_ARN: &str = "PutRule";

/// The ARNs of everything with this name.
fn arns(name: &str) -> Vec<String> {
    let kinds = ["user", "group", "role", "instance-profile", "policy"];
    let entities = kinds.iter().map(|kind| format!("arn:aws:iam::{HOME}:{kind}/Team/{name}"));
    let provider = format!("arn:aws:iam::{HOME}:oidc-provider/tokens.example.com/{name}");
    entities.chain([provider]).collect()
}

/// The value of a member in the request, if the member names something.
fn asked(member: &str) -> Option<String> {
    let arn = |kind: &str| format!("arn:aws:iam::{HOME}:{kind}/Team/{ASKED}");
    Some(match member {
        "UserName" | "GroupName" | "RoleName" | "InstanceProfileName" => ASKED.to_owned(),
        "PolicyArn" => arn("policy"),
        "PolicySourceArn" | "PrincipalArn" => arn("user"),
        "RoleArn" => arn("role"),
        "OpenIDConnectProviderArn" => {
            format!("arn:aws:iam::{HOME}:oidc-provider/tokens.example.com/{ASKED}")
        }
        _ => return None,
    })
}

/// The smallest input that names an existing thing in another spelling; `None` if the operation
/// names nothing.
fn spelled_otherwise(operation: Operation) -> Option<Value> {
    if operation.name() == KEEPS_AN_ARN {
        return None;
    }
    let structure = operation.spec().input;
    let names = |member: &&Member| asked(member.name).is_some();
    structure.members.iter().find(names)?;
    let mut input = input(structure, HOME);
    let members = input.as_object_mut()?;
    for member in structure.members {
        if let Some(name) = asked(member.name) {
            members.insert(member.name.to_owned(), name.into());
        }
    }
    // Values that verbs check before they look up the named thing.
    let decent = [
        ("PolicyDocument", json!(ALLOW)),
        ("AssumeRolePolicyDocument", json!(TRUST)),
        ("ActionNames", json!(["ecr:PutImage"])),
        ("Action", json!("ecr:PutImage")),
        ("ResourceArn", json!("*")),
    ];
    for (member, decent) in decent {
        if let Some(value) = members.get_mut(member) {
            *value = decent;
        }
    }
    Some(input)
}

const ALLOW: &str =
    r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#;
const TRUST: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow",
    "Principal":{"AWS":"111111111111"},"Action":"sts:AssumeRole"}]}"#;

/// One of each kind, filed with a team.
async fn furnish(gate: &Gate) {
    let (iam, account) = (gate.stores.operations.iam(), AccountId::parse(HOME).unwrap());
    let path = || IamPath::parse("/Team/").unwrap();
    let user = NewUser {
        name: UserName::parse(KEPT).unwrap(),
        path: path(),
        boundary: None,
        tags: Vec::new(),
    };
    iam.create_user(&account, user).await.unwrap();
    let name = GroupName::parse(KEPT).unwrap();
    iam.create_group(&account, name, path()).await.unwrap();
    let role = NewRole {
        path: path(),
        name: RoleName::parse(KEPT).unwrap(),
        trust_policy: TRUST.parse().unwrap(),
        description: None,
        max_session_seconds: 3_600,
        boundary: None,
        tags: Vec::new(),
    };
    iam.create_role(&account, role).await.unwrap();
    let name = InstanceProfileName::parse(KEPT).unwrap();
    iam.create_instance_profile(&account, path(), name, Vec::new()).await.unwrap();
    let policy = NewManagedPolicy {
        path: path(),
        name: PolicyName::parse(KEPT).unwrap(),
        document: ALLOW.parse().unwrap(),
        description: None,
        tags: Vec::new(),
    };
    iam.create_policy(&account, policy).await.unwrap();
    let provider = NewOidcProvider {
        url: format!("https://tokens.example.com/{KEPT}"),
        clients: Vec::new(),
        thumbprints: Vec::new(),
        tags: Vec::new(),
    };
    iam.create_open_id_connect_provider(&account, provider).await.unwrap();
}

/// Requests the existing thing under the other spelling, and says what is wrong with the answer.
async fn complaint(gate: &Gate, caller: &Caller, operation: Operation) -> Option<String> {
    let body = spelled_otherwise(operation)?.to_string();
    let doors = gate.doors();
    let context = Context {
        doors: &doors,
        caller,
        reached: &gate.reached(),
        from: &gate.from,
        redirects: Redirects::Never,
    };
    match dispatch(&context, operation, &Words::Json(body.as_bytes())).await {
        Ok(_) => Some(format!("{} lets it in", operation.name())),
        Err(refused) => {
            let told: WireRefusal = refused.into_told(&gate.from.id, operation);
            let is_told = REFUSALS.contains(&told.kind().name);
            (!is_told).then(|| format!("{} refuses something else: {told}", operation.name()))
        }
    }
}

fn walked() -> impl Iterator<Item = Operation> {
    let all = IMPLEMENTED.iter().copied();
    all.filter(|operation| spelled_otherwise(*operation).is_some())
}

fn deny(resources: &[String]) -> String {
    json!({ "Effect": "Deny", "Action": "*", "Resource": resources }).to_string()
}

fn allow(resources: &[String]) -> String {
    json!({ "Effect": "Allow", "Action": "*", "Resource": resources }).to_string()
}

#[tokio::test]
async fn a_deny_on_what_is_there_holds_however_it_is_spelled() {
    let gate = Gate::new().await;
    let user = gate.user(HOME, "alice").await;
    furnish(&gate).await;
    gate.put_policy(&user, &[statement("Allow", &["*"], "*"), deny(&arns(KEPT))]).await;
    let (mut count, mut wrong) = (0, Vec::new());
    for operation in walked() {
        wrong.extend(complaint(&gate, &user, operation).await);
        count += 1;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count > 80, "{count} operations name something");
}

#[tokio::test]
async fn an_allow_on_another_spelling_opens_nothing() {
    let gate = Gate::new().await;
    let user = gate.user(HOME, "alice").await;
    furnish(&gate).await;
    let unfiled = arns(ASKED).iter().map(|arn| arn.replace("/Team/", "/")).collect::<Vec<_>>();
    gate.put_policy(&user, &[allow(&arns(ASKED)), allow(&unfiled)]).await;
    let mut wrong = Vec::new();
    for operation in walked() {
        wrong.extend(complaint(&gate, &user, operation).await);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn what_is_there_is_found_in_another_spelling_by_those_who_may() {
    let gate = Gate::new().await;
    let user = gate.user(HOME, "alice").await;
    furnish(&gate).await;
    gate.put_policy(&user, &[allow(&arns(KEPT))]).await;
    let mut admitted = 0;
    for operation in walked() {
        let body = spelled_otherwise(operation).unwrap().to_string();
        let words = Words::Json(body.as_bytes());
        admitted += usize::from(admit_only(&gate.asking(&user), operation, &words).await.is_ok());
    }
    assert!(admitted > 50, "the guard knows {admitted} by what was found");
}

#[tokio::test]
async fn a_refusal_tells_neither_what_is_there_nor_how_it_is_spelled_nor_where_it_is_filed() {
    let gate = Gate::new().await;
    let user = gate.user(HOME, "alice").await;
    let refusal = async |operation: Operation| {
        let body = spelled_otherwise(operation).unwrap().to_string();
        let words = Words::Json(body.as_bytes());
        let refused = admit_only(&gate.asking(&user), operation, &words).await.err();
        refused.map(|refused| refused.into_told(&gate.from.id, operation).to_string())
    };
    let mut before = Vec::new();
    for operation in walked() {
        before.push(refusal(operation).await);
    }
    furnish(&gate).await;
    for (operation, before) in walked().zip(before) {
        assert_eq!(refusal(operation).await, before, "{}", operation.name());
    }
}
