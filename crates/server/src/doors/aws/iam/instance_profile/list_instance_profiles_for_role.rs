//! ListInstanceProfilesForRole.

use identity::Caller;
use names::RoleName;
use wire::aws::WireRefusal;
use wire::aws::iam::{ListInstanceProfilesForRoleRequest, ListInstanceProfilesForRoleResponse};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::entity::{Entity, named};
use crate::doors::aws::iam::lists::List;
use crate::doors::aws::iam::written;

pub(in crate::doors::aws) struct ListInstanceProfilesForRole;

impl Call for ListInstanceProfilesForRole {
    type Input = ListInstanceProfilesForRoleRequest;
    type Target = Entity<RoleName>;
    type Output = ListInstanceProfilesForRoleResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        named(caller, &input.role_name)
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let list = List::new(
            context,
            "ListInstanceProfilesForRole",
            &target.account,
            target.name.as_str(),
            input.max_items,
        );
        let page = list.page(input.marker.as_deref())?;
        let rows = context
            .iam()
            .list_instance_profiles_for_role(&target.account, target.name, page)
            .await?;
        let listed = list.cut_bounded(rows, |described| described.profile.name.folded());
        Ok(ListInstanceProfilesForRoleResponse {
            instance_profiles: listed
                .rows
                .into_iter()
                .map(written::listed_instance_profile)
                .collect(),
            is_truncated: listed.is_truncated,
            marker: listed.marker,
        })
    }
}
