//! DeletePullThroughCacheRule.

use identity::Caller;
use names::RegistryId;
use wire::aws::WireRefusal;
use wire::aws::ecr::{DeletePullThroughCacheRuleRequest, DeletePullThroughCacheRuleResponse};

use super::rule;
use crate::doors::aws::call::{self, Call, Context};
use crate::doors::aws::failure::Refused;

pub(in crate::doors::aws) struct DeletePullThroughCacheRule;

impl Call for DeletePullThroughCacheRule {
    type Input = DeletePullThroughCacheRuleRequest;
    type Target = RegistryId;
    type Output = DeletePullThroughCacheRuleResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<RegistryId, WireRefusal> {
        call::registry(caller, input.registry_id.as_deref())
    }

    async fn act(
        context: &Context<'_>,
        registry: RegistryId,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let prefix = rule::prefix("ecrRepositoryPrefix", &input.ecr_repository_prefix)?;
        let deleted =
            context.operations().delete_pull_through_cache_rule(&registry, prefix).await?;
        Ok(DeletePullThroughCacheRuleResponse {
            ecr_repository_prefix: Some(rule::write_prefix(&deleted.prefix)),
            upstream_registry_url: Some(deleted.upstream.to_string()),
            created_at: Some(deleted.created_at.as_epoch_seconds()),
            registry_id: Some(registry.account.to_string()),
            upstream_repository_prefix: deleted.upstream_prefix.as_ref().map(rule::write_prefix),
            credential_arn: deleted.credential,
            custom_role_arn: deleted.custom_role,
        })
    }
}
