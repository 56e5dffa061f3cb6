//! ListGrants, ListRetirableGrants.

use names::{GrantId, KmsKeyArn, Region};

use super::parties::party;
use crate::kms::require_key;
use crate::{Failure, Kms, KmsGrant, KmsRefusal, Page};

/// Which grants on a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GrantFilter {
    /// All.
    Any,
    /// One.
    Id(GrantId),
    /// Those of this principal or service.
    Grantee(String),
}

/// A grant, with the ARN of its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedGrant {
    /// The key.
    pub key: KmsKeyArn,
    /// The grant.
    pub grant: KmsGrant,
}

impl Kms {
    /// The grants on a key, by id.
    pub async fn list_grants(
        &self,
        arn: &KmsKeyArn,
        filter: GrantFilter,
        page: Page<String>,
    ) -> Result<Vec<NamedGrant>, Failure> {
        let (arn, now) = (arn.clone(), self.now());
        self.read(move |tx| {
            let key = require_key(tx, &arn, now)?.arn;
            let (after, limit) = (page.after.as_deref(), page.limit);
            let grants = match &filter {
                GrantFilter::Any => tx.list_kms_grants(&key.id, after, limit)?,
                GrantFilter::Id(id) => {
                    let found = tx.find_kms_grant(&key.id, id)?;
                    vec![found.ok_or_else(|| KmsRefusal::GrantNotFound(id.clone()))?]
                }
                GrantFilter::Grantee(grantee) => {
                    let grantee = party(tx, grantee)?.id;
                    tx.list_kms_grants_of_grantee(&key.id, &grantee, after, limit)?
                }
            };
            let named = |grant| NamedGrant { key: key.clone(), grant };
            Ok(grants.into_iter().map(named).collect())
        })
        .await
    }

    /// The grants on keys in a Region that this principal may end, by key and id.
    pub async fn list_retirable_grants(
        &self,
        retiree: &str,
        region: &Region,
        page: Page<(String, String)>,
    ) -> Result<Vec<NamedGrant>, Failure> {
        let (retiree, region) = (retiree.to_owned(), region.clone());
        self.read(move |tx| {
            let id = party(tx, &retiree)?.id;
            let found =
                tx.list_kms_grants_of_retiree(&id, &region, page.after.as_ref(), page.limit)?;
            let mut named = Vec::with_capacity(found.len());
            for grant in found {
                if let Some(key) = tx.find_kms_key(&grant.key)? {
                    named.push(NamedGrant { key: key.arn, grant });
                }
            }
            Ok(named)
        })
        .await
    }
}
