//! The rule that a call is about.

use identity::Caller;
use names::{EventRuleName, RegistryId};
use wire::aws::WireRefusal;
use wire::aws::check::invalid_parameter;

use super::bus::{DEFAULT, require_default};
use crate::doors::aws::call::Target;
use crate::guard::Resource;

/// A rule on a bus, which may not be there.
pub(in crate::doors::aws) struct OnRule {
    pub(super) registry: RegistryId,
    pub(super) name: EventRuleName,
    bus: Option<String>,
}

impl OnRule {
    /// The rule of this name, on a bus of the caller's account and Region.
    pub(super) fn read(
        caller: &Caller,
        bus: Option<&str>,
        name: &str,
    ) -> Result<Self, WireRefusal> {
        // The model has the same grammar.
        let name = EventRuleName::parse(name)
            .map_err(|malformed| invalid_parameter("name", &malformed.to_string()))?;
        Ok(Self { registry: caller.registry(), name, bus: bus.map(str::to_owned) })
    }

    /// Refuses a bus that is not there.
    pub(super) fn require_bus(&self) -> Result<(), WireRefusal> {
        require_default(&self.registry, self.bus.as_deref())
    }

    /// Rules of other buses have the bus in their ARNs.
    fn arn(&self) -> String {
        let RegistryId { account, region } = &self.registry;
        let bus = self.bus.as_deref().unwrap_or(DEFAULT);
        let bus = bus.rsplit_once(":event-bus/").map_or(bus, |(_, name)| name);
        match bus {
            DEFAULT => self.name.arn(&self.registry),
            other => format!("arn:aws:events:{region}:{account}:rule/{other}/{}", self.name),
        }
    }
}

impl Target for OnRule {
    fn resources(&self) -> Vec<Resource> {
        vec![Resource::iam(self.arn(), self.registry.account.clone())]
    }
}
