//! Trust policies: whom a role lets play it.
//!
//! A user or role is named by its ARN and remembered by its id, so that whoever is made later under the same
//! name is somebody else. Who reads the policy sees the ARN as long as there is somebody with that id.

use std::collections::HashMap;

use db::Tx;
use names::{AccountId, RoleName, UniqueId, UserName};
use policy::{DocumentKind, NamedPrincipal};

use super::documents::require_document;
use crate::{Failure, IamRefusal, Quota};

/// Characters of a trust policy without white space. IAM's quota, as it is unless somebody has it raised.
const TRUST_POLICY_SIZE_MAX: usize = 2_048;

/// The policy as it is kept, or the refusal with what is wrong in it: users and roles stand in it by their ids.
pub(super) fn kept(tx: &mut Tx<'_>, document: &str) -> Result<String, Failure> {
    let parsed = require_document(document, DocumentKind::Trust)?;
    if policy::size(document) > TRUST_POLICY_SIZE_MAX {
        return Err(Quota::Named("ACLSizePerRole", TRUST_POLICY_SIZE_MAX).into());
    }
    let mut ids = HashMap::new();
    for named in parsed.named_principals() {
        if let Some(id) = find_id(tx, named)? {
            ids.insert(named.clone(), id.to_string());
        }
    }
    rewrite(document, |named| ids.get(named).cloned())
}

/// The policy as it is read: users and roles that are still there stand in it by their ARNs.
pub(super) fn shown(tx: &mut Tx<'_>, document: &str) -> Result<String, Failure> {
    let parsed = require_document(document, DocumentKind::Trust)?;
    let mut arns = HashMap::new();
    for named in parsed.named_principals() {
        if let NamedPrincipal::UniqueId(id) = named
            && let Some(arn) = find_arn(tx, id)?
        {
            arns.insert(named.clone(), arn);
        }
    }
    rewrite(document, |named| arns.get(named).cloned())
}

fn rewrite(
    document: &str,
    new: impl FnMut(&NamedPrincipal) -> Option<String>,
) -> Result<String, Failure> {
    policy::rewrite_principals(document, new)
        .map_err(|malformed| IamRefusal::MalformedPolicyDocument(malformed.to_string()).into())
}

/// The id of the user or role that is named, or the refusal that there is none in its account. About accounts
/// that are kept elsewhere nothing is known, and nobody of theirs can come.
fn find_id(tx: &mut Tx<'_>, named: &NamedPrincipal) -> Result<Option<UniqueId>, Failure> {
    let (account, arn, found) = match named {
        NamedPrincipal::User { account, path_and_name } => {
            let arn = format!("arn:aws:iam::{account}:user/{path_and_name}");
            (account, arn, find_user_id(tx, account, path_and_name)?)
        }
        NamedPrincipal::Role { account, path_and_name } => {
            let arn = format!("arn:aws:iam::{account}:role/{path_and_name}");
            (account, arn, find_role_id(tx, account, path_and_name)?)
        }
        NamedPrincipal::UniqueId(id) => {
            return match find_arn(tx, id)? {
                Some(_) => Ok(None),
                None => Err(invalid_principal(id)),
            };
        }
        NamedPrincipal::Everyone
        | NamedPrincipal::Account(_)
        | NamedPrincipal::AssumedRole { .. }
        | NamedPrincipal::FederatedUser { .. }
        | NamedPrincipal::Service(_)
        | NamedPrincipal::Federated(_)
        | NamedPrincipal::CanonicalUser(_) => return Ok(None),
    };
    if found.is_none() && tx.find_account(account)?.is_some() {
        return Err(invalid_principal(&arn));
    }
    Ok(found)
}

fn invalid_principal(text: &str) -> Failure {
    let words = format!("Invalid principal in policy: \"AWS\":\"{text}\"");
    IamRefusal::MalformedPolicyDocument(words).into()
}

/// The last segment, which is the name.
fn name_of(path_and_name: &str) -> &str {
    path_and_name.rsplit('/').next().unwrap_or(path_and_name)
}

fn find_user_id(
    tx: &mut Tx<'_>,
    account: &AccountId,
    path_and_name: &str,
) -> Result<Option<UniqueId>, Failure> {
    let Ok(name) = UserName::parse(name_of(path_and_name)) else { return Ok(None) };
    let Some(user) = tx.find_iam_user(account, &name)? else { return Ok(None) };
    let is_named =
        user.identity.arn().split_once(":user/").map(|(_, rest)| rest) == Some(path_and_name);
    Ok(is_named.then_some(user.identity.id))
}

fn find_role_id(
    tx: &mut Tx<'_>,
    account: &AccountId,
    path_and_name: &str,
) -> Result<Option<UniqueId>, Failure> {
    let Ok(name) = RoleName::parse(name_of(path_and_name)) else { return Ok(None) };
    let Some(role) = tx.find_role(account, &name)? else { return Ok(None) };
    let is_named =
        role.identity.arn().split_once(":role/").map(|(_, rest)| rest) == Some(path_and_name);
    Ok(is_named.then_some(role.identity.id))
}

/// The ARN of the user or role with this id.
fn find_arn(tx: &mut Tx<'_>, id: &str) -> Result<Option<String>, Failure> {
    let Ok(id) = UniqueId::parse(id) else { return Ok(None) };
    if let Some(user) = tx.find_iam_user_by_id(&id)? {
        return Ok(Some(user.identity.arn()));
    }
    Ok(tx.find_role_by_id(&id)?.map(|role| role.identity.arn()))
}
