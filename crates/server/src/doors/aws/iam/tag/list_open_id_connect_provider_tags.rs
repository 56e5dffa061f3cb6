//! ListOpenIDConnectProviderTags.

use iam::Tagged;
use identity::Caller;
use wire::aws::WireRefusal;
use wire::aws::iam::{
    ListOpenIDConnectProviderTagsRequest, ListOpenIDConnectProviderTagsResponse, Tag,
};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::entity::{ByArn, by_arn};
use crate::doors::aws::iam::lists::List;

pub(in crate::doors::aws) struct ListOpenIDConnectProviderTags;

impl Call for ListOpenIDConnectProviderTags {
    type Input = ListOpenIDConnectProviderTagsRequest;
    type Target = ByArn;
    type Output = ListOpenIDConnectProviderTagsResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(by_arn(caller, &input.open_id_connect_provider_arn))
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let tagged = Tagged::OidcProvider(target.arn.clone());
        let list = List::new(
            context,
            "ListOpenIDConnectProviderTags",
            &target.account,
            &target.arn,
            input.max_items,
        );
        let page = list.page(input.marker.as_deref())?;
        let rows = context.iam().list_iam_entity_tags(&target.account, tagged, page).await?;
        let listed = list.cut(rows, |(key, _)| key.to_lowercase());
        Ok(ListOpenIDConnectProviderTagsResponse {
            tags: listed.rows.into_iter().map(|(key, value)| Tag { key, value }).collect(),
            is_truncated: listed.is_truncated,
            marker: listed.marker,
        })
    }
}
