use std::sync::Arc;

use db::{DbError, Tx};
use names::{AccountId, LocalPolicy, PolicyArn, Principal, Session, UniqueId, Voucher};
use policy::{Attached, Document, DocumentKind, SourceKind};

use super::compiled::Compiled;
use super::rights::{PrincipalRights, Tag, attached};
use crate::workbench::run_now;
use crate::{Failure, Iam, aws_managed};

/// Texts up to this size are compiled in place: it takes less than a millisecond.
const COMPILED_AT_ONCE_BYTES_MAX: usize = 32 * 1_024;

/// The principal whose rights count: for a federated user, the user that created its session.
#[derive(Debug, Clone)]
enum Holder {
    Root(AccountId),
    User(UniqueId),
    Role(UniqueId),
}

impl Holder {
    fn of(principal: &Principal) -> Self {
        match principal {
            Principal::Root { account }
            | Principal::FederatedUser { vouched_by: Voucher::Root { account }, .. } => {
                Self::Root(account.clone())
            }
            Principal::User(user)
            | Principal::FederatedUser { vouched_by: Voucher::User(user), .. } => {
                Self::User(user.id.clone())
            }
            Principal::AssumedRole { role, .. } => Self::Role(role.id.clone()),
        }
    }

    fn key(&self) -> &str {
        match self {
            Self::Root(account) => account.as_str(),
            Self::User(id) | Self::Role(id) => id.as_str(),
        }
    }
}

/// A policy as the rows have it.
struct Text {
    source: SourceKind,
    name: String,
    /// `None` if the policy was deleted while attached.
    document: Option<String>,
}

/// What the rows say about a principal.
#[derive(Default)]
struct Told {
    identity: Vec<Text>,
    boundary: Option<Text>,
    tags: Vec<(String, String)>,
}

impl Iam {
    /// The rights of the principal; `None` if it is gone or its account was closed.
    pub(super) async fn rights_of_principal(
        &self,
        principal: &Principal,
    ) -> Result<Arc<Option<PrincipalRights>>, Failure> {
        let holder = Holder::of(principal);
        let (epoch, now) = (self.rows.epochs().of_account(principal.account()), self.now());
        if let Some(known) = self.rights.principals.find(holder.key(), epoch, now) {
            return Ok(known);
        }
        let key = holder.key().to_owned();
        let told = self.rows.read(move |tx| read(tx, &holder)).await.map_err(Failure::from)?;
        let rights = match told {
            Some(told) => Some(self.compile(told).await?),
            None => None,
        };
        Ok(self.rights.principals.keep(key, epoch, now, rights))
    }

    /// The session policies: `None` if none were passed when the session began.
    pub(super) async fn session_policies(
        &self,
        account: &AccountId,
        session: Option<&Session>,
    ) -> Result<Option<Vec<Attached>>, Failure> {
        let Some(session) = session else { return Ok(None) };
        if session.policy.is_none() && session.policy_arns.is_empty() {
            return Ok(None);
        }
        let mut policies = Vec::with_capacity(1 + session.policy_arns.len());
        if let Some(text) = &session.policy {
            const NAME: &str = "session";
            let document = self.rights.compiled.session_document(text, NAME);
            policies.push(attached(SourceKind::SessionInline, NAME, document));
        }
        for arn in &session.policy_arns {
            // A deleted one allows nothing: it is left out, and anything no policy allows is
            // denied.
            policies.extend(self.managed_policy(account, arn).await?.as_ref().clone());
        }
        Ok(Some(policies))
    }

    /// The policies that a session was narrowed to.
    pub(super) fn scopes(&self, session: Option<&Session>) -> Vec<Attached> {
        let scopes = session.map(|session| session.scopes.as_slice()).unwrap_or_default();
        let scope = |(index, text): (usize, &String)| {
            let name = format!("scope {}", index + 1);
            let document = self.rights.compiled.session_document(text, &name);
            attached(SourceKind::SessionInline, &name, document)
        };
        scopes.iter().enumerate().map(scope).collect()
    }

    async fn managed_policy(
        &self,
        account: &AccountId,
        arn: &PolicyArn,
    ) -> Result<Arc<Option<Attached>>, Failure> {
        let (epoch, now) = (self.rows.epochs().of_account(account), self.now());
        if let Some(known) = self.rights.managed.find(arn.as_str(), epoch, now) {
            return Ok(known);
        }
        let wanted = arn.clone();
        let text = self.rows.read(move |tx| managed(tx, &wanted)).await;
        let text = text.map_err(|error: DbError| Failure::from(error))?;
        let policy = text.document.is_some().then(|| text.attach(&self.rights.compiled));
        Ok(self.rights.managed.keep(arn.to_string(), epoch, now, policy))
    }

    /// Compiles the texts. Many new texts are not compiled on the thread that serves.
    async fn compile(&self, told: Told) -> Result<PrincipalRights, Failure> {
        let compiled = Arc::clone(&self.rights.compiled);
        let texts =
            told.identity.iter().chain(&told.boundary).filter_map(|text| text.document.as_ref());
        let unseen = texts.filter(|text| !compiled.has(DocumentKind::Identity, text));
        if unseen.map(String::len).sum::<usize>() <= COMPILED_AT_ONCE_BYTES_MAX {
            return Ok(told.compile(&compiled));
        }
        run_now(move || told.compile(&compiled)).await
    }
}

impl Told {
    fn compile(self, compiled: &Compiled) -> PrincipalRights {
        let Self { identity, boundary, tags } = self;
        let tag = |(key, value)| Tag { key: format!("aws:PrincipalTag/{key}"), value };
        PrincipalRights::new(
            identity.iter().map(|text| text.attach(compiled)).collect(),
            boundary.as_ref().map(|text| text.attach(compiled)),
            tags.into_iter().map(tag).collect(),
        )
    }
}

impl Text {
    fn attach(&self, compiled: &Compiled) -> Attached {
        let Self { source, name, document } = self;
        let document = if let Some(text) = document {
            compiled.document(DocumentKind::Identity, text, name)
        } else {
            tracing::error!(
                policy.name = name,
                "an attached policy does not exist; it denies everything"
            );
            Arc::new(Document::deny_all())
        };
        attached(*source, name, document)
    }
}

fn read(tx: &mut Tx<'_>, holder: &Holder) -> Result<Option<Told>, DbError> {
    let (id, standing, inline) = match holder {
        Holder::Root(account) => {
            return Ok((!tx.account_is_closed(account)?).then(Told::default));
        }
        Holder::User(id) => (id, tx.find_user_standing(id)?, SourceKind::UserInline),
        Holder::Role(id) => (id, tx.find_role_standing(id)?, SourceKind::RoleInline),
    };
    let Some(standing) = standing.filter(|standing| !standing.account_is_closed) else {
        return Ok(None);
    };
    let mut identity = Vec::new();
    read_policies(tx, id, inline, &mut identity)?;
    if let Holder::User(id) = holder {
        for group in tx.list_group_ids(id)? {
            read_policies(tx, &group, SourceKind::GroupInline, &mut identity)?;
        }
    }
    let boundary = standing.boundary.map(|arn| managed(tx, &arn)).transpose()?;
    Ok(Some(Told { identity, boundary, tags: tx.list_tags_of_holder(id)? }))
}

fn read_policies(
    tx: &mut Tx<'_>,
    holder: &UniqueId,
    source: SourceKind,
    texts: &mut Vec<Text>,
) -> Result<(), DbError> {
    for (name, document) in tx.list_inline_policies(holder)? {
        texts.push(Text { source, name: name.to_string(), document: Some(document) });
    }
    for attachment in tx.list_attachments(holder)? {
        texts.push(managed(tx, &attachment.policy_arn)?);
    }
    Ok(())
}

/// A managed policy by its ARN: AWS's, or the version that holds of an account's own.
fn managed(tx: &mut Tx<'_>, arn: &PolicyArn) -> Result<Text, DbError> {
    let name = arn.to_string();
    if let Some(policy) = aws_managed::find(arn) {
        let document = Some(policy.document.to_owned());
        return Ok(Text { source: SourceKind::AwsManaged, name, document });
    }
    let document = match arn.local() {
        Some(LocalPolicy { account, path, name }) => {
            tx.find_default_document(account, path, name)?
        }
        None => None,
    };
    Ok(Text { source: SourceKind::CustomerManaged, name, document })
}
