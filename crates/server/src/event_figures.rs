//! What metrics say of events.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::Duration;

use operations::{FailedDeliveries, Operations};

/// How the delivery of events goes.
#[derive(Debug, Clone, Default)]
pub(crate) struct EventFigures {
    delivered: u64,
    failed: BTreeMap<String, FailedDeliveries>,
    overdue: Duration,
}

impl EventFigures {
    /// Those of this moment; `None` if no one listens.
    pub(crate) fn of(operations: &Operations) -> Option<Self> {
        operations.hears_events().then(|| Self {
            delivered: operations.delivered_events(),
            failed: operations.failed_event_deliveries(),
            overdue: operations.events_overdue(),
        })
    }

    /// As Prometheus reads them.
    pub(crate) fn render(&self, text: &mut String) {
        let Self { delivered, failed, overdue } = self;
        let overdue = overdue.as_secs();
        let mut line = |words: std::fmt::Arguments<'_>| {
            text.write_fmt(words).expect("writing to a string cannot fail");
        };
        line(format_args!(
            "# HELP longshore_events_delivered Events that targets took.\n# TYPE longshore_events_delivered counter\nlongshore_events_delivered_total {delivered}\n"
        ));
        line(format_args!(
            "# HELP longshore_events_overdue_seconds How long the oldest delivery of an event has been due.\n# TYPE longshore_events_overdue_seconds gauge\nlongshore_events_overdue_seconds {overdue}\n"
        ));
        line(format_args!(
            "# HELP longshore_event_deliveries_failed Deliveries of events that failed, by target.\n# TYPE longshore_event_deliveries_failed counter\n"
        ));
        for (target, FailedDeliveries { tries, .. }) in failed {
            line(format_args!(
                "longshore_event_deliveries_failed_total{{target=\"{target}\"}} {tries}\n"
            ));
        }
        line(format_args!(
            "# HELP longshore_event_dead_letters Events that could not be delivered, by target.\n# TYPE longshore_event_dead_letters counter\n"
        ));
        for (target, FailedDeliveries { dead, .. }) in failed {
            line(format_args!(
                "longshore_event_dead_letters_total{{target=\"{target}\"}} {dead}\n"
            ));
        }
    }
}
