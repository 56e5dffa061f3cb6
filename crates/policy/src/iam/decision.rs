use std::sync::Arc;

use crate::iam::ask::{Attached, Request, SourceKind};
use crate::iam::statement::{Span, Statement};
use crate::iam::subject::Subject;
use crate::work::DECISION_STEPS_MAX;

/// What was decided, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// What was decided.
    pub verdict: Verdict,
    /// Why.
    pub reason: Reason,
    /// The statement that decided: one that denied, one at which the work was done, or the first that allowed. What
    /// nothing allows, nothing decided.
    pub deciding: Option<Deciding>,
}

/// What was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// It is allowed.
    Allowed,
    /// A statement denies it, or to decide would take too much work.
    ExplicitDeny,
    /// Nothing allows it, or not everything that must.
    ImplicitDeny,
}

impl Verdict {
    /// The word of `SimulatePrincipalPolicy` for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Allowed => "allowed",
            Self::ExplicitDeny => "explicitDeny",
            Self::ImplicitDeny => "implicitDeny",
        }
    }
}

/// What has a say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Layer {
    /// What the principal may do.
    Identity,
    /// What the principal may do at most.
    Boundary,
    /// What the session may do at most.
    Session,
    /// What the resource lets be done to it.
    Resource,
    /// Who may play the role.
    Trust,
}

impl Layer {
    /// As refusals call it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Identity => "identity-based policy",
            Self::Boundary => "permissions boundary",
            Self::Session => "session policy",
            Self::Resource => "resource-based policy",
            Self::Trust => "role trust policy",
        }
    }
}

/// Why it was decided so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reason {
    /// Whoever asks is the account that owns the resource, and nothing denies it.
    Root,
    /// This allows it, and all that must agree does.
    AllowedBy(Layer),
    /// This denies it.
    DeniedBy(Layer),
    /// This would have to allow it, and does not.
    NothingAllowsIn(Layer),
    /// To decide would take more work than a decision may. It was done here, at the statement that is named.
    TooMuchWork(Layer),
}

/// A statement of a policy that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deciding {
    /// What it had a say as.
    pub layer: Layer,
    /// Where the policy is from.
    pub source: SourceKind,
    /// The policy's name.
    pub name: Arc<str>,
    /// Which of its statements, from 0.
    pub index: usize,
    /// What its author called the statement.
    pub sid: Option<Arc<str>>,
    /// Where it stands in the policy's text.
    pub span: Span,
}

impl Deciding {
    pub(crate) fn new(layer: Layer, attached: &Attached, statement: &Statement) -> Self {
        let Attached { source, name, document: _ } = attached;
        Self {
            layer,
            source: *source,
            name: Arc::clone(name),
            index: statement.index,
            sid: statement.sid.clone(),
            span: statement.span,
        }
    }
}

impl Decision {
    /// May they?
    pub fn is_allowed(&self) -> bool {
        self.verdict == Verdict::Allowed
    }

    /// How AWS puts the refusal into words: the message of `AccessDenied`.
    pub fn sentence(&self, request: &Request<'_>) -> String {
        let Request { subject, action, resource, .. } = request;
        let who = match subject {
            Subject::Principal(principal) => principal.arn(),
            Subject::Service(name) => (*name).to_owned(),
            // STS does not tell a stranger about the role.
            Subject::WebIdentity { .. } => return format!("Not authorized to perform {action}"),
            Subject::Anonymous => "anonymous".to_owned(),
        };
        let what =
            format!("User: {who} is not authorized to perform: {action} on resource: {resource}");
        match self.reason {
            Reason::DeniedBy(layer) => {
                let article = if layer == Layer::Identity { "an" } else { "a" };
                format!("{what} with an explicit deny in {article} {}", layer.as_str())
            }
            Reason::TooMuchWork(layer) if layer != Layer::Trust => format!(
                "{what} because the {} takes more than {DECISION_STEPS_MAX} steps to evaluate",
                layer.as_str()
            ),
            // Who is not trusted is not told why.
            Reason::Root
            | Reason::AllowedBy(_)
            | Reason::NothingAllowsIn(Layer::Trust)
            | Reason::TooMuchWork(_) => what,
            Reason::NothingAllowsIn(layer) => {
                format!("{what} because no {} allows the {action} action", layer.as_str())
            }
        }
    }
}
