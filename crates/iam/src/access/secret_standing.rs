//! What decides about a secret of Secrets Manager: its policy and its tags.
//!
//! # Invariants
//! * Nothing here is kept: a secret's policy is read for every decision, so that a change holds at
//!   once on every node.
//!
//! # Who calls
//! The guard, before it judges a call of Secrets Manager.
//!
//! # On a crash
//! There is no state here.

use db::{DbError, Tx};
use names::{AccountId, SecretRef};
use policy::{Attached, DocumentKind, SourceKind};

use super::compiled::Compiled;
use super::rights::attached;
use crate::{Failure, Iam};

/// What decides about a secret.
#[derive(Debug, Clone)]
pub struct SecretStanding {
    /// Its ARN.
    pub arn: String,
    /// Its account.
    pub account: AccountId,
    /// Its tags.
    pub tags: Vec<(String, String)>,
    /// Its policy, if it has one and its account is not closed.
    policy: Option<String>,
}

/// More tags than Secrets Manager lets a secret have.
const TAGS_MAX: u32 = 100;

impl SecretStanding {
    /// The same secret, if nothing but the caller's own rights is to decide.
    #[must_use]
    pub fn without_policy(self) -> Self {
        Self { policy: None, ..self }
    }

    /// Its policy, compiled. One that cannot be read denies everything.
    pub(super) fn policy(&self, compiled: &Compiled) -> Option<Attached> {
        let text = self.policy.as_ref()?;
        let document = compiled.document(DocumentKind::Repository, text, &self.arn);
        Some(attached(SourceKind::Secret, &self.arn, document))
    }

    /// Its tags as condition keys.
    pub(super) fn tag_keys(&self) -> Vec<(String, String)> {
        let kinds = ["aws", "secretsmanager"];
        let keys = |(key, value): &(String, String)| {
            let pair = |kind| (format!("{kind}:ResourceTag/{key}"), value.clone());
            kinds.map(pair)
        };
        self.tags.iter().flat_map(keys).collect()
    }
}

impl Iam {
    /// What decides about the secret that a client named; `None` if there is no such secret.
    pub async fn find_secret_standing(
        &self,
        wanted: &SecretRef,
    ) -> Result<Option<SecretStanding>, Failure> {
        let (wanted, now) = (wanted.clone(), self.now());
        let find = move |tx: &mut Tx<'_>| {
            let Some(secret) = tx.find_secret(&wanted, now)? else { return Ok(None) };
            let account = secret.arn.registry.account.clone();
            let is_closed = tx.account_is_closed(&account)?;
            let tags = tx.list_secret_tags(&secret.arn, TAGS_MAX)?;
            let (arn, policy) = (secret.arn.to_string(), secret.policy.filter(|_| !is_closed));
            Ok(Some(SecretStanding { arn, account, tags, policy }))
        };
        self.rows.read(find).await.map_err(|error: DbError| Failure::from(error))
    }
}
