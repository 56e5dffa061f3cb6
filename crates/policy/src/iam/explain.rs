//! The same decision, with everything that led to it.

use std::collections::HashSet;
use std::sync::Arc;

use crate::iam::ask::{Attached, Policies, Request, SourceKind};
use crate::iam::decision::{Deciding, Decision, Layer, Verdict};
use crate::iam::evaluate::answer;
use crate::iam::statement::{Effect, Question};

/// A decision with all consulted policies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// The decision of [`evaluate`](fn@crate::iam::evaluate).
    pub decision: Decision,
    /// The verdict of each layer that has a policy, by itself.
    pub layers: Vec<LayerOutcome>,
    /// Every policy, and its verdict by itself.
    pub looked_at: Vec<LookedAt>,
    /// Every statement that is about the request.
    pub matched: Vec<Matched>,
    /// Condition keys and variables that the policies use and the request does not have.
    pub missing_context: Vec<String>,
    /// Whether the work was used up before all policies were consulted.
    pub is_cut: bool,
    /// How many steps it took to decide and to explain.
    pub steps: usize,
}

/// The verdict of a layer by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LayerOutcome {
    /// Which layer.
    pub layer: Layer,
    /// The verdict.
    pub verdict: Verdict,
}

/// The verdict of a policy by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookedAt {
    /// Its layer.
    pub layer: Layer,
    /// Its source.
    pub source: SourceKind,
    /// Its name.
    pub name: Arc<str>,
    /// Its verdict.
    pub verdict: Verdict,
}

/// A statement that is about the request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matched {
    /// Which statement.
    pub statement: Deciding,
    /// Whether it allows or denies.
    pub effect: Effect,
}

/// Decides, and records all consulted policies. Slower than [`evaluate`](fn@crate::iam::evaluate):
/// for explanations.
pub fn explain(request: &Request<'_>, policies: &Policies<'_>) -> Explanation {
    let question = Question::new(request, policies);
    let decided = Question::new(request, policies);
    let mut explanation = Explanation {
        missing_context: missing_context(&question, policies),
        ..Explanation::of(answer(&decided, policies))
    };
    let Policies { identity, boundary, session, scopes, resource, trust, key } = *policies;
    let one = |attached: Option<_>| attached.map(std::slice::from_ref).unwrap_or_default();
    explanation.look_at(&question, Layer::Identity, identity);
    explanation.look_at(&question, Layer::Boundary, one(boundary));
    explanation.look_at(&question, Layer::Session, session.unwrap_or_default());
    for scope in scopes {
        explanation.look_at(&question, Layer::Session, std::slice::from_ref(scope));
    }
    match (trust, key) {
        (Some(_), _) => explanation.look_at(&question, Layer::Trust, one(trust)),
        (None, Some(key)) => {
            explanation.look_at(&question, Layer::Resource, one(Some(&key.policy)));
            explanation.look_at(&question, Layer::Grant, &key.grants);
        }
        (None, None) => explanation.look_at(&question, Layer::Resource, resource),
    }
    explanation.is_cut = question.work.is_done();
    explanation.steps = decided.work.steps() + question.work.steps();
    explanation
}

/// The keys that the policies use, once each, and that the request does not have.
fn missing_context(question: &Question<'_>, policies: &Policies<'_>) -> Vec<String> {
    let (context, work) = (question.request.context, &question.work);
    let Policies { identity, boundary, session, scopes, resource, trust, key } = policies;
    let of_key = key.iter().flat_map(|key| std::iter::once(&key.policy).chain(&key.grants));
    let attached = (identity.iter().chain(*boundary).chain(session.unwrap_or_default()))
        .chain(*scopes)
        .chain(*resource)
        .chain(*trust)
        .chain(of_key);
    let mut known = HashSet::new();
    attached
        .take_while(|_| !work.is_done())
        .flat_map(|attached| attached.document.keys())
        .filter(|key| context.look_up(key, work).is_none() && !work.is_done())
        .filter(|key| known.insert(key.text.to_ascii_lowercase()))
        .map(|key| key.text.to_string())
        .collect()
}

impl Explanation {
    /// A decision without consulted policies.
    pub fn of(decision: Decision) -> Self {
        Self {
            decision,
            layers: Vec::new(),
            looked_at: Vec::new(),
            matched: Vec::new(),
            missing_context: Vec::new(),
            is_cut: false,
            steps: 0,
        }
    }

    fn look_at(&mut self, question: &Question<'_>, layer: Layer, attached: &[Attached]) {
        let mut outcome = Verdict::ImplicitDeny;
        for attached in attached.iter().take_while(|_| !question.work.is_done()) {
            let verdict = self.look_at_policy(question, layer, attached);
            outcome = outcome.with(verdict);
            let Attached { source, name, document: _ } = attached;
            self.looked_at.push(LookedAt {
                layer,
                source: *source,
                name: Arc::clone(name),
                verdict,
            });
        }
        if !attached.is_empty() {
            self.layers.push(LayerOutcome { layer, verdict: outcome });
        }
    }

    fn look_at_policy(
        &mut self,
        question: &Question<'_>,
        layer: Layer,
        attached: &Attached,
    ) -> Verdict {
        let mut verdict = Verdict::ImplicitDeny;
        for statement in attached.document.statements() {
            let grade = statement.applies(question);
            if question.work.is_done() {
                break;
            }
            if grade.is_none() {
                continue;
            }
            let effect = statement.effect;
            verdict = verdict.with(match effect {
                Effect::Allow => Verdict::Allowed,
                Effect::Deny => Verdict::ExplicitDeny,
            });
            let statement = Deciding::new(layer, attached, statement);
            self.matched.push(Matched { statement, effect });
        }
        verdict
    }
}

impl Verdict {
    /// The combination of two verdicts: a deny wins, then an allow.
    fn with(self, other: Self) -> Self {
        match (self, other) {
            (Self::ExplicitDeny, _) | (_, Self::ExplicitDeny) => Self::ExplicitDeny,
            (Self::Allowed, _) | (_, Self::Allowed) => Self::Allowed,
            (Self::ImplicitDeny, Self::ImplicitDeny) => Self::ImplicitDeny,
        }
    }
}
