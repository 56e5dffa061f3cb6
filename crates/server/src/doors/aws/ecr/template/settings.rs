//! The settings of a template, read and written.
//!
//! * An empty text is none: so a text is taken out of a template.

use iam::WantedRole;
use names::{AppliedFor, EncryptionType, KmsKeyArn, RegistryId, TemplatePrefix};
use operations::{CreationTemplate, EncryptionRefusal, Refusal, TemplateSettings};
use wire::aws::WireRefusal;
use wire::aws::check::invalid_parameter;
use wire::aws::ecr::{self, Exception, RCTAppliedFor, RepositoryCreationTemplate, Tag};

use crate::doors::aws::call::Context;
use crate::doors::aws::ecr::repository::{write_filters, write_mode};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::require_pass_role;

type EncryptionConfiguration = ecr::EncryptionConfigurationForRepositoryCreationTemplate;

/// The service that creates repositories in the role that a template names.
pub(super) const SERVICE: &str = "ecr.amazonaws.com";

/// Reads a prefix.
pub(super) fn prefix(text: &str) -> Result<TemplatePrefix, WireRefusal> {
    TemplatePrefix::parse(text)
        .map_err(|malformed| invalid_parameter("prefix", &malformed.to_string()))
}

/// How bytes are to be encrypted, and under which KMS key.
pub(super) fn encryption(
    asked: &EncryptionConfiguration,
    registry: &RegistryId,
) -> Result<(EncryptionType, Option<KmsKeyArn>), Refused> {
    let key = text(asked.kms_key.clone()).map(|key| kms_key(&key, registry)).transpose()?;
    match (asked.encryption_type, key) {
        (ecr::EncryptionType::Aes256, None) => Ok((EncryptionType::Aes256, None)),
        (ecr::EncryptionType::Aes256, Some(_)) => Err(WireRefusal::new(
            Exception::InvalidParameter,
            "Invalid encryption configuration: \
             Encryption key should not be set for AES256 encryption.",
        )
        .into()),
        (ecr::EncryptionType::Kms, key) => Ok((EncryptionType::Kms, key)),
        (ecr::EncryptionType::KmsDsse, _) => {
            Err(Refusal::Encryption(EncryptionRefusal::TwoLayers).into())
        }
    }
}

/// The key, which must be in the template's Region.
fn kms_key(text: &str, registry: &RegistryId) -> Result<KmsKeyArn, WireRefusal> {
    KmsKeyArn::parse(text).ok().filter(|key| key.registry.region == registry.region).ok_or_else(
        || {
            let constraint = format!("must be the ARN of a KMS key in {}", registry.region);
            invalid_parameter("encryptionConfiguration.kmsKey", &constraint)
        },
    )
}

/// The text, if it says anything.
pub(super) fn text(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.is_empty())
}

/// Resource tags.
pub(super) fn tags(tags: Vec<Tag>) -> Vec<(String, String)> {
    tags.into_iter().map(|tag| (tag.key, tag.value)).collect()
}

/// When a template is applied. It is a set, in the order in which the words came.
pub(super) fn applied_for(words: &[RCTAppliedFor]) -> Vec<AppliedFor> {
    let mut uses = Vec::new();
    for word in words {
        let applied = match word {
            RCTAppliedFor::Replication => AppliedFor::Replication,
            RCTAppliedFor::PullThroughCache => AppliedFor::PullThroughCache,
            RCTAppliedFor::CreateOnPush => AppliedFor::CreateOnPush,
        };
        if !uses.contains(&applied) {
            uses.push(applied);
        }
    }
    uses
}

/// Requires that the template may name this role: it is one of the registry's account, and the
/// caller may pass it on to ECR.
pub(super) async fn require_role(
    context: &Context<'_>,
    registry: &RegistryId,
    role: Option<&str>,
) -> Result<(), Refused> {
    let Some(arn) = role else { return Ok(()) };
    let wanted = WantedRole::parse(arn).filter(|role| role.account == registry.account);
    let Some(wanted) = wanted else {
        let constraint = format!("must be the ARN of a role of account {}", registry.account);
        return Err(invalid_parameter("customRoleArn", &constraint).into());
    };
    require_pass_role(context, &wanted, arn, SERVICE).await
}

/// A template in ECR's words.
pub(super) fn write(template: CreationTemplate) -> RepositoryCreationTemplate {
    let CreationTemplate { prefix, settings, created_at, updated_at } = template;
    let TemplateSettings {
        description,
        encryption,
        kms_key,
        mutability,
        exclusion_filters,
        tags,
        repository_policy,
        lifecycle_policy,
        applied_for,
        custom_role,
    } = settings;
    let encryption_type = match encryption {
        EncryptionType::Aes256 => ecr::EncryptionType::Aes256,
        EncryptionType::Kms => ecr::EncryptionType::Kms,
        EncryptionType::KmsDsse => ecr::EncryptionType::KmsDsse,
    };
    let kms_key = kms_key.map(|key| key.to_string());
    let tags: Vec<Tag> = tags.into_iter().map(|(key, value)| Tag { key, value }).collect();
    RepositoryCreationTemplate {
        prefix: Some(prefix.to_string()),
        description,
        encryption_configuration: Some(EncryptionConfiguration { encryption_type, kms_key }),
        resource_tags: (!tags.is_empty()).then_some(tags),
        image_tag_mutability: Some(write_mode(mutability)),
        image_tag_mutability_exclusion_filters: write_filters(&exclusion_filters),
        repository_policy,
        lifecycle_policy,
        applied_for: Some(applied_for.into_iter().map(write_use).collect()),
        custom_role_arn: custom_role,
        created_at: Some(created_at.as_epoch_seconds()),
        updated_at: Some(updated_at.as_epoch_seconds()),
    }
}

fn write_use(applied_for: AppliedFor) -> RCTAppliedFor {
    match applied_for {
        AppliedFor::Replication => RCTAppliedFor::Replication,
        AppliedFor::PullThroughCache => RCTAppliedFor::PullThroughCache,
        AppliedFor::CreateOnPush => RCTAppliedFor::CreateOnPush,
    }
}
