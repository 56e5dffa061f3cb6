//! ExplainDecision: why a request was denied, by the id in its answer.

use iam::Failure;
use identity::Caller;
use names::AccountId;
use wire::aws::WireRefusal;
use wire::aws::longshore::{Exception, ExplainDecisionRequest, ExplainDecisionResponse};

use super::super::call::{Call, Context};
use super::super::failure::Refused;
use super::told_denial::{ToldDenial, concerns};

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
        let id = &input.request_id;
        let denial = context.doors.guard.denials().find(id);
        // Whether another account's request was denied is not revealed here.
        let told = match denial.filter(|denial| concerns(denial, &account)) {
            Some(denial) => Some(ToldDenial::of(&denial, &account)),
            // Another node denied it, perhaps.
            None => find_written(context, id, &account).await?,
        };
        let told = told.ok_or_else(|| {
            let text = format!("No denial of a request with the id {id} is kept");
            WireRefusal::new(Exception::DecisionNotFound, text)
        })?;
        Ok(ExplainDecisionResponse { decision: Some(told.write()) })
    }
}

async fn find_written(
    context: &Context<'_>,
    id: &str,
    account: &AccountId,
) -> Result<Option<ToldDenial>, Failure> {
    let told = context.iam().find_denial(id, account).await?;
    // A note of an older or newer node that this one cannot read counts as missing.
    Ok(told.and_then(|told| serde_json::from_str(&told).ok()))
}
