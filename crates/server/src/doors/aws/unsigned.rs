//! The operations without a signature: their input names the caller.

use wire::aws::{Operation, sts};

use super::failure::Refused;
use super::sts::assume_role_with_web_identity::assume_role_with_web_identity;
use super::words::Words;
use crate::doors::Doors;
use crate::guard::RequestFrom;

/// The one there is.
pub(super) const UNSIGNED: Operation = Operation::Sts(sts::Operation::AssumeRoleWithWebIdentity);

/// Performs it. A signature, if there is one, is ignored.
pub(super) async fn perform_unsigned(
    doors: &Doors,
    from: &RequestFrom,
    words: &Words<'_>,
) -> Result<Vec<u8>, Refused> {
    // Without a signature the call names no Region; it is for the server's own.
    let region = &doors.endpoints.default.region;
    let output = assume_role_with_web_identity(doors, from, region, words.read(UNSIGNED)?).await?;
    Ok(words.write(UNSIGNED, &output, &from.id))
}
