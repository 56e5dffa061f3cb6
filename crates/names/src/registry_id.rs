use crate::{AccountId, Region};

/// One registry: an account in a Region. ECR's `registryId` is only the account, because there the
/// Region is that of the call.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RegistryId {
    /// The account.
    pub account: AccountId,
    /// In which Region.
    pub region: Region,
}
