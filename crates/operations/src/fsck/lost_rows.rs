use super::check::PAGE;
use crate::{Failure, Operations};

/// Whether the rows were lost: the store holds objects, but the rows name no layer, no image, no
/// upload and none of the first objects. Every object looks useless then, and none is.
pub async fn rows_are_lost(operations: &Operations) -> Result<bool, Failure> {
    let mut objects = Vec::new();
    for (_, blobs) in operations.places() {
        objects.extend(blobs.list(None, PAGE as usize).await?);
    }
    if objects.is_empty() {
        return Ok(false);
    }
    let look = operations.db.read(move |tx| {
        let rows_name_something = !tx.list_blobs(None, 1)?.is_empty()
            || !tx.list_all_images(None, 1)?.is_empty()
            || !tx.list_all_uploads(None, 1)?.is_empty();
        if rows_name_something {
            return Ok(false);
        }
        for object in &objects {
            if tx.object_is_known(object)? {
                return Ok(false);
            }
        }
        Ok::<_, Failure>(true)
    });
    look.await
}
