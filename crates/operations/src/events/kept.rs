use crate::Operations;

/// Whether events are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Events {
    /// They are, and someone may listen.
    Heard,
    /// They are.
    Kept,
    /// They would be forgotten at once.
    Off,
}

impl Operations {
    /// Whether events are written.
    pub(crate) fn events(&self) -> Events {
        match (self.keep_events.is_zero(), self.outlets.names.is_empty()) {
            (true, _) => Events::Off,
            (false, true) => Events::Kept,
            (false, false) => Events::Heard,
        }
    }
}
