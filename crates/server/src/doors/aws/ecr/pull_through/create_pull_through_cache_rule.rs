//! CreatePullThroughCacheRule.

use identity::Caller;
use names::{RegistryId, UpstreamUrl};
use operations::{NewPullThroughCacheRule, PullThroughRuleRefusal, Refusal, UnsupportedUpstream};
use wire::aws::WireRefusal;
use wire::aws::ecr::{
    CreatePullThroughCacheRuleRequest, CreatePullThroughCacheRuleResponse, Exception,
};

use super::rule;
use crate::doors::aws::call::{self, Call, Context};
use crate::doors::aws::failure::Refused;

pub(in crate::doors::aws) struct CreatePullThroughCacheRule;

impl Call for CreatePullThroughCacheRule {
    type Input = CreatePullThroughCacheRuleRequest;
    type Target = RegistryId;
    type Output = CreatePullThroughCacheRuleResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<RegistryId, WireRefusal> {
        call::registry(caller, input.registry_id.as_deref())
    }

    async fn act(
        context: &Context<'_>,
        registry: RegistryId,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let new = read(input)?;
        require_other(context, &registry, &new.upstream)?;
        rule::require_role(context, &registry, new.custom_role.as_deref()).await?;
        rule::require_secret(context, &registry, new.credential.as_deref()).await?;
        let made = context.operations().create_pull_through_cache_rule(&registry, new).await?;
        Ok(CreatePullThroughCacheRuleResponse {
            ecr_repository_prefix: Some(rule::write_prefix(&made.prefix)),
            upstream_registry: rule::write_registry(&made),
            upstream_registry_url: Some(made.upstream.to_string()),
            created_at: Some(made.created_at.as_epoch_seconds()),
            registry_id: Some(registry.account.to_string()),
            upstream_repository_prefix: made.upstream_prefix.as_ref().map(rule::write_prefix),
            credential_arn: made.credential,
            custom_role_arn: made.custom_role,
        })
    }
}

fn read(input: CreatePullThroughCacheRuleRequest) -> Result<NewPullThroughCacheRule, WireRefusal> {
    let CreatePullThroughCacheRuleRequest {
        ecr_repository_prefix,
        upstream_registry_url,
        registry_id: _,
        upstream_registry,
        credential_arn,
        custom_role_arn,
        upstream_repository_prefix,
    } = input;
    let upstream = UpstreamUrl::parse(&upstream_registry_url).map_err(|_| {
        let message = format!("The upstream registry URL {upstream_registry_url} is invalid");
        WireRefusal::new(Exception::UnsupportedUpstreamRegistry, message)
    })?;
    Ok(NewPullThroughCacheRule {
        prefix: rule::prefix("ecrRepositoryPrefix", &ecr_repository_prefix)?,
        upstream,
        entered: upstream_registry.map(rule::read_registry),
        upstream_prefix: upstream_repository_prefix
            .map(|text| rule::prefix("upstreamRepositoryPrefix", &text))
            .transpose()?,
        credential: credential_arn,
        custom_role: custom_role_arn,
    })
}

/// Requires that the upstream registry is not the one that the rule is in.
fn require_other(
    context: &Context<'_>,
    registry: &RegistryId,
    upstream: &UpstreamUrl,
) -> Result<(), Refused> {
    let endpoints = &context.doors.endpoints;
    let authority = upstream.authority();
    let host = authority.rsplit_once(':').map_or(authority, |(host, _)| host);
    let is_named = endpoints.registry_named(host).is_ok_and(|it| it.as_ref() == Some(registry));
    if is_named || endpoints.registry_host(registry, context.reached) == authority {
        let itself = PullThroughRuleRefusal::from(UnsupportedUpstream::Itself);
        return Err(Refusal::from(itself).into());
    }
    Ok(())
}
