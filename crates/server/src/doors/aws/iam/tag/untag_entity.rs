//! UntagUser, UntagRole, UntagInstanceProfile, UntagPolicy, UntagOpenIDConnectProvider.

use iam::Tagged;
use names::{InstanceProfileName, RoleName, UserName};
use wire::aws::iam::{
    UntagInstanceProfileRequest, UntagOpenIDConnectProviderRequest, UntagPolicyRequest,
    UntagRoleRequest, UntagUserRequest,
};

use crate::doors::aws::iam::entity::{ByArn, Entity, by_arn, named, own_by_arn};
use crate::guard::RequestKeys;

for_each_tagged! {
    UntagUser(UntagUserRequest) -> ():
        Entity<UserName> = |caller, input| named(caller, &input.user_name),
        |target| Tagged::User(target.name.clone());
    UntagRole(UntagRoleRequest) -> ():
        Entity<RoleName> = |caller, input| named(caller, &input.role_name),
        |target| Tagged::Role(target.name.clone());
    UntagInstanceProfile(UntagInstanceProfileRequest) -> ():
        Entity<InstanceProfileName> = |caller, input| named(caller, &input.instance_profile_name),
        |target| Tagged::InstanceProfile(target.name.clone());
    UntagPolicy(UntagPolicyRequest) -> ():
        ByArn = |caller, input| own_by_arn(caller, "iam:UntagPolicy", &input.policy_arn),
        |target| Tagged::Policy(target.policy()?);
    UntagOpenIDConnectProvider(UntagOpenIDConnectProviderRequest) -> ():
        ByArn = |caller, input| Ok(by_arn(caller, &input.open_id_connect_provider_arn)),
        |target| Tagged::OidcProvider(target.arn.clone());
    => says |input| RequestKeys::default().tag_keys(input.tag_keys.iter().cloned());
    acts |context, account, tagged, input| {
        Ok(context.iam().untag_entity(account, tagged, input.tag_keys).await?)
    }
}
