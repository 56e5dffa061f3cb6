//! UpdatePullThroughCacheRule. What is not given is taken away, as far as the upstream registry
//! lets rules in without it.

use identity::Caller;
use names::RegistryId;
use wire::aws::WireRefusal;
use wire::aws::ecr::{UpdatePullThroughCacheRuleRequest, UpdatePullThroughCacheRuleResponse};

use super::rule;
use crate::doors::aws::call::{self, Call, Context};
use crate::doors::aws::failure::Refused;

pub(in crate::doors::aws) struct UpdatePullThroughCacheRule;

impl Call for UpdatePullThroughCacheRule {
    type Input = UpdatePullThroughCacheRuleRequest;
    type Target = RegistryId;
    type Output = UpdatePullThroughCacheRuleResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<RegistryId, WireRefusal> {
        call::registry(caller, input.registry_id.as_deref())
    }

    async fn act(
        context: &Context<'_>,
        registry: RegistryId,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let UpdatePullThroughCacheRuleRequest {
            registry_id: _,
            ecr_repository_prefix,
            credential_arn,
            custom_role_arn,
        } = input;
        let prefix = rule::prefix("ecrRepositoryPrefix", &ecr_repository_prefix)?;
        rule::require_role(context, &registry, custom_role_arn.as_deref()).await?;
        rule::require_secret(context, &registry, credential_arn.as_deref()).await?;
        let login = (credential_arn, custom_role_arn);
        let operations = context.operations();
        let updated = operations.update_pull_through_cache_rule(&registry, prefix, login).await?;
        Ok(UpdatePullThroughCacheRuleResponse {
            ecr_repository_prefix: Some(rule::write_prefix(&updated.prefix)),
            registry_id: Some(registry.account.to_string()),
            updated_at: Some(updated.updated_at.as_epoch_seconds()),
            upstream_repository_prefix: updated.upstream_prefix.as_ref().map(rule::write_prefix),
            credential_arn: updated.credential,
            custom_role_arn: updated.custom_role,
        })
    }
}
