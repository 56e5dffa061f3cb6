//! ListGrants.

use identity::Caller;
use kms::GrantFilter;
use wire::aws::WireRefusal;
use wire::aws::kms::{ListGrantsRequest, ListGrantsResponse};

use super::grant_of::{at_most_grants, grant_id, of_client, one_of};
use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::kms::lists::{LIMIT, List, Listed};
use crate::doors::aws::kms::on_key::{OnKey, on_key};
use crate::doors::aws::kms::written::grant;
use crate::guard::RequestKeys;

pub(in crate::doors::aws) struct ListGrants;

impl Call for ListGrants {
    type Input = ListGrantsRequest;
    type Target = OnKey;
    type Output = ListGrantsResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        on_key(caller, &input.key_id)
    }

    fn request_keys(input: &Self::Input) -> RequestKeys {
        let _ = input;
        of_client()
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let ListGrantsRequest {
            limit,
            marker,
            key_id: _,
            grant_id: id,
            grantee_principal: grantee,
            grantee_service_principal: service,
        } = input;
        let arn = target.arn()?;
        let filter = match (id, one_of(grantee, service, "GranteePrincipal")?) {
            (Some(id), _) => GrantFilter::Id(grant_id(&id)?),
            (None, Some(grantee)) => GrantFilter::Grantee(grantee),
            (None, None) => GrantFilter::Any,
        };
        let (of, limit) = (format!("{arn}\n{filter:?}"), limit.map(at_most_grants));
        let list = List::new(context, "ListGrants", &of, limit, LIMIT);
        let page = list.page(marker.as_deref())?;
        let rows = context.doors.kms.list_grants(&arn, filter, page).await?;
        let Listed { rows, truncated, next_marker } =
            list.cut(rows, |row| row.grant.id.to_string());
        let grants = Some(rows.into_iter().map(grant).collect::<Result<_, _>>()?);
        Ok(ListGrantsResponse { grants, next_marker, truncated })
    }
}
