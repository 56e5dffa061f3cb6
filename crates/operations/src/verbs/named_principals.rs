//! Policies of repositories and registries, and whether those whom they name are there.

use db::Tx;
use names::{AccountId, RoleName, UniqueId, UserName};
use policy::{Document, DocumentKind, NamedPrincipal};

use crate::{Failure, Refusal};

/// The document, or the refusal: of a text that is no policy, or of one that names somebody who is not there.
pub(super) fn require_document(
    tx: &mut Tx<'_>,
    text: &str,
    kind: DocumentKind,
    invalid: &'static str,
) -> Result<Document, Failure> {
    let refuse = |constraint: &str| Refusal::InvalidParameter {
        path: "PolicyText",
        constraint: constraint.to_owned(),
    };
    let document = Document::parse(text, kind).map_err(|_| refuse(invalid))?;
    for named in document.named_principals() {
        if !is_there(tx, named)? {
            return Err(refuse("Principal not found").into());
        }
    }
    Ok(document)
}

/// About accounts that are kept elsewhere nothing is known: they may be as they like, and nobody of theirs can come.
fn is_there(tx: &mut Tx<'_>, named: &NamedPrincipal) -> Result<bool, Failure> {
    let (account, found) = match named {
        NamedPrincipal::User { account, path_and_name } => {
            (account, user_is_there(tx, account, path_and_name)?)
        }
        NamedPrincipal::Role { account, path_and_name } => {
            (account, role_is_there(tx, account, path_and_name)?)
        }
        NamedPrincipal::AssumedRole { account, role, session: _ } => {
            (account, tx.find_role(account, role)?.is_some())
        }
        NamedPrincipal::UniqueId(id) => return id_is_there(tx, id),
        NamedPrincipal::Everyone
        | NamedPrincipal::Account(_)
        | NamedPrincipal::FederatedUser { .. }
        | NamedPrincipal::Service(_)
        | NamedPrincipal::Federated(_)
        | NamedPrincipal::CanonicalUser(_) => return Ok(true),
    };
    Ok(found || tx.find_account(account)?.is_none())
}

fn id_is_there(tx: &mut Tx<'_>, id: &str) -> Result<bool, Failure> {
    let Ok(id) = UniqueId::parse(id) else { return Ok(false) };
    Ok(tx.find_iam_user_by_id(&id)?.is_some() || tx.find_role_by_id(&id)?.is_some())
}

fn user_is_there(
    tx: &mut Tx<'_>,
    account: &AccountId,
    path_and_name: &str,
) -> Result<bool, Failure> {
    let Ok(name) = UserName::parse(name_of(path_and_name)) else { return Ok(false) };
    let arn = format!("arn:aws:iam::{account}:user/{path_and_name}");
    Ok(tx.find_iam_user(account, &name)?.is_some_and(|user| user.identity.arn() == arn))
}

fn role_is_there(
    tx: &mut Tx<'_>,
    account: &AccountId,
    path_and_name: &str,
) -> Result<bool, Failure> {
    let Ok(name) = RoleName::parse(name_of(path_and_name)) else { return Ok(false) };
    let arn = format!("arn:aws:iam::{account}:role/{path_and_name}");
    Ok(tx.find_role(account, &name)?.is_some_and(|role| role.identity.arn() == arn))
}

fn name_of(path_and_name: &str) -> &str {
    path_and_name.rsplit('/').next().unwrap_or(path_and_name)
}
