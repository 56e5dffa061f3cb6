//! ExplainDecision: why a request was denied, by the id that its answer carried.

use identity::Caller;
use names::AccountId;
use policy::{Decision as Decided, Layer, Reason};
use wire::aws::WireRefusal;
use wire::aws::longshore::{
    Decision, Exception, ExplainDecisionRequest, ExplainDecisionResponse, Verdict,
};

use super::super::call::{Call, Context};
use super::super::failure::Refused;
use super::explained::{context_of, enforcement, policies, reason};
use crate::guard::Denial;

pub(in crate::doors::aws) struct ExplainDecision;

impl Call for ExplainDecision {
    type Input = ExplainDecisionRequest;
    type Target = AccountId;
    type Output = ExplainDecisionResponse;

    fn target(caller: &Caller, _input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(caller.account().clone())
    }

    async fn act(
        context: &Context<'_>,
        account: AccountId,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let denial = context.doors.guard.denials().find(&input.request_id);
        // Whether another account's request was denied is nobody's business here.
        let denial = denial.filter(|denial| concerns(denial, &account)).ok_or_else(|| {
            let id = &input.request_id;
            let text = format!("No denial of a request with the id {id} is kept");
            WireRefusal::new(Exception::DecisionNotFound, text)
        })?;
        Ok(ExplainDecisionResponse { decision: Some(write(&denial, &account)) })
    }
}

fn concerns(denial: &Denial, account: &AccountId) -> bool {
    denial.account == *account || denial.home.as_ref() == Some(account)
}

/// A statement of the other side is not named, and whether a role exists is not told to those whom it does not trust.
fn seen(decision: &Decided, sees: impl Fn(Layer) -> bool) -> Decided {
    let reason = match decision.reason {
        Reason::DeniedBy(Layer::Trust) if !sees(Layer::Trust) => {
            Reason::NothingAllowsIn(Layer::Trust)
        }
        reason => reason,
    };
    let deciding = decision.deciding.clone().filter(|deciding| sees(deciding.layer));
    Decided { verdict: decision.verdict, reason, deciding }
}

/// What the account may see of it: the policies of its own side.
fn write(denial: &Denial, account: &AccountId) -> Decision {
    let Denial { from, keys, principal, home, action, resource, account: owner, .. } = denial;
    let sees = |layer: Layer| match layer {
        Layer::Identity | Layer::Boundary | Layer::Session => home.as_ref() == Some(account),
        Layer::Resource | Layer::Trust => owner == account,
    };
    Decision {
        request_id: Some(from.id.to_string()),
        time: Some(from.at.as_epoch_seconds()),
        principal: Some(principal.clone()),
        action: Some(action.clone()),
        resource: Some(resource.clone()),
        verdict: Some(Verdict::Denied),
        enforcement: Some(enforcement(denial.is_enforced)),
        reason: Some(reason(&seen(&denial.explanation.decision, sees))),
        sentence: Some(denial.sentence.clone()),
        policies: Some(policies(&denial.explanation, sees)),
        context: Some(context_of(from, keys)),
    }
}
