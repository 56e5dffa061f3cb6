//! ListAdvisorySources: whose advisories there are, and how fresh they are.

use identity::Caller;
use names::{AccountId, Timestamp};
use operations::AdvisorySource;
use wire::aws::WireRefusal;
use wire::aws::longshore::{self, ListAdvisorySourcesRequest, ListAdvisorySourcesResponse};

use super::super::call::{Call, Context};
use super::super::failure::Refused;
use super::super::pages::{LIMIT, Pages, limit};
use super::super::sizes;
use crate::guard::Resource;

pub(in crate::doors::aws) struct ListAdvisorySources;

impl Call for ListAdvisorySources {
    type Input = ListAdvisorySourcesRequest;
    type Target = AccountId;
    type Output = ListAdvisorySourcesResponse;

    fn target(caller: &Caller, _input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(caller.account().clone())
    }

    async fn act(
        context: &Context<'_>,
        account: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let (resource, limit) = (Resource::Account(account), limit(input.max_results, LIMIT));
        let pages = Pages::new(context, "ListAdvisorySources", &resource, "", limit);
        let after = pages.after::<String>(input.next_token.as_deref())?;
        let listed = context.operations().list_advisory_sources(after, pages.rows()).await?;
        let (sources, next_token) = pages.cut(listed, |source| source.name.clone());
        let sources = Some(sources.into_iter().map(write).collect());
        Ok(ListAdvisorySourcesResponse { sources, next_token })
    }
}

fn write(source: AdvisorySource) -> longshore::AdvisorySource {
    let AdvisorySource { name, licence, advisories, modified_at, imported_at } = source;
    longshore::AdvisorySource {
        name: Some(name),
        licence: Some(licence),
        advisories: Some(sizes::bytes(advisories)),
        updated_at: modified_at.map(Timestamp::as_epoch_seconds),
        imported_at: Some(imported_at.as_epoch_seconds()),
    }
}
