//! ListPolicies.

use iam::{ManagedPolicy, PolicyFilter, PolicyScope, PolicyUsage};
use identity::Caller;
use names::AccountId;
use wire::aws::WireRefusal;
use wire::aws::iam::{ListPoliciesRequest, ListPoliciesResponse, PolicyScopeType, PolicyUsageType};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::lists::List;
use crate::doors::aws::iam::written;

pub(in crate::doors::aws) struct ListPolicies;

impl Call for ListPolicies {
    type Input = ListPoliciesRequest;
    type Target = AccountId;
    type Output = ListPoliciesResponse;

    fn target(caller: &Caller, _input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(caller.account().clone())
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let filter = PolicyFilter {
            scope: match input.scope {
                None | Some(PolicyScopeType::All) => PolicyScope::All,
                Some(PolicyScopeType::Aws) => PolicyScope::Aws,
                Some(PolicyScopeType::Local) => PolicyScope::Local,
            },
            only_attached: input.only_attached.unwrap_or_default(),
            path_prefix: input.path_prefix.unwrap_or_else(|| "/".to_owned()),
            usage: input.policy_usage_filter.map(usage),
        };
        let list =
            List::new(context, "ListPolicies", &target, &format!("{filter:?}"), input.max_items);
        let page = list.page(input.marker.as_deref())?;
        let rows = context.iam().list_policies(&target, filter, page).await?;
        let listed = list.cut(rows, ManagedPolicy::position);
        Ok(ListPoliciesResponse {
            policies: Some(listed.rows.iter().map(written::listed_policy).collect()),
            is_truncated: listed.is_truncated,
            marker: listed.marker,
        })
    }
}

pub(super) fn usage(asked: PolicyUsageType) -> PolicyUsage {
    match asked {
        PolicyUsageType::PermissionsPolicy => PolicyUsage::Permissions,
        PolicyUsageType::PermissionsBoundary => PolicyUsage::Boundary,
    }
}
