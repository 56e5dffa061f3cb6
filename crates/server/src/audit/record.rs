//! The record of a call, member by member as CloudTrail writes it, and what it is found by.

use std::collections::BTreeSet;

use names::{AccountId, RegistryId};
use operations::{AuditRecord, AuditResource, CallRecord};
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::call::{Call, CallError, Door, Identity, Subject};
use super::identity::{foreign_identity, user_identity, user_name};
use super::moment::to_the_second;

/// The version of the shape of records.
pub(super) const EVENT_VERSION: &str = "1.11";

/// CloudTrail calls the registry's door by the name of the service.
const REGISTRY_DOOR: &str = "ecr.amazonaws.com";

/// Of a message, and of a request's line, no more than this is told: a record has at most 256 KB,
/// most of which its documents may take (`told.rs`).
const LINE_BYTES_MAX: usize = 4 * 1024;

/// How often a call was made, and whether its end is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Made {
    pub(super) times: u64,
    pub(super) is_ended: bool,
}

impl Made {
    pub(super) const ONCE: Self = Self { times: 1, is_ended: true };
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Record<'a> {
    event_version: &'static str,
    user_identity: Value,
    event_time: String,
    event_source: &'static str,
    event_name: &'static str,
    aws_region: &'a str,
    #[serde(rename = "sourceIPAddress")]
    source_ip_address: String,
    user_agent: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    error_code: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error_message: Option<&'a str>,
    request_parameters: Option<&'a Value>,
    response_elements: Option<&'a Value>,
    #[serde(skip_serializing_if = "Map::is_empty")]
    additional_event_data: Map<String, Value>,
    #[serde(rename = "requestID")]
    request_id: &'a str,
    #[serde(rename = "eventID")]
    event_id: &'a str,
    read_only: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    resources: Vec<Value>,
    event_type: &'static str,
    management_event: bool,
    recipient_account_id: &'a str,
    #[serde(rename = "sharedEventID", skip_serializing_if = "Option::is_none")]
    shared_event_id: Option<&'a str>,
    event_category: &'static str,
}

/// The records of a call: the caller's, and one of each other account that it is about. Of a call
/// that was denied, those learn nothing: it touched nothing of theirs.
pub(super) fn records(call: &Call, made: Made) -> Vec<CallRecord> {
    let home = call.identity.registry();
    let is_denied = call.error.as_ref().is_some_and(|error| error.is_denial);
    let others: BTreeSet<&AccountId> = call
        .subjects
        .iter()
        .map(|subject| &subject.account)
        .filter(|account| **account != home.account && !is_denied)
        .collect();
    let is_shared = !others.is_empty();
    let registry =
        |account: &AccountId| RegistryId { account: account.clone(), region: home.region.clone() };
    let others: Vec<RegistryId> = others.into_iter().map(registry).collect();
    let mut records = vec![record(call, made, &home, is_shared)];
    records.extend(others.iter().map(|other| record(call, made, other, true)));
    records
}

fn record(call: &Call, made: Made, recipient: &RegistryId, is_shared: bool) -> CallRecord {
    let is_home = recipient.account == *call.identity.account();
    let [own_id, foreign_id] = &call.ids;
    let id = if is_home { own_id } else { foreign_id };
    let access_key = match &call.identity {
        Identity::Caller(caller) if is_home => Some(caller.access_key_id.to_string()),
        Identity::Caller(_) | Identity::WebIdentity { .. } => None,
    };
    let about = call.subjects.iter().filter(|it| is_home || it.account == recipient.account);
    let about: Vec<&Subject> = about.collect();
    let mut names: Vec<String> = about.iter().map(|subject| subject.arn.clone()).collect();
    names.extend(about.iter().filter_map(|subject| short_name(&subject.arn)));
    let resource = |subject: &&Subject| AuditResource {
        kind: kind(&subject.arn).to_owned(),
        name: subject.arn.clone(),
    };
    let shared = is_shared.then(|| own_id.as_str());
    CallRecord {
        registry: recipient.clone(),
        record: AuditRecord {
            event_id: id.clone(),
            happened_at: call.at(),
            name: call.name.to_owned(),
            source: call.source.to_owned(),
            read_only: call.read_only,
            // A provider may put anything into a subject, and rows hold no NUL bytes.
            user_name: is_home.then(|| user_name(&call.identity).replace('\0', "")),
            access_key,
            resources: about.iter().map(resource).collect(),
        },
        names,
        text: text(call, made, recipient, (id.as_str(), shared), &about),
    }
}

fn text(
    call: &Call,
    made: Made,
    recipient: &RegistryId,
    (id, shared): (&str, Option<&str>),
    about: &[&Subject],
) -> String {
    let is_home = recipient.account == *call.identity.account();
    let (address, agent) = origin(call);
    let mut identity =
        if is_home { user_identity(&call.identity) } else { foreign_identity(&call.identity) };
    if call.door != Door::Api {
        identity["invokedBy"] = REGISTRY_DOOR.into();
    }
    let error = call.error.as_ref();
    let record = Record {
        event_version: EVENT_VERSION,
        user_identity: identity,
        event_time: to_the_second(call.at()),
        event_source: call.source,
        event_name: call.name,
        aws_region: recipient.region.as_str(),
        source_ip_address: address,
        user_agent: agent,
        error_code: error.map(|CallError { code, .. }| code.as_str()),
        error_message: error.map(|CallError { message, .. }| cut(message)),
        request_parameters: call.parameters.document.as_ref(),
        response_elements: call.answer.document.as_ref(),
        additional_event_data: additional(call, made),
        request_id: call.from.id.as_str(),
        event_id: id,
        read_only: call.read_only,
        resources: about.iter().map(|subject| resource(subject)).collect(),
        event_type: "AwsApiCall",
        management_event: true,
        recipient_account_id: recipient.account.as_str(),
        shared_event_id: shared,
        event_category: "Management",
    };
    serde_json::to_string(&record).expect("a record has no maps with strange keys")
}

/// The address and the program. At the registry's door, CloudTrail writes the service in both.
fn origin(call: &Call) -> (String, &str) {
    match &call.door {
        Door::Api => (address(call), call.from.user_agent.as_deref().unwrap_or_default()),
        Door::Registry(_) => (REGISTRY_DOOR.to_owned(), REGISTRY_DOOR),
    }
}

fn address(call: &Call) -> String {
    call.from.address.map(|address| address.to_string()).unwrap_or_default()
}

/// What we tell beside CloudTrail's members.
fn additional(call: &Call, made: Made) -> Map<String, Value> {
    let mut told = Map::new();
    if let Door::Registry(request) = &call.door {
        told.insert("request".to_owned(), cut(request).into());
        told.insert("clientIPAddress".to_owned(), address(call).into());
        let agent = call.from.user_agent.as_deref().unwrap_or_default();
        told.insert("clientUserAgent".to_owned(), agent.into());
    }
    if made.times > 1 {
        told.insert("times".to_owned(), made.times.into());
    }
    if !made.is_ended {
        told.insert("outcome".to_owned(), "unknown".into());
    }
    for (member, omitted) in [
        ("requestParametersOmitted", &call.parameters.omitted),
        ("responseElementsOmitted", &call.answer.omitted),
    ] {
        if !omitted.is_empty() {
            told.insert(member.to_owned(), Value::Object(omitted.clone()));
        }
    }
    told
}

fn cut(line: &str) -> &str {
    &line[..line.floor_char_boundary(LINE_BYTES_MAX)]
}

/// ECR's records leave the type out.
fn resource(subject: &Subject) -> Value {
    let Subject { arn, account } = subject;
    let mut told = json!({ "ARN": arn, "accountId": account.as_str() });
    if !arn.contains(":ecr:") {
        told["type"] = kind(arn).into();
    }
    told
}

/// CloudFormation's name for what an ARN names.
fn kind(arn: &str) -> &'static str {
    let mut parts = arn.splitn(6, ':').skip(2);
    let (service, last) = (parts.next().unwrap_or_default(), parts.nth(2).unwrap_or_default());
    match (service, last.split(['/', ':']).next().unwrap_or_default()) {
        ("ecr", _) => "AWS::ECR::Repository",
        ("kms", "alias") => "AWS::KMS::Alias",
        ("events", _) => "AWS::Events::Rule",
        ("secretsmanager", _) => "AWS::SecretsManager::Secret",
        ("kms", _) => "AWS::KMS::Key",
        ("iam", "user") => "AWS::IAM::User",
        ("iam", "group") => "AWS::IAM::Group",
        ("iam", "role") => "AWS::IAM::Role",
        ("iam", "policy") => "AWS::IAM::ManagedPolicy",
        ("iam", "instance-profile") => "AWS::IAM::InstanceProfile",
        ("iam", "oidc-provider") => "AWS::IAM::OIDCProvider",
        _ => "AWS::Other",
    }
}

/// `web` of a repository, the id of a key, the last part of a path.
fn short_name(arn: &str) -> Option<String> {
    let name = match arn.split_once(":repository/") {
        Some((_, name)) => name,
        None => arn.rsplit_once(['/', ':'])?.1,
    };
    (!name.is_empty()).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_arn_names_has_a_kind_and_a_short_name() {
        #[rustfmt::skip]
        let cases = [
            ("arn:aws:ecr:us-east-1:123456789012:repository/a/web", "AWS::ECR::Repository",  "a/web"),
            ("arn:aws:iam::123456789012:user/team/kim",             "AWS::IAM::User",        "kim"),
            ("arn:aws:iam::123456789012:role/ci",                   "AWS::IAM::Role",        "ci"),
            ("arn:aws:iam::123456789012:policy/p",                  "AWS::IAM::ManagedPolicy", "p"),
            ("arn:aws:kms:us-east-1:123456789012:key/1234abcd",     "AWS::KMS::Key",         "1234abcd"),
            ("arn:aws:kms:us-east-1:123456789012:alias/mine",       "AWS::KMS::Alias",       "mine"),
            ("arn:aws:events:us-east-1:123456789012:rule/pushes",   "AWS::Events::Rule",     "pushes"),
            ("arn:aws:secretsmanager:us-east-1:123456789012:secret:hub-AbCdEf", "AWS::SecretsManager::Secret", "hub-AbCdEf"),
            ("arn:aws:sts::123456789012:federated-user/x",          "AWS::Other",            "x"),
        ];
        for (arn, expected, name) in cases {
            assert_eq!((kind(arn), short_name(arn).as_deref()), (expected, Some(name)), "{arn}");
        }
    }
}
