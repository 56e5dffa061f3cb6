//! Output members that several of IAM's operations share.

use ::iam::{
    Attachment, DescribedInstanceProfile, DescribedRole, IamRole, ManagedPolicy, PolicyVersion,
};
use names::PolicyArn;
use wire::aws::iam;
use wire::aws::query::escaped_document;

/// Tags; absent if there are none.
pub(super) fn tags(tags: Vec<(String, String)>) -> Option<Vec<iam::Tag>> {
    let tag = |(key, value)| iam::Tag { key, value };
    if tags.is_empty() { None } else { Some(tags.into_iter().map(tag).collect()) }
}

/// The boundary of a user or role.
pub(super) fn boundary(arn: Option<PolicyArn>) -> Option<iam::AttachedPermissionsBoundary> {
    arn.map(|arn| iam::AttachedPermissionsBoundary {
        permissions_boundary_type: Some(
            iam::PermissionsBoundaryAttachmentType::PermissionsBoundaryPolicy,
        ),
        permissions_boundary_arn: Some(arn.to_string()),
    })
}

/// An attached managed policy.
pub(super) fn attachment(attachment: Attachment) -> iam::AttachedPolicy {
    let Attachment { policy_arn, policy_name } = attachment;
    iam::AttachedPolicy {
        policy_name: Some(policy_name.to_string()),
        policy_arn: Some(policy_arn.to_string()),
    }
}

/// A role, with all that is known of it.
pub(super) fn role(described: DescribedRole) -> iam::Role {
    let used = last_used(&described.role);
    let DescribedRole { role, tags: held } = described;
    let bounded = role.boundary.clone();
    iam::Role {
        permissions_boundary: boundary(bounded),
        tags: tags(held),
        role_last_used: Some(used),
        ..listed_role(role)
    }
}

/// When and where a role was last assumed, if it was.
pub(super) fn last_used(role: &IamRole) -> iam::RoleLastUsed {
    let (at, region) = role.last_used.clone().unzip();
    iam::RoleLastUsed {
        last_used_date: at.map(names::Timestamp::as_epoch_seconds),
        region: region.map(|region| region.to_string()),
    }
}

/// A role as lists show it: without tags, boundary and last use.
pub(super) fn listed_role(role: IamRole) -> iam::Role {
    let arn = role.identity.arn();
    let identity = role.identity;
    iam::Role {
        path: identity.path.to_string(),
        role_name: identity.name.to_string(),
        role_id: identity.id.to_string(),
        arn,
        create_date: role.created_at.as_epoch_seconds(),
        assume_role_policy_document: Some(escaped_document(&role.trust_policy)),
        description: role.description,
        max_session_duration: i64::try_from(role.max_session_seconds).ok(),
        ..iam::Role::default()
    }
}

/// An instance profile, with its tags.
pub(super) fn instance_profile(described: DescribedInstanceProfile) -> iam::InstanceProfile {
    let DescribedInstanceProfile { profile, role, tags: held } = described;
    iam::InstanceProfile {
        arn: profile.arn(),
        path: profile.path.to_string(),
        instance_profile_name: profile.name.to_string(),
        instance_profile_id: profile.id.to_string(),
        create_date: profile.created_at.as_epoch_seconds(),
        roles: role.into_iter().map(|role| listed_role(role.role)).collect(),
        tags: tags(held),
    }
}

/// An instance profile as lists show it: without tags.
pub(super) fn listed_instance_profile(described: DescribedInstanceProfile) -> iam::InstanceProfile {
    iam::InstanceProfile { tags: None, ..instance_profile(described) }
}

/// A managed policy, with its tags.
pub(super) fn policy(policy: ManagedPolicy) -> iam::Policy {
    let listed = listed_policy(&policy);
    iam::Policy { tags: tags(policy.tags), description: policy.description, ..listed }
}

/// A managed policy as lists show it: without tags and description.
pub(super) fn listed_policy(policy: &ManagedPolicy) -> iam::Policy {
    iam::Policy {
        policy_name: Some(policy.name.to_string()),
        policy_id: Some(policy.id.to_string()),
        arn: Some(policy.arn.to_string()),
        path: Some(policy.path.to_string()),
        default_version_id: Some(version_id(policy.default_version)),
        attachment_count: i64::try_from(policy.attachments).ok(),
        permissions_boundary_usage_count: i64::try_from(policy.boundary_uses).ok(),
        is_attachable: Some(true),
        description: None,
        create_date: Some(policy.created_at.as_epoch_seconds()),
        update_date: Some(policy.updated_at.as_epoch_seconds()),
        tags: None,
    }
}

/// `v3`.
pub(super) fn version_id(version: u64) -> String {
    format!("v{version}")
}

/// A version of a managed policy, with its text.
pub(super) fn version(version: &PolicyVersion) -> iam::PolicyVersion {
    iam::PolicyVersion {
        document: Some(escaped_document(&version.document)),
        ..listed_version(version)
    }
}

/// A version of a managed policy, without its text.
pub(super) fn listed_version(version: &PolicyVersion) -> iam::PolicyVersion {
    iam::PolicyVersion {
        document: None,
        version_id: Some(version_id(version.version)),
        is_default_version: Some(version.is_default),
        create_date: Some(version.created_at.as_epoch_seconds()),
    }
}
