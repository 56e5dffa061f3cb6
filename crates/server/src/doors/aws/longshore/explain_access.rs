//! ExplainAccess: what would be decided, if somebody asked.

use identity::Caller;
use names::AccountId;
use operations::Supposed;
use wire::aws::WireRefusal;
use wire::aws::longshore::{
    Decision, Exception, ExplainAccessRequest, ExplainAccessResponse, Verdict,
};

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
        let given = entries.clone();
        let entries = entries.into_iter().flatten();
        let supposed = Supposed {
            principal_arn,
            action,
            resource: resource_arn,
            context: entries.map(|entry| (entry.key, entry.values)).collect(),
        };
        let explained = context.operations().explain_access(&account, &supposed).await?;
        let explained = explained.ok_or_else(|| {
            let arn = &supposed.principal_arn;
            let text = format!("There is no principal {arn} in the account {account}");
            WireRefusal::new(Exception::PrincipalNotFound, text)
        })?;
        let Supposed { action, resource, .. } = supposed;
        let is_allowed = explained.explanation.decision.is_allowed();
        // It is decided by all policies, and told by those of this account.
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
            context: given,
        };
        Ok(ExplainAccessResponse { decision: Some(decision) })
    }
}
