//! A change of a repository's key, as clients read it.

use names::{EncryptionKey, RekeyStage, Timestamp};
use operations::{DescribedRekey, Rekey};
use wire::aws::longshore::{self, RekeyStatus};

pub(super) fn write_described(described: DescribedRekey) -> longshore::Rekey {
    let DescribedRekey { rekey, waits_because } = described;
    longshore::Rekey { waiting_because: waits_because, ..write_rekey(&rekey) }
}

pub(super) fn write_rekey(rekey: &Rekey) -> longshore::Rekey {
    let number = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    longshore::Rekey {
        from: Some(write_key(&rekey.from_key)),
        to: Some(write_key(&rekey.to_key)),
        status: Some(match rekey.stage {
            RekeyStage::Counting => RekeyStatus::Counting,
            RekeyStage::Layers => RekeyStatus::Layers,
            RekeyStage::Records => RekeyStatus::Records,
            RekeyStage::Done => RekeyStatus::Done,
        }),
        layers: Some(number(rekey.layers)),
        layers_done: Some(number(rekey.layers_done)),
        bytes: Some(number(rekey.bytes)),
        bytes_done: Some(number(rekey.bytes_done)),
        images_done: Some(number(rekey.images_done)),
        begun_at: Some(rekey.begun_at.as_epoch_seconds()),
        ended_at: rekey.ended_at.map(Timestamp::as_epoch_seconds),
        waiting_because: None,
    }
}

/// The ARN of a KMS key, or the encryption type without one.
fn write_key(key: &EncryptionKey) -> String {
    if key.is_kms() { key.as_str().to_owned() } else { "AES256".to_owned() }
}
