use crate::Operations;
use crate::audit::Audit;
use crate::events::Events;

/// To whom it is told what happens.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Telling {
    /// To those who look for records.
    pub(crate) audit: Audit,
    /// To those who listen for events.
    pub(crate) events: Events,
}

impl Operations {
    /// To whom it is told what happens.
    pub(crate) fn telling(&self) -> Telling {
        Telling { audit: self.audit(), events: self.events() }
    }
}
