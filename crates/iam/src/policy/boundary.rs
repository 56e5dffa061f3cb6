//! PutUserPermissionsBoundary, DeleteUserPermissionsBoundary, and the same for roles.

use db::Tx;
use names::{AccountId, PolicyArn, RoleName, UserName};

use super::find_managed::find_managed;
use crate::role::require_role;
use crate::user::require_user;
use crate::{Failure, Iam, Missing};

/// The entities that a boundary can have. Groups cannot be bounded.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant is the name of what it says")]
pub enum Bounded {
    User(UserName),
    Role(RoleName),
}

/// Requires that this policy can be a boundary: it is the account's own or AWS's.
pub(crate) fn require_boundary(
    tx: &mut Tx<'_>,
    account: &AccountId,
    arn: &PolicyArn,
) -> Result<(), Failure> {
    match find_managed(tx, account, arn)? {
        Some(_) => Ok(()),
        None => Err(Missing::Boundary(arn.clone()).into()),
    }
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
