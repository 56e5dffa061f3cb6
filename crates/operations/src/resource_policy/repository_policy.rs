//! SetRepositoryPolicy, GetRepositoryPolicy, DeleteRepositoryPolicy.

use std::sync::Arc;

use db::{RepositoryKey, Tx};
use iam::named_principals::{kept, require};
use iam::{Asker, Question};
use names::RepositoryArn;
use policy::{Context, Document, DocumentKind};

use super::document::{not_kept, parse, refuse, shown};
use crate::operations::require_repository;
use crate::{Failure, Operations, ResourcePolicyRefusal};

/// Whether to accept a policy that its author could not change any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LockOut {
    /// It is refused.
    Refused,
    /// Accept it: the author said that it is intended.
    Meant,
}

const ACTION: &str = "ecr:SetRepositoryPolicy";
const INVALID: &str = "Invalid repository policy provided";
const LOCKS_OUT: &str = "The policy would prevent you from setting another policy on the repository; \
    set force to set it nevertheless";

impl Operations {
    /// Sets the repository's policy. Returns its shown form. Unless it is intended, a policy that
    /// would stop `who` from changing it again is refused, judged by requests like the one in
    /// `context`.
    pub async fn set_repository_policy(
        &self,
        who: &Asker<'_>,
        context: Context<'_>,
        arn: &RepositoryArn,
        text: &str,
        lock_out: LockOut,
    ) -> Result<String, Failure> {
        let (wanted, path) = (text.to_owned(), arn.clone());
        let document = self
            .db
            .read(move |tx| {
                require_repository(tx, &path)?;
                Ok::<_, Failure>(Arc::new(require_policy(tx, &wanted)?))
            })
            .await?;
        if lock_out == LockOut::Refused {
            let question = Question {
                action: ACTION,
                resource: &arn.to_string(),
                account: &arn.registry.account,
                repository: Some(arn),
                registry: Some(&arn.registry),
                trust: None,
                key: None,
                secret: None,
                context,
            };
            let decision = self.iam.decide_under(who, question, document.clone()).await?;
            if !decision.is_allowed() {
                return Err(refuse(LOCKS_OUT).into());
            }
        }
        let (path, text) = (arn.clone(), text.to_owned());
        self.change_repository(arn, move |tx| {
            let repository = require_repository(tx, &path)?;
            let by_ids = kept(tx, &document, &text).map_err(not_kept)?;
            tx.put_repository_policy(repository.key, &by_ids)?;
            shown(tx, &by_ids, DocumentKind::Repository)
        })
        .await
    }

    /// The shown form of the repository's policy.
    pub async fn get_repository_policy(&self, arn: &RepositoryArn) -> Result<String, Failure> {
        let arn = arn.clone();
        self.db
            .read(move |tx| {
                let repository = require_repository(tx, &arn)?;
                let policy = tx.find_repository_policy(repository.key)?;
                let policy = policy
                    .ok_or_else(|| ResourcePolicyRefusal::NotFoundOfRepository(arn.clone()))?;
                shown(tx, &policy, DocumentKind::Repository)
            })
            .await
    }

    /// Removes the repository's policy. Returns what it was.
    pub async fn delete_repository_policy(&self, arn: &RepositoryArn) -> Result<String, Failure> {
        let path = arn.clone();
        self.change_repository(arn, move |tx| {
            let repository = require_repository(tx, &path)?;
            let policy = tx.find_repository_policy(repository.key)?;
            let policy =
                policy.ok_or_else(|| ResourcePolicyRefusal::NotFoundOfRepository(path.clone()))?;
            tx.delete_repository_policy(repository.key)?;
            shown(tx, &policy, DocumentKind::Repository)
        })
        .await
    }
}

/// The document of a policy that a repository could have now: all principals that it names exist.
pub(crate) fn require_policy(tx: &mut Tx<'_>, text: &str) -> Result<Document, Failure> {
    let document = parse(text, DocumentKind::Repository, INVALID)?;
    require(tx, &document, text).map_err(not_kept)?;
    Ok(document)
}

/// Sets the policy of a repository.
pub(crate) fn put_policy(
    tx: &mut Tx<'_>,
    repository: RepositoryKey,
    text: &str,
) -> Result<(), Failure> {
    let document = parse(text, DocumentKind::Repository, INVALID)?;
    let by_ids = kept(tx, &document, text).map_err(not_kept)?;
    Ok(tx.put_repository_policy(repository, &by_ids)?)
}
