use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use keys::KeyFault;
use keys::customer_keys::KeyContext;
use names::{Clock, DataKey, KmsAliasArn, KmsKeyArn, RepositoryArn};
use remote::{Client, Reach, Trust, TrustFileError};
use serde_json::{Map, Value, json};
use tokio::time::Instant;

use super::answer;
use super::calls::{Calls, Operation};
use super::endpoint::{Endpoint, RETRY_AFTER};
use super::standings::{BELIEF, Standing, Standings};
use crate::config::{ExternalKms, KmsEndpoint};

/// The keys of other services.
#[derive(Debug)]
pub(crate) struct ExternalKeys {
    /// The longest beginning first.
    endpoints: Vec<Endpoint>,
    standings: Standings,
    calls: Arc<Calls>,
}

/// Why the services cannot be called.
#[derive(Debug, thiserror::Error)]
pub enum ExternalKmsError {
    /// The file of authorities cannot be used.
    #[error("external-kms-ca: {0}")]
    Authorities(TrustFileError),
}

type Pairs = BTreeMap<String, String>;

impl ExternalKeys {
    /// Those that are configured. Nothing is called yet.
    pub(crate) fn new(
        config: &ExternalKms,
        clock: &Arc<dyn Clock>,
    ) -> Result<Self, ExternalKmsError> {
        let ExternalKms { endpoints, credentials, authorities, keyring_key: _ } = config;
        let calls = Arc::<Calls>::default();
        let standings = Standings::default();
        if endpoints.is_empty() {
            return Ok(Self { endpoints: Vec::new(), standings, calls });
        }
        let trust = Trust::of_machine_and(authorities.as_deref());
        let trust = trust.map_err(ExternalKmsError::Authorities)?;
        // The operator chose the hosts.
        let client = Arc::new(Client::new(trust, Reach::Anywhere));
        let endpoint = |at: &KmsEndpoint| {
            let (client, clock, calls) = (client.clone(), clock.clone(), calls.clone());
            Endpoint::new(at.clone(), client, credentials.clone(), clock, calls)
        };
        Ok(Self { endpoints: endpoints.iter().map(endpoint).collect(), standings, calls })
    }

    /// The calls since the start; `None` if there is no service to call.
    pub(crate) fn calls(&self) -> Option<Arc<Calls>> {
        (!self.endpoints.is_empty()).then(|| self.calls.clone())
    }

    /// Whether the key or alias with this ARN belongs to another service.
    pub(crate) fn serves(&self, arn: &str) -> bool {
        self.endpoints.iter().any(|endpoint| endpoint.serves(arn))
    }

    fn endpoint(&self, arn: &str) -> Result<&Endpoint, KeyFault> {
        let serving = self.endpoints.iter().find(|endpoint| endpoint.serves(arn));
        serving
            .ok_or_else(|| KeyFault::Broken(format!("no service is configured for {arn}").into()))
    }

    /// The key that an alias is for.
    pub(crate) async fn resolve(&self, alias: &KmsAliasArn) -> Result<KmsKeyArn, KeyFault> {
        let name = alias.to_string();
        let endpoint = self.endpoint(&name)?;
        let input = json!({ "KeyId": name });
        let members = endpoint.call(Operation::DescribeKey, &alias.registry.region, &input).await?;
        let arn = members.get("KeyMetadata").and_then(|key| key.get("Arn")).and_then(Value::as_str);
        let arn = arn.and_then(|arn| KmsKeyArn::parse(arn).ok());
        let arn = arn.filter(|arn| arn.registry == alias.registry);
        arn.ok_or_else(|| strange("the description of a key names no key that can be used here"))
    }

    /// Whether data keys of the repository can be made and opened under the key, and for how long
    /// that may be believed.
    pub(crate) async fn require_usable(
        &self,
        key: &KmsKeyArn,
        repository: &RepositoryArn,
    ) -> Result<Duration, KeyFault> {
        let standing = self.standings.of(key, repository);
        let mut standing = standing.lock().await;
        let asked = Instant::now();
        if let Some(known) = standing.known(asked) {
            return known;
        }
        let outcome = self.probe(&mut standing, key, repository).await;
        standing.note(asked, &outcome);
        outcome.map(|()| BELIEF)
    }

    /// Opens a data key that is used for nothing else.
    async fn probe(
        &self,
        standing: &mut Standing,
        key: &KmsKeyArn,
        repository: &RepositoryArn,
    ) -> Result<(), KeyFault> {
        let pairs = KeyContext::of_any_object(repository);
        let probe = match &standing.probe {
            Some(probe) => probe.clone(),
            None => self.generate(key, &pairs).await?.1,
        };
        let opened = self.open(key, &pairs, &probe).await;
        // One that was refused is not kept: its material may be gone.
        standing.probe = opened.is_ok().then_some(probe);
        opened.map(drop)
    }

    /// A fresh data key, in the clear and encrypted.
    pub(crate) async fn generate(
        &self,
        key: &KmsKeyArn,
        pairs: &Pairs,
    ) -> Result<(DataKey, Vec<u8>), KeyFault> {
        let name = key.to_string();
        let input = json!({ "KeyId": name, "KeySpec": "AES_256", "EncryptionContext": pairs });
        let endpoint = self.endpoint(&name)?;
        let members =
            endpoint.call(Operation::GenerateDataKey, &key.registry.region, &input).await?;
        require_key(&members, &name)?;
        let ciphertext = answer::bytes(&members, "CiphertextBlob");
        let ciphertext = ciphertext.filter(|bytes| !bytes.is_empty());
        let ciphertext =
            ciphertext.ok_or_else(|| strange("a data key comes without ciphertext"))?;
        Ok((data_key(&members)?, ciphertext.to_vec()))
    }

    /// Opens a data key that was made with the same pairs.
    pub(crate) async fn open(
        &self,
        key: &KmsKeyArn,
        pairs: &Pairs,
        ciphertext: &[u8],
    ) -> Result<DataKey, KeyFault> {
        let (name, blob) = (key.to_string(), STANDARD.encode(ciphertext));
        let input = json!({ "KeyId": name, "CiphertextBlob": blob, "EncryptionContext": pairs });
        let endpoint = self.endpoint(&name)?;
        let members = endpoint.call(Operation::Decrypt, &key.registry.region, &input).await?;
        require_key(&members, &name)?;
        data_key(&members)
    }
}

/// Requires that the service used the key that was asked for: a data key under any other would be
/// out of reach for its owner.
fn require_key(members: &Map<String, Value>, name: &str) -> Result<(), KeyFault> {
    match members.get("KeyId").and_then(Value::as_str) {
        Some(used) if used == name => Ok(()),
        Some(_) | None => Err(strange("the service used another key")),
    }
}

fn data_key(members: &Map<String, Value>) -> Result<DataKey, KeyFault> {
    let plaintext = answer::bytes(members, "Plaintext");
    let bytes = plaintext.and_then(|bytes| <[u8; 32]>::try_from(bytes.as_slice()).ok());
    bytes.map(DataKey::from_bytes).ok_or_else(|| strange("a data key has another length"))
}

/// Nothing is known about the key.
fn strange(what: &str) -> KeyFault {
    let why = format!("an external key management service does not answer as a KMS does: {what}");
    KeyFault::Unavailable { retry_after: RETRY_AFTER, why }
}
