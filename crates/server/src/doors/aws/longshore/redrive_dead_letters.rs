//! RedriveDeadLetters: sends events of the caller's registry again that could not be delivered.

use identity::Caller;
use names::RegistryId;
use wire::aws::WireRefusal;
use wire::aws::longshore::{RedriveDeadLettersRequest, RedriveDeadLettersResponse};

use super::super::call::{Call, Context};
use super::super::failure::Refused;

pub(in crate::doors::aws) struct RedriveDeadLetters;

impl Call for RedriveDeadLetters {
    type Input = RedriveDeadLettersRequest;
    type Target = RegistryId;
    type Output = RedriveDeadLettersResponse;

    fn target(caller: &Caller, _input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(caller.registry())
    }

    async fn act(
        context: &Context<'_>,
        registry: RegistryId,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        // The model lets through digits alone. A number that no row can have names none.
        let ids = input.dead_letter_ids.iter().filter_map(|id| id.parse().ok()).collect();
        let redriven = context.operations().redrive_dead_letters(&registry, ids).await?;
        let redriven = Some(redriven.iter().map(i64::to_string).collect());
        Ok(RedriveDeadLettersResponse { redriven })
    }
}
