//! ListResourceTags.

use identity::Caller;
use wire::aws::WireRefusal;
use wire::aws::kms::{ListResourceTagsRequest, ListResourceTagsResponse, Tag};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::kms::lists::{LIMIT, List, Listed};
use crate::doors::aws::kms::on_key::{OnKey, on_key};

pub(in crate::doors::aws) struct ListResourceTags;

impl Call for ListResourceTags {
    type Input = ListResourceTagsRequest;
    type Target = OnKey;
    type Output = ListResourceTagsResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(on_key(caller, &input.key_id)?.at_home())
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let ListResourceTagsRequest { key_id: _, limit, marker } = input;
        let arn = target.arn()?;
        let list = List::new(context, "ListResourceTags", &arn.to_string(), limit, LIMIT);
        let page = list.page(marker.as_deref())?;
        let rows = context.doors.kms.list_resource_tags(&arn, page).await?;
        let Listed { rows, truncated, next_marker } = list.cut(rows, |(key, _)| key.clone());
        let tag = |(tag_key, tag_value)| Tag { tag_key, tag_value };
        let tags = Some(rows.into_iter().map(tag).collect());
        Ok(ListResourceTagsResponse { tags, next_marker, truncated })
    }
}
