//! A rule, read and written.

use iam::WantedRole;
use names::{CachePrefix, RegistryId, SecretRef, UpstreamRegistry};
use operations::PullThroughCacheRule;
use wire::aws::WireRefusal;
use wire::aws::check::invalid_parameter;
use wire::aws::ecr;

use crate::doors::aws::call::Context;
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::require_pass_role;
use crate::guard::{RequestKeys, Resource, SecretResource};

/// The service that acts in the role that a rule names.
const SERVICE: &str = "pullthroughcache.ecr.amazonaws.com";

/// Reads a prefix.
pub(super) fn prefix(path: &'static str, text: &str) -> Result<CachePrefix, WireRefusal> {
    CachePrefix::parse(text).map_err(|malformed| invalid_parameter(path, &malformed.to_string()))
}

/// Requires that the rule may name this role: it is one of the registry's account, and the caller
/// may pass it on to ECR.
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

/// Requires that the caller may read the secret that a rule is to name: ECR tells it to the
/// upstream registry, which may be the caller's own.
pub(super) async fn require_secret(
    context: &Context<'_>,
    registry: &RegistryId,
    secret: Option<&str>,
) -> Result<(), Refused> {
    let Some(named) = secret else { return Ok(()) };
    let wanted = SecretRef::parse(named, registry);
    if wanted.registry() != registry {
        // The verb refuses it.
        return Ok(());
    }
    // A denial shows the caller's own words, so that it tells nothing of what is there.
    let (arn, asked) = (wanted.judged_arn(), Some(named.to_owned()));
    let standing = context.iam().find_secret_standing(&wanted).await?;
    let arn = standing.as_ref().map_or(arn, |standing| standing.arn.clone());
    let account = registry.account.clone();
    let resource = match standing {
        Some(standing) => Resource::Secret(Box::new(SecretResource { standing, asked })),
        None => Resource::Iam { arn: arn.clone(), asked, account },
    };
    let keys = RequestKeys::default().with("secretsmanager:SecretId", arn);
    Ok(context.asking().authorize("secretsmanager:GetSecretValue", &resource, &keys).await?)
}

/// The registry that a word means.
pub(super) fn read_registry(word: ecr::UpstreamRegistry) -> UpstreamRegistry {
    match word {
        ecr::UpstreamRegistry::Ecr => UpstreamRegistry::Ecr,
        ecr::UpstreamRegistry::EcrPublic => UpstreamRegistry::EcrPublic,
        ecr::UpstreamRegistry::Quay => UpstreamRegistry::Quay,
        ecr::UpstreamRegistry::K8s => UpstreamRegistry::K8s,
        ecr::UpstreamRegistry::DockerHub => UpstreamRegistry::DockerHub,
        ecr::UpstreamRegistry::GithubContainerRegistry => UpstreamRegistry::GitHub,
        ecr::UpstreamRegistry::AzureContainerRegistry => UpstreamRegistry::Azure,
        ecr::UpstreamRegistry::GitlabContainerRegistry => UpstreamRegistry::GitLab,
        ecr::UpstreamRegistry::Chainguard => UpstreamRegistry::Chainguard,
    }
}

/// The word for the registry of a rule, if ECR has one.
pub(super) fn write_registry(rule: &PullThroughCacheRule) -> Option<ecr::UpstreamRegistry> {
    Some(match rule.upstream.registry()? {
        UpstreamRegistry::Ecr => ecr::UpstreamRegistry::Ecr,
        UpstreamRegistry::EcrPublic => ecr::UpstreamRegistry::EcrPublic,
        UpstreamRegistry::Quay => ecr::UpstreamRegistry::Quay,
        UpstreamRegistry::K8s => ecr::UpstreamRegistry::K8s,
        UpstreamRegistry::DockerHub => ecr::UpstreamRegistry::DockerHub,
        UpstreamRegistry::GitHub => ecr::UpstreamRegistry::GithubContainerRegistry,
        UpstreamRegistry::Azure => ecr::UpstreamRegistry::AzureContainerRegistry,
        UpstreamRegistry::GitLab => ecr::UpstreamRegistry::GitlabContainerRegistry,
        UpstreamRegistry::Chainguard => ecr::UpstreamRegistry::Chainguard,
    })
}

/// A prefix in ECR's words.
pub(super) fn write_prefix(prefix: &CachePrefix) -> String {
    prefix.to_string()
}
