//! `EventBusName`: there is the bus `default` in each account and Region, and no other.

use names::RegistryId;
use wire::aws::WireRefusal;
use wire::aws::events::Exception;

/// The name of the bus that the registry's events are on.
pub(super) const DEFAULT: &str = "default";

/// Refuses another bus than that of this registry, which is named by name or ARN.
pub(super) fn require_default(registry: &RegistryId, bus: Option<&str>) -> Result<(), WireRefusal> {
    let RegistryId { account, region } = registry;
    let arn = format!("arn:aws:events:{region}:{account}:event-bus/{DEFAULT}");
    match bus {
        None | Some(DEFAULT) => Ok(()),
        Some(named) if named == arn => Ok(()),
        Some(named) => {
            let name = named.rsplit_once(":event-bus/").map_or(named, |(_, name)| name);
            let text = format!("Event bus {name} does not exist.");
            Err(WireRefusal::new(Exception::ResourceNotFound, text))
        }
    }
}
