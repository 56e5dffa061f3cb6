//! ListKeys.

use identity::Caller;
use names::{AccountId, KmsKeyArn, KmsKeyId};
use wire::aws::WireRefusal;
use wire::aws::kms::{KeyListEntry, ListKeysRequest, ListKeysResponse, ResourceOwnerType};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::kms::lists::{LIMIT_OF_KEYS, List, Listed};

pub(in crate::doors::aws) struct ListKeys;

impl Call for ListKeys {
    type Input = ListKeysRequest;
    type Target = AccountId;
    type Output = ListKeysResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        let _ = input;
        Ok(caller.account().clone())
    }

    async fn act(
        context: &Context<'_>,
        _account: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let ListKeysRequest { limit, marker, resource_owners: owners } = input;
        let others = owners.is_some_and(|owners| !owners.contains(&ResourceOwnerType::TheSelf));
        if others {
            // There are no resource shares here.
            return Ok(ListKeysResponse {
                keys: Some(Vec::new()),
                next_marker: None,
                truncated: Some(false),
            });
        }
        let registry = context.caller.registry();
        let list = List::new(context, "ListKeys", "", limit, LIMIT_OF_KEYS);
        let page = list.page(marker.as_deref())?;
        let rows = context.doors.kms.list_keys(&registry, page).await?;
        let Listed { rows, truncated, next_marker } = list.cut(rows, ToString::to_string);
        let entry = |id: KmsKeyId| {
            let arn = KmsKeyArn { registry: registry.clone(), id };
            KeyListEntry { key_id: Some(arn.id.to_string()), key_arn: Some(arn.to_string()) }
        };
        let keys = Some(rows.into_iter().map(entry).collect());
        Ok(ListKeysResponse { keys, next_marker, truncated })
    }
}
