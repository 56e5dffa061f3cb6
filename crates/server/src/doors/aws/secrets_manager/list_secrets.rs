//! ListSecrets: the secrets of the caller's account and Region.

use identity::Caller;
use names::{AccountId, Timestamp};
use operations::DescribedSecret;
use wire::aws::WireRefusal;
use wire::aws::secrets_manager::{
    Exception, ListSecretsRequest, ListSecretsResponse, SecretListEntry, SortByType, SortOrderType,
};

use super::secret_filters::fits;
use super::written;
use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::pages::{LIMIT, Pages, limit};
use crate::guard::Resource;

pub(in crate::doors::aws) struct ListSecrets;

/// How many secrets are looked at for a page that shows only some of them. Such a page may be
/// short, or empty, and another follow.
const LOOKED_AT: u32 = 500;

impl Call for ListSecrets {
    type Input = ListSecretsRequest;
    type Target = AccountId;
    type Output = ListSecretsResponse;

    fn target(caller: &Caller, _input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(caller.account().clone())
    }

    async fn act(
        context: &Context<'_>,
        account: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let ListSecretsRequest {
            include_planned_deletion,
            max_results,
            next_token,
            filters,
            sort_order,
            sort_by,
        } = input;
        require_order(sort_by, sort_order)?;
        let registry = context.caller.registry();
        let shown_max = limit(max_results, LIMIT) as usize;
        let of = format!("{account}\n{}", registry.region);
        let resource = Resource::Account(account);
        let pages = Pages::new(context, "ListSecrets", &resource, &of, LOOKED_AT);
        let after = next(&pages, next_token.as_deref())?;
        let filters = filters.unwrap_or_default();
        let is_planned_shown = include_planned_deletion.unwrap_or_default();
        let rows = context.operations().list_secrets(&registry, after, pages.rows()).await?;
        let is_last = rows.len() <= LOOKED_AT as usize;
        let mut shown = Vec::new();
        let (mut last, mut is_cut) = (None, false);
        for row in rows.into_iter().take(LOOKED_AT as usize) {
            if shown.len() == shown_max {
                is_cut = true;
                break;
            }
            last = Some(row.secret.name.to_string());
            let is_shown = is_planned_shown || row.secret.delete_at.is_none();
            if is_shown && !row.is_gone && fits(&row, &filters) {
                shown.push(write(row));
            }
        }
        let next_token = last.filter(|_| is_cut || !is_last).map(|last| pages.token(&last));
        Ok(ListSecretsResponse { secret_list: Some(shown), next_token })
    }
}

/// Refuses an order that no index has.
fn require_order(by: Option<SortByType>, order: Option<SortOrderType>) -> Result<(), WireRefusal> {
    if matches!(by, None | Some(SortByType::Name))
        && matches!(order, None | Some(SortOrderType::Asc))
    {
        return Ok(());
    }
    let why = "Secrets are listed by name, ascending: this registry has no other order.";
    Err(WireRefusal::new(Exception::InvalidParameter, why))
}

/// Where the page begins.
pub(super) fn next(pages: &Pages<'_>, token: Option<&str>) -> Result<Option<String>, WireRefusal> {
    pages.after(token).map_err(|_| {
        let why = "The NextToken value is invalid.";
        WireRefusal::new(Exception::InvalidNextToken, why)
    })
}

fn write(described: DescribedSecret) -> SecretListEntry {
    let DescribedSecret { secret, stages, tags, is_gone: _ } = described;
    SecretListEntry {
        arn: Some(secret.arn.to_string()),
        name: Some(secret.name.to_string()),
        created_date: Some(secret.created_at.as_epoch_seconds()),
        last_changed_date: Some(secret.changed_at.as_epoch_seconds()),
        last_accessed_date: secret.accessed_at.map(Timestamp::as_epoch_seconds),
        deleted_date: secret.deleted_at.map(Timestamp::as_epoch_seconds),
        description: secret.description,
        tags: written::tags(tags),
        secret_versions_to_stages: written::stages(stages),
        ..SecretListEntry::default()
    }
}
