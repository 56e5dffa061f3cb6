//! AWS's evaluation: any deny wins; then a policy must allow, and every limit must allow too.

use names::{Principal, Voucher};

use crate::iam::ask::{Attached, Policies, Request};
use crate::iam::decision::{Deciding, Decision, Layer, Reason, Verdict};
use crate::iam::principal::Grade;
use crate::iam::statement::{Effect, Question, Statement};
use crate::iam::subject::Subject;

/// Decides. Stops at the first statement that denies, and when the work of a decision is used up,
/// which is a denial.
pub fn evaluate(request: &Request<'_>, policies: &Policies<'_>) -> Decision {
    answer(&Question::new(request, policies), policies)
}

pub(crate) fn answer(question: &Question<'_>, policies: &Policies<'_>) -> Decision {
    match weigh(question, policies) {
        Ok(weighed) => weighed.decide_in_scope(question.request),
        Err(deciding) => Decision {
            verdict: Verdict::ExplicitDeny,
            reason: if question.work.is_done() {
                Reason::TooMuchWork(deciding.layer)
            } else {
                Reason::DeniedBy(deciding.layer)
            },
            deciding: Some(deciding),
        },
    }
}

/// The best allow of each layer. Nothing denies.
struct Weighed<'a> {
    identity: Option<Allow<'a>>,
    boundary: Limit<'a>,
    session: Limit<'a>,
    /// Whether everything that the session was narrowed to allows it.
    is_in_scope: bool,
    /// The trust policy's or the key policy's, if there is one.
    resource: Option<Allow<'a>>,
    resource_layer: Layer,
    /// Whether the policies of the account allow by themselves, without the resource's.
    is_union: bool,
    grant: Option<Allow<'a>>,
}

/// A limit of a principal.
enum Limit<'a> {
    None,
    To(Option<Allow<'a>>),
}

#[derive(Clone, Copy)]
struct Allow<'a> {
    grade: Grade,
    attached: &'a Attached,
    statement: &'a Statement,
}

/// The best allow of each layer; or the statement that denies, or that took the last of the work.
fn weigh<'a>(question: &Question<'_>, policies: &Policies<'a>) -> Result<Weighed<'a>, Deciding> {
    let Policies { identity, boundary, session, scopes, resource, trust, key } = *policies;
    let layer = |layer, attached| allow_in(question, layer, attached);
    Ok(Weighed {
        identity: layer(Layer::Identity, identity)?,
        boundary: match boundary {
            None => Limit::None,
            Some(boundary) => Limit::To(layer(Layer::Boundary, std::slice::from_ref(boundary))?),
        },
        session: match session {
            None => Limit::None,
            Some(session) => Limit::To(layer(Layer::Session, session)?),
        },
        is_in_scope: {
            let mut allowed = true;
            for scope in scopes {
                allowed &= layer(Layer::Session, std::slice::from_ref(scope))?.is_some();
            }
            allowed
        },
        resource: match (trust, key) {
            (Some(trust), _) => layer(Layer::Trust, std::slice::from_ref(trust))?,
            (None, Some(key)) => layer(Layer::Resource, std::slice::from_ref(&key.policy))?,
            (None, None) => layer(Layer::Resource, resource)?,
        },
        resource_layer: if trust.is_some() { Layer::Trust } else { Layer::Resource },
        is_union: trust.is_none() && key.is_none(),
        grant: match key {
            Some(key) => layer(Layer::Grant, &key.grants)?,
            None => None,
        },
    })
}

/// The first of the best allows; or the first deny, or the statement at which the work was used up.
fn allow_in<'a>(
    question: &Question<'_>,
    layer: Layer,
    attached: &'a [Attached],
) -> Result<Option<Allow<'a>>, Deciding> {
    let mut best: Option<Allow<'a>> = None;
    for attached in attached {
        for statement in attached.document.statements() {
            // An allow that is no better than the best one so far need not be checked.
            let is_settled = best.is_some_and(|best| best.grade == Grade::Direct);
            let is_misplaced = statement.names_no_principal() && !is_of_the_subject(layer);
            if statement.effect == Effect::Allow && (is_settled || is_misplaced) {
                continue;
            }
            let grade = statement.applies(question);
            if !question.work.spend(1) {
                return Err(Deciding::new(layer, attached, statement));
            }
            let Some(grade) = grade else { continue };
            match statement.effect {
                Effect::Deny => return Err(Deciding::new(layer, attached, statement)),
                Effect::Allow if best.is_none_or(|best| grade > best.grade) => {
                    best = Some(Allow { grade, attached, statement });
                }
                Effect::Allow => {}
            }
        }
    }
    Ok(best)
}

/// Whether policies of this layer are the subject's own, which need not name it.
fn is_of_the_subject(layer: Layer) -> bool {
    match layer {
        Layer::Identity | Layer::Boundary | Layer::Session => true,
        Layer::Resource | Layer::Trust | Layer::Grant => false,
    }
}

impl Weighed<'_> {
    /// A session's narrowing limits everything, whichever policy allows it: also the account
    /// itself, and a resource that names the session.
    fn decide_in_scope(&self, request: &Request<'_>) -> Decision {
        let decision = self.decide(request);
        if decision.is_allowed() && !self.is_in_scope {
            return nothing_allows_in(Layer::Session);
        }
        decision
    }

    fn decide(&self, request: &Request<'_>) -> Decision {
        if let Some(grant) = self.granted(request) {
            return allowed_by(Layer::Grant, grant);
        }
        let Subject::Principal(principal) = request.subject else {
            // A service, an anonymous caller or a provider's subject has no account whose policies
            // apply.
            return match self.resource.filter(|allow| allow.grade == Grade::Direct) {
                Some(allow) => allowed_by(self.resource_layer, allow),
                None => nothing_allows_in(self.resource_layer),
            };
        };
        let is_local = principal.account() == request.resource_account;
        match (is_local, self.resource) {
            (true, _) if self.is_union && matches!(principal, Principal::Root { .. }) => {
                Decision { verdict: Verdict::Allowed, reason: Reason::Root, deciding: None }
            }
            // Named directly: boundary and session need not allow, as long as they do not deny.
            (true, Some(allow)) if allow.grade == Grade::Direct => {
                allowed_by(self.resource_layer, allow)
            }
            (true, Some(allow)) if allow.grade == Grade::Role => match self.limits(principal) {
                Ok(()) => allowed_by(self.resource_layer, allow),
                Err(layer) => nothing_allows_in(layer),
            },
            (true, None) if !self.is_union => nothing_allows_in(self.resource_layer),
            (false, None) => nothing_allows_in(self.resource_layer),
            (_, resource) => match (self.account_side(principal), resource) {
                (Err(layer), _) => nothing_allows_in(layer),
                (Ok(()), Some(allow)) if !is_local => allowed_by(self.resource_layer, allow),
                (Ok(()), _) => self.allowed_by_account(),
            },
        }
    }

    /// A grant that allows it. It suffices in any account, but the limits of a session and of an
    /// account that is the grantee hold.
    fn granted(&self, request: &Request<'_>) -> Option<Allow<'_>> {
        let grant = self.grant?;
        let is_limited = match (request.subject, grant.grade) {
            (_, Grade::Direct) => false,
            (Subject::Principal(principal), Grade::Role) => self.limits(principal).is_err(),
            (Subject::Principal(principal), Grade::Account) => {
                self.account_side(principal).is_err()
            }
            (Subject::Service(_) | Subject::WebIdentity { .. } | Subject::Anonymous, _) => true,
        };
        (!is_limited).then_some(grant)
    }

    /// Whether the principal's own account allows it. Returns the layer that does not.
    fn account_side(&self, principal: &Principal) -> Result<(), Layer> {
        let is_root = matches!(
            principal,
            Principal::Root { .. }
                | Principal::FederatedUser { vouched_by: Voucher::Root { .. }, .. }
        );
        if !is_root && self.identity.is_none() {
            return Err(Layer::Identity);
        }
        self.limits(principal)
    }

    fn limits(&self, principal: &Principal) -> Result<(), Layer> {
        if matches!(self.boundary, Limit::To(None)) {
            return Err(Layer::Boundary);
        }
        let is_federated = matches!(principal, Principal::FederatedUser { .. });
        match &self.session {
            Limit::To(None) => Err(Layer::Session),
            // A federated user may do what both its creator and its session policy allow.
            Limit::None if is_federated => Err(Layer::Session),
            Limit::None | Limit::To(Some(_)) => Ok(()),
        }
    }

    fn allowed_by_account(&self) -> Decision {
        match self.identity {
            Some(allow) => allowed_by(Layer::Identity, allow),
            None => Decision { verdict: Verdict::Allowed, reason: Reason::Root, deciding: None },
        }
    }
}

fn allowed_by(layer: Layer, allow: Allow<'_>) -> Decision {
    Decision {
        verdict: Verdict::Allowed,
        reason: Reason::AllowedBy(layer),
        deciding: Some(Deciding::new(layer, allow.attached, allow.statement)),
    }
}

fn nothing_allows_in(layer: Layer) -> Decision {
    Decision {
        verdict: Verdict::ImplicitDeny,
        reason: Reason::NothingAllowsIn(layer),
        deciding: None,
    }
}
