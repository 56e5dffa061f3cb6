//! BatchGetRepositoryScanningConfiguration: of the repositories that are there; the others are
//! failures.

use identity::Caller;
use names::{RegistryId, RepositoryArn, RepositoryName};
use operations::RepositoryScanning;
use wire::aws::WireRefusal;
use wire::aws::ecr::{
    self, BatchGetRepositoryScanningConfigurationRequest,
    BatchGetRepositoryScanningConfigurationResponse, RepositoryScanningConfiguration,
    RepositoryScanningConfigurationFailure, ScanningConfigurationFailureCode,
};

use super::described_configuration::write_filters;
use crate::doors::aws::call::{Call, Context, Target, repository};
use crate::doors::aws::failure::Refused;
use crate::guard::Resource;

pub(in crate::doors::aws) struct BatchGetRepositoryScanningConfiguration;

/// Repositories of one registry.
pub(in crate::doors::aws) struct Named(RegistryId, Vec<RepositoryName>);

impl Target for Named {
    fn resources(&self) -> Vec<Resource> {
        let Self(registry, names) = self;
        names.iter().map(|name| Resource::Repository(arn(registry, name))).collect()
    }
}

impl Call for BatchGetRepositoryScanningConfiguration {
    type Input = BatchGetRepositoryScanningConfigurationRequest;
    type Target = Named;
    type Output = BatchGetRepositoryScanningConfigurationResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Named, WireRefusal> {
        let read = |name: &String| Ok(repository(caller, None, name)?.repository);
        let names = input.repository_names.iter().map(read).collect::<Result<_, _>>()?;
        Ok(Named(caller.registry(), names))
    }

    async fn act(
        context: &Context<'_>,
        Named(registry, names): Named,
        _input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let verb = context.operations();
        let found = verb.batch_get_repository_scanning_configuration(&registry, names).await?;
        let (mut configurations, mut failures) = (Vec::new(), Vec::new());
        for (name, scanning) in found {
            match scanning {
                Some(scanning) => configurations.push(write(&arn(&registry, &name), &scanning)),
                None => failures.push(fail(&name)),
            }
        }
        Ok(BatchGetRepositoryScanningConfigurationResponse {
            scanning_configurations: Some(configurations),
            failures: Some(failures),
        })
    }
}

fn arn(registry: &RegistryId, name: &RepositoryName) -> RepositoryArn {
    RepositoryArn { registry: registry.clone(), repository: name.clone() }
}

fn write(arn: &RepositoryArn, scanning: &RepositoryScanning) -> RepositoryScanningConfiguration {
    let frequency = scanning.applied.frequency;
    RepositoryScanningConfiguration {
        repository_arn: Some(arn.to_string()),
        repository_name: Some(arn.repository.to_string()),
        scan_on_push: Some(scanning.scan_on_push),
        // The words are the model's own. Without one, images are not scanned.
        scan_frequency: frequency
            .and_then(|frequency| ecr::ScanFrequency::from_word(frequency.as_str())),
        applied_scan_filters: Some(write_filters(&scanning.applied.filters)),
    }
}

fn fail(name: &RepositoryName) -> RepositoryScanningConfigurationFailure {
    let code = ScanningConfigurationFailureCode::RepositoryNotFound;
    RepositoryScanningConfigurationFailure {
        repository_name: Some(name.to_string()),
        failure_code: Some(code),
        failure_reason: Some(code.as_str().to_owned()),
    }
}
