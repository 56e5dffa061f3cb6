use db::{GrantParty, Tx};
use iam::named_principals::{NotKept, kept_alone};
use policy::NamedPrincipal;

use crate::{Failure, KmsRefusal};

/// A party of a grant: a principal that exists, or a service.
pub(super) fn party(tx: &mut Tx<'_>, shown: &str) -> Result<GrantParty, Failure> {
    let shown = shown.to_owned();
    if iam::is_service(&shown) {
        return Ok(GrantParty { id: shown.clone(), shown });
    }
    let refuse = || Failure::from(KmsRefusal::InvalidArn(shown.clone()));
    let named = NamedPrincipal::parse_aws(&shown).map_err(|_| refuse())?;
    match kept_alone(tx, &named) {
        Ok(id) => Ok(GrantParty { id, shown }),
        Err(NotKept::Missing(_)) => Err(refuse()),
        Err(NotKept::Failed(failure)) => Err(failure.into()),
    }
}
