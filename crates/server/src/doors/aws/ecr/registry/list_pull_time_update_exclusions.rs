//! ListPullTimeUpdateExclusions.

use identity::Caller;
use names::RegistryId;
use wire::aws::WireRefusal;
use wire::aws::ecr::{ListPullTimeUpdateExclusionsRequest, ListPullTimeUpdateExclusionsResponse};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::pages;
use crate::guard::Resource;

pub(in crate::doors::aws) struct ListPullTimeUpdateExclusions;

impl Call for ListPullTimeUpdateExclusions {
    type Input = ListPullTimeUpdateExclusionsRequest;
    type Target = RegistryId;
    type Output = ListPullTimeUpdateExclusionsResponse;

    fn target(caller: &Caller, _input: &Self::Input) -> Result<RegistryId, WireRefusal> {
        Ok(caller.registry())
    }

    async fn act(
        context: &Context<'_>,
        registry: RegistryId,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let pages = pages::Pages::new(
            context,
            "ListPullTimeUpdateExclusions",
            &Resource::Registry(registry.clone()),
            "",
            pages::limit(input.max_results, pages::LIMIT),
        );
        let after = pages.after::<String>(input.next_token.as_deref())?;
        let operations = context.operations();
        let rows =
            operations.list_pull_time_update_exclusions(&registry, after, pages.rows()).await?;
        let (rows, next_token) = pages.cut(rows, |row| row.principal.clone());
        let principals = rows.into_iter().map(|row| row.principal).collect();
        Ok(ListPullTimeUpdateExclusionsResponse {
            pull_time_update_exclusions: Some(principals),
            next_token,
        })
    }
}
