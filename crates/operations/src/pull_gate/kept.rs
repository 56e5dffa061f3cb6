use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use db::{ImageKey, ImageScan};
use names::{ScanType, Timestamp};

/// Decisions that are kept at most: some hundred bytes each.
const KEPT_MAX: usize = 50_000;

/// What a decision was made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct MadeOf {
    /// The number of the gate.
    pub(super) gate: i64,
    /// Which scan counts.
    pub(super) scan_type: ScanType,
    /// The scan: each judgement of its findings has another moment.
    pub(super) scan: Option<ImageScan>,
    /// Documents that refer to the image.
    pub(super) vex: Vec<ImageKey>,
}

/// A decision that was made before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Kept {
    pub(super) made_of: MadeOf,
    /// When time alone makes it another.
    pub(super) until: Option<Timestamp>,
    /// Why the image is held back, if it is.
    pub(super) why: Option<String>,
}

/// The decisions of the gate that this node made.
#[derive(Debug, Default)]
pub(crate) struct KeptDecisions(Mutex<HashMap<ImageKey, Kept>>);

impl KeptDecisions {
    /// The decision about an image, if it was made of the same, and holds.
    pub(super) fn find(&self, image: ImageKey, made_of: &MadeOf, now: Timestamp) -> Option<Kept> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let holds = |found: &&Kept| {
            found.made_of == *made_of && found.until.is_none_or(|until| until > now)
        };
        kept.get(&image).filter(holds).cloned()
    }

    pub(super) fn keep(&self, image: ImageKey, decision: Kept) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= KEPT_MAX {
            kept.clear();
        }
        kept.insert(image, decision);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decision_holds_for_what_it_was_made_of_and_for_its_time() {
        let kept = KeptDecisions::default();
        let made_of = MadeOf { gate: 1, scan_type: ScanType::Basic, scan: None, vex: Vec::new() };
        let image = ImageKey(1);
        let find =
            |made_of: &MadeOf, seconds| kept.find(image, made_of, Timestamp::from_seconds(seconds));
        assert_eq!(find(&made_of, 5), None, "nothing is kept");
        let until = Some(Timestamp::from_seconds(10));
        let decision = Kept { made_of: made_of.clone(), until, why: Some("why".to_owned()) };
        kept.keep(image, decision.clone());
        assert_eq!(find(&made_of, 9), Some(decision));
        assert_eq!(find(&made_of, 10), None, "its time is over");
        let other = MadeOf { gate: 2, ..made_of.clone() };
        assert_eq!(find(&other, 5), None, "of another gate");
        let decision = Kept { made_of: other.clone(), until: None, why: None };
        kept.keep(image, decision.clone());
        assert_eq!(find(&other, i64::MAX / 1_000_000), Some(decision), "nothing ends");
    }
}
