//! ValidatePullThroughCacheRule.

use identity::Caller;
use names::RegistryId;
use operations::ValidatedRule;
use wire::aws::WireRefusal;
use wire::aws::ecr::{ValidatePullThroughCacheRuleRequest, ValidatePullThroughCacheRuleResponse};

use super::rule;
use crate::doors::aws::call::{self, Call, Context};
use crate::doors::aws::failure::Refused;

pub(in crate::doors::aws) struct ValidatePullThroughCacheRule;

impl Call for ValidatePullThroughCacheRule {
    type Input = ValidatePullThroughCacheRuleRequest;
    type Target = RegistryId;
    type Output = ValidatePullThroughCacheRuleResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<RegistryId, WireRefusal> {
        call::registry(caller, input.registry_id.as_deref())
    }

    async fn act(
        context: &Context<'_>,
        registry: RegistryId,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let prefix = rule::prefix("ecrRepositoryPrefix", &input.ecr_repository_prefix)?;
        let operations = context.operations();
        let tried = operations.validate_pull_through_cache_rule(&registry, prefix).await?;
        let ValidatedRule { rule: found, failure } = tried;
        Ok(ValidatePullThroughCacheRuleResponse {
            ecr_repository_prefix: Some(rule::write_prefix(&found.prefix)),
            registry_id: Some(registry.account.to_string()),
            upstream_registry_url: Some(found.upstream.to_string()),
            upstream_repository_prefix: found.upstream_prefix.as_ref().map(rule::write_prefix),
            credential_arn: found.credential,
            custom_role_arn: found.custom_role,
            is_valid: Some(failure.is_none()),
            failure: failure.map(|why| why.to_string()),
        })
    }
}
