//! What operations answer that are not implemented: everything up to the verb is judged as it will be.

use identity::Caller;
use serde_json::Value;
use wire::aws::check::check;
use wire::aws::{ErrorType, Operation, WireRefusal, json};

use super::call::{registry, repository, require, resource};
use super::failure::Refused;
use crate::guard::{Asking, RequestKeys, Resource};

/// No model has a word for it. ECR Public comes nearest, with what a Region answers that lacks an action.
const UNSUPPORTED: ErrorType = ErrorType { name: "UnsupportedCommandException", status: 400 };

/// The first refusal that such a call meets; the last one is that it is not implemented.
pub(super) async fn not_yet(asking: &Asking<'_>, operation: Operation, body: &[u8]) -> Refused {
    if let Err(refused) = admit(asking, operation, body).await {
        return refused;
    }
    let name = operation.name();
    let text = format!("The operation {name} is not implemented in this registry yet.");
    WireRefusal::new(UNSUPPORTED, text).into()
}

async fn admit(asking: &Asking<'_>, operation: Operation, body: &[u8]) -> Result<(), Refused> {
    let spec = operation.spec();
    let input = json::parse(body)?;
    check(&input, spec.input)?;
    let resource = target(asking.caller, operation, &input)?;
    require(asking, spec.action, &[resource], &RequestKeys::default()).await
}

/// What the call would be done to, from the members that all operations call alike.
fn target(caller: &Caller, operation: Operation, input: &Value) -> Result<Resource, WireRefusal> {
    let text = |member| input.get(member).and_then(Value::as_str);
    let registry_id = text("registryId");
    let registry_as_a_whole = || registry(caller, registry_id).map(Resource::Registry);
    match operation {
        // ECR Public's repositories have ARNs of their own; until there are any, its registry stands for them.
        Operation::EcrPublic(_)
        | Operation::Iam(_)
        | Operation::Sts(_)
        | Operation::Longshore(_) => registry_as_a_whole(),
        Operation::Ecr(_) => match (text("repositoryName"), text("resourceArn")) {
            (Some(name), _) => repository(caller, registry_id, name).map(Resource::Repository),
            (None, Some(arn)) => resource(caller, arn).map(Resource::Repository),
            (None, None) => registry_as_a_whole(),
        },
    }
}
