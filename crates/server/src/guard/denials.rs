use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use names::AccountId;
use operations::RoleDenied;
use policy::{Explanation, Reason};

use super::{RequestFrom, RequestKeys};

/// Denials kept at most: a few KiB each. Older ones are in the log.
const DENIALS_MAX: usize = 10_000;

/// A request that was denied, or would have been, and everything that led to it.
#[derive(Debug, Clone)]
pub(crate) struct Denial {
    pub(crate) from: RequestFrom,
    pub(crate) keys: RequestKeys,
    /// Who asked: an ARN, or what an identity provider says of somebody who has none.
    pub(crate) principal: String,
    /// The account of whoever asked. Somebody whom a provider knows has none.
    pub(crate) home: Option<AccountId>,
    pub(crate) action: String,
    pub(crate) resource: String,
    /// The account of the resource.
    pub(crate) account: AccountId,
    /// `false` where the guard only watches.
    pub(crate) is_enforced: bool,
    pub(crate) explanation: Explanation,
    /// What the client read, or would have.
    pub(crate) sentence: String,
}

/// Who wanted to play a role.
pub(crate) struct Player {
    /// As [`Denial::principal`].
    pub(crate) principal: String,
    /// As [`Denial::home`].
    pub(crate) home: Option<AccountId>,
}

impl Denial {
    /// A role that was denied. It is where others would only be watched too: whoever plays a role acts with rights
    /// that are not one's own, and in somebody else's name.
    pub(super) fn of_role(
        from: &RequestFrom,
        keys: &RequestKeys,
        player: Player,
        denied: &RoleDenied,
    ) -> Self {
        let Player { principal, home } = player;
        let RoleDenied { action, role, account, explanation, sentence } = denied.clone();
        Self {
            from: from.clone(),
            keys: keys.clone(),
            principal,
            home,
            action: action.to_owned(),
            resource: role,
            account,
            is_enforced: true,
            explanation,
            sentence,
        }
    }

    /// Writes it to the log.
    pub(super) fn log(&self) {
        let Self { from, principal, action, resource, account, is_enforced, explanation, .. } =
            self;
        let decision = &explanation.decision;
        let deciding = decision.deciding.as_ref();
        let statement = deciding.map(|deciding| match &deciding.sid {
            Some(sid) => sid.to_string(),
            None => deciding.index.to_string(),
        });
        tracing::info!(
            request.id = %from.id,
            principal.arn = principal,
            action,
            resource.arn = resource,
            resource.account = %account,
            decision.verdict = decision.verdict.as_str(),
            decision.layer = layer(decision.reason),
            decision.policy = deciding.map(|deciding| &*deciding.name),
            decision.statement = statement,
            decision.enforced = is_enforced,
            "{}",
            if *is_enforced { "access denied" } else { "access would be denied" }
        );
    }
}

fn layer(reason: Reason) -> Option<&'static str> {
    match reason {
        Reason::Root => None,
        Reason::AllowedBy(layer)
        | Reason::DeniedBy(layer)
        | Reason::NothingAllowsIn(layer)
        | Reason::TooMuchWork(layer) => Some(layer.as_str()),
    }
}

/// Denials that wait to be written down for other nodes, at most. A flood of them is a scan or a broken client; what is too
/// much is told by this node alone.
const UNWRITTEN_MAX: usize = 50;

/// The last denials.
#[derive(Default)]
pub(crate) struct Denials(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    all: VecDeque<Arc<Denial>>,
    unwritten: Vec<Arc<Denial>>,
}

impl Denials {
    /// Keeps one, in place of the oldest if there are too many.
    pub(super) fn keep(&self, denial: Denial) {
        let denial = Arc::new(denial);
        let mut kept = self.0.lock().expect("nobody panics while holding it");
        if kept.all.len() >= DENIALS_MAX {
            kept.all.pop_front();
        }
        if kept.unwritten.len() < UNWRITTEN_MAX {
            kept.unwritten.push(denial.clone());
        }
        kept.all.push_back(denial);
    }

    /// Those that were not written down for other nodes yet.
    pub(crate) fn take_unwritten(&self) -> Vec<Arc<Denial>> {
        std::mem::take(&mut self.0.lock().expect("nobody panics while holding it").unwritten)
    }

    /// The denial that this request met, if it is kept: the last, where only watching let it meet more.
    pub(crate) fn find(&self, request: &str) -> Option<Arc<Denial>> {
        let kept = self.0.lock().expect("nobody panics while holding it");
        kept.all.iter().rev().find(|denial| denial.from.id.as_str() == request).cloned()
    }
}
