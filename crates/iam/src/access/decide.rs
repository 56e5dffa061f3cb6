use std::sync::Arc;

use names::{AccountId, Principal, RegistryId, RepositoryArn, Session};
use policy::{
    Attached, Context, Decision, Document, Explanation, KeyPolicies, Layer, Policies, Reason,
    Request, SourceKind, Subject, Verdict, evaluate, explain,
};

use super::key_standing::KeyStanding;
use super::rights::{PrincipalRights, RegistryRights, RepositoryRights, attached};
use super::secret_standing::SecretStanding;
use crate::{Failure, Iam};

/// The caller in a question.
#[derive(Debug, Clone, Copy)]
pub struct Asker<'a> {
    /// Its principal.
    pub principal: &'a Principal,
    /// Its temporary credentials, if it has some.
    pub session: Option<&'a Session>,
}

/// A question: may the caller do this?
#[derive(Debug, Clone)]
pub struct Question<'a> {
    /// `ecr:PutImage`.
    pub action: &'a str,
    /// An ARN, or `*`.
    pub resource: &'a str,
    /// The account that the resource is in.
    pub account: &'a AccountId,
    /// The repository, if it is one.
    pub repository: Option<&'a RepositoryArn>,
    /// The registry whose policy applies, if there is one.
    pub registry: Option<&'a RegistryId>,
    /// The role's trust policy, if the caller wants to assume a role: it replaces the other
    /// policies of the resource.
    pub trust: Option<&'a Attached>,
    /// The KMS key, if it is one: its policy and grants replace the other policies of the resource.
    pub key: Option<&'a KeyStanding>,
    /// The secret, if it is one.
    pub secret: Option<&'a SecretStanding>,
    /// The context of the request. The facts about the caller and the resource are added here.
    pub context: Context<'a>,
}

/// Which policies of the principal are read.
#[derive(Debug, Clone, Copy)]
enum Reading {
    /// Only the statements that could apply: a decision needs no others.
    WhatHasASay,
    /// All: an explanation also names the policies that did not apply.
    Everything,
}

/// Tags of a resource as condition keys, with their values.
type TagKeys = Vec<(String, String)>;

/// Every policy that applies.
struct Gathered {
    principal: Arc<Option<PrincipalRights>>,
    session: Option<Vec<Attached>>,
    scopes: Vec<Attached>,
    repository: Option<Arc<RepositoryRights>>,
    registry: Option<Arc<RegistryRights>>,
    key: Option<(KeyPolicies, TagKeys)>,
    secret: Option<(Option<Attached>, TagKeys)>,
}

impl Iam {
    /// Decides as AWS does.
    pub async fn decide(
        &self,
        who: &Asker<'_>,
        question: Question<'_>,
    ) -> Result<Decision, Failure> {
        let gathered = self.gather(who, &question).await?;
        Ok(gathered.ask(who, question, Reading::WhatHasASay, |request, policies| match policies {
            Some(policies) => judge(request, policies),
            None => denied_as_gone(),
        }))
    }

    /// Decides as if the repository had another policy.
    pub async fn decide_under(
        &self,
        who: &Asker<'_>,
        question: Question<'_>,
        policy: Arc<Document>,
    ) -> Result<Decision, Failure> {
        let mut gathered = self.gather(who, &question).await?;
        let now = gathered.repository.as_deref().cloned().unwrap_or_default();
        let policy = Some(attached(SourceKind::Repository, question.resource, policy));
        gathered.repository = Some(Arc::new(RepositoryRights { policy, ..now }));
        Ok(gathered.ask(who, question, Reading::WhatHasASay, |request, policies| match policies {
            Some(policies) => judge(request, policies),
            None => denied_as_gone(),
        }))
    }

    /// Decides, and explains: returns every policy that was consulted, not only the one that
    /// decided.
    pub async fn explain(
        &self,
        who: &Asker<'_>,
        question: Question<'_>,
    ) -> Result<Explanation, Failure> {
        let gathered = self.gather(who, &question).await?;
        Ok(gathered.ask(who, question, Reading::Everything, |request, policies| match policies {
            Some(policies) => {
                Explanation { decision: judge(request, policies), ..explain(request, policies) }
            }
            None => Explanation::of(denied_as_gone()),
        }))
    }

    async fn gather(&self, who: &Asker<'_>, question: &Question<'_>) -> Result<Gathered, Failure> {
        let account = who.principal.account();
        Ok(Gathered {
            principal: self.rights_of_principal(who.principal).await?,
            session: self.session_policies(account, who.session).await?,
            scopes: self.scopes(who.session),
            repository: match question.repository {
                Some(arn) => Some(self.rights_of_repository(arn).await?),
                None => None,
            },
            registry: match question.registry {
                Some(registry) => Some(self.rights_of_registry(registry).await?),
                None => None,
            },
            key: question.key.map(|key| (key.policies(&self.rights.compiled), tags_of(key))),
            secret: question
                .secret
                .map(|secret| (secret.policy(&self.rights.compiled), secret.tag_keys())),
        })
    }
}

/// Its tags as condition keys.
fn tags_of(key: &KeyStanding) -> TagKeys {
    let tag = |(key, value): &(String, String)| (format!("aws:ResourceTag/{key}"), value.clone());
    key.tags.iter().map(tag).collect()
}

/// An action that no resource policy can allow, because it concerns no resource.
const IDENTITY_ALONE: &str = "ecr:GetAuthorizationToken";

fn judge(request: &Request<'_>, policies: &Policies<'_>) -> Decision {
    let decision = evaluate(request, policies);
    if decision.reason == Reason::AllowedBy(Layer::Resource) && request.action == IDENTITY_ALONE {
        return evaluate(request, &Policies { resource: &[], ..*policies });
    }
    decision
}

/// The decision about a principal that is gone: no policy can allow it anything, not even one that
/// allows everyone.
fn denied_as_gone() -> Decision {
    let (verdict, reason) = (Verdict::ImplicitDeny, Reason::NothingAllowsIn(Layer::Identity));
    Decision { verdict, reason, deciding: None }
}

impl Gathered {
    /// Asks the question. A principal that is gone has no policies.
    fn ask<T>(
        &self,
        who: &Asker<'_>,
        question: Question<'_>,
        reading: Reading,
        put: impl FnOnce(&Request<'_>, Option<&Policies<'_>>) -> T,
    ) -> T {
        let Question { action, resource, account, trust, mut context, .. } = question;
        let subject = Subject::Principal(who.principal);
        // These are facts, and replace what was only assumed. They do not hide each other: tags of
        // a repository may differ only in case. A session's tags override those of the principal
        // behind it, so they come later.
        let principal_tags = || self.principal.iter().flat_map(|rights| &rights.tags);
        let resource_tags = || self.repository.iter().flat_map(|rights| &rights.tags);
        principal_tags().for_each(|tag| context.forget(&tag.key));
        let tags_of_secret = || self.secret.iter().flat_map(|(_, tags)| tags);
        let tags_of_key = || self.key.iter().flat_map(|(_, tags)| tags).chain(tags_of_secret());
        resource_tags().flat_map(|tag| &tag.keys).for_each(|key| context.forget(key));
        tags_of_key().for_each(|(key, _)| context.forget(key));
        context.forget("aws:ResourceAccount");
        for tag in principal_tags() {
            context.set(tag.key.as_str(), tag.value.as_str());
        }
        context.set_subject(&subject, who.session);
        context.set("aws:ResourceAccount", account.as_str());
        for tag in resource_tags() {
            for key in &tag.keys {
                context.set(key.as_str(), tag.value.as_str());
            }
        }
        for (key, value) in tags_of_key() {
            context.set(key.as_str(), value.as_str());
        }
        let request =
            Request { subject, action, resource, resource_account: account, context: &context };
        let Some(principal) = self.principal.as_ref() else { return put(&request, None) };
        let resource_policies = self.resource_policies(action);
        let (say, identity, boundary);
        match reading {
            Reading::WhatHasASay => {
                say = principal.about(action, resource);
                (identity, boundary) = (&say.identity, say.boundary.as_ref());
            }
            Reading::Everything => {
                (identity, boundary) = (&principal.identity, principal.boundary.as_ref());
            }
        }
        let policies = Policies {
            identity,
            boundary,
            session: self.session.as_deref(),
            scopes: &self.scopes,
            resource: &resource_policies,
            trust,
            key: self.key.as_ref().map(|(policies, _)| policies),
        };
        put(&request, Some(&policies))
    }

    fn resource_policies(&self, action: &str) -> Vec<Attached> {
        let repository = self.repository.iter().flat_map(|rights| &rights.policy);
        let registry = self.registry.iter().filter(|rights| rights.speaks_of(action));
        let secret = self.secret.iter().filter_map(|(policy, _)| policy.as_ref());
        let registry = registry.flat_map(|rights| &rights.policy);
        repository.chain(registry).chain(secret).cloned().collect()
    }
}
