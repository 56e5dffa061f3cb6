//! CreateRepository.

use identity::Caller;
use names::{EncryptionKey, RepositoryArn};
use operations::RepositorySettings;
use wire::aws::WireRefusal;
use wire::aws::ecr::{CreateRepositoryRequest, CreateRepositoryResponse, ImageTagMutability};

use super::encryption::{self, Encryption};
use super::exclusion_filters;
use crate::doors::aws::call::{Call, Context, repository};
use crate::doors::aws::ecr::written;
use crate::doors::aws::failure::Refused;
use crate::guard::RequestKeys;

pub(in crate::doors::aws) struct CreateRepository;

impl Call for CreateRepository {
    type Input = CreateRepositoryRequest;
    type Target = RepositoryArn;
    type Output = CreateRepositoryResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<RepositoryArn, WireRefusal> {
        repository(caller, input.registry_id.as_deref(), &input.repository_name)
    }

    fn further_actions(input: &Self::Input) -> &'static [&'static str] {
        match input.tags.as_deref() {
            None | Some([]) => &[],
            Some(_) => &["ecr:TagResource"],
        }
    }

    fn request_keys(input: &Self::Input) -> RequestKeys {
        let tags = input.tags.iter().flatten();
        RequestKeys::default().tags(tags.map(|tag| (&tag.key, &tag.value)))
    }

    async fn act(
        context: &Context<'_>,
        arn: RepositoryArn,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let asked = input.encryption_configuration.as_ref();
        let (read, asked) = (encryption::read(asked)?, asked.cloned());
        let mut settings = self::read(input)?;
        settings.encryption_key = match read {
            Encryption::Own => EncryptionKey::default(),
            Encryption::Kms => {
                let key = asked.and_then(|asked| asked.kms_key);
                encryption::allowed_key(context, &arn, key.as_deref()).await?
            }
        };
        let created = context.operations().create_repository(&arn, settings).await?;
        let repository = Some(written::repository(context, &arn, &created));
        Ok(CreateRepositoryResponse { repository })
    }
}

fn read(input: CreateRepositoryRequest) -> Result<RepositorySettings, WireRefusal> {
    let CreateRepositoryRequest {
        registry_id: _,
        repository_name: _,
        tags,
        image_tag_mutability,
        image_tag_mutability_exclusion_filters,
        image_scanning_configuration,
        encryption_configuration: _,
    } = input;
    let (mutability, exclusion_filters) = exclusion_filters::read(
        image_tag_mutability.unwrap_or(ImageTagMutability::Mutable),
        image_tag_mutability_exclusion_filters.as_deref(),
    )?;
    Ok(RepositorySettings {
        mutability,
        exclusion_filters,
        scan_on_push: image_scanning_configuration
            .and_then(|configuration| configuration.scan_on_push)
            .unwrap_or_default(),
        encryption_key: EncryptionKey::default(),
        tags: tags.unwrap_or_default().into_iter().map(|tag| (tag.key, tag.value)).collect(),
    })
}
