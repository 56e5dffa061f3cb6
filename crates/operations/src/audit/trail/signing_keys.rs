//! The keys that sign digest files: one of each registry, made when it is first needed.

use db::{AuditSigningKey, DbError, Tx};
use keys::{SealedAs, SigningPair};
use names::{Digest, RegistryId, Timestamp};

use crate::{Failure, Operations};

/// A public key of a trail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrailKey {
    /// Its fingerprint, which digest files name.
    pub fingerprint: String,
    /// An `RSAPublicKey` of PKCS #1, in DER.
    pub public: Vec<u8>,
    /// Since when it signs.
    pub since: Timestamp,
}

/// The hexadecimal digits of a fingerprint.
const FINGERPRINT_DIGITS: usize = 32;

/// More keys than a registry ever has.
const KEYS_MAX: u32 = 100;

impl Operations {
    /// The public keys that signed the digest files of a registry until then, the oldest first.
    pub async fn list_public_keys(
        &self,
        registry: &RegistryId,
        until: Timestamp,
    ) -> Result<Vec<TrailKey>, Failure> {
        let keys = self.signing_keys(registry).await?;
        let key = |AuditSigningKey { id, public, since, sealed: _ }| TrailKey {
            fingerprint: id,
            public,
            since,
        };
        Ok(keys.into_iter().filter(|key| key.since <= until).map(key).collect())
    }

    /// The key that signs now, and its fingerprint.
    pub(super) async fn signing_key(
        &self,
        registry: &RegistryId,
    ) -> Result<(String, SigningPair), Failure> {
        if let Some(key) = self.signing_keys(registry).await?.pop() {
            let private = self.keyring.open_as(SealedAs::AuditKey(&key.id), &key.sealed)?;
            return Ok((key.id, SigningPair::from_private(&private)?));
        }
        let pair = self.iam.workbench().run(SigningPair::generate).await??;
        let public = pair.public();
        let id = Digest::sha256(&public).hex()[..FINGERPRINT_DIGITS].to_owned();
        let sealed = self.keyring.seal_as(SealedAs::AuditKey(&id), &pair.private()?);
        let key = AuditSigningKey { id: id.clone(), public, sealed, since: self.now() };
        let of = registry.clone();
        let keep = move |tx: &mut Tx<'_>| tx.insert_audit_signing_key(&of, &key);
        let kept: Result<(), DbError> = self.db.write(keep).await;
        kept?;
        Ok((id, pair))
    }

    async fn signing_keys(&self, registry: &RegistryId) -> Result<Vec<AuditSigningKey>, Failure> {
        let of = registry.clone();
        let list = move |tx: &mut Tx<'_>| tx.list_audit_signing_keys(&of, None, KEYS_MAX);
        let listed: Result<_, DbError> = self.db.read(list).await;
        Ok(listed?)
    }
}
