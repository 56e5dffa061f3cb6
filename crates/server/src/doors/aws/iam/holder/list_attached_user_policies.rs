//! ListAttachedUserPolicies.

use iam::PolicyHolder;
use identity::Caller;
use names::UserName;
use wire::aws::WireRefusal;
use wire::aws::iam::{ListAttachedUserPoliciesRequest, ListAttachedUserPoliciesResponse};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::entity::{Entity, named};
use crate::doors::aws::iam::lists::List;
use crate::doors::aws::iam::written;

pub(in crate::doors::aws) struct ListAttachedUserPolicies;

impl Call for ListAttachedUserPolicies {
    type Input = ListAttachedUserPoliciesRequest;
    type Target = Entity<UserName>;
    type Output = ListAttachedUserPoliciesResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        named(caller, "userName", &input.user_name)
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let holder = PolicyHolder::User(target.name.clone());
        let prefix = input.path_prefix.unwrap_or_else(|| "/".to_owned());
        let list = List::new(
            context,
            "ListAttachedUserPolicies",
            &target.account,
            &format!("{}\n{prefix}", target.name),
            input.max_items,
        );
        let page = list.page(input.marker.as_deref())?;
        let rows =
            context.iam().list_attached_policies(&target.account, holder, prefix, page).await?;
        let listed = list.cut(rows, |held| held.policy_arn.clone());
        Ok(ListAttachedUserPoliciesResponse {
            attached_policies: Some(listed.rows.into_iter().map(written::attachment).collect()),
            is_truncated: listed.is_truncated,
            marker: listed.marker,
        })
    }
}
