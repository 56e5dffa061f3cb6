//! DescribeRepositoryCreationTemplates: those of the named prefixes that are there, or a page of
//! all.

use identity::Caller;
use names::{RegistryId, TemplatePrefix};
use operations::CreationTemplate;
use wire::aws::WireRefusal;
use wire::aws::ecr::{
    DescribeRepositoryCreationTemplatesRequest, DescribeRepositoryCreationTemplatesResponse,
};

use super::settings;
use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::pages;
use crate::guard::Resource;

pub(in crate::doors::aws) struct DescribeRepositoryCreationTemplates;

impl Call for DescribeRepositoryCreationTemplates {
    type Input = DescribeRepositoryCreationTemplatesRequest;
    type Target = RegistryId;
    type Output = DescribeRepositoryCreationTemplatesResponse;

    fn target(caller: &Caller, _input: &Self::Input) -> Result<RegistryId, WireRefusal> {
        Ok(caller.registry())
    }

    async fn act(
        context: &Context<'_>,
        registry: RegistryId,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let DescribeRepositoryCreationTemplatesRequest { prefixes, next_token, max_results } =
            input;
        let prefixes = prefixes.filter(|prefixes| !prefixes.is_empty());
        let (found, next_token) = if let Some(prefixes) = prefixes {
            (named(context, &registry, &prefixes).await?, None)
        } else {
            let limit = pages::limit(max_results, pages::LIMIT);
            page(context, &registry, next_token.as_deref(), limit).await?
        };
        Ok(DescribeRepositoryCreationTemplatesResponse {
            registry_id: Some(registry.account.to_string()),
            repository_creation_templates: Some(found.into_iter().map(settings::write).collect()),
            next_token,
        })
    }
}

async fn named(
    context: &Context<'_>,
    registry: &RegistryId,
    prefixes: &[String],
) -> Result<Vec<CreationTemplate>, Refused> {
    let prefixes: Vec<TemplatePrefix> =
        prefixes.iter().map(|text| settings::prefix(text)).collect::<Result<_, _>>()?;
    let operations = context.operations();
    Ok(operations.describe_repository_creation_templates(registry, &prefixes).await?)
}

async fn page(
    context: &Context<'_>,
    registry: &RegistryId,
    token: Option<&str>,
    limit: u32,
) -> Result<(Vec<CreationTemplate>, Option<String>), Refused> {
    let pages = pages::Pages::new(
        context,
        "DescribeRepositoryCreationTemplates",
        &Resource::Repositories(registry.clone()),
        "",
        limit,
    );
    let after = pages.after::<String>(token)?;
    let operations = context.operations();
    let rows = operations.list_repository_creation_templates(registry, after, pages.rows()).await?;
    Ok(pages.cut(rows, |row| row.prefix.stem().to_owned()))
}
