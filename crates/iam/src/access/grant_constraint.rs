//! The constraint of a grant, as its row has it.

use std::collections::BTreeMap;

use db::{DbError, KmsGrant};
use policy::GrantConstraint;

const EQUALS: &str = "Equals";
const SUBSET: &str = "Subset";

/// The constraint of a grant.
pub fn of(grant: &KmsGrant) -> Result<GrantConstraint, DbError> {
    const CORRUPT: DbError = DbError::Corrupt { column: "kms_grant.context" };
    let Some((rule, context)) = &grant.context else { return Ok(GrantConstraint::Any) };
    let context: BTreeMap<String, String> =
        serde_json::from_str(context).map_err(|_| CORRUPT.clone())?;
    match rule.as_str() {
        EQUALS => Ok(GrantConstraint::Equals(context)),
        SUBSET => Ok(GrantConstraint::Subset(context)),
        _ => Err(CORRUPT),
    }
}

/// The constraint as its row has it.
pub fn kept(constraint: &GrantConstraint) -> Option<(String, String)> {
    let (rule, context) = match constraint {
        GrantConstraint::Any => return None,
        GrantConstraint::Equals(context) => (EQUALS, context),
        GrantConstraint::Subset(context) => (SUBSET, context),
    };
    let context = serde_json::to_string(context).expect("texts are plain JSON");
    Some((rule.to_owned(), context))
}
