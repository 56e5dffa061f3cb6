//! Input members that several operations of KMS share, parsed.

use std::collections::BTreeMap;

use kms::{DryRun, EncryptionContext, KeyPairSpec, KmsRefusal, Message};
use names::{AliasName, KeySpec, KmsAliasArn, RegistryId, SigningAlgorithm};
use wire::aws::WireRefusal;
use wire::aws::kms::{
    DataKeyPairSpec, DataKeySpec, DryRunModifierType, EncryptionAlgorithmSpec, MessageType,
    RecipientInfo, SigningAlgorithmSpec, Tag,
};

use crate::doors::aws::failure::kms_refusal;
use crate::guard::RequestKeys;

/// The only algorithm of keys that encrypt.
pub(super) const ALGORITHM: EncryptionAlgorithmSpec = EncryptionAlgorithmSpec::SymmetricDefault;

/// The number of bytes that a call without it means.
const RANDOM_BYTES_DEFAULT: usize = 32;

/// The encryption context.
pub(super) fn encryption_context(
    pairs: Option<BTreeMap<String, String>>,
) -> Result<EncryptionContext, KmsRefusal> {
    EncryptionContext::new(pairs.unwrap_or_default())
}

/// Requires an algorithm that symmetric keys have.
pub(super) fn require_algorithm(
    algorithm: Option<EncryptionAlgorithmSpec>,
    spec: KeySpec,
) -> Result<(), KmsRefusal> {
    match algorithm {
        None | Some(EncryptionAlgorithmSpec::SymmetricDefault) => Ok(()),
        Some(other) => Err(KmsRefusal::Algorithm { algorithm: other.as_str().to_owned(), spec }),
    }
}

/// The condition key of an algorithm.
pub(super) fn algorithm_key(algorithm: Option<EncryptionAlgorithmSpec>) -> RequestKeys {
    let algorithm = algorithm.unwrap_or(ALGORITHM);
    RequestKeys::default().with("kms:EncryptionAlgorithm", algorithm.as_str())
}

/// Whether a call is only to be authorised, whatever the ciphertext is.
pub(super) fn ignores_ciphertext(modifiers: Option<&[DryRunModifierType]>) -> bool {
    modifiers.is_some_and(|all| all.contains(&DryRunModifierType::IgnoreCiphertext))
}

/// What a pair of data keys consists of.
pub(super) fn pair_spec(spec: DataKeyPairSpec) -> Result<KeyPairSpec, KmsRefusal> {
    match spec {
        DataKeyPairSpec::EccNistP256 => Ok(KeyPairSpec::EccNistP256),
        DataKeyPairSpec::EccNistP384 => Ok(KeyPairSpec::EccNistP384),
        DataKeyPairSpec::EccNistP521 => Ok(KeyPairSpec::EccNistP521),
        DataKeyPairSpec::Rsa2048 => Ok(KeyPairSpec::Rsa2048),
        DataKeyPairSpec::Rsa3072 => Ok(KeyPairSpec::Rsa3072),
        DataKeyPairSpec::Rsa4096 => Ok(KeyPairSpec::Rsa4096),
        other => {
            let text = format!("KeyPairSpec {} is not supported.", other.as_str());
            Err(KmsRefusal::Unsupported(text))
        }
    }
}

/// Requires that no enclave asks: nothing here proves what one is.
pub(super) fn require_no_recipient(recipient: Option<&RecipientInfo>) -> Result<(), KmsRefusal> {
    match recipient {
        None => Ok(()),
        Some(_) => Err(KmsRefusal::Unsupported(
            "Recipient is not supported: this server cannot verify attestation documents."
                .to_owned(),
        )),
    }
}

/// The size of a data key.
pub(super) fn data_key_bytes(
    number: Option<i64>,
    spec: Option<DataKeySpec>,
) -> Result<usize, KmsRefusal> {
    match (number, spec) {
        (Some(number), None) => Ok(bytes(Some(number))),
        (None, Some(DataKeySpec::Aes256)) => Ok(32),
        (None, Some(DataKeySpec::Aes128)) => Ok(16),
        (None, None) | (Some(_), Some(_)) => Err(KmsRefusal::Validation(
            "Please specify either number of bytes or key spec.".to_owned(),
        )),
    }
}

/// A number of bytes, which the model has bounded.
pub(super) fn bytes(number: Option<i64>) -> usize {
    number.and_then(|number| usize::try_from(number).ok()).unwrap_or(RANDOM_BYTES_DEFAULT)
}

/// Whether a call is only to be tried.
pub(super) fn dry_run(asked: Option<bool>) -> DryRun {
    if asked == Some(true) { DryRun::Yes } else { DryRun::No }
}

/// Refuses a call that was only to be tried and has succeeded.
pub(super) fn end_dry_run(asked: Option<bool>) -> Result<(), KmsRefusal> {
    match dry_run(asked) {
        DryRun::Yes => Err(KmsRefusal::DryRun),
        DryRun::No => Ok(()),
    }
}

/// How a message is signed.
pub(super) fn signing_algorithm(
    algorithm: SigningAlgorithmSpec,
    spec: KeySpec,
) -> Result<SigningAlgorithm, KmsRefusal> {
    let algorithm = algorithm.as_str();
    algorithm.parse().map_err(|_| KmsRefusal::Algorithm { algorithm: algorithm.to_owned(), spec })
}

/// What is signed.
pub(super) fn message(kind: Option<MessageType>, bytes: &[u8]) -> Result<Message<'_>, KmsRefusal> {
    match kind {
        None | Some(MessageType::Raw) => Ok(Message::Raw(bytes)),
        Some(MessageType::Digest) => Ok(Message::Digest(bytes)),
        Some(MessageType::ExternalMu) => Err(KmsRefusal::Validation(
            "The message type EXTERNAL_MU is only for keys of ML-DSA.".to_owned(),
        )),
    }
}

/// The condition keys of signing.
pub(super) fn signing_keys(
    algorithm: SigningAlgorithmSpec,
    kind: Option<MessageType>,
) -> RequestKeys {
    RequestKeys::default()
        .with("kms:SigningAlgorithm", algorithm.as_str())
        .with("kms:MessageType", kind.unwrap_or(MessageType::Raw).as_str())
}

/// An alias in the caller's account, named without its ARN.
pub(super) fn alias(name: &str, registry: RegistryId) -> Result<KmsAliasArn, KmsRefusal> {
    if !name.starts_with("alias/") {
        return Err(KmsRefusal::Validation("Invalid identifier".to_owned()));
    }
    if name.contains(':') {
        let text = format!("{name} contains invalid characters for an alias");
        return Err(KmsRefusal::Validation(text));
    }
    let name = AliasName::parse(name)
        .map_err(|_| KmsRefusal::Validation("Invalid identifier".to_owned()))?;
    Ok(KmsAliasArn { registry, name })
}

/// Tags as pairs.
pub(super) fn tags(tags: Vec<Tag>) -> Vec<(String, String)> {
    tags.into_iter().map(|Tag { tag_key, tag_value }| (tag_key, tag_value)).collect()
}

/// More tags than any key has. They are refused before any policy is held against them.
const TAGS_MAX: usize = 200;

/// Requires that a call has not more tags than make sense.
pub(super) fn require_few_tags(count: usize) -> Result<(), WireRefusal> {
    if count <= TAGS_MAX { Ok(()) } else { Err(kms_refusal(&KmsRefusal::Tag("Too many tags"))) }
}

/// The condition keys of tags.
pub(super) fn tag_keys(tags: &[Tag]) -> RequestKeys {
    let pairs = tags.iter().map(|tag| (tag.tag_key.as_str(), tag.tag_value.as_str()));
    RequestKeys::default().tags(pairs)
}
