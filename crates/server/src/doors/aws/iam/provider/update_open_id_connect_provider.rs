//! UpdateOpenIDConnectProvider: it changes only trusted identity propagation, which does not exist
//! here. What it could remove is already absent.

use iam::{Failure, IamRefusal};
use identity::Caller;
use wire::aws::WireRefusal;
use wire::aws::iam::UpdateOpenIDConnectProviderRequest;

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::entity::{ByArn, by_arn};
use crate::doors::aws::iam::unavailable::refuse_propagation;

pub(in crate::doors::aws) struct UpdateOpenIDConnectProvider;

impl Call for UpdateOpenIDConnectProvider {
    type Input = UpdateOpenIDConnectProviderRequest;
    type Target = ByArn;
    type Output = ();

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(by_arn(caller, &input.open_id_connect_provider_arn))
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let UpdateOpenIDConnectProviderRequest {
            open_id_connect_provider_arn: _,
            context_provider,
            identity_center_instance_arn,
            remove_context_provider,
            remove_identity_center_instance,
        } = input;
        let ByArn { account, arn, .. } = target;
        context.iam().get_open_id_connect_provider(&account, arn).await?;
        require_one_change([
            (context_provider.is_some(), remove_context_provider.unwrap_or_default()),
            (
                identity_center_instance_arn.is_some(),
                remove_identity_center_instance.unwrap_or_default(),
            ),
        ])?;
        refuse_propagation(context_provider.is_some(), identity_center_instance_arn.is_some())
    }
}

/// Of the context provider and the association, each put and removed: AWS changes one at a time, in
/// one way.
fn require_one_change(changes: [(bool, bool); 2]) -> Result<(), Refused> {
    let count = changes.iter().filter(|(put, remove)| *put || *remove).count();
    let text = if changes.contains(&(true, true)) {
        "A configuration can be either provided or removed in one request, not both."
    } else if count > 1 {
        "A request can change either the context provider or the IAM Identity Center association, not both."
    } else if count == 0 {
        "A request must change the context provider or the IAM Identity Center association."
    } else {
        return Ok(());
    };
    Err(Failure::from(IamRefusal::InvalidInput(text.to_owned())).into())
}
