//! The pull gate, between the words of the API and ours.

use names::Timestamp;
use operations::{
    GateException, PullGate, Severity, UnscannedImages as Unscanned, VexDocuments as Vex,
};
use wire::aws::WireRefusal;
use wire::aws::check::invalid_parameter;
use wire::aws::longshore::{self, GateSeverity, PullGateException, UnscannedImages, VexDocuments};

/// The year 10000: what is later is no date.
const SECONDS_MAX: f64 = 253_402_300_800.0;

pub(super) fn read(gate: longshore::PullGate) -> Result<PullGate, WireRefusal> {
    let longshore::PullGate {
        minimum_severity,
        only_fixable,
        grace_days,
        unscanned_images,
        repository_filters,
        exceptions,
        vex_documents,
    } = gate;
    let exceptions = exceptions.unwrap_or_default().into_iter().map(read_exception);
    Ok(PullGate {
        severity: match minimum_severity {
            GateSeverity::Informational => Severity::Informational,
            GateSeverity::Low => Severity::Low,
            GateSeverity::Medium => Severity::Medium,
            GateSeverity::High => Severity::High,
            GateSeverity::Critical => Severity::Critical,
        },
        only_fixable: only_fixable.unwrap_or_default(),
        grace_days: grace_days.and_then(|days| u32::try_from(days).ok()).unwrap_or_default(),
        unscanned: match unscanned_images {
            Some(UnscannedImages::Refuse) => Unscanned::Refuse,
            Some(UnscannedImages::Allow) | None => Unscanned::Allow,
        },
        repositories: repository_filters.unwrap_or_default(),
        exceptions: exceptions.collect::<Result<_, _>>()?,
        vex: match vex_documents {
            Some(VexDocuments::Accept) => Vex::Accept,
            Some(VexDocuments::Ignore) | None => Vex::Ignore,
        },
    })
}

fn read_exception(exception: PullGateException) -> Result<GateException, WireRefusal> {
    let PullGateException { vulnerability_id, package, repository_filter, reason, ends_at } =
        exception;
    if !(0.0..SECONDS_MAX).contains(&ends_at) {
        return Err(invalid_parameter("PullGate.Exceptions.EndsAt", "Member must be a moment"));
    }
    #[expect(clippy::cast_possible_truncation, reason = "below the bound, and exact")]
    let ends_at = Timestamp::from_seconds(ends_at as i64);
    let vulnerability = vulnerability_id;
    Ok(GateException { vulnerability, package, repository: repository_filter, reason, ends_at })
}

pub(super) fn write(gate: PullGate) -> longshore::PullGate {
    let PullGate { severity, only_fixable, grace_days, unscanned, repositories, exceptions, vex } =
        gate;
    longshore::PullGate {
        minimum_severity: match severity {
            Severity::Undefined | Severity::Informational => GateSeverity::Informational,
            Severity::Low => GateSeverity::Low,
            Severity::Medium => GateSeverity::Medium,
            Severity::High => GateSeverity::High,
            Severity::Critical => GateSeverity::Critical,
        },
        only_fixable: Some(only_fixable),
        grace_days: Some(i64::from(grace_days)),
        unscanned_images: Some(match unscanned {
            Unscanned::Allow => UnscannedImages::Allow,
            Unscanned::Refuse => UnscannedImages::Refuse,
        }),
        repository_filters: Some(repositories),
        exceptions: Some(exceptions.into_iter().map(write_exception).collect()),
        vex_documents: Some(match vex {
            Vex::Ignore => VexDocuments::Ignore,
            Vex::Accept => VexDocuments::Accept,
        }),
    }
}

fn write_exception(exception: GateException) -> PullGateException {
    let GateException { vulnerability, package, repository, reason, ends_at } = exception;
    PullGateException {
        vulnerability_id: vulnerability,
        package,
        repository_filter: repository,
        reason,
        ends_at: ends_at.as_epoch_seconds(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exception(ends_at: f64) -> PullGateException {
        PullGateException {
            vulnerability_id: "CVE-2024-1".to_owned(),
            package: Some("openssl".to_owned()),
            repository_filter: None,
            reason: "not reached".to_owned(),
            ends_at,
        }
    }

    #[test]
    fn a_gate_is_written_as_it_was_read() {
        let gate = longshore::PullGate {
            minimum_severity: GateSeverity::High,
            only_fixable: Some(true),
            grace_days: Some(14),
            unscanned_images: Some(UnscannedImages::Refuse),
            repository_filters: Some(vec!["prod/*".to_owned()]),
            exceptions: Some(vec![exception(1_800_000_000.0)]),
            vex_documents: Some(VexDocuments::Accept),
        };
        assert_eq!(write(read(gate.clone()).unwrap()), gate);
    }

    #[test]
    fn an_exception_ends_at_a_moment() {
        for (ends_at, is_read) in
            [(0.0, true), (1.8e9, true), (-1.0, false), (f64::NAN, false), (1e300, false)]
        {
            assert_eq!(read_exception(exception(ends_at)).is_ok(), is_read, "{ends_at}");
        }
    }
}
