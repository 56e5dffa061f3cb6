//! EnableKeyRotation, DisableKeyRotation, GetKeyRotationStatus, RotateKeyOnDemand,
//! ListKeyRotations.

use db::Tx;
use names::{KmsKeyArn, KmsKeyManager, MaterialId, MaterialOrigin, Timestamp};

use super::schedule::{DAYS_OF_MANAGED_KEYS, after_days};
use crate::key::{Material, generate, new_material, require_enabled, seal};
use crate::kms::require_key;
use crate::{Failure, Kms, KmsKey, KmsMaterial, KmsRefusal, Page};

/// How often clients can ask for a rotation of one key.
const ON_DEMAND_MAX: usize = 25;

/// More materials than a key gets in a lifetime.
const MATERIALS_MAX: u32 = 1_000;

/// How a key rotates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RotationStatus {
    /// The key.
    pub arn: KmsKeyArn,
    /// Every so many days, if it rotates by itself.
    pub days: Option<i64>,
    /// When it does next.
    pub next_at: Option<Timestamp>,
}

impl Kms {
    /// Lets a key rotate by itself, every so many days.
    pub async fn enable_key_rotation(
        &self,
        arn: &KmsKeyArn,
        days: Option<i64>,
    ) -> Result<(), Failure> {
        let days = days.unwrap_or(DAYS_OF_MANAGED_KEYS);
        let (arn, now) = (arn.clone(), self.now());
        self.write(move |tx| {
            let key = require_key(tx, &arn, now)?;
            require_rotating(&key, "EnableKeyRotation")?;
            require_enabled(&key)?;
            let is_new = key.rotation_days != Some(days);
            let next = if is_new { Some(after_days(now, days)) } else { key.rotates_at };
            Ok(tx.put_kms_key_rotation(&arn.id, Some(days), next)?)
        })
        .await
    }

    /// Lets a key not rotate by itself any more.
    pub async fn disable_key_rotation(&self, arn: &KmsKeyArn) -> Result<(), Failure> {
        let (arn, now) = (arn.clone(), self.now());
        self.write(move |tx| {
            let key = require_key(tx, &arn, now)?;
            require_rotating(&key, "DisableKeyRotation")?;
            require_enabled(&key)?;
            Ok(tx.put_kms_key_rotation(&arn.id, None, None)?)
        })
        .await
    }

    /// How a key rotates. One that waits for its deletion does not.
    pub async fn get_key_rotation_status(
        &self,
        arn: &KmsKeyArn,
    ) -> Result<RotationStatus, Failure> {
        let (arn, now) = (arn.clone(), self.now());
        self.read(move |tx| {
            let key = require_key(tx, &arn, now)?;
            let waits = key.delete_at.is_some();
            let KmsKey { arn, rotation_days, rotates_at, .. } = key;
            Ok(RotationStatus {
                arn,
                days: rotation_days.filter(|_| !waits),
                next_at: rotates_at.filter(|_| !waits),
            })
        })
        .await
    }

    /// Rotates a key now. That changes nothing about when it rotates by itself.
    pub async fn rotate_key_on_demand(&self, arn: &KmsKeyArn) -> Result<(), Failure> {
        let (arn, now) = (arn.clone(), self.now());
        let rotation = self.rotation(&arn, MaterialOrigin::OnDemand)?;
        self.write(move |tx| {
            let key = require_key(tx, &arn, now)?;
            require_rotating(&key, "RotateKeyOnDemand")?;
            require_enabled(&key)?;
            if key.manager == KmsKeyManager::Aws {
                let text = format!("{} is managed by a service.", key.arn);
                return Err(KmsRefusal::Unsupported(text).into());
            }
            let materials = tx.list_kms_materials(&arn.id, None, MATERIALS_MAX)?;
            let is_asked = |it: &&KmsMaterial| it.origin == MaterialOrigin::OnDemand;
            if materials.iter().filter(is_asked).count() >= ON_DEMAND_MAX {
                return Err(KmsRefusal::LimitExceeded(format!(
                    "The on-demand rotations limit has been reached for the given keyId. No more on-demand rotations can be performed for this key: {}",
                    key.arn
                ))
                .into());
            }
            rotation.put(tx, &arn)
        })
        .await
    }

    /// The materials of a key, the oldest first.
    pub async fn list_key_rotations(
        &self,
        arn: &KmsKeyArn,
        page: Page<(Timestamp, MaterialId)>,
    ) -> Result<Vec<KmsMaterial>, Failure> {
        let (arn, now) = (arn.clone(), self.now());
        self.read(move |tx| {
            let key = require_key(tx, &arn, now)?;
            require_rotating(&key, "ListKeyRotations")?;
            Ok(tx.list_kms_materials(&arn.id, page.after.as_ref(), page.limit)?)
        })
        .await
    }

    /// A new material for a key.
    pub(super) fn rotation(
        &self,
        arn: &KmsKeyArn,
        origin: MaterialOrigin,
    ) -> Result<Rotation, Failure> {
        let (secret, _): (Material, _) = generate(names::KeySpec::SymmetricDefault)?;
        let material = new_material(origin, self.now());
        let sealed = seal(&self.keyring, &arn.id, &material.id, &secret);
        Ok(Rotation { material, sealed })
    }
}

/// A new material, ready to be written down.
pub(super) struct Rotation {
    material: KmsMaterial,
    sealed: Vec<u8>,
}

impl Rotation {
    /// The key encrypts with it from now on.
    pub(super) fn put(&self, tx: &mut Tx<'_>, arn: &KmsKeyArn) -> Result<(), Failure> {
        tx.insert_kms_material(&arn.id, &self.material, &self.sealed)?;
        Ok(tx.put_kms_key_material(&arn.id, &self.material.id)?)
    }
}

/// Requires a key that rotates.
fn require_rotating(key: &KmsKey, operation: &str) -> Result<(), KmsRefusal> {
    if key.spec.is_asymmetric() {
        let text =
            format!("{} key spec is {} which is not valid for {operation}.", key.arn, key.spec);
        return Err(KmsRefusal::Unsupported(text));
    }
    Ok(())
}
