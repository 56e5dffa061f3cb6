//! What an account may learn about a denial: its own policies, and nothing of the other account's.

use iam::KeptDenial;
use names::AccountId;
use policy::{Decision as Decided, Layer, Reason};
use serde::{Deserialize, Serialize};
use wire::aws::longshore::{ContextEntry, Decision, PolicyLookedAt, Verdict};

use super::explained::{CUT, context_of, enforcement, policies, reason};
use crate::guard::Denial;

/// A denial as one account may see it. Nodes leave it for each other in rows, so new fields need a
/// default.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct ToldDenial {
    request: String,
    at_seconds: f64,
    principal: String,
    action: String,
    resource: String,
    is_enforced: bool,
    reason: String,
    sentence: String,
    policies: Vec<ToldPolicy>,
    context: Vec<ContextEntry>,
}

#[derive(Debug, Serialize, Deserialize)]
struct ToldPolicy {
    kind: Option<String>,
    name: Option<String>,
    outcome: Option<String>,
    statement: Option<String>,
}

/// A denial for all accounts concerned, as rows keep it.
pub(crate) fn for_all(denial: &Denial) -> Vec<KeptDenial> {
    let others = denial.home.iter().filter(|home| **home != denial.account);
    let kept = |account: &AccountId| {
        let told = serde_json::to_string(&ToldDenial::of(denial, account));
        let told = told.expect("texts and numbers are JSON");
        KeptDenial { request: denial.from.id.to_string(), account: account.clone(), told }
    };
    std::iter::once(&denial.account).chain(others).map(kept).collect()
}

pub(super) fn concerns(denial: &Denial, account: &AccountId) -> bool {
    denial.account == *account || denial.home.as_ref() == Some(account)
}

impl ToldDenial {
    pub(super) fn of(denial: &Denial, account: &AccountId) -> Self {
        let Denial { from, keys, principal, home, action, resource, account: owner, .. } = denial;
        let sees = |layer: Layer| sees(layer, account, home.as_ref(), owner);
        Self {
            request: from.id.to_string(),
            at_seconds: from.at.as_epoch_seconds(),
            principal: principal.clone(),
            action: action.clone(),
            resource: resource.clone(),
            is_enforced: denial.is_enforced,
            reason: {
                let reason = reason(&seen(&denial.explanation.decision, sees));
                if denial.explanation.is_cut { format!("{reason}{CUT}") } else { reason }
            },
            sentence: denial.sentence.clone(),
            policies: policies(&denial.explanation, sees)
                .into_iter()
                .map(|PolicyLookedAt { kind, name, outcome, statement }| ToldPolicy {
                    kind,
                    name,
                    outcome,
                    statement,
                })
                .collect(),
            context: context_of(from, keys),
        }
    }

    /// In the words of the answer.
    pub(super) fn write(self) -> Decision {
        let policies = self.policies.into_iter();
        Decision {
            request_id: Some(self.request),
            time: Some(self.at_seconds),
            principal: Some(self.principal),
            action: Some(self.action),
            resource: Some(self.resource),
            verdict: Some(Verdict::Denied),
            enforcement: Some(enforcement(self.is_enforced)),
            reason: Some(self.reason),
            sentence: Some(self.sentence),
            policies: Some(
                policies
                    .map(|ToldPolicy { kind, name, outcome, statement }| PolicyLookedAt {
                        kind,
                        name,
                        outcome,
                        statement,
                    })
                    .collect(),
            ),
            context: Some(self.context),
        }
    }
}

/// Whether an account may see the policies of a layer, for a request of a principal of `home` on a
/// resource of `owner`. Each account sees its own.
pub(super) fn sees(
    layer: Layer,
    account: &AccountId,
    home: Option<&AccountId>,
    owner: &AccountId,
) -> bool {
    match layer {
        Layer::Identity | Layer::Boundary | Layer::Session => home == Some(account),
        Layer::Resource | Layer::Trust | Layer::Grant => owner == account,
    }
}

/// A statement of the other account is not named, and principals that a role does not trust do not
/// learn whether it exists.
pub(super) fn seen(decision: &Decided, sees: impl Fn(Layer) -> bool) -> Decided {
    let reason = match decision.reason {
        Reason::DeniedBy(Layer::Trust) | Reason::TooMuchWork(Layer::Trust)
            if !sees(Layer::Trust) =>
        {
            Reason::NothingAllowsIn(Layer::Trust)
        }
        reason => reason,
    };
    let deciding = decision.deciding.clone().filter(|deciding| sees(deciding.layer));
    Decided { verdict: decision.verdict, reason, deciding }
}
