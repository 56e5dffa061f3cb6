//! What clients are told about an object that is not what was written.

use names::ObjectKey;

/// The object's key is no secret, and operators need it: the log and `longshore fsck` name the
/// object so, too.
pub(crate) fn sentence(object: &ObjectKey) -> String {
    format!(
        "Object {object} in the registry's store is damaged or missing, so its content cannot be \
         read. Push the content again to replace it."
    )
}
