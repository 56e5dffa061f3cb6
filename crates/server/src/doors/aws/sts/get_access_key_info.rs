//! GetAccessKeyInfo.

use identity::Caller;
use wire::aws::WireRefusal;
use wire::aws::sts::{GetAccessKeyInfoRequest, GetAccessKeyInfoResponse};

use names::AccountId;

use super::super::call::{Call, Context, Target};
use super::super::failure::Refused;
use crate::guard::Resource;

pub(in crate::doors::aws) struct GetAccessKeyInfo;

/// Nothing in particular: `*`.
pub(in crate::doors::aws) struct AnyKey {
    account: AccountId,
}

impl Target for AnyKey {
    fn resources(&self) -> Vec<Resource> {
        vec![Resource::Account(self.account.clone())]
    }
}

impl Call for GetAccessKeyInfo {
    type Input = GetAccessKeyInfoRequest;
    type Target = AnyKey;
    type Output = GetAccessKeyInfoResponse;

    fn target(caller: &Caller, _: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(AnyKey { account: caller.account().clone() })
    }

    async fn act(
        context: &Context<'_>,
        _: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let account = context.iam().get_access_key_info(&input.access_key_id).await?;
        Ok(GetAccessKeyInfoResponse { account: Some(account.to_string()) })
    }
}
