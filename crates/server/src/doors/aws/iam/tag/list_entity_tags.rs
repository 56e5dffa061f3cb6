//! ListUserTags, ListRoleTags, ListInstanceProfileTags, ListPolicyTags,
//! ListOpenIDConnectProviderTags.

use iam::Tagged;
use names::{InstanceProfileName, RoleName, UserName};
use wire::aws::iam::{
    ListInstanceProfileTagsRequest, ListInstanceProfileTagsResponse,
    ListOpenIDConnectProviderTagsRequest, ListOpenIDConnectProviderTagsResponse,
    ListPolicyTagsRequest, ListPolicyTagsResponse, ListRoleTagsRequest, ListRoleTagsResponse,
    ListUserTagsRequest, ListUserTagsResponse, Tag,
};

use crate::doors::aws::iam::entity::{ByArn, Entity, by_arn, named};
use crate::doors::aws::iam::lists::{List, Named};
use crate::guard::RequestKeys;

for_each_tagged! {
    ListUserTags(ListUserTagsRequest) -> ListUserTagsResponse:
        Entity<UserName> = |caller, input| named(caller, &input.user_name),
        |target| Tagged::User(target.name.clone());
    ListRoleTags(ListRoleTagsRequest) -> ListRoleTagsResponse:
        Entity<RoleName> = |caller, input| named(caller, &input.role_name),
        |target| Tagged::Role(target.name.clone());
    ListInstanceProfileTags(ListInstanceProfileTagsRequest) -> ListInstanceProfileTagsResponse:
        Entity<InstanceProfileName> = |caller, input| named(caller, &input.instance_profile_name),
        |target| Tagged::InstanceProfile(target.name.clone());
    ListPolicyTags(ListPolicyTagsRequest) -> ListPolicyTagsResponse:
        ByArn = |caller, input| Ok(by_arn(caller, &input.policy_arn)),
        |target| Tagged::Policy(target.policy()?);
    ListOpenIDConnectProviderTags(ListOpenIDConnectProviderTagsRequest) -> ListOpenIDConnectProviderTagsResponse:
        ByArn = |caller, input| Ok(by_arn(caller, &input.open_id_connect_provider_arn)),
        |target| Tagged::OidcProvider(target.arn.clone());
    => says |_input| RequestKeys::default();
    acts |context, account, tagged, input| {
        let list = List::new(context, Self::NAME, account, &tagged.spelled(), input.max_items);
        let page = list.page(input.marker.as_deref())?;
        let rows = context.iam().list_entity_tags(account, tagged, page).await?;
        let listed = list.cut(rows, |(key, _)| key.to_lowercase());
        Ok(Self::Output {
            tags: listed.rows.into_iter().map(|(key, value)| Tag { key, value }).collect(),
            is_truncated: listed.is_truncated,
            marker: listed.marker,
        })
    }
}
