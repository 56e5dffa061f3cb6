//! PutUserPermissionsBoundary, DeleteUserPermissionsBoundary, and the same for roles.

use names::{AccountId, PolicyArn, RoleName, UserName};

use super::find_managed::require_boundary;
use crate::role::require_role;
use crate::user::require_user;
use crate::{Failure, Iam};

/// The entities that a boundary can have. Groups cannot be bounded.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant is the name of what it says")]
pub enum Bounded {
    User(UserName),
    Role(RoleName),
}

impl Iam {
    /// Bounds a user or role by a managed policy, or by none.
    pub async fn put_permissions_boundary(
        &self,
        account: &AccountId,
        bounded: Bounded,
        boundary: Option<PolicyArn>,
    ) -> Result<(), Failure> {
        let of = account.clone();
        self.rows
            .change_rights(account, move |tx| {
                let id = match &bounded {
                    Bounded::User(name) => require_user(tx, &of, name)?.identity.id,
                    Bounded::Role(name) => require_role(tx, &of, name)?.identity.id,
                };
                if let Some(arn) = &boundary {
                    require_boundary(tx, &of, arn)?;
                }
                match &bounded {
                    Bounded::User(_) => tx.put_iam_user_boundary(&id, boundary.as_ref())?,
                    Bounded::Role(_) => tx.put_role_boundary(&id, boundary.as_ref())?,
                }
                Ok(())
            })
            .await
    }
}
