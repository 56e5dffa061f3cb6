use names::AccountId;
use wire::aws::{FrontDoor, WireRefusal};

use super::super::call::Context;

/// The account that manages the others, if the caller is in it.
pub(super) fn require_first_account<'a>(
    context: &Context<'a>,
    action: &str,
) -> Result<&'a AccountId, WireRefusal> {
    let first = &context.doors.endpoints.default.account;
    if context.caller.account() == first {
        return Ok(first);
    }
    let user = context.caller.arn();
    Err(WireRefusal::new(
        FrontDoor::AccessDenied,
        format!(
            "User: {user} is not authorized to perform: {action} on resource: * because no resource-based \
             policy allows the {action} action"
        ),
    ))
}
