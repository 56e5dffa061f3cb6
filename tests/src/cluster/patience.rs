//! Detects requests that rely on rights sooner than is promised: nodes may use what they knew of a
//! caller for two more seconds.
//!
//! Whether a node still uses an old fact depends on what it was asked, and when. A test that does
//! not wait must fail every time and not one time in ten, so it gets an error instead of an answer.
//! Facts that must be right at once (tags, images, uploads, repositories) are no change of rights,
//! and need no waiting.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use crate::ROOT_ACCESS_KEY;
use crate::cluster::asked::{Act, Asked};

/// The promised time.
const AGREED_WITHIN: Duration = Duration::from_secs(2);

/// The requests of a cluster that nodes may remember.
#[derive(Debug, Default)]
pub(crate) struct Patience {
    /// When each caller was last seen.
    seen: HashMap<String, Instant>,
    changed: Option<Changed>,
}

#[derive(Debug)]
struct Changed {
    at: Instant,
    what: String,
    by: String,
}

impl Patience {
    /// Notes a request; or says why its client cannot know the answer.
    pub(crate) fn judge(&mut self, asked: &Asked, now: Instant) -> Result<(), String> {
        let Some(caller) = &asked.caller else { return Ok(()) };
        let seen = self.seen.insert(caller.clone(), now);
        if let (Some(changed), Some(seen)) = (&self.changed, seen) {
            let since = now - changed.at;
            // A caller that was not seen for so long is not remembered, and an administrator keeps
            // changing things.
            let is_remembered = seen <= changed.at && changed.at - seen < AGREED_WITHIN;
            let may_all = *caller == changed.by || caller == ROOT_ACCESS_KEY;
            if is_remembered && !may_all && since < AGREED_WITHIN {
                return Err(format!(
                    "{} came {since:?} after {}, and nodes that remember its caller have {AGREED_WITHIN:?} to notice: \
                     the test has to wait (`await_agreement`)",
                    asked.what, changed.what
                ));
            }
        }
        if asked.act == Act::ChangeOfRights {
            self.changed = Some(Changed { at: now, what: asked.what.clone(), by: caller.clone() });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_was_seen_before_rights_changed_has_to_wait() {
        let asked = |act, caller: &str| Asked {
            act,
            what: "a request".to_owned(),
            caller: Some(caller.to_owned()),
        };
        #[rustfmt::skip]
        let cases = [
            (&[(0, "kim", Act::Read), (1, "root", Act::ChangeOfRights)][..], 1_500, "kim",  false, "it is remembered"),
            (&[(0, "kim", Act::Read), (1, "root", Act::ChangeOfRights)],     2_001, "kim",  true,  "it has waited"),
            (&[(0, "kim", Act::Read), (1, "root", Act::ChangeOfRights)],     10,    "root", true,  "an administrator goes on"),
            (&[(0, ROOT_ACCESS_KEY, Act::Read), (1, "root", Act::ChangeOfRights)], 10, ROOT_ACCESS_KEY, true, "it may all at all times"),
            (&[(1, "root", Act::ChangeOfRights)],                            10,    "kim",  true,  "no node knows it"),
            (&[(0, "kim", Act::Read), (9_000, "root", Act::ChangeOfRights)], 9_010, "kim",  true,  "it is forgotten"),
            (&[(0, "kim", Act::Read), (1, "root", Act::Change)],             10,    "kim",  true,  "images are right at once"),
        ];
        let began = Instant::now();
        let at = |milliseconds| began + Duration::from_millis(milliseconds);
        for (before, when, who, expected, because) in cases {
            let mut patience = Patience::default();
            for &(when, who, act) in before {
                patience.judge(&asked(act, who), at(when)).unwrap();
            }
            let judged = patience.judge(&asked(Act::Read, who), at(when));
            assert_eq!(judged.is_ok(), expected, "{because}: {judged:?}");
        }
    }
}
