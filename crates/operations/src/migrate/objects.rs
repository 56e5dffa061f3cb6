//! Copies one object from one store to another, and compares it.
//!
//! An object is copied as the file that it is, so no key is needed for that. Its content can only
//! be checked with its key. Where the owner of the key has disabled it, or its service does not
//! answer, the copy is compared with the original byte for byte instead, and counted as unchecked.

use blobs::{Blobs, Footer, Protection, StoreError};
use names::{Digest, ObjectKey, StorageClass, WrappedKey};

use super::{MoveError, Progress};
use crate::jobs::record_image::WantedRecord;
use crate::{Failure, Operations, Refusal};

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

/// What a comparison found out.
enum Compared {
    /// The content is as expected.
    Content,
    /// The file is that of the source. Its key cannot be used, for this reason.
    File { why: String },
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
            if let Ok(compared) = compare(keys, from, to, expected).await {
                return Ok(settled(compared, layer.as_ref(), progress));
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
    let compared = compare(keys, from, to, expected)
        .await
        .map_err(|why| MoveError::Damaged { object: object.clone(), why })?;
    Ok(settled(compared, layer.as_ref(), progress))
}

fn settled(
    compared: Compared,
    layer: Option<&(Digest, u64, WrappedKey)>,
    progress: &Progress,
) -> bool {
    if let Compared::File { why } = compared {
        progress.note_unchecked(why);
    }
    progress.settle_objects(1, layer.map_or(0, |(_, size_bytes, _)| *size_bytes));
    true
}

/// Reads a whole object. Returns what is wrong with it.
async fn compare(
    keys: &Operations,
    from: &Blobs,
    at: &Blobs,
    expected: &Expected,
) -> Result<Compared, String> {
    let Expected { object, layer, .. } = expected;
    let stored = at.inspect(object).await.map_err(|error| why(error.into()))?;
    if let Some((_, size_bytes, wrapped)) = layer {
        if stored.size_bytes != *size_bytes {
            let actual = stored.size_bytes;
            return Err(format!("it has {actual} bytes instead of {size_bytes}"));
        }
        if stored.wrapped != *wrapped {
            return Err("it is sealed under another key".to_owned());
        }
    }
    match keys.protection(object, &stored.wrapped).await {
        Ok(protection) => compare_content(at, expected, &protection).await,
        Err(Failure::Refused(Refusal::Encryption(refusal))) => {
            let is_same = from.has_same_file(object, at).await;
            if !is_same.map_err(|error| why(error.into()))? {
                return Err("its copy differs from it".to_owned());
            }
            Ok(Compared::File { why: refusal.to_string() })
        }
        Err(failure) => Err(why(failure)),
    }
}

async fn compare_content(
    at: &Blobs,
    expected: &Expected,
    protection: &Protection,
) -> Result<Compared, String> {
    let Expected { object, class: _, layer, record } = expected;
    let verified = at.verify(object, protection).await;
    let footer = verified.map_err(|error| why(error.into()))?;
    if let Some(wrong) = record.as_ref().and_then(|record| record.contradiction(&footer)) {
        return Err(wrong);
    }
    let Footer { digest, .. } = footer;
    match layer {
        Some((wanted, ..)) if digest != *wanted => Err(format!("it holds {digest}")),
        Some(_) | None => Ok(Compared::Content),
    }
}

fn why(failure: Failure) -> String {
    match failure {
        Failure::Refused(refusal) => refusal.to_string(),
        Failure::Fault(fault) => fault.chain(),
    }
}
