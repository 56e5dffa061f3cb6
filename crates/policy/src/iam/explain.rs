//! The same decision, with everything that led to it.

use std::collections::HashSet;
use std::sync::Arc;

use crate::iam::ask::{Attached, Policies, Request, SourceKind};
use crate::iam::decision::{Deciding, Decision, Layer, Verdict};
use crate::iam::evaluate::answer;
use crate::iam::statement::{Effect, Question};

/// A decision with everything that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// What [`evaluate`](fn@crate::iam::evaluate) says.
    pub decision: Decision,
    /// What each layer that has a policy says by itself.
    pub layers: Vec<LayerOutcome>,
    /// Every policy, and what it says by itself.
    pub looked_at: Vec<LookedAt>,
    /// Every statement that is about the request.
    pub matched: Vec<Matched>,
    /// Condition keys and variables that the policies ask for, and the request does not have.
    pub missing_context: Vec<String>,
    /// Did the work end before everything was looked at?
    pub is_cut: bool,
    /// How many steps it took to decide and to explain.
    pub steps: usize,
}

/// What a layer says by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LayerOutcome {
    /// Which layer.
    pub layer: Layer,
    /// What it says.
    pub verdict: Verdict,
}

/// What a policy says by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookedAt {
    /// What it had a say as.
    pub layer: Layer,
    /// Where it is from.
    pub source: SourceKind,
    /// Its name.
    pub name: Arc<str>,
    /// What it says.
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

/// Decides, and keeps everything that was looked at. Slower than
/// [`evaluate`](fn@crate::iam::evaluate): for those who ask why.
pub fn explain(request: &Request<'_>, policies: &Policies<'_>) -> Explanation {
    let question = Question::new(request, policies);
    let decided = Question::new(request, policies);
    let mut explanation = Explanation {
        missing_context: missing_context(&question, policies),
        ..Explanation::of(answer(&decided, policies))
    };
    let Policies { identity, boundary, session, scopes, resource, trust } = *policies;
    let one = |attached: Option<_>| attached.map(std::slice::from_ref).unwrap_or_default();
    explanation.look_at(&question, Layer::Identity, identity);
    explanation.look_at(&question, Layer::Boundary, one(boundary));
    explanation.look_at(&question, Layer::Session, session.unwrap_or_default());
    for scope in scopes {
        explanation.look_at(&question, Layer::Session, std::slice::from_ref(scope));
    }
    match trust {
        None => explanation.look_at(&question, Layer::Resource, resource),
        Some(_) => explanation.look_at(&question, Layer::Trust, one(trust)),
    }
    explanation.is_cut = question.work.is_done();
    explanation.steps = decided.work.steps() + question.work.steps();
    explanation
}

/// What every policy asks for, once each, and the request does not have.
fn missing_context(question: &Question<'_>, policies: &Policies<'_>) -> Vec<String> {
    let (context, work) = (question.request.context, &question.work);
    let Policies { identity, boundary, session, scopes, resource, trust } = policies;
    let attached = (identity.iter().chain(*boundary).chain(session.unwrap_or_default()))
        .chain(*scopes)
        .chain(*resource)
        .chain(*trust);
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
    /// A decision for which nothing was looked at yet.
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
    /// What two say together: a deny wins, then an allow.
    fn with(self, other: Self) -> Self {
        match (self, other) {
            (Self::ExplicitDeny, _) | (_, Self::ExplicitDeny) => Self::ExplicitDeny,
            (Self::Allowed, _) | (_, Self::Allowed) => Self::Allowed,
            (Self::ImplicitDeny, Self::ImplicitDeny) => Self::ImplicitDeny,
        }
    }
}
