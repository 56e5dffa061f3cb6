//! GetRegistryScanningConfiguration.

use identity::Caller;
use names::RegistryId;
use wire::aws::WireRefusal;
use wire::aws::ecr::{
    GetRegistryScanningConfigurationRequest, GetRegistryScanningConfigurationResponse,
};

use super::described_configuration::write;
use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;

pub(in crate::doors::aws) struct GetRegistryScanningConfiguration;

impl Call for GetRegistryScanningConfiguration {
    type Input = GetRegistryScanningConfigurationRequest;
    type Target = RegistryId;
    type Output = GetRegistryScanningConfigurationResponse;

    fn target(caller: &Caller, _input: &Self::Input) -> Result<RegistryId, WireRefusal> {
        Ok(caller.registry())
    }

    async fn act(
        context: &Context<'_>,
        registry: RegistryId,
        _input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let found = context.operations().get_registry_scanning_configuration(&registry).await?;
        Ok(GetRegistryScanningConfigurationResponse {
            registry_id: Some(registry.account.to_string()),
            scanning_configuration: Some(write(&found)),
        })
    }
}
