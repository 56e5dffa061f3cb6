//! ListMFADeviceTags: accounts have none here.

use iam::{Absent, Failure};
use identity::Caller;
use wire::aws::WireRefusal;
use wire::aws::iam::{ListMFADeviceTagsRequest, ListMFADeviceTagsResponse};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::entity::{ByArn, mfa_device};

pub(in crate::doors::aws) struct ListMFADeviceTags;

impl Call for ListMFADeviceTags {
    type Input = ListMFADeviceTagsRequest;
    type Target = ByArn;
    type Output = ListMFADeviceTagsResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(mfa_device(caller, &input.serial_number))
    }

    async fn act(
        _context: &Context<'_>,
        _target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let ListMFADeviceTagsRequest { serial_number, marker: _, max_items: _ } = input;
        Err(Failure::from(Absent::VirtualMfaDevice(serial_number)).into())
    }
}
