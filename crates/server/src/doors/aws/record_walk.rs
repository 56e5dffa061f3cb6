//! Performs every operation of every service, by a caller who may and by one who may not, and reads
//! the record of each call.

use std::sync::Arc;

use identity::Caller;
use names::{RegistryId, Timestamp};
use operations::{EventFilter, EventSpan};
use serde_json::{Value, json};
use wire::aws::{Operation, Service};

use super::call::Context;
use super::dispatch::dispatch;
use super::guarded::input;
use super::words::Words;
use crate::audit::{WITHHELD, is_read_only};
use crate::config::Redirects;
use crate::doors::Doors;
use crate::guard::RequestFrom;
use crate::guard::testing::{Gate, root, statement};
use crate::reached::Reached;
use crate::request_id::RequestId;

const HOME: &str = "111111111111";
const ABROAD: &str = "222222222222";

/// Operations that everyone may call.
const OPEN: [&str; 2] = ["GetCallerIdentity", "GetSessionToken"];

/// A call that was made: what was answered, and its record.
struct Made {
    outcome: Result<Value, String>,
    record: Value,
}

struct Walk {
    gate: Gate,
    doors: Arc<Doors>,
    reached: Reached,
}

impl Walk {
    async fn begin(flags: &[&str]) -> Self {
        let gate = Gate::new().await;
        let (doors, reached) = (gate.doors_with(flags), gate.reached());
        Self { gate, doors, reached }
    }

    /// Calls it, and finds the record of this very call.
    async fn call(&self, caller: &Caller, operation: Operation, input: &Value) -> Made {
        let from = self.from();
        let outcome = self.made(caller, &from, operation, input).await;
        self.doors.calls.write_down(&self.doors).await;
        let found = self.records(&caller.registry(), operation.name()).await;
        let own = found.into_iter().filter(|record| record["requestID"] == from.id.as_str());
        let own: Vec<Value> = own.collect();
        let [record] = &own[..] else { panic!("{} has no record of its own", operation.name()) };
        Made { outcome, record: record.clone() }
    }

    /// Calls it.
    async fn outcome(
        &self,
        caller: &Caller,
        operation: Operation,
        input: &Value,
    ) -> Result<Value, String> {
        self.made(caller, &self.from(), operation, input).await
    }

    /// A request of its own.
    fn from(&self) -> RequestFrom {
        RequestFrom { id: RequestId::from_random(keys::random()), ..self.gate.from.clone() }
    }

    async fn made(
        &self,
        caller: &Caller,
        from: &RequestFrom,
        operation: Operation,
        input: &Value,
    ) -> Result<Value, String> {
        let context = Context {
            doors: &self.doors,
            caller,
            reached: &self.reached,
            from,
            redirects: Redirects::Never,
        };
        let body = input.to_string();
        match dispatch(&context, operation, &Words::Json(body.as_bytes())).await {
            Ok(output) => Ok(serde_json::from_slice(&output).unwrap_or_default()),
            Err(refused) => Err(refused.into_told(&from.id, operation).kind().name.to_owned()),
        }
    }

    async fn records(&self, registry: &RegistryId, name: &str) -> Vec<Value> {
        let (since, until) = (Timestamp::from_micros(0), Timestamp::from_micros(i64::MAX));
        let filter = EventFilter::Name(name.to_owned());
        let span = EventSpan { since, until };
        let found = self.doors.operations.lookup_events(registry, filter, span, None, 50).await;
        let read = |text: String| serde_json::from_str(&text).unwrap();
        found.unwrap().events.into_iter().map(|event| read(event.text)).collect()
    }
}

/// The secrets in an answer.
fn secrets(name: &str, value: &Value, found: &mut Vec<String>) {
    let lower = name[..name.len().min(1)].to_ascii_lowercase() + name.get(1..).unwrap_or_default();
    match value {
        Value::String(text) if WITHHELD.contains(&lower.as_str()) && text.len() >= 16 => {
            found.push(text.clone());
        }
        Value::Array(elements) => {
            for element in elements {
                secrets(name, element, found);
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                secrets(name, member, found);
            }
        }
        _ => {}
    }
}

/// What is wrong with a record.
fn check(operation: Operation, caller: &Caller, made: &Made) -> Result<usize, String> {
    let Made { outcome, record } = made;
    let expect = |member: &str, value: Value| {
        if record[member] == value {
            Ok(())
        } else {
            Err(format!("{member} is {}, not {value}", record[member]))
        }
    };
    expect("eventName", operation.name().into())?;
    expect("eventType", "AwsApiCall".into())?;
    expect("readOnly", is_read_only(operation).into())?;
    expect("recipientAccountId", caller.account().as_str().into())?;
    let code =
        outcome.as_ref().err().map(|code| code.replace("AccessDeniedException", "AccessDenied"));
    expect("errorCode", code.map_or(Value::Null, Value::from))?;
    if record["userIdentity"]["arn"] != caller.arn().as_str() {
        return Err(format!("it is of {}", record["userIdentity"]));
    }
    let mut hidden = Vec::new();
    if let Ok(output) = outcome {
        secrets("", output, &mut hidden);
        let is_told = !record["responseElements"].is_null();
        if is_told && is_read_only(operation) && operation.service() != Service::Sts {
            return Err("a read tells its answer".to_owned());
        }
    }
    let text = record.to_string();
    match hidden.iter().find(|secret| text.contains(secret.as_str())) {
        Some(_) => Err("it tells a secret".to_owned()),
        None => Ok(hidden.len()),
    }
}

#[tokio::test]
async fn every_call_leaves_a_record_of_its_outcome_and_of_no_secret() {
    let walk = Walk::begin(&[]).await;
    let mallory = walk.gate.user(HOME, "mallory").await;
    let (mut wrong, mut allowed, mut denied, mut hidden) = (Vec::new(), 0, 0, 0);
    for operation in Operation::all().filter(|it| it.name() != "AssumeRoleWithWebIdentity") {
        let input = input(operation.spec().input, HOME);
        for caller in [&mallory, &root(HOME)] {
            let made = walk.call(caller, operation, &input).await;
            match &made.outcome {
                Ok(_) => allowed += 1,
                Err(code) if code.starts_with("AccessDenied") => denied += 1,
                Err(_) => {}
            }
            match check(operation, caller, &made) {
                Ok(secrets) => hidden += secrets,
                Err(why) => wrong.push(format!("{}: {why}", operation.name())),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let all = Operation::all().count();
    assert!(denied >= all - OPEN.len() - 10, "{denied} of {all} were denied");
    assert!(allowed > 40, "{allowed} succeeded");
    assert!(hidden > 1, "{hidden} secrets were answered");
}

#[tokio::test]
async fn what_a_caller_is_given_or_gives_in_confidence_is_in_no_record() {
    const WORDS: &str = "bm90IGZvciBvdGhlcnMsIG5vdCBldmVuIGZvciBhdWRpdG9ycw==";
    let walk = Walk::begin(&[]).await;
    walk.gate.user(HOME, "alice").await;
    let caller = root(HOME);
    let mut hidden = vec![WORDS.to_owned()];
    let mut texts = String::new();
    let mut call = async |service: Service, name: &str, input: Value| {
        let made = walk.call(&caller, service.operation(name).unwrap(), &input).await;
        let output = made.outcome.unwrap_or_else(|code| panic!("{name}: {code}"));
        let before = hidden.len();
        secrets("", &output, &mut hidden);
        texts += &made.record.to_string();
        (output, hidden.len() - before)
    };
    call(Service::Iam, "CreateUser", json!({ "UserName": "kim" })).await;
    let key = call(Service::Iam, "CreateAccessKey", json!({ "UserName": "kim" })).await;
    let (kms, _) = call(Service::Kms, "CreateKey", json!({})).await;
    let id = &kms["KeyMetadata"]["KeyId"];
    let of_key = json!({ "KeyId": id, "KeySpec": "AES_256" });
    let made = call(Service::Kms, "GenerateDataKey", of_key).await;
    let encrypt = json!({ "KeyId": id, "Plaintext": WORDS });
    let (sealed, _) = call(Service::Kms, "Encrypt", encrypt).await;
    let decrypt = json!({ "CiphertextBlob": sealed["CiphertextBlob"] });
    let opened = call(Service::Kms, "Decrypt", decrypt).await;
    assert_eq!(opened.0["Plaintext"], WORDS);
    let session = call(Service::Sts, "GetSessionToken", json!({})).await;
    let token = call(Service::Ecr, "GetAuthorizationToken", json!({})).await;
    for (answer, at_least) in [(&key, 0), (&made, 2), (&opened, 1), (&session, 0), (&token, 1)] {
        assert!(answer.1 >= at_least, "{} secrets were answered", answer.1);
    }
    for secret in &hidden {
        assert!(!texts.contains(secret.as_str()), "a record tells a secret");
    }
    assert!(texts.contains(id.as_str().unwrap()), "which key it was, is told");
}

#[tokio::test]
async fn a_call_into_another_account_is_recorded_on_both_sides_if_it_is_allowed() {
    let walk = Walk::begin(&[]).await;
    let alice = walk.gate.user(HOME, "alice").await;
    let web = walk.gate.repository(ABROAD, "web").await;
    let operation = Service::Ecr.operation("PutImageTagMutability").unwrap();
    let input = json!({
        "registryId": ABROAD, "repositoryName": "web", "imageTagMutability": "IMMUTABLE",
    });
    let denied = walk.call(&alice, operation, &input).await;
    assert_eq!(denied.record["errorCode"], "AccessDenied");
    let abroad = || walk.records(&web.registry, "PutImageTagMutability");
    assert_eq!(abroad().await, Vec::<Value>::new(), "what is denied touches nothing of theirs");

    let action = operation.action();
    walk.gate.put_policy(&alice, &[statement("Allow", &[action], "*")]).await;
    walk.gate.set_repository_policy(&web, HOME, &[action]).await;
    let made = walk.call(&alice, operation, &input).await;
    assert_eq!(made.record["errorCode"], Value::Null);
    let theirs = abroad().await;
    let [theirs] = &theirs[..] else { panic!("one record: {theirs:?}") };
    let Caller { principal, access_key_id, .. } = &alice;
    let expected = json!({
        "type": "AWSAccount", "principalId": principal.user_id(), "accountId": HOME,
    });
    assert_eq!(theirs["userIdentity"], expected);
    assert_eq!(theirs["recipientAccountId"], ABROAD);
    assert_eq!(theirs["requestID"], made.record["requestID"]);
    assert_ne!(theirs["eventID"], made.record["eventID"]);
    assert_eq!(theirs["sharedEventID"], made.record["sharedEventID"]);
    assert!(theirs["sharedEventID"].is_string());
    assert!(
        !theirs.to_string().contains(access_key_id.as_str()),
        "whose key is not theirs to know"
    );
    let arn = web.to_string();
    assert_eq!(theirs["resources"], json!([{ "ARN": arn, "accountId": ABROAD }]));
}

#[tokio::test]
async fn a_record_has_the_members_of_cloudtrail() {
    let walk = Walk::begin(&[]).await;
    let kim = walk.gate.user(HOME, "kim").await;
    walk.gate.put_policy(&kim, &[statement("Allow", &["ecr:*"], "*")]).await;
    let operation = Service::Ecr.operation("CreateRepository").unwrap();
    let made = walk.call(&kim, operation, &json!({ "repositoryName": "web" })).await;
    let mut record = made.record;
    let arn = format!("arn:aws:ecr:us-east-1:{HOME}:repository/web");
    let created = record["responseElements"]["repository"]["createdAt"].take();
    assert!(created.as_str().is_some_and(|at| at.contains(", 20")), "{created}");
    let answer = record["responseElements"].take();
    assert_eq!(answer["repository"]["repositoryArn"], arn.as_str());
    let expected = json!({
        "eventVersion": "1.11",
        "userIdentity": {
            "type": "IAMUser",
            "principalId": kim.principal.user_id(),
            "arn": format!("arn:aws:iam::{HOME}:user/kim"),
            "accountId": HOME,
            "accessKeyId": "AKIAIOSFODNN7EXAMPLE",
            "userName": "kim",
        },
        "eventTime": "2027-01-15T08:00:00Z",
        "eventSource": "ecr.amazonaws.com",
        "eventName": "CreateRepository",
        "awsRegion": "us-east-1",
        "sourceIPAddress": "",
        "userAgent": "",
        "requestParameters": { "repositoryName": "web" },
        "responseElements": null,
        "requestID": record["requestID"],
        "eventID": record["eventID"],
        "readOnly": false,
        "resources": [{ "ARN": arn, "accountId": HOME }],
        "eventType": "AwsApiCall",
        "managementEvent": true,
        "recipientAccountId": HOME,
        "eventCategory": "Management",
    });
    assert_eq!(record, expected);
}

#[tokio::test]
async fn a_required_record_that_cannot_be_kept_refuses_its_call() {
    let walk = Walk::begin(&["--audit", "required"]).await;
    let caller = root(HOME);
    let faults = walk.gate.stores.db.faults();
    let of = |name: &str| Service::Ecr.operation(name).unwrap();
    let web = json!({ "repositoryName": "web" });
    walk.call(&caller, of("CreateRepository"), &web).await.outcome.unwrap();
    let freeze = json!({ "repositoryName": "web", "imageTagMutability": "IMMUTABLE" });
    let mutability = || async {
        let made = walk.call(&caller, of("DescribeRepositories"), &json!({})).await;
        made.outcome.unwrap()["repositories"][0]["imageTagMutability"].clone()
    };

    faults.fail_commit(1);
    let refused = walk.outcome(&caller, of("PutImageTagMutability"), &freeze).await;
    assert_eq!(refused, Err("ServerException".to_owned()));
    assert_eq!(mutability().await, "MUTABLE", "what was refused was not done");
    faults.fail_commit(1);
    let refused = walk.outcome(&caller, of("DescribeRepositories"), &json!({})).await;
    assert_eq!(refused, Err("ServerException".to_owned()), "nor is a read answered");

    // The record, the act, and the end of the record.
    faults.fail_commit(3);
    let made = walk.call(&caller, of("PutImageTagMutability"), &freeze).await;
    faults.clear();
    assert!(made.outcome.is_ok(), "it is recorded: {:?}", made.outcome);
    assert_eq!(made.record["additionalEventData"], json!({ "outcome": "unknown" }));
    assert_eq!(mutability().await, "IMMUTABLE");
    let again = walk.call(&caller, of("PutImageTagMutability"), &freeze).await;
    assert_eq!(again.record["additionalEventData"], Value::Null);
    assert_eq!(again.record["responseElements"]["imageTagMutability"], "IMMUTABLE");
}
