//! The answer of operations that are not implemented: everything before the verb is checked as it
//! will be later. KMS is served in part: a caller that may call one of the other operations gets
//! KMS's own error for an operation that it does not have, whatever the input is.

use identity::Caller;
use wire::aws::{ErrorType, FrontDoor, Operation, QueryDoor, Service, WireRefusal};

use super::call::{registry, repository, require, resource};
use super::failure::Refused;
use super::words::Words;
use crate::guard::{Asking, RequestKeys, Resource};

/// No model has a code for this. The nearest is ECR Public's, for an action that a Region lacks.
const UNSUPPORTED: ErrorType = ErrorType { name: "UnsupportedCommandException", status: 400 };

/// The first refusal that such a call meets; the last one is that it is not implemented.
pub(super) async fn not_yet(
    asking: &Asking<'_>,
    operation: Operation,
    words: &Words<'_>,
) -> Refused {
    if let Err(refused) = admit(asking, operation, words).await {
        return refused;
    }
    let name = operation.name();
    if operation.service() == Service::Kms {
        let text = format!("The operation {name} is not served here.");
        return WireRefusal::new(FrontDoor::UnknownOperation, text).into();
    }
    let text = format!("The operation {name} is not implemented in this registry yet.");
    let kind = match words {
        Words::Json(_) => UNSUPPORTED,
        Words::Query(_) => QueryDoor::NotImplemented.kind(),
    };
    WireRefusal::new(kind, text).into()
}

async fn admit(
    asking: &Asking<'_>,
    operation: Operation,
    words: &Words<'_>,
) -> Result<(), Refused> {
    let spec = operation.spec();
    if operation.service() != Service::Kms {
        words.document(operation, spec.input)?;
    }
    let resource = target(asking.caller, operation, words)?;
    require(asking, spec.action, &[resource], &RequestKeys::default()).await
}

/// The subject of the call, from the members that all operations name alike.
fn target(
    caller: &Caller,
    operation: Operation,
    words: &Words<'_>,
) -> Result<Resource, WireRefusal> {
    let registry_id = words.text("registryId");
    let registry_id = registry_id.as_deref();
    let registry_as_a_whole = || registry(caller, registry_id).map(Resource::Registry);
    match operation {
        // ECR Public's repositories have separate ARNs; until there are any, its registry stands
        // for them.
        Operation::EcrPublic(_) => registry_as_a_whole(),
        Operation::Ecr(_) => match (words.text("repositoryName"), words.text("resourceArn")) {
            (Some(name), _) => repository(caller, registry_id, &name).map(Resource::Repository),
            (None, Some(arn)) => resource(caller, &arn).map(Resource::Repository),
            (None, None) => registry_as_a_whole(),
        },
        Operation::Iam(_)
        | Operation::Sts(_)
        | Operation::Kms(_)
        | Operation::CloudTrail(_)
        | Operation::EventBridge(_)
        | Operation::SecretsManager(_)
        | Operation::Longshore(_) => Ok(Resource::Account(caller.account().clone())),
    }
}
