use crate::{AccountId, Region};

/// One registry: an account in a Region. What ECR calls `registryId` is the account alone,
/// because there the Region is where you asked.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RegistryId {
    /// Whose registry.
    pub account: AccountId,
    /// In which Region.
    pub region: Region,
}
