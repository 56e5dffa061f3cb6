//! TagUser, TagRole, TagInstanceProfile, TagPolicy, TagOpenIDConnectProvider.

use iam::Tagged;
use names::{InstanceProfileName, RoleName, UserName};
use wire::aws::iam::{
    TagInstanceProfileRequest, TagOpenIDConnectProviderRequest, TagPolicyRequest, TagRoleRequest,
    TagUserRequest,
};

use crate::doors::aws::iam::entity::{ByArn, Entity, by_arn, named, own_by_arn};
use crate::doors::aws::iam::tagging;

for_each_tagged! {
    TagUser(TagUserRequest) -> ():
        Entity<UserName> = |caller, input| named(caller, &input.user_name),
        |target| Tagged::User(target.name.clone());
    TagRole(TagRoleRequest) -> ():
        Entity<RoleName> = |caller, input| named(caller, &input.role_name),
        |target| Tagged::Role(target.name.clone());
    TagInstanceProfile(TagInstanceProfileRequest) -> ():
        Entity<InstanceProfileName> = |caller, input| named(caller, &input.instance_profile_name),
        |target| Tagged::InstanceProfile(target.name.clone());
    TagPolicy(TagPolicyRequest) -> ():
        ByArn = |caller, input| own_by_arn(caller, "iam:TagPolicy", &input.policy_arn),
        |target| Tagged::Policy(target.policy()?);
    TagOpenIDConnectProvider(TagOpenIDConnectProviderRequest) -> ():
        ByArn = |caller, input| Ok(by_arn(caller, &input.open_id_connect_provider_arn)),
        |target| Tagged::OidcProvider(target.arn.clone());
    => says |input| tagging::keys(Some(&input.tags));
    acts |context, account, tagged, input| {
        let tags = tagging::pairs(Some(input.tags));
        Ok(context.iam().tag_entity(account, tagged, tags).await?)
    }
}
