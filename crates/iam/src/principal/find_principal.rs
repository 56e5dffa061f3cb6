use db::Tx;
use names::{Principal, PrincipalId, RoleIdentity, UserIdentity, Voucher};

use crate::{Failure, Iam};

impl Iam {
    /// The principal with its current name and path. `None` if it is gone, or its account is
    /// closed.
    pub async fn find_principal(&self, id: &PrincipalId) -> Result<Option<Principal>, Failure> {
        let id = id.clone();
        Ok(self.rows.read(move |tx| find(tx, &id)).await?)
    }
}

fn find(tx: &mut Tx<'_>, id: &PrincipalId) -> Result<Option<Principal>, db::DbError> {
    if !tx.account_is_open(id.account())? {
        return Ok(None);
    }
    let found = match id {
        PrincipalId::Root { account } => Some(Principal::Root { account: account.clone() }),
        PrincipalId::User { .. } => user(tx, id)?.map(Principal::User),
        PrincipalId::AssumedRole { account: _, role: wanted, session } => {
            let role = tx.find_role_by_id(wanted)?.map(|role| role.identity);
            let role = role.filter(|RoleIdentity { account, .. }| account == id.account());
            role.map(|role| Principal::AssumedRole { role, session: session.clone() })
        }
        PrincipalId::FederatedUser { account, vouched_by: None, name } => {
            let vouched_by = Voucher::Root { account: account.clone() };
            Some(Principal::FederatedUser { vouched_by, name: name.clone() })
        }
        PrincipalId::FederatedUser { vouched_by: Some(_), name, .. } => {
            let vouched_by = user(tx, id)?.map(Voucher::User);
            vouched_by.map(|vouched_by| Principal::FederatedUser { vouched_by, name: name.clone() })
        }
    };
    Ok(found)
}

/// The user that it is, or that vouches for it.
fn user(tx: &mut Tx<'_>, id: &PrincipalId) -> Result<Option<UserIdentity>, db::DbError> {
    let (PrincipalId::User { id: user, .. }
    | PrincipalId::FederatedUser { vouched_by: Some(user), .. }) = id
    else {
        return Ok(None);
    };
    let found = tx.find_iam_user_by_id(user)?.map(|user| user.identity);
    Ok(found.filter(|UserIdentity { account, .. }| account == id.account()))
}
