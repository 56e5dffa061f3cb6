//! DescribePullThroughCacheRules: those of the named prefixes, or a page of all.

use identity::Caller;
use names::{CachePrefix, RegistryId};
use operations::PullThroughCacheRule;
use wire::aws::WireRefusal;
use wire::aws::ecr::{
    self, DescribePullThroughCacheRulesRequest, DescribePullThroughCacheRulesResponse,
};

use super::rule;
use crate::doors::aws::call::{self, Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::pages;
use crate::guard::Resource;

pub(in crate::doors::aws) struct DescribePullThroughCacheRules;

impl Call for DescribePullThroughCacheRules {
    type Input = DescribePullThroughCacheRulesRequest;
    type Target = RegistryId;
    type Output = DescribePullThroughCacheRulesResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<RegistryId, WireRefusal> {
        call::registry(caller, input.registry_id.as_deref())
    }

    async fn act(
        context: &Context<'_>,
        registry: RegistryId,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let DescribePullThroughCacheRulesRequest {
            registry_id: _,
            ecr_repository_prefixes,
            next_token,
            max_results,
        } = input;
        let prefixes = ecr_repository_prefixes.filter(|prefixes| !prefixes.is_empty());
        let (found, next_token) = if let Some(prefixes) = prefixes {
            let read = |text: &String| rule::prefix("ecrRepositoryPrefixes", text);
            let prefixes: Vec<CachePrefix> = prefixes.iter().map(read).collect::<Result<_, _>>()?;
            let operations = context.operations();
            (operations.describe_pull_through_cache_rules(&registry, &prefixes).await?, None)
        } else {
            let limit = pages::limit(max_results, pages::LIMIT);
            page(context, &registry, next_token.as_deref(), limit).await?
        };
        let written = found.into_iter().map(|found| write(found, &registry)).collect();
        Ok(DescribePullThroughCacheRulesResponse {
            pull_through_cache_rules: Some(written),
            next_token,
        })
    }
}

async fn page(
    context: &Context<'_>,
    registry: &RegistryId,
    token: Option<&str>,
    limit: u32,
) -> Result<(Vec<PullThroughCacheRule>, Option<String>), Refused> {
    let pages = pages::Pages::new(
        context,
        "DescribePullThroughCacheRules",
        &Resource::Repositories(registry.clone()),
        "",
        limit,
    );
    let after = pages.after::<String>(token)?;
    let operations = context.operations();
    let rows = operations.list_pull_through_cache_rules(registry, after, pages.rows()).await?;
    Ok(pages.cut(rows, |row| row.prefix.stem().to_owned()))
}

fn write(found: PullThroughCacheRule, registry: &RegistryId) -> ecr::PullThroughCacheRule {
    let upstream_registry = rule::write_registry(&found);
    let PullThroughCacheRule {
        prefix,
        upstream,
        upstream_prefix,
        credential,
        custom_role,
        created_at,
        updated_at,
    } = found;
    ecr::PullThroughCacheRule {
        ecr_repository_prefix: Some(rule::write_prefix(&prefix)),
        upstream_registry_url: Some(upstream.to_string()),
        created_at: Some(created_at.as_epoch_seconds()),
        registry_id: Some(registry.account.to_string()),
        credential_arn: credential,
        custom_role_arn: custom_role,
        upstream_repository_prefix: upstream_prefix.as_ref().map(rule::write_prefix),
        upstream_registry,
        updated_at: Some(updated_at.as_epoch_seconds()),
    }
}
