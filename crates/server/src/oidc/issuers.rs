use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use identity::web_identity::VerificationKeys;
use names::{Clock, Timestamp};
use tokio::sync::Mutex as AsyncMutex;

use super::fetch::{FetchError, Fetcher};

/// How long keys are believed.
const FRESH: Duration = Duration::from_mins(10);

/// How long cached keys keep working when the issuer cannot be reached.
const STALE: Duration = Duration::from_hours(12);

/// How long a key that the issuer did not have counts as unknown. Issuers publish a new key before
/// they sign with it, so this rarely delays a login.
const UNKNOWN: Duration = Duration::from_secs(30);

/// How long an unreachable issuer is not called again.
const PAUSE: Duration = Duration::from_secs(5);

/// How many issuers are cached. The keys of one take at most a quarter of a mebibyte, so all of
/// them take 64 MiB.
const ISSUERS_MAX: usize = 256;

/// Remembers the keys of issuers.
pub(crate) struct Issuers {
    fetcher: Fetcher,
    clock: Arc<dyn Clock>,
    known: Mutex<HashMap<String, Arc<AsyncMutex<Known>>>>,
}

/// What is known about one issuer. The task that fetches holds the lock; the others wait and then
/// use the result.
#[derive(Default)]
struct Known {
    keys: Option<(Arc<VerificationKeys>, Timestamp)>,
    failed: Option<(NoKeys, Timestamp)>,
}

/// There are no keys of this issuer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoKeys {
    /// It could not be reached.
    Unreachable,
    /// Its answer is unusable.
    Unusable,
}

/// What to do about an issuer's keys.
#[derive(Debug, PartialEq, Eq)]
enum Next {
    /// Those that are known will do.
    Use,
    /// Call the issuer.
    Fetch,
    /// It failed a moment ago.
    Refuse(NoKeys),
}

impl Issuers {
    pub(crate) fn new(fetcher: Fetcher, clock: Arc<dyn Clock>) -> Self {
        Self { fetcher, clock, known: Mutex::default() }
    }

    /// The keys of a trusted issuer. A token names `key_id`, or none.
    pub(crate) async fn keys(
        &self,
        issuer: &str,
        key_id: Option<&str>,
    ) -> Result<Arc<VerificationKeys>, NoKeys> {
        let entry = self.entry(issuer);
        let mut known = entry.lock().await;
        match known.next(key_id, self.clock.now()) {
            Next::Use => {}
            Next::Refuse(why) => return Err(why),
            Next::Fetch => {
                let fetched = self.fetcher.keys(issuer).await;
                known.learn(issuer, fetched, self.clock.now())?;
            }
        }
        known.keys.as_ref().map(|(keys, _)| keys.clone()).ok_or(NoKeys::Unusable)
    }

    fn entry(&self, issuer: &str) -> Arc<AsyncMutex<Known>> {
        let mut known = self.known.lock().expect("no thread panics while holding it");
        if let Some(entry) = known.get(issuer) {
            return entry.clone();
        }
        if known.len() >= ISSUERS_MAX {
            known.clear();
        }
        known.entry(issuer.to_owned()).or_default().clone()
    }
}

impl Known {
    fn next(&self, key_id: Option<&str>, now: Timestamp) -> Next {
        let failed = self.failed.filter(|(_, at)| now < at.plus(PAUSE));
        let Some((keys, fetched_at)) = &self.keys else {
            return failed.map_or(Next::Fetch, |(why, _)| Next::Refuse(why));
        };
        let is_fresh = now < fetched_at.plus(FRESH);
        let is_settled = keys.has(key_id) || now < fetched_at.plus(UNKNOWN);
        let is_tolerable = now < fetched_at.plus(STALE);
        match (is_fresh && is_settled, failed) {
            (true, _) => Next::Use,
            (false, Some(_)) if is_tolerable => Next::Use,
            (false, Some((why, _))) => Next::Refuse(why),
            (false, None) => Next::Fetch,
        }
    }

    /// Stores the issuer's answer. Without an answer, keys that are not too old keep working.
    fn learn(
        &mut self,
        issuer: &str,
        fetched: Result<VerificationKeys, FetchError>,
        now: Timestamp,
    ) -> Result<(), NoKeys> {
        let error = match fetched {
            Ok(keys) => {
                *self = Self { keys: Some((Arc::new(keys), now)), failed: None };
                return Ok(());
            }
            Err(error) => error,
        };
        tracing::warn!(issuer, %error, "cannot fetch the keys of an identity provider");
        let why = match error {
            FetchError::Unreachable(_) => NoKeys::Unreachable,
            FetchError::Unusable(_) => NoKeys::Unusable,
        };
        self.failed = Some((why, now));
        match &self.keys {
            Some((_, fetched_at)) if now < fetched_at.plus(STALE) => Ok(()),
            _ => Err(why),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_700_000_000;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_seconds(NOW + seconds)
    }

    /// Keys with one named `k`.
    fn keys() -> VerificationKeys {
        let set = br#"{"keys":[{"kty":"RSA","kid":"k","n":"AQAB","e":"AQAB"}]}"#;
        VerificationKeys::parse(set).unwrap()
    }

    fn fetched() -> Known {
        Known { keys: Some((Arc::new(keys()), at(0))), failed: None }
    }

    #[test]
    fn keys_are_fetched_when_they_are_needed() {
        use NoKeys::Unreachable;
        let failed =
            |known: Known, seconds| Known { failed: Some((Unreachable, at(seconds))), ..known };
        #[rustfmt::skip]
        let cases = [
            (Known::default(),               Some("k"), 0,      Next::Fetch,               "nothing is known"),
            (failed(Known::default(), 0),    Some("k"), 4,      Next::Refuse(Unreachable), "it failed a moment ago"),
            (failed(Known::default(), 0),    Some("k"), 5,      Next::Fetch,               "it failed a while ago"),
            (fetched(),                      Some("k"), 1,      Next::Use,                 "fetched a moment ago"),
            (fetched(),                      None,      599,    Next::Use,                 "any key will do"),
            (fetched(),                      Some("k"), 600,    Next::Fetch,               "ten minutes ago"),
            (fetched(),                      Some("x"), 29,     Next::Use,                 "unknown a moment ago"),
            (fetched(),                      Some("x"), 30,     Next::Fetch,               "it may be new"),
            (failed(fetched(), 600),         Some("k"), 604,    Next::Use,                 "the issuer is down"),
            (failed(fetched(), 600),         Some("k"), 605,    Next::Fetch,               "perhaps it is up again"),
            (failed(fetched(), 43_200),      Some("k"), 43_201, Next::Refuse(Unreachable), "down for half a day"),
        ];
        for (known, key_id, seconds, next, because) in cases {
            assert_eq!(known.next(key_id, at(seconds)), next, "{because}");
        }
    }

    #[test]
    fn keys_outlive_an_issuer_that_is_down_for_a_while() {
        let down = || Err(FetchError::Unreachable("refused".to_owned()));
        let mut known = Known::default();
        assert_eq!(known.learn("i", down(), at(0)), Err(NoKeys::Unreachable));
        assert_eq!(known.learn("i", Ok(keys()), at(10)), Ok(()));
        assert!(known.failed.is_none());
        assert_eq!(known.learn("i", down(), at(700)), Ok(()), "what was fetched is good for now");
        assert_eq!(
            known.learn("i", down(), at(43_210)),
            Err(NoKeys::Unreachable),
            "and not for ever"
        );
        let huge = Err(FetchError::Unusable("too large".to_owned()));
        assert_eq!(Known::default().learn("i", huge, at(0)), Err(NoKeys::Unusable));
    }
}
