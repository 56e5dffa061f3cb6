//! PutUserPermissionsBoundary, DeleteUserPermissionsBoundary, and the same of roles.

use db::Tx;
use names::{AccountId, RoleName, UserName};

use super::policy_arn::find_managed;
use crate::role::require_role;
use crate::user::require_user;
use crate::{Failure, Iam, Missing};

/// That a user or role may be bounded by this policy: it is the account's own or AWS's.
pub(crate) fn require_boundary(
    tx: &mut Tx<'_>,
    account: &AccountId,
    arn: &str,
) -> Result<(), Failure> {
    match find_managed(tx, account, arn)? {
        Some(_) => Ok(()),
        None => Err(Missing::Boundary(arn.to_owned()).into()),
    }
}

impl Iam {
    /// Bounds a user by a managed policy, or by none.
    pub async fn put_user_permissions_boundary(
        &self,
        account: &AccountId,
        user: UserName,
        boundary: Option<String>,
    ) -> Result<(), Failure> {
        let of = account.clone();
        self.db
            .write(move |tx| {
                let user = require_user(tx, &of, &user)?;
                if let Some(arn) = &boundary {
                    require_boundary(tx, &of, arn)?;
                }
                tx.put_iam_user_boundary(&user.identity.id, boundary.as_deref())
                    .map_err(Failure::from)
            })
            .await?;
        self.epochs.bump_account(account);
        Ok(())
    }

    /// Bounds a role by a managed policy, or by none.
    pub async fn put_role_permissions_boundary(
        &self,
        account: &AccountId,
        role: RoleName,
        boundary: Option<String>,
    ) -> Result<(), Failure> {
        let of = account.clone();
        self.db
            .write(move |tx| {
                let role = require_role(tx, &of, &role)?;
                if let Some(arn) = &boundary {
                    require_boundary(tx, &of, arn)?;
                }
                tx.put_role_boundary(&role.identity.id, boundary.as_deref()).map_err(Failure::from)
            })
            .await?;
        self.epochs.bump_account(account);
        Ok(())
    }
}
