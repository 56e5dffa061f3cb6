//! When a delivery is tried again, and when it is given up.

use std::time::Duration;

use db::EventDelivery;
use names::Timestamp;
use policy::event_target::RetryPolicy;

/// The longest pause between two tries.
const PAUSE_MAX: Duration = Duration::from_mins(5);

/// How often the pause doubles: more would be over the longest.
const DOUBLINGS_MAX: u32 = 10;

/// The pause after this many failures in a row, between a half and all of 1, 2, 4, … seconds;
/// `chance` says where.
pub(crate) fn pause(failures: u32, chance: u8) -> Duration {
    let doubled = Duration::from_secs(1 << failures.saturating_sub(1).min(DOUBLINGS_MAX));
    let whole = doubled.min(PAUSE_MAX);
    whole / 2 + (whole / 2) * u32::from(chance) / u32::from(u8::MAX)
}

/// When a delivery that has failed once more is tried again; `None` if it is given up.
pub(crate) fn next_try(
    delivery: &EventDelivery,
    policy: RetryPolicy,
    now: Timestamp,
    chance: u8,
) -> Option<Timestamp> {
    let failures = delivery.attempts + 1;
    let next = now.plus(pause(failures, chance));
    let is_over = failures > policy.attempts_max || next > delivery.since.plus(policy.age_max);
    (!is_over).then_some(next)
}

#[cfg(test)]
mod tests {
    use db::{Event, NewEvent};
    use names::{RegistryId, Uuid};

    use super::*;

    fn delivery(attempts: u32, since: i64) -> EventDelivery {
        let text = String::new;
        let at = Timestamp::from_seconds(0);
        let event = NewEvent {
            event_id: Uuid::from_random([1; 16]),
            time: at,
            source: text(),
            detail_type: text(),
            resources: text(),
            detail: text(),
            about: text(),
            is_pending: false,
        };
        let registry = RegistryId {
            account: "123456789012".parse().unwrap(),
            region: "us-east-1".parse().unwrap(),
        };
        EventDelivery {
            id: 1,
            target: text(),
            attempts,
            since: Timestamp::from_seconds(since),
            last_error: None,
            dead_at: None,
            event: Event { id: 1, registry, written_at: at, event },
        }
    }

    #[test]
    fn pauses_grow_to_five_minutes() {
        #[rustfmt::skip]
        let cases = [
            // failures | chance | milliseconds
            (1,           255,     1_000),
            (1,           0,       500),
            (2,           255,     2_000),
            (5,           255,     16_000),
            (9,           255,     256_000),
            (10,          255,     300_000),
            (185,         255,     300_000),
            (u32::MAX,    0,       150_000),
        ];
        for (failures, chance, milliseconds) in cases {
            assert_eq!(pause(failures, chance).as_millis(), milliseconds, "{failures} {chance}");
        }
    }

    #[test]
    fn a_delivery_is_given_up_by_its_policy() {
        let hour = RetryPolicy { attempts_max: 3, age_max: Duration::from_hours(1) };
        let none = RetryPolicy { attempts_max: 0, ..hour };
        #[rustfmt::skip]
        let cases = [
            // policy | tried before | since  | again        | because
            (hour,      0,             1_000,   Some(1_001),   "the first failure"),
            (hour,      2,             1_000,   Some(1_004),   "the last retry"),
            (hour,      3,             1_000,   None,          "too often"),
            (none,      0,             1_000,   None,          "no retry at all"),
            (hour,      0,            -2_600,   None,          "too old at the next try"),
            (hour,      0,            -2_599,   Some(1_001),   "just young enough"),
        ];
        for (policy, attempts, since, again, because) in cases {
            let now = Timestamp::from_seconds(1_000);
            let next = next_try(&delivery(attempts, since), policy, now, 255);
            assert_eq!(next, again.map(Timestamp::from_seconds), "{because}");
        }
    }
}
