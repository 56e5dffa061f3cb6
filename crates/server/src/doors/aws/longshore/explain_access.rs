//! ExplainAccess: how a request would be decided.

use iam::Supposed;
use identity::Caller;
use names::AccountId;
use wire::aws::longshore::{
    ContextEntry, Decision, Exception, ExplainAccessRequest, ExplainAccessResponse, Verdict,
};
use wire::aws::{Operation, WireRefusal};

use super::super::call::{Call, Context};
use super::super::failure::Refused;
use super::explained::{CUT, policies, reason};
use super::told_denial::{seen, sees};

pub(in crate::doors::aws) struct ExplainAccess;

impl Call for ExplainAccess {
    type Input = ExplainAccessRequest;
    type Target = AccountId;
    type Output = ExplainAccessResponse;

    fn target(caller: &Caller, _input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(caller.account().clone())
    }

    async fn act(
        context: &Context<'_>,
        account: AccountId,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let ExplainAccessRequest { principal_arn, action, resource_arn, context: entries } = input;
        require_action(&action)?;
        require_arn("principal", &principal_arn)?;
        if resource_arn != "*" {
            require_arn("resource", &resource_arn)?;
        }
        let is_given = entries.is_some();
        let entries = entries.into_iter().flatten();
        let supposed = Supposed {
            principal_arn,
            action,
            resource: resource_arn,
            context: entries.map(|entry| (entry.key, entry.values)).collect(),
        };
        let explained = context.iam().explain_access(&account, &supposed).await?;
        let explained = explained.ok_or_else(|| {
            let arn = &supposed.principal_arn;
            let advice = match arn.split(':').nth(4) {
                Some(other) if other != account.as_str() && !other.is_empty() => {
                    format!("; ask with a key of the account {other}")
                }
                _ => String::new(),
            };
            let text = format!("There is no principal {arn} in the account {account}{advice}");
            WireRefusal::new(Exception::PrincipalNotFound, text)
        })?;
        let Supposed { action, resource, context: entries, .. } = supposed;
        let given = entries.into_iter().map(|(key, values)| ContextEntry { key, values }).collect();
        let is_allowed = explained.explanation.decision.is_allowed();
        // All policies decide, but only those of this account are shown.
        let sees = |layer| sees(layer, &account, Some(&account), &explained.owner);
        let told = seen(&explained.explanation.decision, sees);
        let mut reason = reason(&told);
        if explained.explanation.is_cut {
            reason.push_str(CUT);
        }
        let decision = Decision {
            request_id: None,
            time: None,
            principal: Some(explained.principal.arn()),
            action: Some(action),
            resource: Some(resource),
            verdict: Some(if is_allowed { Verdict::Allowed } else { Verdict::Denied }),
            enforcement: Some(super::explained::enforcement(context.doors.guard.is_enforced())),
            reason: Some(reason),
            sentence: explained.sentence,
            policies: Some(policies(&explained.explanation, sees)),
            context: is_given.then_some(given),
        };
        Ok(ExplainAccessResponse { decision: Some(decision) })
    }
}

/// Actions of our services that no operation is called like, but that policies name.
const WITHOUT_OPERATION: [&str; 5] = [
    "ecr:BatchImportUpstreamImage",
    "ecr:ReplicateImage",
    "iam:PassRole",
    "sts:SetSourceIdentity",
    "sts:TagSession",
];

/// Refuses a misspelt action, which would look denied. Actions of other services are judged as
/// policies name them.
fn require_action(action: &str) -> Result<(), WireRefusal> {
    let is_ours = |known: &str| {
        let service = known.split_once(':').map(|(service, _)| service);
        let asked = action.split_once(':').map(|(service, _)| service);
        service.zip(asked).is_some_and(|(known, asked)| known.eq_ignore_ascii_case(asked))
    };
    let known = || Operation::all().map(Operation::action).chain(WITHOUT_OPERATION);
    let is_strange = known().any(is_ours) && !known().any(|one| one.eq_ignore_ascii_case(action));
    if is_strange || !action.contains(':') {
        let text = format!("There is no action {action}; actions look like ecr:PutImage");
        return Err(WireRefusal::new(Exception::InvalidParameter, text));
    }
    Ok(())
}

fn require_arn(what: &str, text: &str) -> Result<(), WireRefusal> {
    if text.starts_with("arn:") && text.split(':').count() >= 6 {
        return Ok(());
    }
    let text = format!("The {what} must be an ARN, and {text} is none");
    Err(WireRefusal::new(Exception::InvalidParameter, text))
}
