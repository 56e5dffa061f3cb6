//! GetMFADevice: nobody has one here.

use iam::{Absent, Failure};
use identity::Caller;
use wire::aws::WireRefusal;
use wire::aws::iam::{GetMFADeviceRequest, GetMFADeviceResponse};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::whom::{Whom, whom};

pub(in crate::doors::aws) struct GetMFADevice;

impl Call for GetMFADevice {
    type Input = GetMFADeviceRequest;
    type Target = Whom;
    type Output = GetMFADeviceResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        whom(caller, input.user_name.as_deref())
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let GetMFADeviceRequest { user_name: _, serial_number } = input;
        target.require(context.iam()).await?;
        Err(Failure::from(Absent::MfaDevice(serial_number)).into())
    }
}
