//! Writes users, groups and keys.

use ::iam::{AccessKey, DescribedUser, IamGroup, IamUser};
use wire::aws::iam;

use super::written;

/// A user as lists show it: without tags and boundary.
pub(super) fn listed_user(user: &IamUser) -> iam::User {
    let identity = &user.identity;
    iam::User {
        path: identity.path.to_string(),
        user_name: identity.name.to_string(),
        user_id: identity.id.to_string(),
        arn: identity.arn(),
        create_date: user.created_at.as_epoch_seconds(),
        password_last_used: None,
        permissions_boundary: None,
        tags: None,
    }
}

/// A user, with all that is known of it.
pub(super) fn user(described: DescribedUser) -> iam::User {
    let DescribedUser { user, tags } = described;
    iam::User {
        tags: written::tags(tags),
        permissions_boundary: written::boundary(user.boundary.clone()),
        ..listed_user(&user)
    }
}

/// A group.
pub(super) fn group(group: &IamGroup) -> iam::Group {
    iam::Group {
        path: group.path.to_string(),
        group_name: group.name.to_string(),
        group_id: group.id.to_string(),
        arn: group.arn(),
        create_date: group.created_at.as_epoch_seconds(),
    }
}

/// Whether the key may sign.
pub(super) fn status(key: &AccessKey) -> iam::StatusType {
    if key.active { iam::StatusType::Active } else { iam::StatusType::Inactive }
}
