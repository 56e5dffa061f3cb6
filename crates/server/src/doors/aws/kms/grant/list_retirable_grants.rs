//! ListRetirableGrants.

use identity::Caller;
use names::AccountId;
use wire::aws::WireRefusal;
use wire::aws::kms::{ListGrantsResponse, ListRetirableGrantsRequest};

use super::grant_of::{at_most_grants, one_of};
use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::kms::lists::{LIMIT, List, Listed};
use crate::doors::aws::kms::on_key::null;
use crate::doors::aws::kms::written::grant;

pub(in crate::doors::aws) struct ListRetirableGrants;

impl Call for ListRetirableGrants {
    type Input = ListRetirableGrantsRequest;
    type Target = AccountId;
    type Output = ListGrantsResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        let _ = input;
        Ok(caller.account().clone())
    }

    async fn act(
        context: &Context<'_>,
        _account: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let ListRetirableGrantsRequest {
            limit,
            marker,
            retiring_principal: retiree,
            retiring_service_principal: service,
        } = input;
        let retiree = one_of(retiree, service, "RetiringPrincipal")?;
        let retiree = retiree.ok_or_else(|| null("retiringPrincipal"))?;
        let limit = limit.map(at_most_grants);
        let list = List::new(context, "ListRetirableGrants", &retiree, limit, LIMIT);
        let page = list.page(marker.as_deref())?;
        let (kms, region) = (&context.doors.kms, &context.caller.region);
        let rows = kms.list_retirable_grants(&retiree, region, page).await?;
        let Listed { rows, truncated, next_marker } =
            list.cut(rows, |row| (row.key.id.to_string(), row.grant.id.to_string()));
        let grants = Some(rows.into_iter().map(grant).collect::<Result<_, _>>()?);
        Ok(ListGrantsResponse { grants, next_marker, truncated })
    }
}
