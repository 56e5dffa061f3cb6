//! ListAliases.

use identity::Caller;
use names::AccountId;
use wire::aws::WireRefusal;
use wire::aws::kms::{ListAliasesRequest, ListAliasesResponse};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::kms::lists::{LIMIT, List, Listed};
use crate::doors::aws::kms::on_key::on_key;
use crate::doors::aws::kms::written::alias;
use crate::guard::RequestKeys;

pub(in crate::doors::aws) struct ListAliases;

impl Call for ListAliases {
    type Input = ListAliasesRequest;
    type Target = AccountId;
    type Output = ListAliasesResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        let _ = input;
        Ok(caller.account().clone())
    }

    async fn act(
        context: &Context<'_>,
        _account: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let ListAliasesRequest { key_id, limit, marker } = input;
        let kms = &context.doors.kms;
        let list = List::new(context, "ListAliases", key_id.as_deref().unwrap_or(""), limit, LIMIT);
        let page = list.page(marker.as_deref())?;
        let key = match &key_id {
            Some(key_id) => {
                let key = on_key(context.caller, key_id)?.at_home();
                let keys = RequestKeys::default();
                Some(key.authorize(context, "kms:ListAliases", keys).await?.arn()?)
            }
            None => None,
        };
        let rows = kms.list_aliases(&context.caller.registry(), key, page).await?;
        let Listed { rows, truncated, next_marker } =
            list.cut(rows, |alias| alias.arn.name.to_string());
        let aliases = Some(rows.iter().map(alias).collect());
        Ok(ListAliasesResponse { aliases, next_marker, truncated })
    }
}
