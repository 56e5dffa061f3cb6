//! PutAccountSetting.

use identity::Caller;
use names::RegistryId;
use wire::aws::WireRefusal;
use wire::aws::ecr::{PutAccountSettingRequest, PutAccountSettingResponse};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::guard::RequestKeys;

pub(in crate::doors::aws) struct PutAccountSetting;

impl Call for PutAccountSetting {
    type Input = PutAccountSettingRequest;
    type Target = RegistryId;
    type Output = PutAccountSettingResponse;

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
        let PutAccountSettingRequest { name, value } = input;
        let (name, value) =
            context.operations().put_account_setting(&registry, &name, &value).await?;
        Ok(PutAccountSettingResponse { name: Some(name.to_owned()), value: Some(value.to_owned()) })
    }
}
