//! GetServiceLinkedRoleDeletionStatus: there are no service-linked roles, so none is being deleted.

use iam::{Absent, Failure};
use identity::Caller;
use names::AccountId;
use wire::aws::WireRefusal;
use wire::aws::iam::{
    GetServiceLinkedRoleDeletionStatusRequest, GetServiceLinkedRoleDeletionStatusResponse,
};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;

pub(in crate::doors::aws) struct GetServiceLinkedRoleDeletionStatus;

impl Call for GetServiceLinkedRoleDeletionStatus {
    type Input = GetServiceLinkedRoleDeletionStatusRequest;
    type Target = AccountId;
    type Output = GetServiceLinkedRoleDeletionStatusResponse;

    fn target(caller: &Caller, _: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(caller.account().clone())
    }

    async fn act(
        _context: &Context<'_>,
        _target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let GetServiceLinkedRoleDeletionStatusRequest { deletion_task_id } = input;
        Err(Failure::from(Absent::DeletionTask(deletion_task_id)).into())
    }
}
