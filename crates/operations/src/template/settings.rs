//! What is checked of a template's settings when they are put.

use db::{TemplateSettings, Tx};
use policy::lifecycle::Document as LifecycleDocument;

use crate::lifecycle::put_lifecycle_policy::invalid;
use crate::repository::resource_tags::require_valid;
use crate::resource_policy::repository_policy::require_policy;
use crate::{Failure, InvalidParameter, RepositoryRefusal};

/// Requires that a repository could get these settings now.
pub(super) fn require(tx: &mut Tx<'_>, settings: &TemplateSettings) -> Result<(), Failure> {
    require_valid(&settings.tags).map_err(|refusal| of_tags(&refusal))?;
    if let Some(text) = &settings.lifecycle_policy {
        LifecycleDocument::parse(text).map_err(|malformed| invalid(&malformed))?;
    }
    if let Some(text) = &settings.repository_policy {
        require_policy(tx, text)?;
    }
    Ok(())
}

/// The operations on templates have no errors of their own for tags.
fn of_tags(refusal: &RepositoryRefusal) -> InvalidParameter {
    InvalidParameter { path: "resourceTags", constraint: refusal.to_string() }
}
