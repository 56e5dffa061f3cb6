//! What registries say about how often they may be asked.

use std::collections::HashMap;
use std::sync::Mutex;
use std::time::Duration;

use http::HeaderMap;
use http::header::RETRY_AFTER;
use tokio::time::Instant;

/// For how long a registry is left alone that has said "too many requests", and no more.
const PAUSE: Duration = Duration::from_secs(30);

/// The longest pause that is believed.
const PAUSE_MAX: Duration = Duration::from_hours(1);

/// Registries that are remembered.
const REGISTRIES_MAX: usize = 1_024;

/// How often each registry may be asked, by each user of it.
#[derive(Default)]
pub(crate) struct Pauses(Mutex<HashMap<String, Said>>);

#[derive(Clone, Copy, Default)]
struct Said {
    paused_until: Option<Instant>,
    remaining: Option<u64>,
}

impl Pauses {
    /// How long a registry must be left alone.
    pub(crate) fn left(&self, registry: &str, now: Instant) -> Option<Duration> {
        let known = self.0.lock().expect("no thread panics while holding it");
        let until = known.get(registry)?.paused_until?;
        until.checked_duration_since(now).filter(|left| !left.is_zero())
    }

    /// The least that is left by the registries of these names.
    pub(crate) fn least_remaining(&self, is_one: impl Fn(&str) -> bool) -> Option<u64> {
        let said = self.0.lock().expect("no thread panics while holding it");
        let theirs = said.iter().filter(|(name, _)| is_one(name));
        theirs.filter_map(|(_, said)| said.remaining).min()
    }

    /// How many requests a registry has said to be left.
    pub(crate) fn remaining(&self, registry: &str) -> Option<u64> {
        self.0.lock().expect("no thread panics while holding it").get(registry)?.remaining
    }

    /// Notes that a registry was asked too often. Returns how long it is left alone.
    pub(crate) fn begin(&self, registry: &str, headers: &HeaderMap, now: Instant) -> Duration {
        let pause = retry_after(headers).unwrap_or(PAUSE).clamp(Duration::from_secs(1), PAUSE_MAX);
        self.change(registry, now, |said| said.paused_until = Some(now + pause));
        pause
    }

    /// Notes what an answer says.
    pub(crate) fn note(&self, registry: &str, headers: &HeaderMap, now: Instant) {
        if let Some(remaining) = remaining(headers) {
            self.change(registry, now, |said| said.remaining = Some(remaining));
        }
    }

    fn change(&self, registry: &str, now: Instant, change: impl FnOnce(&mut Said)) {
        let mut known = self.0.lock().expect("no thread panics while holding it");
        if known.len() >= REGISTRIES_MAX {
            known.retain(|_, said| said.paused_until.is_some_and(|until| now < until));
        }
        if known.len() < REGISTRIES_MAX {
            change(known.entry(registry.to_owned()).or_default());
        }
    }
}

/// `Retry-After` in seconds. A date is not read: clocks differ.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    seconds(text).map(Duration::from_secs)
}

/// `RateLimit-Remaining`, as Docker Hub sends it: `76;w=21600`.
fn remaining(headers: &HeaderMap) -> Option<u64> {
    let text = headers.get("ratelimit-remaining")?.to_str().ok()?;
    seconds(text.split(';').next()?.trim())
}

fn seconds(text: &str) -> Option<u64> {
    let is_number = (1..=10).contains(&text.len()) && text.bytes().all(|it| it.is_ascii_digit());
    if is_number { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(name: &'static str, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(http::HeaderName::from_static(name), value.parse().unwrap())])
    }

    #[test]
    fn pauses() {
        #[rustfmt::skip]
        let cases = [
            ("5",                             5,     "seconds"),
            (" 7 ",                           7,     "with spaces"),
            ("0",                             1,     "at once, which is too soon"),
            ("99999",                         3_600, "longer than is believed"),
            ("-5",                            30,    "negative"),
            ("1.5",                           30,    "a fraction"),
            ("",                              30,    "nothing"),
            ("99999999999999999999",          30,    "no number of ours"),
            ("Wed, 21 Oct 2026 07:28:00 GMT", 30,    "a date"),
        ];
        let now = Instant::now();
        for (value, expected, because) in cases {
            let pauses = Pauses::default();
            let pause = pauses.begin("a", &headers("retry-after", value), now);
            assert_eq!(pause.as_secs(), expected, "{because}");
            assert_eq!(pauses.left("a", now), Some(pause), "{because}");
            assert_eq!(pauses.left("b", now), None, "another registry");
            assert_eq!(pauses.left("a", now + pause), None, "it is over");
        }
    }

    #[test]
    fn what_is_left() {
        #[rustfmt::skip]
        let cases = [
            ("76;w=21600", Some(76), "Docker Hub's"),
            ("0;w=21600",  Some(0),  "none"),
            ("12",         Some(12), "no window"),
            ("many",       None,     "no number"),
            ("",           None,     "nothing"),
        ];
        for (value, expected, because) in cases {
            let pauses = Pauses::default();
            pauses.note("a", &headers("ratelimit-remaining", value), Instant::now());
            assert_eq!(pauses.remaining("a"), expected, "{because}");
        }
    }
}
