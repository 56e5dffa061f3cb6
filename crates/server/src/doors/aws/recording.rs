//! The record of a call at this door: what it says is noted as it becomes known.

use identity::Caller;
use names::{AccountId, Uuid};
use operations::Failure;
use wire::aws::{Operation, Service, WireRefusal, sts};

use super::call::Context;
use super::words::Words;
use crate::audit::{Call, CallError, Door, Identity, Recording, Subject, Told, is_read_only};
use crate::guard::RequestFrom;

/// Begins the record of a call.
pub(super) fn recording<'a>(context: &Context<'a>, operation: Operation) -> Recording<'a> {
    Recording::of(context.doors, || {
        call(Identity::Caller(context.caller.clone()), context.from.clone(), operation)
    })
}

/// A call of which no more is known.
pub(super) fn call(identity: Identity, from: RequestFrom, operation: Operation) -> Call {
    Call {
        identity,
        from,
        door: Door::Api,
        source: source(operation.service()),
        name: operation.name(),
        read_only: is_read_only(operation),
        subjects: Vec::new(),
        parameters: Told::default(),
        answer: Told::default(),
        error: None,
        ids: [keys::random(), keys::random()].map(Uuid::from_random),
    }
}

/// Whether the record tells the output: of calls that change something, and of those that issue
/// credentials.
pub(super) fn tells_answer(operation: Operation) -> bool {
    match operation {
        Operation::Sts(operation) => !matches!(
            operation,
            sts::Operation::GetCallerIdentity | sts::Operation::GetAccessKeyInfo
        ),
        other => !is_read_only(other),
    }
}

/// Ends the record of a call.
pub(super) async fn end(
    mut recording: Recording<'_>,
    context: &Context<'_>,
    operation: Operation,
    words: &Words<'_>,
    refusal: Option<&WireRefusal>,
) -> Result<(), Failure> {
    if let Some(call) = recording.call()
        && operation == Operation::Sts(sts::Operation::AssumeRole)
        && refusal.is_none()
    {
        // Its verb judges by the role's trust policy, so the guard knows of no resource.
        call.subjects.extend(assumed_role(call));
    }
    let error = refusal.map(error);
    match words {
        Words::Json(body) if !tells_answer(operation) => {
            let Caller { principal, access_key_id, region, session: _ } = context.caller;
            let code = refusal.map(|refusal| refusal.kind().name);
            let RequestFrom { address, user_agent, .. } = context.from;
            let came = (access_key_id, principal, region, address, user_agent);
            recording.end_repeating(&(came, operation, body, code), error).await
        }
        Words::Json(_) | Words::Query(_) => recording.end(error).await,
    }
}

fn assumed_role(call: &Call) -> Option<Subject> {
    let arn = call.parameters.document.as_ref()?.get("roleArn")?.as_str()?;
    let account = AccountId::parse(arn.split(':').nth(4)?).ok()?;
    Some(Subject { arn: arn.to_owned(), account })
}

/// CloudTrail has one name for what JSON and Query services call by two.
fn error(refusal: &WireRefusal) -> CallError {
    let name = refusal.kind().name;
    let is_denial = matches!(name, "AccessDeniedException" | "AccessDenied");
    let code = if is_denial { "AccessDenied" } else { name };
    CallError { code: code.to_owned(), message: refusal.message().to_owned(), is_denial }
}

/// The `eventSource` of a service.
fn source(service: Service) -> &'static str {
    match service {
        Service::Ecr => "ecr.amazonaws.com",
        Service::EcrPublic => "ecr-public.amazonaws.com",
        Service::Iam => "iam.amazonaws.com",
        Service::Sts => "sts.amazonaws.com",
        Service::Kms => "kms.amazonaws.com",
        Service::CloudTrail => "cloudtrail.amazonaws.com",
        Service::EventBridge => "events.amazonaws.com",
        Service::SecretsManager => "secretsmanager.amazonaws.com",
        Service::Longshore => "longshore",
    }
}
