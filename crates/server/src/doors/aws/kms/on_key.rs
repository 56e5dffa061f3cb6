//! The key that a call is about.

use std::collections::BTreeMap;

use iam::{Iam, KeyStanding, SoughtGrant, SoughtKey};
use identity::Caller;
use kms::{Ciphertext, EncryptionContext, GrantToken, Kms, KmsRefusal};
use names::{AccountId, GrantId, KmsAliasArn, KmsKeyArn, KmsKeyRef, NoKmsKey, Principal};
use wire::aws::WireRefusal;

use super::super::call::{Context, Target};
use super::super::failure::{Refused, kms_refusal};
use crate::guard::{KeyResource, RequestKeys, Resource};

/// The key that a call is about.
pub(in crate::doors::aws) struct OnKey {
    principal: Principal,
    sought: SoughtKey,
    /// Whether only principals of the key's own account can do it, whatever its policy says.
    is_at_home: bool,
    /// Whether a ciphertext named it.
    is_of_ciphertext: bool,
    /// Whether it belongs to another key management service.
    is_elsewhere: bool,
    /// What decides about it, if it is there.
    standing: Option<KeyStanding>,
}

/// The key that a client names in a `KeyId`.
pub(in crate::doors::aws) fn on_key(caller: &Caller, key_id: &str) -> Result<OnKey, WireRefusal> {
    let named = KmsKeyRef::parse(key_id, &caller.registry()).map_err(|no_key| {
        kms_refusal(&match no_key {
            NoKmsKey::Arn => KmsRefusal::InvalidArn(key_id.to_owned()),
            NoKmsKey::Region(region) => KmsRefusal::OtherRegion(region),
            NoKmsKey::Id | NoKmsKey::Alias => KmsRefusal::NoKeyId(key_id.to_owned()),
        })
    })?;
    Ok(OnKey::of(caller, named))
}

/// The key that a client names, or else the one that a ciphertext names.
pub(in crate::doors::aws) fn on_key_of(
    caller: &Caller,
    key_id: Option<&str>,
    ciphertext: Option<&[u8]>,
) -> Result<OnKey, WireRefusal> {
    match (key_id, ciphertext) {
        (Some(key_id), _) => on_key(caller, key_id),
        (None, Some(blob)) => {
            let read = Ciphertext::parse(blob)
                .ok_or_else(|| kms_refusal(&KmsRefusal::InvalidCiphertext))?;
            let arn = KmsKeyArn { registry: caller.registry(), id: read.key() };
            let mut target = OnKey::of(caller, KmsKeyRef::Key(arn));
            target.sought.is_known_by_id = true;
            target.is_of_ciphertext = true;
            Ok(target)
        }
        (None, None) => Err(kms_refusal(&null("ciphertextBlob"))),
    }
}

/// The refusal of an input that lacks a member.
pub(super) fn null(member: &str) -> KmsRefusal {
    KmsRefusal::Validation(format!(
        "1 validation error detected: Value null at '{member}' failed to satisfy constraint: Member must not be null"
    ))
}

impl OnKey {
    fn of(caller: &Caller, named: KmsKeyRef) -> Self {
        let is_known_by_id = false;
        let sought = SoughtKey { named, is_known_by_id, context: None, retired: None, made: None };
        Self {
            principal: caller.principal.clone(),
            sought,
            is_at_home: false,
            is_of_ciphertext: false,
            is_elsewhere: false,
            standing: None,
        }
    }

    /// A key of another key management service.
    pub(in crate::doors::aws) fn elsewhere(caller: &Caller, arn: KmsKeyArn) -> Self {
        Self { is_elsewhere: true, ..Self::of(caller, KmsKeyRef::Key(arn)) }
    }

    /// The key and grant that a token names.
    pub(super) fn of_token(caller: &Caller, token: &GrantToken) -> Self {
        let arn = KmsKeyArn { registry: caller.registry(), id: token.key.clone() };
        let mut target = Self::of(caller, KmsKeyRef::Key(arn)).retiring(token.grant.clone());
        target.sought.is_known_by_id = true;
        target
    }

    /// For an operation that can have an encryption context. One that is too long is refused here,
    /// before any policy is held against it.
    pub(super) fn in_context(
        mut self,
        context: Option<&BTreeMap<String, String>>,
    ) -> Result<Self, WireRefusal> {
        let context = context.cloned().unwrap_or_default();
        EncryptionContext::new(context.clone()).map_err(|refusal| kms_refusal(&refusal))?;
        self.sought.context = Some(context);
        Ok(self)
    }

    /// For an operation that no other account can do.
    #[must_use]
    pub(super) fn at_home(mut self) -> Self {
        self.is_at_home = true;
        self
    }

    /// To make a grant.
    #[must_use]
    pub(super) fn making(mut self, grant: SoughtGrant) -> Self {
        self.sought.made = Some(grant);
        self
    }

    /// To end a grant.
    #[must_use]
    pub(super) fn retiring(mut self, grant: GrantId) -> Self {
        self.sought.retired = Some(grant);
        self
    }

    /// What decides about the key, which must be there.
    pub(super) fn standing(&self) -> Result<&KeyStanding, KmsRefusal> {
        self.standing.as_ref().ok_or_else(|| match &self.sought.named {
            _ if self.is_of_ciphertext => KmsRefusal::CiphertextOfNoKey,
            KmsKeyRef::Key(arn) => KmsRefusal::KeyNotFound(arn.clone()),
            KmsKeyRef::Alias(arn) => KmsRefusal::AliasNotFound(arn.clone()),
        })
    }

    /// The key, which must be there.
    pub(in crate::doors::aws) fn arn(&self) -> Result<KmsKeyArn, KmsRefusal> {
        self.standing().map(|standing| standing.arn.clone())
    }

    /// The grant that is to be ended.
    pub(super) fn retired(&self) -> Option<&GrantId> {
        self.sought.retired.as_ref()
    }

    /// The alias of the caller's own account that named the key and is not there.
    pub(super) fn missing_alias(&self) -> Option<&KmsAliasArn> {
        match &self.sought.named {
            KmsKeyRef::Alias(arn) if self.standing.is_none() => {
                (arn.registry.account == *self.home()).then_some(arn)
            }
            KmsKeyRef::Key(_) | KmsKeyRef::Alias(_) => None,
        }
    }

    fn home(&self) -> &AccountId {
        self.principal.account()
    }

    async fn look_up(&mut self, iam: &Iam) -> Result<(), Refused> {
        self.standing = match &self.sought.named {
            KmsKeyRef::Key(arn) if self.is_elsewhere => {
                Some(KeyStanding::elsewhere(arn.clone(), self.home()))
            }
            KmsKeyRef::Key(_) | KmsKeyRef::Alias(_) => {
                iam.find_key_standing(&self.principal, self.sought.clone()).await?
            }
        };
        Ok(())
    }

    fn resource(&self) -> Resource {
        let asked = match &self.sought.named {
            KmsKeyRef::Alias(arn) => Some(arn.to_string()),
            KmsKeyRef::Key(_) => None,
        };
        let standing = match (&self.standing, &self.sought.named) {
            (Some(standing), _) => standing.clone(),
            (None, KmsKeyRef::Key(arn)) => KeyStanding::of_none(arn.clone()),
            // Nothing but the account's policies decides about an alias.
            (None, KmsKeyRef::Alias(arn)) => {
                return Resource::iam(arn.to_string(), arn.registry.account.clone());
            }
        };
        let standing =
            if self.is_at_home { standing.for_its_account_alone(self.home()) } else { standing };
        Resource::Key(Box::new(KeyResource { standing, asked }))
    }

    /// Asks the guard about a second key of a call.
    pub(in crate::doors::aws) async fn authorize(
        mut self,
        context: &Context<'_>,
        action: &'static str,
        keys: RequestKeys,
    ) -> Result<Self, Refused> {
        let asking = context.asking();
        self.look_up(asking.iam()).await?;
        asking.authorize(action, &self.resource(), &self.said(keys)).await?;
        Ok(self)
    }
}

impl Target for OnKey {
    fn resources(&self) -> Vec<Resource> {
        vec![self.resource()]
    }

    async fn locate(&mut self, iam: &Iam) -> Result<(), Refused> {
        self.look_up(iam).await
    }

    fn said(&self, keys: RequestKeys) -> RequestKeys {
        let mut keys = keys.with("kms:CallerAccount", self.home().as_str());
        if let KmsKeyRef::Alias(arn) = &self.sought.named {
            keys = keys.with("kms:RequestAlias", arn.name.as_str());
        }
        if let Some(context) = &self.sought.context {
            for (key, value) in context {
                keys = keys.with_own(format!("kms:EncryptionContext:{key}"), value);
            }
            keys = keys.with_many("kms:EncryptionContextKeys", context.keys());
        }
        let Some(KeyStanding { spec, usage, aliases, .. }) = &self.standing else { return keys };
        of_new_key(keys, spec.as_str(), usage.as_str()).with_many("kms:ResourceAliases", aliases)
    }
}

/// The condition keys of what a key is.
pub(super) fn of_new_key(keys: RequestKeys, spec: &str, usage: &str) -> RequestKeys {
    keys.with("kms:KeySpec", spec)
        .with("kms:CustomerMasterKeySpec", spec)
        .with("kms:KeyUsage", usage)
        .with("kms:CustomerMasterKeyUsage", usage)
        .with("kms:KeyOrigin", "AWS_KMS")
        .with("kms:MultiRegion", "false")
}

impl OnKey {
    /// The key, made now if it is the one that ECR manages for the caller's account.
    pub(super) async fn arn_or_managed(&self, kms: &Kms) -> Result<KmsKeyArn, Refused> {
        match self.missing_alias() {
            Some(alias) if Kms::is_of_managed_key(&alias.name) => {
                Ok(kms.managed_key(&alias.registry).await?)
            }
            _ => Ok(self.arn()?),
        }
    }
}
