//! ListPolicyVersions.

use iam::PolicyVersion;
use identity::Caller;
use wire::aws::WireRefusal;
use wire::aws::iam::{ListPolicyVersionsRequest, ListPolicyVersionsResponse};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::entity::{ByArn, by_arn};
use crate::doors::aws::iam::lists::List;
use crate::doors::aws::iam::written;

pub(in crate::doors::aws) struct ListPolicyVersions;

impl Call for ListPolicyVersions {
    type Input = ListPolicyVersionsRequest;
    type Target = ByArn;
    type Output = ListPolicyVersionsResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(by_arn(caller, &input.policy_arn))
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let list =
            List::new(context, "ListPolicyVersions", &target.account, &target.arn, input.max_items);
        let page = list.page(input.marker.as_deref())?;
        let (account, arn) = (&target.account, target.policy()?);
        let rows = context.iam().list_policy_versions(account, arn, page).await?;
        let listed = list.cut(rows, PolicyVersion::position);
        Ok(ListPolicyVersionsResponse {
            versions: Some(listed.rows.iter().map(written::listed_version).collect()),
            is_truncated: listed.is_truncated,
            marker: listed.marker,
        })
    }
}
