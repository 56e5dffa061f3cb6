//! GetAccountSetting.

use identity::Caller;
use names::RegistryId;
use wire::aws::WireRefusal;
use wire::aws::ecr::{GetAccountSettingRequest, GetAccountSettingResponse};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::guard::RequestKeys;

pub(in crate::doors::aws) struct GetAccountSetting;

impl Call for GetAccountSetting {
    type Input = GetAccountSettingRequest;
    type Target = RegistryId;
    type Output = GetAccountSettingResponse;

    fn target(caller: &Caller, _input: &Self::Input) -> Result<RegistryId, WireRefusal> {
        Ok(caller.registry())
    }

    fn request_keys(input: &Self::Input) -> RequestKeys {
        RequestKeys::default().with("ecr:AccountSetting", &input.name)
    }

    async fn act(
        context: &Context<'_>,
        registry: RegistryId,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let (name, value) =
            context.operations().get_account_setting(&registry, &input.name).await?;
        Ok(GetAccountSettingResponse { name: Some(name.to_owned()), value: Some(value) })
    }
}
