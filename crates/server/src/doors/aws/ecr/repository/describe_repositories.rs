//! DescribeRepositories: the named repositories, all or none, or a page of all.

use identity::Caller;
use names::{RegistryId, RepositoryArn, RepositoryName};
use operations::Repository;
use wire::aws::WireRefusal;
use wire::aws::ecr::{self, DescribeRepositoriesRequest, DescribeRepositoriesResponse};

use crate::doors::aws::call::{Call, Context, Target, registry, repository};
use crate::doors::aws::ecr::written;
use crate::doors::aws::failure::Refused;
use crate::doors::aws::pages;
use crate::guard::Resource;

pub(in crate::doors::aws) struct DescribeRepositories;

/// A described repository.
pub(in crate::doors::aws) enum Described {
    Named(RegistryId, Vec<RepositoryName>),
    All(RegistryId),
}

impl Target for Described {
    fn resources(&self) -> Vec<Resource> {
        match self {
            Self::All(registry) => vec![Resource::Repositories(registry.clone())],
            Self::Named(registry, names) => {
                names.iter().map(|name| Resource::Repository(arn(registry, name))).collect()
            }
        }
    }
}

impl Call for DescribeRepositories {
    type Input = DescribeRepositoriesRequest;
    type Target = Described;
    type Output = DescribeRepositoriesResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Described, WireRefusal> {
        let registry_id = input.registry_id.as_deref();
        let registry = registry(caller, registry_id)?;
        let Some(names) = &input.repository_names else { return Ok(Described::All(registry)) };
        let read = |name: &String| Ok(repository(caller, registry_id, name)?.repository);
        Ok(Described::Named(registry, names.iter().map(read).collect::<Result<_, _>>()?))
    }

    async fn act(
        context: &Context<'_>,
        described: Described,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let DescribeRepositoriesRequest { next_token, max_results, .. } = input;
        let (registry, found, next_token) = match described {
            Described::Named(registry, names) => {
                pages::refuse_paging("repositoryNames", next_token.as_deref(), max_results)?;
                let found = context.operations().describe_repositories(&registry, names).await?;
                (registry, found, None)
            }
            Described::All(registry) => {
                let limit = pages::limit(max_results, pages::LIMIT);
                let (found, next) = list(context, &registry, next_token.as_deref(), limit).await?;
                (registry, found, next)
            }
        };
        Ok(DescribeRepositoriesResponse {
            repositories: Some(write(context, &registry, &found)),
            next_token,
        })
    }
}

async fn list(
    context: &Context<'_>,
    registry: &RegistryId,
    token: Option<&str>,
    limit: u32,
) -> Result<(Vec<Repository>, Option<String>), Refused> {
    let resource = Resource::Repositories(registry.clone());
    let pages = pages::Pages::new(context, "DescribeRepositories", &resource, "", limit);
    let after = pages.after::<RepositoryName>(token)?.map(|name| name.to_string());
    let rows = context.operations().list_repositories(registry, after, pages.rows()).await?;
    Ok(pages.cut(rows, |row| row.name.clone()))
}

fn write(
    context: &Context<'_>,
    registry: &RegistryId,
    found: &[Repository],
) -> Vec<ecr::Repository> {
    found.iter().map(|row| written::repository(context, &arn(registry, &row.name), row)).collect()
}

fn arn(registry: &RegistryId, name: &RepositoryName) -> RepositoryArn {
    RepositoryArn { registry: registry.clone(), repository: name.clone() }
}
