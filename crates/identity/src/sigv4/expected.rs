use names::Region;

use super::Protocol;

/// The scopes that the served API accepts.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'a> {
    /// The service's signing name, e.g. `ecr`.
    pub service: &'a str,
    /// How it spells errors.
    pub protocol: Protocol,
    /// The Regions.
    pub regions: ServedRegions<'a>,
}

/// The Regions in which an API is served.
#[derive(Debug, Clone, Copy)]
pub enum ServedRegions<'a> {
    /// Any that is well formed.
    Any,
    /// These.
    Only(&'a [Region]),
}

impl ServedRegions<'_> {
    pub(super) fn include(&self, region: &Region) -> bool {
        match self {
            Self::Any => true,
            Self::Only(served) => served.contains(region),
        }
    }
}
