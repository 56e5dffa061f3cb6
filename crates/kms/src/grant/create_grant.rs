//! CreateGrant.

use db::{GrantParty, KmsGrant, Tx};
use iam::grant_constraint;
use names::{AccountId, GrantId, GrantOperation, KmsKeyArn};
use policy::GrantConstraint;

use super::end_grant::DryRun;
use super::parties::party;
use super::token::GrantToken;
use crate::key::require_enabled;
use crate::kms::require_key;
use crate::{Failure, Kms, KmsKey, KmsRefusal};

/// Grants of one principal on one key: as many as a decision considers. Services have their own
/// ways to them.
const OF_PRINCIPAL_MAX: u32 = 1_000;

/// Grants of one name that are compared. More of one name are different anyhow.
const OF_NAME_MAX: u32 = 100;

/// A grant that is wanted.
#[derive(Debug, Clone)]
pub struct NewGrant {
    /// On which key.
    pub key: KmsKeyArn,
    /// The account that makes it.
    pub issuer: AccountId,
    /// The name that its maker gives it, so that it is made once.
    pub name: Option<String>,
    /// Who may use the key: an ARN or a service.
    pub grantee: String,
    /// Who may end the grant.
    pub retiree: Option<String>,
    /// What the grantee may do.
    pub operations: Vec<GrantOperation>,
    /// For which encryption contexts.
    pub constraint: GrantConstraint,
    /// In the name of which resource a service may use the key.
    pub source_arn: Option<String>,
}

/// A grant that was made.
#[derive(Clone, PartialEq, Eq)]
pub struct MadeGrant {
    /// Its id.
    pub id: GrantId,
    /// Its token.
    pub token: String,
}

impl std::fmt::Debug for MadeGrant {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MadeGrant").field("id", &self.id).finish_non_exhaustive()
    }
}

impl Kms {
    /// Makes a grant. One of the same name that says the same is that grant.
    pub async fn create_grant(&self, new: NewGrant, dry_run: DryRun) -> Result<MadeGrant, Failure> {
        let (now, id) = (self.now(), GrantId::from_random(keys::random()));
        let key = new.key.id.clone();
        let made = self
            .write(move |tx| {
                let key = require_key(tx, &new.key, now)?;
                require_enabled(&key)?;
                require_sense(&key, &new)?;
                let grant = KmsGrant {
                    key: new.key.id.clone(),
                    id: id.clone(),
                    name: new.name.clone(),
                    grantee: party(tx, &new.grantee)?,
                    retiree: match &new.retiree {
                        Some(retiree) => Some(party(tx, retiree)?),
                        None => None,
                    },
                    operations: without_repetitions(&new.operations),
                    context: grant_constraint::kept(&new.constraint),
                    source_arn: new.source_arn.clone(),
                    issuer: new.issuer.to_string(),
                    created_at: now,
                };
                if dry_run == DryRun::Yes {
                    return Err(KmsRefusal::DryRun.into());
                }
                if let Some(known) = find_same(tx, &grant)? {
                    return Ok(known);
                }
                require_room(tx, &grant)?;
                tx.insert_kms_grant(&grant)?;
                tx.wake_jobs(&new.key.to_string(), now)?;
                Ok(grant.id)
            })
            .await?;
        let token = GrantToken::of(&self.keyring, &key, &made).print();
        Ok(MadeGrant { id: made, token })
    }
}

/// The same, sorted.
fn without_repetitions(operations: &[GrantOperation]) -> Vec<GrantOperation> {
    let mut operations = operations.to_vec();
    operations.sort_unstable();
    operations.dedup();
    operations
}

/// Requires that the key can do what is granted.
fn require_sense(key: &KmsKey, new: &NewGrant) -> Result<(), KmsRefusal> {
    if new.operations.is_empty() {
        return Err(KmsRefusal::Validation(
            "A grant must allow at least one operation.".to_owned(),
        ));
    }
    if let Some(operation) = new.operations.iter().find(|operation| !operation.fits(key.usage)) {
        let text = format!(
            "The grant operation {operation} is not valid for keys of usage {}.",
            key.usage
        );
        return Err(KmsRefusal::Validation(text));
    }
    if new.constraint != GrantConstraint::Any && key.spec.is_asymmetric() {
        let text = "Encryption context constraints are only for symmetric encryption keys.";
        return Err(KmsRefusal::Validation(text.to_owned()));
    }
    Ok(())
}

/// The grant of the same name that says the same, if there is one.
fn find_same(tx: &mut Tx<'_>, new: &KmsGrant) -> Result<Option<GrantId>, Failure> {
    let Some(name) = &new.name else { return Ok(None) };
    let id = |party: &Option<GrantParty>| party.as_ref().map(|party| party.id.clone());
    let says_the_same = |known: &KmsGrant| {
        known.grantee.id == new.grantee.id
            && id(&known.retiree) == id(&new.retiree)
            && known.operations == new.operations
            && known.context == new.context
            && known.source_arn == new.source_arn
            && known.issuer == new.issuer
    };
    let known = tx.list_kms_grants_of_name(&new.key, name, OF_NAME_MAX)?;
    Ok(known.into_iter().find(says_the_same).map(|known| known.id))
}

fn require_room(tx: &mut Tx<'_>, new: &KmsGrant) -> Result<(), Failure> {
    let KmsGrant { key, grantee, .. } = new;
    if iam::is_service(&grantee.id) {
        return Ok(());
    }
    let known = tx.list_kms_grants_of_grantee(key, &grantee.id, None, OF_PRINCIPAL_MAX)?;
    if known.len() < OF_PRINCIPAL_MAX as usize {
        return Ok(());
    }
    let text = format!("A principal has at most {OF_PRINCIPAL_MAX} grants on one key.");
    Err(KmsRefusal::LimitExceeded(text).into())
}
