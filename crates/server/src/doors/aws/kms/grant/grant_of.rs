//! Members of inputs that are about grants.

use kms::KmsRefusal;
use names::GrantId;

use crate::doors::aws::kms::lists::GRANTS_MAX;
use crate::guard::RequestKeys;

/// The id of a grant.
pub(super) fn grant_id(text: &str) -> Result<GrantId, KmsRefusal> {
    GrantId::parse(text).map_err(|_| KmsRefusal::InvalidGrantId)
}

/// A principal or a service, but not both.
pub(super) fn one_of(
    principal: Option<String>,
    service: Option<String>,
    member: &str,
) -> Result<Option<String>, KmsRefusal> {
    if principal.is_some() && service.is_some() {
        let text = format!("Specify {member} or a service principal, but not both.");
        return Err(KmsRefusal::Validation(text));
    }
    Ok(principal.or(service))
}

/// No page has more grants, whatever was asked for.
pub(super) fn at_most_grants(limit: i64) -> i64 {
    limit.min(GRANTS_MAX.into())
}

/// What a client says by calling for itself: no service asks in its name.
pub(super) fn of_client() -> RequestKeys {
    RequestKeys::default().with("kms:GrantIsForAWSResource", "false")
}
