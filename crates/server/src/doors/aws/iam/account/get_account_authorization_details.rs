//! GetAccountAuthorizationDetails.

use iam::{AuthorizationDetail, DetailKind};
use identity::Caller;
use names::AccountId;
use wire::aws::WireRefusal;
use wire::aws::iam::{
    EntityType, GetAccountAuthorizationDetailsRequest, GetAccountAuthorizationDetailsResponse,
};

use super::details;
use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::lists::List;

pub(in crate::doors::aws) struct GetAccountAuthorizationDetails;

impl Call for GetAccountAuthorizationDetails {
    type Input = GetAccountAuthorizationDetailsRequest;
    type Target = AccountId;
    type Output = GetAccountAuthorizationDetailsResponse;

    fn target(caller: &Caller, _input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(caller.account().clone())
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let kinds = kinds(input.filter.as_deref());
        let filter = format!("{kinds:?}");
        let list =
            List::new(context, "GetAccountAuthorizationDetails", &target, &filter, input.max_items);
        let page = list.page(input.marker.as_deref())?;
        let rows = context.iam().get_account_authorization_details(&target, kinds, page);
        let listed = list.cut_bounded(rows.await?, AuthorizationDetail::position);
        let (is_truncated, marker) = (listed.is_truncated, listed.marker);
        Ok(GetAccountAuthorizationDetailsResponse {
            is_truncated,
            marker,
            ..details::write(listed.rows)
        })
    }
}

/// Everything, if the filter is empty.
fn kinds(filter: Option<&[EntityType]>) -> Vec<DetailKind> {
    let kind = |asked: &EntityType| match asked {
        EntityType::User => DetailKind::User,
        EntityType::Role => DetailKind::Role,
        EntityType::Group => DetailKind::Group,
        EntityType::LocalManagedPolicy => DetailKind::LocalManagedPolicy,
        EntityType::AWSManagedPolicy => DetailKind::AwsManagedPolicy,
    };
    match filter {
        None | Some([]) => DetailKind::ALL.to_vec(),
        Some(filter) => filter.iter().map(kind).collect(),
    }
}
