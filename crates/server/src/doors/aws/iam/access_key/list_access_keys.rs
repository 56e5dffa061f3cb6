//! ListAccessKeys: of the named user, or of the caller.

use identity::Caller;
use wire::aws::WireRefusal;
use wire::aws::iam::{AccessKeyMetadata, ListAccessKeysRequest, ListAccessKeysResponse};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::lists::{List, Listed};
use crate::doors::aws::iam::people;
use crate::doors::aws::iam::whom::{Whom, whom};

pub(in crate::doors::aws) struct ListAccessKeys;

impl Call for ListAccessKeys {
    type Input = ListAccessKeysRequest;
    type Target = Whom;
    type Output = ListAccessKeysResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        whom(caller, input.user_name.as_deref())
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let ListAccessKeysRequest { user_name: _, marker, max_items } = input;
        let (account, holder) = (target.account(), target.key_holder());
        let filter = target.user_name().map_or_else(String::new, names::UserName::folded);
        let list = List::new(context, "ListAccessKeys", account, &filter, max_items);
        let page = list.page(marker.as_deref())?;
        let (user_name, rows) = context.iam().list_access_keys(account, holder, page).await?;
        let Listed { rows, is_truncated, marker } = list.cut(rows, |key| key.id.clone());
        let metadata = |key: iam::AccessKey| AccessKeyMetadata {
            user_name: user_name.as_ref().map(ToString::to_string),
            status: Some(people::status(&key)),
            create_date: Some(key.created_at.as_epoch_seconds()),
            access_key_id: Some(key.id),
        };
        let access_key_metadata = rows.into_iter().map(metadata).collect();
        Ok(ListAccessKeysResponse { access_key_metadata, is_truncated, marker })
    }
}
