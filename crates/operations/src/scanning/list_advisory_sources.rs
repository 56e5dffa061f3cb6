//! ListAdvisorySources: of our own service.

use db::AdvisorySource;

use crate::{Failure, Operations};

impl Operations {
    /// Sources of advisories by name, from after `after` on.
    pub async fn list_advisory_sources(
        &self,
        after: Option<String>,
        limit: u32,
    ) -> Result<Vec<AdvisorySource>, Failure> {
        let listed = self.db.read(move |tx| tx.list_advisory_sources(after.as_deref(), limit));
        Ok(listed.await?)
    }
}
