//! Copies one object from one store to another, and compares it.

use blobs::{Blobs, Footer, StoreError};
use names::{Digest, ObjectKey, StorageClass, WrappedKey};

use super::{MoveError, Progress};
use crate::jobs::record_image::WantedRecord;
use crate::{Failure, Operations};

/// The expected content of an object.
#[derive(Debug, Clone)]
pub(crate) struct Expected {
    pub(crate) object: ObjectKey,
    /// Where it is, according to its row.
    pub(crate) class: StorageClass,
    /// A layer, according to its row.
    pub(crate) layer: Option<(Digest, u64, WrappedKey)>,
    /// A record, according to the rows, if they are known.
    pub(crate) record: Option<WantedRecord>,
}

/// Makes sure that `to` has the object, and that its content is as expected under `keys`' keyring;
/// `false` if `from` has no such object.
///
/// Order: an older file at the key is kept if it is whole, and deleted otherwise; then comes the
/// copy; then the copy is read back completely.
pub(crate) async fn carry(
    keys: &Operations,
    from: &Blobs,
    to: &Blobs,
    expected: &Expected,
    progress: &Progress,
) -> Result<bool, MoveError> {
    let Expected { object, layer, .. } = expected;
    let count = progress.clone();
    match from.copy_to(object, to, move |bytes| count.copy_bytes(bytes)).await {
        Ok(()) => {}
        Err(StoreError::NotFound(_)) => return Ok(false),
        Err(StoreError::Exists(_)) => {
            if compare(keys, to, expected).await.is_ok() {
                return Ok(settled(layer.as_ref(), progress));
            }
            to.delete(object).await?;
            let count = progress.clone();
            from.copy_to(object, to, move |bytes| count.copy_bytes(bytes)).await?;
        }
        Err(error @ StoreError::Corrupt { .. }) => {
            return Err(MoveError::Damaged { object: object.clone(), why: why(error.into()) });
        }
        Err(error) => return Err(error.into()),
    }
    compare(keys, to, expected)
        .await
        .map_err(|why| MoveError::Damaged { object: object.clone(), why })?;
    Ok(settled(layer.as_ref(), progress))
}

fn settled(layer: Option<&(Digest, u64, WrappedKey)>, progress: &Progress) -> bool {
    progress.settle_objects(1, layer.map_or(0, |(_, size_bytes, _)| *size_bytes));
    true
}

/// Reads a whole object. Returns what is wrong with it.
async fn compare(keys: &Operations, at: &Blobs, expected: &Expected) -> Result<(), String> {
    let Expected { object, class: _, layer, record } = expected;
    let stored = at.inspect(object).await.map_err(|error| why(error.into()))?;
    let protection = keys.protection(object, &stored.wrapped).await.map_err(why)?;
    let verified = at.verify(object, &protection).await;
    let footer = verified.map_err(|error| why(error.into()))?;
    if let Some(wrong) = record.as_ref().and_then(|record| record.contradiction(&footer)) {
        return Err(wrong);
    }
    let Footer { digest, size_bytes, .. } = footer;
    match layer {
        Some((wanted, ..)) if digest != *wanted => Err(format!("it holds {digest}")),
        Some((_, wanted, _)) if size_bytes != *wanted => {
            Err(format!("it has {size_bytes} bytes instead of {wanted}"))
        }
        Some((.., wanted)) if stored.wrapped != *wanted => {
            Err("it is sealed under another key".to_owned())
        }
        Some(_) | None => Ok(()),
    }
}

fn why(failure: Failure) -> String {
    match failure {
        Failure::Refused(refusal) => refusal.to_string(),
        Failure::Fault(fault) => fault.chain(),
    }
}
