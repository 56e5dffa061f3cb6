//! Writes all principals and policies of an account.

use iam::{AuthorizationDetail, DescribedRole, HeldPolicies, ManagedPolicy, PolicyVersion};
use wire::aws::iam::{
    AttachedPolicy, GetAccountAuthorizationDetailsResponse, GroupDetail, ManagedPolicyDetail,
    PolicyDetail, RoleDetail, UserDetail,
};
use wire::aws::query::escaped_document;

use crate::doors::aws::iam::written;

/// One page of it, sorted into its four lists.
pub(super) fn write(details: Vec<AuthorizationDetail>) -> GetAccountAuthorizationDetailsResponse {
    let (mut users, mut groups) = (Vec::new(), Vec::new());
    let (mut roles, mut policies) = (Vec::new(), Vec::new());
    for detail in details {
        match detail {
            AuthorizationDetail::User { user, groups, policies, tags } => {
                let (inline, attached) = held(policies);
                let arn = user.identity.arn();
                users.push(UserDetail {
                    path: Some(user.identity.path.to_string()),
                    user_name: Some(user.identity.name.to_string()),
                    user_id: Some(user.identity.id.to_string()),
                    arn: Some(arn),
                    create_date: Some(user.created_at.as_epoch_seconds()),
                    user_policy_list: Some(inline),
                    group_list: Some(groups.iter().map(ToString::to_string).collect()),
                    attached_managed_policies: Some(attached),
                    permissions_boundary: written::boundary(user.boundary),
                    tags: written::tags(tags),
                });
            }
            AuthorizationDetail::Group { group, policies } => {
                let (inline, attached) = held(policies);
                groups.push(GroupDetail {
                    arn: Some(group.arn()),
                    path: Some(group.path.to_string()),
                    group_name: Some(group.name.to_string()),
                    group_id: Some(group.id.to_string()),
                    create_date: Some(group.created_at.as_epoch_seconds()),
                    group_policy_list: Some(inline),
                    attached_managed_policies: Some(attached),
                });
            }
            AuthorizationDetail::Role { role, profiles, policies } => {
                let (inline, attached) = held(policies);
                let profiles = profiles.into_iter().map(written::listed_instance_profile);
                roles.push(RoleDetail {
                    instance_profile_list: Some(profiles.collect()),
                    role_policy_list: Some(inline),
                    attached_managed_policies: Some(attached),
                    ..role_detail(role)
                });
            }
            AuthorizationDetail::Policy { policy, versions } => {
                policies.push(policy_detail(policy, &versions));
            }
        }
    }
    GetAccountAuthorizationDetailsResponse {
        user_detail_list: Some(users),
        group_detail_list: Some(groups),
        role_detail_list: Some(roles),
        policies: Some(policies),
        is_truncated: None,
        marker: None,
    }
}

fn held(policies: HeldPolicies) -> (Vec<PolicyDetail>, Vec<AttachedPolicy>) {
    let HeldPolicies { inline, attached } = policies;
    let inline = inline.into_iter().map(|(name, document)| PolicyDetail {
        policy_name: Some(name.to_string()),
        policy_document: Some(escaped_document(&document)),
    });
    (inline.collect(), attached.into_iter().map(written::attachment).collect())
}

fn role_detail(described: DescribedRole) -> RoleDetail {
    let role = written::role(described);
    RoleDetail {
        path: Some(role.path),
        role_name: Some(role.role_name),
        role_id: Some(role.role_id),
        arn: Some(role.arn),
        create_date: Some(role.create_date),
        assume_role_policy_document: role.assume_role_policy_document,
        permissions_boundary: role.permissions_boundary,
        tags: role.tags,
        role_last_used: role.role_last_used,
        ..RoleDetail::default()
    }
}

fn policy_detail(policy: ManagedPolicy, versions: &[PolicyVersion]) -> ManagedPolicyDetail {
    let policy = written::policy(policy);
    ManagedPolicyDetail {
        policy_name: policy.policy_name,
        policy_id: policy.policy_id,
        arn: policy.arn,
        path: policy.path,
        default_version_id: policy.default_version_id,
        attachment_count: policy.attachment_count,
        permissions_boundary_usage_count: policy.permissions_boundary_usage_count,
        is_attachable: policy.is_attachable,
        description: policy.description,
        create_date: policy.create_date,
        update_date: policy.update_date,
        policy_version_list: Some(versions.iter().map(written::version).collect()),
    }
}
