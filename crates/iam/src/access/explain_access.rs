//! How a request would be decided: the answer of ExplainAccess.

use std::collections::BTreeMap;

use db::{DbError, Tx};
use names::{
    AccountId, KmsKeyRef, Principal, Region, RegistryId, RepositoryArn, RoleName, SessionName,
    UserName,
};
use policy::{Context, Explanation, Request, Subject};

use crate::access::{Asker, KeyStanding, Question, SoughtKey};
use crate::{Failure, Iam};

/// A hypothetical request.
#[derive(Debug, Clone)]
pub struct Supposed {
    /// The principal: the ARN of a user, a role, a role's session, or an account's root user.
    pub principal_arn: String,
    /// `ecr:PutImage`.
    pub action: String,
    /// An ARN, or `*`.
    pub resource: String,
    /// Condition keys and their values.
    pub context: Vec<(String, Vec<String>)>,
}

/// The hypothetical decision.
#[derive(Debug, Clone)]
pub struct Explained {
    /// The principal.
    pub principal: Principal,
    /// The decision, and everything that led to it.
    pub explanation: Explanation,
    /// The account of the resource: only it may see the resource's policies.
    pub owner: AccountId,
    /// The error message that the client would read, if it is refused.
    pub sentence: Option<String>,
}

/// The name of a role's hypothetical session.
const SESSION: &str = "supposed";

/// Keys with many values, even if they have only one now.
const MANY: &str = "aws:TagKeys";

impl Iam {
    /// Decides about a hypothetical request of a principal of `account`; `None` if there is no such
    /// principal.
    pub async fn explain_access(
        &self,
        account: &AccountId,
        supposed: &Supposed,
    ) -> Result<Option<Explained>, Failure> {
        let Supposed { principal_arn, action, resource, context } = supposed;
        let (arn, home) = (principal_arn.clone(), account.clone());
        let found = self.rows.read(move |tx| find(tx, &home, &arn)).await;
        let found = found.map_err(|error: DbError| Failure::from(error))?;
        let Some(principal) = found else { return Ok(None) };
        let place = Place::of(resource, account);
        let key = self.standing_of(&principal, &place, resource, context).await?;
        let question = Question {
            action,
            resource,
            account: &place.account,
            repository: place.repository.as_ref(),
            registry: place.registry.as_ref(),
            trust: None,
            key: key.as_ref(),
            secret: None,
            context: self.supposed_context(context),
        };
        let asker = Asker { principal: &principal, session: None };
        let explanation = self.explain(&asker, question).await?;
        let refused = !explanation.decision.is_allowed();
        let sentence = refused.then(|| {
            explanation.decision.sentence(&Request {
                subject: Subject::Principal(&principal),
                action,
                resource,
                resource_account: &place.account,
                context: &Context::new(),
            })
        });
        Ok(Some(Explained { principal, explanation, owner: place.account, sentence }))
    }

    /// What decides about the resource, if it is a KMS key.
    async fn standing_of(
        &self,
        principal: &Principal,
        place: &Place,
        resource: &str,
        entries: &[(String, Vec<String>)],
    ) -> Result<Option<KeyStanding>, Failure> {
        let Some(named) = place.key(resource) else { return Ok(None) };
        let pair = |(key, values): &(String, Vec<String>)| {
            let key = key.strip_prefix(ENCRYPTION_CONTEXT)?;
            Some((key.to_owned(), values.first()?.clone()))
        };
        let given: BTreeMap<String, String> = entries.iter().filter_map(pair).collect();
        let sought = SoughtKey {
            named: named.clone(),
            context: Some(given),
            is_known_by_id: false,
            retired: None,
            made: None,
        };
        let found = self.find_key_standing(principal, sought).await?;
        Ok(found.or(match named {
            KmsKeyRef::Key(arn) => Some(KeyStanding::of_none(arn)),
            KmsKeyRef::Alias(_) => None,
        }))
    }

    /// The context of the hypothetical request: the given entries, and the time.
    fn supposed_context<'a>(&self, entries: &'a [(String, Vec<String>)]) -> Context<'a> {
        let mut context = Context::new();
        context.set_time(self.now());
        for (key, _) in entries {
            context.forget(key);
        }
        for (key, values) in entries {
            match values.as_slice() {
                [value] if !key.eq_ignore_ascii_case(MANY) => {
                    context.set(key.as_str(), value.as_str());
                }
                values => context.set_many(key.as_str(), values.iter().map(String::as_str)),
            }
        }
        context
    }
}

/// What the condition keys of an encryption context begin with.
const ENCRYPTION_CONTEXT: &str = "kms:EncryptionContext:";

/// The place of a resource, as far as its ARN says.
struct Place {
    account: AccountId,
    repository: Option<RepositoryArn>,
    registry: Option<RegistryId>,
    region: Option<Region>,
}

impl Place {
    /// The KMS key that a resource is.
    fn key(&self, resource: &str) -> Option<KmsKeyRef> {
        let home = RegistryId { account: self.account.clone(), region: self.region.clone()? };
        let named = KmsKeyRef::parse(resource, &home).ok()?;
        matches!(named, KmsKeyRef::Key(_)).then_some(named)
    }

    /// For an ARN without an account: the caller's account.
    fn of(resource: &str, home: &AccountId) -> Self {
        let mut parts = resource.splitn(6, ':').skip(2);
        let (service, region, account) = (parts.next(), parts.next(), parts.next());
        let account = account.and_then(|account| AccountId::parse(account).ok());
        let repository = RepositoryArn::parse(resource).ok();
        let registry = match (service, region, &account) {
            (Some("ecr"), Some(region), Some(account)) => {
                region.parse().ok().map(|region| RegistryId { account: account.clone(), region })
            }
            _ => None,
        };
        let region = region.and_then(|region| region.parse().ok());
        Self { account: account.unwrap_or_else(|| home.clone()), repository, registry, region }
    }
}

/// The principal of this ARN, if it is one of the account's.
fn find(tx: &mut Tx<'_>, home: &AccountId, arn: &str) -> Result<Option<Principal>, DbError> {
    let split = || {
        let rest =
            arn.strip_prefix("arn:aws:iam::").or_else(|| arn.strip_prefix("arn:aws:sts::"))?;
        let (account, resource) = rest.split_once(':')?;
        (account == home.as_str()).then_some(resource)
    };
    let Some(resource) = split() else { return Ok(None) };
    if resource == "root" {
        return Ok(Some(Principal::Root { account: home.clone() }));
    }
    let Some((kind, rest)) = resource.split_once('/') else { return Ok(None) };
    match kind {
        "user" => find_user(tx, home, arn, rest),
        "role" => {
            let name = rest.rsplit('/').next().unwrap_or(rest);
            let role = find_role(tx, home, name, SESSION)?;
            Ok(role.filter(|role| role.principal_arn() == arn))
        }
        "assumed-role" => match rest.split_once('/') {
            Some((name, session)) => {
                let role = find_role(tx, home, name, session)?;
                Ok(role.filter(|role| role.arn() == arn))
            }
            None => Ok(None),
        },
        _ => Ok(None),
    }
}

fn find_user(
    tx: &mut Tx<'_>,
    home: &AccountId,
    arn: &str,
    path_and_name: &str,
) -> Result<Option<Principal>, DbError> {
    let name = path_and_name.rsplit('/').next().unwrap_or(path_and_name);
    let Ok(name) = UserName::parse(name) else { return Ok(None) };
    let user = tx.find_iam_user(home, &name)?.map(|user| user.identity);
    Ok(user.filter(|user| user.arn() == arn).map(Principal::User))
}

fn find_role(
    tx: &mut Tx<'_>,
    home: &AccountId,
    name: &str,
    session: &str,
) -> Result<Option<Principal>, DbError> {
    let (Ok(name), Ok(session)) = (RoleName::parse(name), SessionName::parse(session)) else {
        return Ok(None);
    };
    let role = tx.find_role(home, &name)?;
    Ok(role.map(|role| Principal::AssumedRole { role: role.identity, session }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_resource_is_where_its_arn_says() {
        let home = AccountId::parse("123456789012").unwrap();
        #[rustfmt::skip]
        let cases = [
            // (resource, account, is it a repository, is it in a registry)
            ("arn:aws:ecr:us-east-1:210987654321:repository/web", "210987654321", true,  true),
            ("arn:aws:ecr:us-east-1:210987654321:repository/*",   "210987654321", false, true),
            ("arn:aws:iam::210987654321:user/alice",              "210987654321", false, false),
            ("*",                                                 "123456789012", false, false),
        ];
        for (resource, account, repository, registry) in cases {
            let place = Place::of(resource, &home);
            assert_eq!(place.account.as_str(), account, "{resource}");
            assert_eq!(place.repository.is_some(), repository, "{resource}");
            assert_eq!(place.registry.is_some(), registry, "{resource}");
        }
    }
}
