//! How many times the work of each peer Longshore does in the same time.

use super::floors;
use super::samples::Row;
use crate::peers::Who;

/// One set-up of Longshore beside one peer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Ratio {
    pub(super) subject: Who,
    pub(super) peer: Who,
    pub(super) times: f64,
}

/// All that a row says, by set-up and then by peer.
pub(super) fn of_row(row: &Row) -> Vec<Ratio> {
    let subjects = row.medians.keys().copied().filter(|who| who.is_longshore());
    subjects.flat_map(|subject| of_subject(row, subject)).collect()
}

fn of_subject(row: &Row, subject: Who) -> Vec<Ratio> {
    let peers = row.medians.keys().copied().filter(|&peer| compares(subject, peer));
    peers
        .filter_map(|peer| {
            let times = floors::ratio(&row.medians, row.series.unit, subject, peer)?;
            Some(Ratio { subject, peer, times })
        })
        .collect()
}

/// A server over others is compared with such servers, and everything with the machine.
fn compares(subject: Who, peer: Who) -> bool {
    let is_the_machine = matches!(peer, Who::Nginx | Who::Limit);
    !peer.is_longshore() && (is_the_machine || peer.is_backed() == subject.is_backed())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::samples::Median;
    use crate::workloads::{Series, Unit};

    static RATE: Series =
        Series { name: "rate", title: "a rate", unit: Unit::RequestsPerSecond, floors: &[] };

    #[test]
    fn set_ups_are_compared_with_peers_of_their_kind() {
        let values = [
            (Who::Longshore, 10.0),
            (Who::DockerRegistry, 2.0),
            (Who::OneNode, 6.0),
            (Who::DockerRegistryS3, 3.0),
            (Who::Limit, 20.0),
        ];
        let medians = values.map(|(who, value)| (who, Median::of(value))).into();
        let ratio = |subject, peer, times| Ratio { subject, peer, times };
        let expected = [
            ratio(Who::Longshore, Who::DockerRegistry, 5.0),
            ratio(Who::Longshore, Who::Limit, 0.5),
            ratio(Who::OneNode, Who::DockerRegistryS3, 2.0),
            ratio(Who::OneNode, Who::Limit, 0.3),
        ];
        assert_eq!(of_row(&Row { series: &RATE, medians }), expected);
    }
}
