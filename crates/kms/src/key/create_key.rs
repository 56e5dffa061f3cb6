//! CreateKey.

use std::sync::Arc;

use db::Tx;
use iam::{Asker, KeyStanding, default_key_policy};
use names::{
    KeySpec, KeyUsage, KmsKeyArn, KmsKeyId, KmsKeyManager, MaterialOrigin, RegistryId, Timestamp,
};
use policy::Context;

use super::{DescribedKey, generate, new_material, seal};
use crate::key_policy::{KeyPolicyText, require_way_back};
use crate::tag::put_tags;
use crate::{Failure, Kms, KmsKey, KmsMaterial, LockOut};

/// A key that is wanted.
#[derive(Debug, Clone)]
pub struct NewKey {
    /// Its account and Region.
    pub registry: RegistryId,
    /// What its owner writes about it.
    pub description: String,
    /// What it consists of.
    pub spec: KeySpec,
    /// What it is for.
    pub usage: KeyUsage,
    /// Its policy, if it is not to be the usual one.
    pub policy: Option<String>,
    /// Its tags.
    pub tags: Vec<(String, String)>,
}

/// A key with its sealed material, ready to be written down.
#[derive(Clone)]
pub(super) struct Prepared {
    pub(super) key: KmsKey,
    material: KmsMaterial,
    sealed: Vec<u8>,
}

impl Kms {
    /// Makes a key. Unless it is intended, a policy that would stop `who` from changing it again is
    /// refused, judged by requests like the one in `context`.
    pub async fn create_key(
        &self,
        who: &Asker<'_>,
        context: Context<'_>,
        new: NewKey,
        lock_out: LockOut,
    ) -> Result<DescribedKey, Failure> {
        let text = new.policy.clone().unwrap_or_else(|| default_key_policy(&new.registry));
        let policy = Arc::new(KeyPolicyText::read(text)?);
        let prepared = self.prepare(&new, KmsKeyManager::Customer).await?;
        if new.policy.is_some() && lock_out == LockOut::Refused {
            let standing = KeyStanding::of_none(prepared.key.arn.clone());
            require_way_back(&self.iam, who, context, &standing, &policy).await?;
        }
        let tags = new.tags;
        self.write(move |tx| {
            let mut prepared = prepared.clone();
            prepared.key.policy = policy.kept(tx)?;
            prepared.insert(tx)?;
            put_tags(tx, &prepared.key.arn.id, &tags)?;
            Ok(DescribedKey::of(prepared.key))
        })
        .await
    }

    /// Makes what a key consists of. Its policy is still missing.
    pub(super) async fn prepare(
        &self,
        new: &NewKey,
        manager: KmsKeyManager,
    ) -> Result<Prepared, Failure> {
        let (spec, now) = (new.spec, self.now());
        let (secret, public_key) = if spec.is_asymmetric() {
            self.iam.workbench().run(move || generate(spec)).await??
        } else {
            generate(spec)?
        };
        let id = KmsKeyId::from_random(keys::random());
        let material = new_material(MaterialOrigin::Creation, now);
        let sealed = seal(&self.keyring, &id, &material.id, &secret);
        let key = KmsKey {
            arn: KmsKeyArn { registry: new.registry.clone(), id },
            description: new.description.clone(),
            spec,
            usage: new.usage,
            manager,
            policy: String::new(),
            is_enabled: true,
            created_at: now,
            delete_at: None,
            rotation_days: None,
            rotates_at: None,
            material: material.id.clone(),
            public_key,
        };
        Ok(Prepared { key, material, sealed })
    }
}

impl Prepared {
    pub(super) fn insert(&self, tx: &mut Tx<'_>) -> Result<(), Failure> {
        tx.insert_kms_key(&self.key)?;
        Ok(tx.insert_kms_material(&self.key.arn.id, &self.material, &self.sealed)?)
    }

    /// It rotates by itself from now on.
    pub(super) fn rotating(mut self, days: i64, next: Timestamp) -> Self {
        self.key.rotation_days = Some(days);
        self.key.rotates_at = Some(next);
        self
    }
}
