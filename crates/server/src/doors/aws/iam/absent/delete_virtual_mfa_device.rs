//! DeleteVirtualMFADevice: accounts have none here.

use iam::{Absent, Failure};
use identity::Caller;
use wire::aws::WireRefusal;
use wire::aws::iam::DeleteVirtualMFADeviceRequest;

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::entity::{ByArn, mfa_device};

pub(in crate::doors::aws) struct DeleteVirtualMFADevice;

impl Call for DeleteVirtualMFADevice {
    type Input = DeleteVirtualMFADeviceRequest;
    type Target = ByArn;
    type Output = ();

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(mfa_device(caller, &input.serial_number))
    }

    async fn act(
        _context: &Context<'_>,
        _target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let DeleteVirtualMFADeviceRequest { serial_number } = input;
        Err(Failure::from(Absent::VirtualMfaDevice(serial_number)).into())
    }
}
