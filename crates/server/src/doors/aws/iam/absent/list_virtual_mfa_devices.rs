//! ListVirtualMFADevices: accounts have none here. Terraform asks before it deletes a user.

use identity::Caller;
use names::AccountId;
use wire::aws::WireRefusal;
use wire::aws::iam::{ListVirtualMFADevicesRequest, ListVirtualMFADevicesResponse};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;

pub(in crate::doors::aws) struct ListVirtualMFADevices;

impl Call for ListVirtualMFADevices {
    type Input = ListVirtualMFADevicesRequest;
    type Target = AccountId;
    type Output = ListVirtualMFADevicesResponse;

    fn target(caller: &Caller, _: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(caller.account().clone())
    }

    async fn act(
        _context: &Context<'_>,
        _target: Self::Target,
        _input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        Ok(ListVirtualMFADevicesResponse {
            virtual_mfa_devices: Vec::new(),
            is_truncated: Some(false),
            marker: None,
        })
    }
}
