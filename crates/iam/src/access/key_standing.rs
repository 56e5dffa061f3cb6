//! What decides about a KMS key: its policy, its tags, and the grants on it.
//!
//! # Invariants
//! * Nothing here is kept: a key's policy and its grants are read for every decision, so that a
//!   grant that is revoked on any node ends at once on every node.
//! * A grant whose constraints the request does not satisfy never reaches the decision.
//!
//! # Who calls
//! The guard, before it judges a call of KMS; `explain_access`.
//!
//! # On a crash
//! There is no state here.

use std::collections::BTreeMap;

use db::{DbError, KmsGrant, KmsKey, Tx};
use names::{
    AccountId, GrantId, GrantOperation, KeySpec, KeyUsage, KmsKeyArn, KmsKeyRef, Principal,
    RegistryId, Timestamp, Voucher,
};
use policy::{Attached, Document, DocumentKind, GrantConstraint, KeyPolicies, SourceKind};

use super::compiled::Compiled;
use super::grant_constraint;
use super::rights::attached;
use crate::{Failure, Iam};

/// A key that a request is about.
#[derive(Debug, Clone)]
pub struct SoughtKey {
    /// As the client named it.
    pub named: KmsKeyRef,
    /// Whether it may be in another account than its name says: what names it holds only its id.
    pub is_known_by_id: bool,
    /// The encryption context, if the request can have one.
    pub context: Option<BTreeMap<String, String>>,
    /// The grant that is to be ended, if that is what the request is for: no other applies.
    pub retired: Option<GrantId>,
    /// The grant that is to be made, if that is what the request is for: a grant applies only if it
    /// allows as much, so that no one gets by a grant what that grant does not give.
    pub made: Option<SoughtGrant>,
}

/// What a new grant is to allow.
#[derive(Debug, Clone)]
pub struct SoughtGrant {
    /// Which operations.
    pub operations: Vec<GrantOperation>,
    /// For which encryption contexts.
    pub constraint: GrantConstraint,
}

/// What decides about a key.
#[derive(Debug, Clone)]
pub struct KeyStanding {
    /// The key.
    pub arn: KmsKeyArn,
    /// What it consists of.
    pub spec: KeySpec,
    /// What it is for.
    pub usage: KeyUsage,
    /// The names of its aliases.
    pub aliases: Vec<String>,
    /// Its tags.
    pub tags: Vec<(String, String)>,
    /// Its policy, or none if its account is closed.
    policy: Option<String>,
    /// The grants that apply to the request, as policies.
    grants: Vec<Granted>,
}

/// A grant that applies.
#[derive(Debug, Clone)]
struct Granted {
    id: GrantId,
    text: String,
}

/// The grants of one grantee that are considered. A principal with more on one key names the one it
/// means with its token.
const GRANTS_MAX: u32 = 1_000;

/// More aliases and tags than KMS lets a key have.
const NAMES_MAX: u32 = 100;

impl KeyStanding {
    /// Of a key that is not there: its account decides, as about one with the policy that keys get
    /// by themselves. So only those who could see a key learn that there is none.
    pub fn of_none(arn: KmsKeyArn) -> Self {
        let policy = Some(default_key_policy(&arn.registry));
        let (spec, usage) = (KeySpec::SymmetricDefault, KeyUsage::EncryptDecrypt);
        Self { arn, spec, usage, aliases: Vec::new(), tags: Vec::new(), policy, grants: Vec::new() }
    }

    /// Of a key that belongs to another key management service: the policies of this account decide
    /// who may put repositories under it. Whether this server may use it is decided there.
    pub fn elsewhere(arn: KmsKeyArn, account: &AccountId) -> Self {
        let region = arn.registry.region.clone();
        let policy = default_key_policy(&RegistryId { account: account.clone(), region });
        Self { policy: Some(policy), ..Self::of_none(arn) }
    }

    /// The same key with another policy, and nothing granted.
    #[must_use]
    pub fn under(&self, policy: &str) -> Self {
        Self { policy: Some(policy.to_owned()), grants: Vec::new(), ..self.clone() }
    }

    /// The same key with nothing that lets another account in.
    #[must_use]
    pub fn for_its_account_alone(self, account: &AccountId) -> Self {
        if self.arn.registry.account == *account {
            return self;
        }
        Self { policy: None, grants: Vec::new(), ..self }
    }

    pub(super) fn policies(&self, compiled: &Compiled) -> KeyPolicies {
        let name = self.arn.to_string();
        let document = match &self.policy {
            Some(text) => compiled.document(DocumentKind::Key, text, &name),
            None => Document::empty().into(),
        };
        let grants = self.grants.iter().filter_map(Granted::attached).collect();
        KeyPolicies { policy: attached(SourceKind::Key, &name, document), grants }
    }
}

impl Granted {
    /// As a policy that allows the grantee what it is granted.
    fn of(grant: &KmsGrant, grantee: &str, operations: &[GrantOperation]) -> Self {
        let kind = if is_service(grantee) { "Service" } else { "AWS" };
        let actions: Vec<String> =
            operations.iter().map(|operation| format!("kms:{operation}")).collect();
        let text = serde_json::json!({
            "Version": "2008-10-17",
            "Statement": [{
                "Effect": "Allow",
                "Principal": { kind: grantee },
                "Action": actions,
                "Resource": "*",
            }],
        })
        .to_string();
        Self { id: grant.id.clone(), text }
    }

    fn attached(&self) -> Option<Attached> {
        // A grant that cannot be read allows nothing.
        let document = Document::parse(&self.text, DocumentKind::Key).ok()?;
        Some(attached(SourceKind::Grant, &format!("grant {}", self.id), document.into()))
    }
}

/// Whether a party of a grant is a service: no ARN and no id has a dot and no colon.
pub fn is_service(party: &str) -> bool {
    party.contains('.') && !party.contains(':')
}

/// The policy of a key that was made without one: the account's own policies decide.
pub fn default_key_policy(registry: &RegistryId) -> String {
    let account = &registry.account;
    format!(
        r#"{{"Version":"2012-10-17","Id":"key-default-1","Statement":[{{"Sid":"Enable IAM User Permissions","Effect":"Allow","Principal":{{"AWS":"arn:aws:iam::{account}:root"}},"Action":"kms:*","Resource":"*"}}]}}"#
    )
}

impl Iam {
    /// What decides about the key that a principal named; `None` if there is no such key.
    pub async fn find_key_standing(
        &self,
        principal: &Principal,
        sought: SoughtKey,
    ) -> Result<Option<KeyStanding>, Failure> {
        let (parties, now) = (grantees(principal), self.now());
        let found = self.rows.read(move |tx| find(tx, &sought, &parties, now)).await;
        found.map_err(|error: DbError| Failure::from(error))
    }
}

fn find(
    tx: &mut Tx<'_>,
    sought: &SoughtKey,
    parties: &[String],
    now: Timestamp,
) -> Result<Option<KeyStanding>, DbError> {
    let Some(key) = find_key(tx, sought, now)? else { return Ok(None) };
    let KmsKey { arn, spec, usage, policy, .. } = key;
    let is_closed = tx.account_is_closed(&arn.registry.account)?;
    let aliases = tx.list_kms_aliases_of_key(&arn.id, None, NAMES_MAX)?;
    let tags = tx.list_kms_tags(&arn.id, None, NAMES_MAX)?;
    let grants = match &sought.retired {
        _ if is_closed => Vec::new(),
        Some(grant) => tx.find_kms_grant(&arn.id, grant)?.iter().flat_map(to_retire).collect(),
        None => granted(tx, &arn, sought, parties)?,
    };
    Ok(Some(KeyStanding {
        spec,
        usage,
        aliases: aliases.into_iter().map(|alias| alias.arn.name.to_string()).collect(),
        tags,
        policy: (!is_closed).then_some(policy),
        grants,
        arn,
    }))
}

/// The key that is named so, unless its deletion is due.
fn find_key(
    tx: &mut Tx<'_>,
    sought: &SoughtKey,
    now: Timestamp,
) -> Result<Option<KmsKey>, DbError> {
    let id = match &sought.named {
        KmsKeyRef::Key(arn) => Some(arn.id.clone()),
        KmsKeyRef::Alias(arn) => tx.find_kms_alias(arn)?.map(|alias| alias.key),
    };
    let Some(id) = id else { return Ok(None) };
    let found = tx.find_kms_key(&id)?;
    let RegistryId { account, region } = sought.named.registry();
    Ok(found.filter(|KmsKey { arn: KmsKeyArn { registry, .. }, delete_at, .. }| {
        registry.region == *region
            && (sought.is_known_by_id || registry.account == *account)
            && delete_at.is_none_or(|at| at > now)
    }))
}

/// The grants of these grantees that the request satisfies.
fn granted(
    tx: &mut Tx<'_>,
    arn: &KmsKeyArn,
    sought: &SoughtKey,
    parties: &[String],
) -> Result<Vec<Granted>, DbError> {
    let mut granted = Vec::new();
    for party in parties {
        let grants = tx.list_kms_grants_of_grantee(&arn.id, party, None, GRANTS_MAX)?;
        let fits = |grant: &&KmsGrant| {
            // A source is that of a service, in whose name no principal asks.
            grant.source_arn.is_none()
                && grant_constraint::of(grant).is_ok_and(|constraint| match &sought.made {
                    None => constraint.allows(sought.context.as_ref()),
                    Some(made) => {
                        constraint.covers(&made.constraint)
                            && made.operations.iter().all(|it| grant.operations.contains(it))
                    }
                })
        };
        let policies = grants
            .iter()
            .filter(fits)
            .map(|grant| Granted::of(grant, &grant.grantee.id, &grant.operations));
        granted.extend(policies);
    }
    Ok(granted)
}

/// Who may end a grant: the one that it names for that, its maker's account, and its grantee if it
/// says so.
fn to_retire(grant: &KmsGrant) -> Vec<Granted> {
    let operations = [GrantOperation::RetireGrant];
    let may_itself = grant.operations.contains(&GrantOperation::RetireGrant);
    let grantee = may_itself.then_some(&grant.grantee.id);
    let issuer = format!("arn:aws:iam::{}:root", grant.issuer);
    let parties = grant.retiree.iter().map(|retiree| &retiree.id).chain(grantee).chain([&issuer]);
    parties.map(|party| Granted::of(grant, party, &operations)).collect()
}

/// How grants name a principal.
fn grantees(principal: &Principal) -> Vec<String> {
    let mut named = match principal {
        Principal::Root { .. } => Vec::new(),
        Principal::User(user) => vec![user.id.to_string()],
        Principal::AssumedRole { role, session } => {
            vec![role.id.to_string(), format!("{}:{session}", role.id)]
        }
        Principal::FederatedUser { vouched_by: Voucher::User(user), .. } => {
            vec![user.id.to_string(), principal.arn()]
        }
        Principal::FederatedUser { vouched_by: Voucher::Root { .. }, .. } => vec![principal.arn()],
    };
    named.push(format!("arn:aws:iam::{}:root", principal.account()));
    named
}
