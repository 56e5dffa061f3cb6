//! The last denials, by the id of the denied request.
//!
//! # Invariants
//! * All of them together take at most [`DENIALS_BYTES_MAX`], and each at most 56 KiB, including
//!   everything it holds.
//! * If there are too many, the oldest one of the largest holder is dropped: of the account with
//!   the most, and within it of the user or role with the most. So a caller with many denials
//!   cannot displace the explanations of callers with few.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::{Arc, Mutex};

use names::AccountId;

use super::denial::Denial;

/// The limit of all denials. Older ones are in the log.
const DENIALS_BYTES_MAX: usize = 32 * 1024 * 1024;

/// How many denials may wait to be stored for other nodes: in total, per account, and per user or
/// role. More than that is a scan or a broken client; the rest is known only to this node.
const UNWRITTEN_MAX: usize = 50;
const UNWRITTEN_OF_ACCOUNT_MAX: usize = 10;
const UNWRITTEN_OF_ASKER_MAX: usize = 5;

/// The last denials.
pub(crate) struct Denials(Mutex<Kept>);

struct Kept {
    bytes: usize,
    bytes_max: usize,
    by_request: HashMap<String, Arc<Denial>>,
    /// By the account of the caller; `None` is for all callers without one.
    accounts: BTreeMap<Option<AccountId>, OfAccount>,
    unwritten: Vec<Arc<Denial>>,
}

#[derive(Default)]
struct OfAccount {
    bytes: usize,
    askers: BTreeMap<String, OfAsker>,
}

#[derive(Default)]
struct OfAsker {
    bytes: usize,
    all: VecDeque<Arc<Denial>>,
}

impl Default for Denials {
    fn default() -> Self {
        Self::of(DENIALS_BYTES_MAX)
    }
}

impl Denials {
    fn of(bytes_max: usize) -> Self {
        Self(Mutex::new(Kept {
            bytes: 0,
            bytes_max,
            by_request: HashMap::new(),
            accounts: BTreeMap::new(),
            unwritten: Vec::new(),
        }))
    }

    /// Keeps one, as far as one is kept.
    pub(super) fn keep(&self, denial: Denial) {
        let denial = Arc::new(denial.cut());
        let mut kept = self.0.lock().expect("no thread panics while holding it");
        kept.note_unwritten(&denial);
        kept.add(denial);
        while kept.bytes > kept.bytes_max && kept.drop_one() {}
    }

    /// Those that were not written down for other nodes yet.
    pub(crate) fn take_unwritten(&self) -> Vec<Arc<Denial>> {
        std::mem::take(&mut self.0.lock().expect("no thread panics while holding it").unwritten)
    }

    /// The denial of this request, if it is kept: the last one, if the guard only logs and there
    /// were several.
    pub(crate) fn find(&self, request: &str) -> Option<Arc<Denial>> {
        let kept = self.0.lock().expect("no thread panics while holding it");
        kept.by_request.get(request).cloned()
    }
}

impl Kept {
    fn add(&mut self, denial: Arc<Denial>) {
        let bytes = denial.size_bytes();
        let account = self.accounts.entry(denial.home.clone()).or_default();
        let asker = account.askers.entry(denial.asker().to_owned()).or_default();
        for held in [&mut self.bytes, &mut account.bytes, &mut asker.bytes] {
            *held += bytes;
        }
        asker.all.push_back(Arc::clone(&denial));
        self.by_request.insert(denial.from.id.as_str().to_owned(), denial);
    }

    /// Drops the oldest denial of the largest holder. `false` if there is none.
    fn drop_one(&mut self) -> bool {
        let Some(home) = largest(&self.accounts, |account| account.bytes) else { return false };
        let Some(account) = self.accounts.get_mut(&home) else { return false };
        let Some(name) = largest(&account.askers, |asker| asker.bytes) else { return false };
        let Some(asker) = account.askers.get_mut(&name) else { return false };
        let Some(oldest) = asker.all.pop_front() else { return false };
        let bytes = oldest.size_bytes();
        for held in [&mut self.bytes, &mut account.bytes, &mut asker.bytes] {
            *held -= bytes;
        }
        if asker.all.is_empty() {
            account.askers.remove(&name);
        }
        if account.askers.is_empty() {
            self.accounts.remove(&home);
        }
        let id = oldest.from.id.as_str();
        if self.by_request.get(id).is_some_and(|last| Arc::ptr_eq(last, &oldest)) {
            self.by_request.remove(id);
        }
        true
    }

    fn note_unwritten(&mut self, denial: &Arc<Denial>) {
        let of_account = self.unwritten.iter().filter(|other| other.home == denial.home);
        let of_asker = of_account.clone().filter(|other| other.asker() == denial.asker());
        if self.unwritten.len() < UNWRITTEN_MAX
            && of_account.count() < UNWRITTEN_OF_ACCOUNT_MAX
            && of_asker.count() < UNWRITTEN_OF_ASKER_MAX
        {
            self.unwritten.push(Arc::clone(denial));
        }
    }
}

fn largest<K: Clone + Ord, V>(all: &BTreeMap<K, V>, bytes: impl Fn(&V) -> usize) -> Option<K> {
    all.iter().max_by_key(|(_, held)| bytes(held)).map(|(key, _)| key.clone())
}

#[cfg(test)]
mod tests {
    use names::Timestamp;
    use policy::{Decision, Explanation, Layer, LookedAt, Reason, SourceKind, Verdict};

    use super::super::{RequestFrom, RequestKeys};
    use super::*;
    use crate::request_id::RequestId;

    fn id(number: u32) -> RequestId {
        let mut bytes = [0; 16];
        bytes[12..].copy_from_slice(&number.to_be_bytes());
        RequestId::from_random(bytes)
    }

    fn denial(number: u32, account: &str, principal: &str) -> Denial {
        let decision = Decision {
            verdict: Verdict::ImplicitDeny,
            reason: Reason::NothingAllowsIn(Layer::Identity),
            deciding: None,
        };
        let account = AccountId::parse(account).unwrap();
        Denial {
            from: RequestFrom {
                id: id(number),
                at: Timestamp::from_seconds(1_800_000_000),
                address: None,
                is_secure: true,
                user_agent: Some("a".repeat(500).into()),
                referer: None,
            },
            keys: RequestKeys::default(),
            principal: principal.to_owned(),
            home: Some(account.clone()),
            action: "ecr:PutImage".to_owned(),
            resource: "*".to_owned(),
            account,
            is_enforced: true,
            explanation: Explanation::of(decision),
            sentence: "no".to_owned(),
        }
    }

    const OURS: &str = "111111111111";
    const THEIRS: &str = "222222222222";
    const BOB: &str = "arn:aws:iam::111111111111:user/bob";

    #[test]
    fn a_principal_that_floods_loses_only_its_own_denials() {
        let denials = Denials::of(100_000);
        denials.keep(denial(1, THEIRS, "arn:aws:iam::222222222222:user/carol"));
        denials.keep(denial(2, OURS, BOB));
        for number in 3..2_000 {
            let session = format!("arn:aws:sts::111111111111:assumed-role/ci/run-{number}");
            denials.keep(denial(number, OURS, &session));
        }
        let is_kept = |number: u32| denials.find(id(number).as_str()).is_some();
        assert!(is_kept(1), "another account's");
        assert!(is_kept(2), "another user's of the same account");
        assert!(!is_kept(3), "the oldest of the role that floods");
        assert!(is_kept(1_999), "the last");
        let kept = denials.0.lock().unwrap();
        assert!(kept.bytes <= 100_000, "{}", kept.bytes);
        assert!(kept.by_request.len() < 200, "{}", kept.by_request.len());
    }

    #[test]
    fn whatever_a_request_holds_a_denial_is_bounded() {
        let long = "ä".repeat(1_000_000);
        let looked_at = |_| LookedAt {
            layer: Layer::Identity,
            source: SourceKind::UserInline,
            name: Arc::from(&long[..2_000]),
            verdict: Verdict::ImplicitDeny,
        };
        let mut evil = denial(1, OURS, BOB);
        evil.principal.push_str(&long);
        evil.resource.push_str(&long);
        evil.sentence.push_str(&long);
        evil.keys =
            RequestKeys::default().tags((0..5_000).map(|at| (at.to_string(), &long[..500])));
        evil.explanation.looked_at = (0..5_000).map(looked_at).collect();
        evil.explanation.missing_context = vec![long[..100].to_owned(); 50_000];
        let denials = Denials::default();
        denials.keep(evil);
        let kept = denials.find(id(1).as_str()).unwrap();
        assert!(kept.size_bytes() <= 56 * 1024, "{}", kept.size_bytes());
        assert!(kept.explanation.is_cut, "and says so");
        let small = denial(2, OURS, BOB).cut();
        assert!(!small.explanation.is_cut, "nothing is missing");
    }

    #[test]
    fn what_is_written_for_other_nodes_is_shared_fairly() {
        let denials = Denials::default();
        for number in 0..100 {
            denials.keep(denial(number, OURS, BOB));
        }
        denials.keep(denial(100, OURS, "arn:aws:iam::111111111111:user/alice"));
        denials.keep(denial(101, THEIRS, "arn:aws:iam::222222222222:user/carol"));
        let unwritten = denials.take_unwritten();
        let of = |principal: &str| unwritten.iter().filter(|d| d.principal == principal).count();
        assert_eq!(of(BOB), UNWRITTEN_OF_ASKER_MAX);
        assert_eq!(unwritten.len(), UNWRITTEN_OF_ASKER_MAX + 2);
        assert!(denials.take_unwritten().is_empty());
    }
}
