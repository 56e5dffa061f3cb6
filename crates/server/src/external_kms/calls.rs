use std::fmt::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use keys::KeyFault;

/// What is asked of another service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operation {
    DescribeKey,
    GenerateDataKey,
    Decrypt,
}

impl Operation {
    const ALL: [Self; 3] = [Self::DescribeKey, Self::GenerateDataKey, Self::Decrypt];

    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::DescribeKey => "DescribeKey",
            Self::GenerateDataKey => "GenerateDataKey",
            Self::Decrypt => "Decrypt",
        }
    }
}

/// How calls ended, in the words of the metric.
const OUTCOMES: [&str; 3] = ["succeeded", "refused", "unavailable"];

/// The calls since the start.
#[derive(Debug, Default)]
pub(crate) struct Calls([Counts; Operation::ALL.len()]);

#[derive(Debug, Default)]
struct Counts {
    by_outcome: [AtomicU64; OUTCOMES.len()],
    micros: AtomicU64,
}

impl Calls {
    /// Counts one that has ended.
    pub(super) fn note<T>(
        &self,
        operation: Operation,
        outcome: &Result<T, KeyFault>,
        took: Duration,
    ) {
        let at = match outcome {
            Ok(_) => 0,
            Err(KeyFault::Refused { .. }) => 1,
            Err(KeyFault::Unavailable { .. } | KeyFault::Broken(_)) => 2,
        };
        let counts = &self.0[operation as usize];
        counts.by_outcome[at].fetch_add(1, Ordering::Relaxed);
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        counts.micros.fetch_add(micros, Ordering::Relaxed);
    }

    /// As Prometheus reads them.
    pub(crate) fn render(&self, text: &mut String) {
        text.push_str(
            "# HELP longshore_external_kms_calls Calls of external key management services, by outcome.\n# TYPE longshore_external_kms_calls counter\n",
        );
        for operation in Operation::ALL {
            let counts = &self.0[operation as usize].by_outcome;
            for (outcome, count) in OUTCOMES.iter().zip(counts) {
                let (operation, count) = (operation.as_str(), count.load(Ordering::Relaxed));
                writeln!(
                    text,
                    "longshore_external_kms_calls_total{{operation=\"{operation}\",outcome=\"{outcome}\"}} {count}"
                )
                .expect("writing to a string cannot fail");
            }
        }
        text.push_str(
            "# HELP longshore_external_kms_seconds Time spent in calls of external key management services.\n# TYPE longshore_external_kms_seconds counter\n",
        );
        for operation in Operation::ALL {
            let micros = self.0[operation as usize].micros.load(Ordering::Relaxed);
            let (operation, seconds) = (operation.as_str(), Duration::from_micros(micros));
            writeln!(
                text,
                "longshore_external_kms_seconds_total{{operation=\"{operation}\"}} {}",
                seconds.as_secs_f64()
            )
            .expect("writing to a string cannot fail");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_are_counted_by_how_they_ended() {
        let calls = Calls::default();
        let refused = KeyFault::Refused { code: "A".to_owned(), message: "b".to_owned() };
        calls.note(Operation::Decrypt, &Ok(()), Duration::from_millis(1_500));
        calls.note(Operation::Decrypt, &Err::<(), _>(refused), Duration::from_millis(500));
        let mut text = String::new();
        calls.render(&mut text);
        for line in [
            "longshore_external_kms_calls_total{operation=\"Decrypt\",outcome=\"succeeded\"} 1\n",
            "longshore_external_kms_calls_total{operation=\"Decrypt\",outcome=\"refused\"} 1\n",
            "longshore_external_kms_calls_total{operation=\"DescribeKey\",outcome=\"refused\"} 0\n",
            "longshore_external_kms_seconds_total{operation=\"Decrypt\"} 2\n",
        ] {
            assert!(text.contains(line), "{line} is not in {text}");
        }
    }
}
