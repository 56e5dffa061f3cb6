use std::sync::Arc;

use crate::iam::action::{ActionPattern, Asked};
use crate::iam::ask::{Policies, Request};
use crate::iam::condition::{Condition, Outcome};
use crate::iam::context::{Context, Key};
use crate::iam::principal::{Grade, NamedPrincipal};
use crate::iam::resource::{Arn, Case, ResourcePattern, Share};
use crate::iam::subject::Subject;
use crate::iam::template::Unresolved;
use crate::work::Work;

/// Whether a statement allows or denies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Effect {
    /// It allows.
    Allow,
    /// It denies, whatever else allows.
    Deny,
}

/// A place in a text. Both count from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Position {
    /// Which line.
    pub line: usize,
    /// Which character of the line.
    pub column: usize,
}

/// From the first character of something to the one after its last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Span {
    /// Its first character.
    pub start: Position,
    /// The one after its last.
    pub end: Position,
}

/// One statement of a document, compiled.
#[derive(Debug, Clone)]
pub struct Statement {
    pub(crate) sid: Option<Arc<str>>,
    /// Its position among the statements of its document, from 0.
    pub(crate) index: usize,
    pub(crate) span: Span,
    pub(crate) effect: Effect,
    pub(crate) principals: Principals,
    pub(crate) actions: Actions,
    pub(crate) resources: Resources,
    pub(crate) conditions: Box<[Condition]>,
}

#[derive(Debug, Clone)]
pub(crate) enum Principals {
    /// The entity that the document is attached to.
    Implied,
    These(Box<[NamedPrincipal]>),
    AllBut(Box<[NamedPrincipal]>),
}

#[derive(Debug, Clone)]
pub(crate) enum Actions {
    These(Box<[ActionPattern]>),
    AllBut(Box<[ActionPattern]>),
}

#[derive(Debug, Clone)]
pub(crate) enum Resources {
    /// Whatever the document is attached to.
    Implied,
    These(Box<[ResourcePattern]>),
    AllBut(Box<[ResourcePattern]>),
}

/// A request, parsed once for all statements.
#[derive(Debug)]
pub(crate) struct Question<'a> {
    pub(crate) request: &'a Request<'a>,
    pub(crate) action: Asked,
    pub(crate) arn: Option<Arn<'a>>,
    /// Whether the subject has a permissions boundary.
    pub(crate) has_boundary: bool,
    /// The remaining work.
    pub(crate) work: Work,
}

impl<'a> Question<'a> {
    pub(crate) fn new(request: &'a Request<'a>, policies: &Policies<'_>) -> Self {
        Self {
            request,
            action: Asked::new(request.action),
            arn: Arn::split(request.resource),
            has_boundary: policies.boundary.is_some(),
            work: Work::of_decision(),
        }
    }
}

impl Statement {
    /// Its id within the document.
    pub fn sid(&self) -> Option<&str> {
        self.sid.as_deref()
    }

    /// Whether it allows or denies.
    pub fn effect(&self) -> Effect {
        self.effect
    }

    /// Its position in the document.
    pub fn span(&self) -> Span {
        self.span
    }

    pub(crate) fn deny_all() -> Self {
        let nowhere = Position { line: 1, column: 1 };
        Self {
            sid: None,
            index: 0,
            span: Span { start: nowhere, end: nowhere },
            effect: Effect::Deny,
            principals: Principals::Implied,
            actions: Actions::These(Box::new([ActionPattern::Any])),
            resources: Resources::Implied,
            conditions: Box::new([]),
        }
    }

    /// Whether it names no principal, and so applies to the entity that its document is attached
    /// to. On a resource, that would be everyone.
    pub(crate) fn names_no_principal(&self) -> bool {
        matches!(self.principals, Principals::Implied)
    }

    pub(crate) fn named_principals(&self) -> impl Iterator<Item = &NamedPrincipal> {
        match &self.principals {
            Principals::Implied => [].iter(),
            Principals::These(named) | Principals::AllBut(named) => named.iter(),
        }
    }

    pub(crate) fn keys(&self) -> impl Iterator<Item = &Key> {
        let resources = match &self.resources {
            Resources::Implied => [].iter(),
            Resources::These(patterns) | Resources::AllBut(patterns) => patterns.iter(),
        };
        let conditions = self.conditions.iter().flat_map(Condition::keys);
        resources.flat_map(ResourcePattern::keys).chain(conditions)
    }

    /// Whether the statement applies. Returns how well its principals match. The result means
    /// nothing once the question's work is used up.
    pub(crate) fn applies(&self, question: &Question<'_>) -> Option<Grade> {
        if !self.actions.hold(&question.action, &question.work) || !self.is_about_resource(question)
        {
            return None;
        }
        let grade = self.grade(question)?;
        self.conditions_hold(question).then_some(grade)
    }

    /// Whether it could apply to this action on this resource, for any subject and context. Also
    /// true if it would take too much work to decide.
    pub(crate) fn may_concern(&self, action: &Asked, arn: Option<&Arn<'_>>, work: &Work) -> bool {
        let context = Context::new();
        let (share, case) = (self.share(), self.case(action));
        let may_match = |pattern: &ResourcePattern| {
            pattern.keys().next().is_some()
                || pattern.matches(arn, &context, share, case, work) == Ok(true)
        };
        let may_concern = self.actions.hold(action, work)
            && match &self.resources {
                Resources::Implied | Resources::AllBut(_) => true,
                Resources::These(patterns) => patterns.iter().any(may_match),
            };
        may_concern || work.is_done()
    }

    fn is_about_resource(&self, question: &Question<'_>) -> bool {
        let patterns = match &self.resources {
            Resources::Implied => return true,
            Resources::These(patterns) | Resources::AllBut(patterns) => patterns,
        };
        let keys = patterns.iter().flat_map(ResourcePattern::keys);
        self.holds(question, keys, |context| self.matches_resource(question, context))
    }

    fn matches_resource(&self, question: &Question<'_>, context: &Context<'_>) -> bool {
        let (arn, share) = (question.arn.as_ref(), self.share());
        let case = self.case(&question.action);
        let matches =
            |pattern: &ResourcePattern| pattern.matches(arn, context, share, case, &question.work);
        match &self.resources {
            Resources::Implied => true,
            Resources::These(patterns) => {
                patterns.iter().any(|pattern| matches(pattern) == Ok(true))
            }
            // Which resources a variable without a value would have excluded is unknown: an `Allow`
            // excludes all of them, a `Deny` none.
            Resources::AllBut(patterns) => patterns.iter().all(|pattern| match matches(pattern) {
                Ok(is_spared) => !is_spared,
                Err(Unresolved) => self.effect == Effect::Deny,
            }),
        }
    }

    /// How much of a list its patterns must match: nothing is allowed by mistake.
    fn share(&self) -> Share {
        match (&self.resources, self.effect) {
            (Resources::AllBut(_), Effect::Allow) => Share::Something,
            (Resources::AllBut(_), Effect::Deny) | (_, Effect::Allow) => Share::All,
            (_, Effect::Deny) => Share::OfSomeLength,
        }
    }

    /// A `Deny` of giving a name holds for each spelling of it, since a lookup finds all of them.
    fn case(&self, action: &Asked) -> Case {
        match (&self.resources, self.effect) {
            (Resources::These(_), Effect::Deny) if action.names_something() => Case::Ignored,
            _ => Case::Counts,
        }
    }

    /// Whether something holds that depends on these keys. If one of them has values in several
    /// spellings, an `Allow` must hold with each of them, and a `Deny` holds with any. A `Deny`
    /// also holds if there are too many.
    fn holds<'k>(
        &self,
        question: &Question<'_>,
        keys: impl Iterator<Item = &'k Key>,
        holds_in: impl Fn(&Context<'_>) -> bool,
    ) -> bool {
        let context = question.request.context;
        if !context.is_ambiguous() {
            return holds_in(context);
        }
        match (context.readings(keys, &question.work), self.effect) {
            (Some(readings), Effect::Allow) => readings.iter().all(holds_in),
            (Some(readings), Effect::Deny) => readings.iter().any(holds_in),
            (None, effect) => effect == Effect::Deny,
        }
    }

    fn grade(&self, question: &Question<'_>) -> Option<Grade> {
        let subject = &question.request.subject;
        let region = question.arn.map_or("", |arn| arn.region);
        let fit = |named: &NamedPrincipal| {
            if question.work.spend(1) { named.fits(subject, region) } else { None }
        };
        match &self.principals {
            Principals::Implied => Some(Grade::Direct),
            Principals::These(named) => {
                // A provider's subjects are matched only by its name. Everyone else is also matched
                // by `*`.
                let is_named = |named: &&NamedPrincipal| {
                    !(self.effect == Effect::Allow
                        && matches!(subject, Subject::WebIdentity { .. })
                        && **named == NamedPrincipal::Everyone)
                };
                named.iter().filter(is_named).filter_map(fit).max()
            }
            Principals::AllBut(named) => {
                let best = named.iter().filter_map(fit).max();
                (!self.spares(best, question)).then_some(Grade::Direct)
            }
        }
    }

    /// Whether `NotPrincipal` excludes a subject that its list matches this well. An `Allow`
    /// excludes every subject that the list might mean. A `Deny` excludes only subjects that it
    /// names: for an account, its root; and none that has a permissions boundary, as AWS's user
    /// guide warns.
    fn spares(&self, best: Option<Grade>, question: &Question<'_>) -> bool {
        let subject = &question.request.subject;
        let is_root = matches!(subject, Subject::Principal(names::Principal::Root { .. }));
        match (best, self.effect) {
            (None, _) => false,
            (Some(_), Effect::Deny) if question.has_boundary => false,
            (Some(Grade::Account), Effect::Deny) => is_root,
            (Some(_), _) => true,
        }
    }

    /// If it cannot be decided, an `Allow` grants nothing, and a `Deny` holds.
    fn conditions_hold(&self, question: &Question<'_>) -> bool {
        self.conditions.iter().all(|condition| {
            self.holds(question, condition.keys(), |context| {
                match condition.check(context, &question.work) {
                    Outcome::Met => true,
                    Outcome::NotMet => false,
                    Outcome::Unknown => self.effect == Effect::Deny,
                }
            })
        })
    }
}

impl Actions {
    fn hold(&self, asked: &Asked, work: &Work) -> bool {
        let matches = |pattern: &ActionPattern| pattern.matches(asked, work);
        match self {
            Self::These(patterns) => patterns.iter().any(matches),
            Self::AllBut(patterns) => !patterns.iter().any(matches),
        }
    }
}
