//! PutRegistryScanningConfiguration.

use identity::Caller;
use names::{RegistryId, ScanFrequency, ScanType};
use operations::ScanningRule;
use wire::aws::WireRefusal;
use wire::aws::ecr::{
    self, PutRegistryScanningConfigurationRequest, PutRegistryScanningConfigurationResponse,
    RegistryScanningRule,
};

use super::described_configuration::write;
use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;

pub(in crate::doors::aws) struct PutRegistryScanningConfiguration;

impl Call for PutRegistryScanningConfiguration {
    type Input = PutRegistryScanningConfigurationRequest;
    type Target = RegistryId;
    type Output = PutRegistryScanningConfigurationResponse;

    fn target(caller: &Caller, _input: &Self::Input) -> Result<RegistryId, WireRefusal> {
        Ok(caller.registry())
    }

    async fn act(
        context: &Context<'_>,
        registry: RegistryId,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let scan_type = input.scan_type.map(|scan_type| match scan_type {
            ecr::ScanType::Basic => ScanType::Basic,
            ecr::ScanType::Enhanced => ScanType::Enhanced,
        });
        let rules = input.rules.unwrap_or_default().into_iter().map(read).collect();
        let put = context.operations();
        let put = put.put_registry_scanning_configuration(&registry, scan_type, rules).await?;
        Ok(PutRegistryScanningConfigurationResponse {
            registry_scanning_configuration: Some(write(&put)),
        })
    }
}

fn read(rule: RegistryScanningRule) -> ScanningRule {
    let frequency = match rule.scan_frequency {
        ecr::ScanFrequency::ScanOnPush => ScanFrequency::ScanOnPush,
        ecr::ScanFrequency::ContinuousScan => ScanFrequency::ContinuousScan,
        ecr::ScanFrequency::Manual => ScanFrequency::Manual,
    };
    let filters = rule.repository_filters.into_iter().map(|filter| filter.filter).collect();
    ScanningRule { frequency, filters }
}
