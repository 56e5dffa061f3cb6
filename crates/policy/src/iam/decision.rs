use std::sync::Arc;

use crate::iam::ask::{Attached, Request, SourceKind};
use crate::iam::statement::{Span, Statement};
use crate::iam::subject::Subject;
use crate::work::DECISION_STEPS_MAX;

/// A decision and its reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The verdict.
    pub verdict: Verdict,
    /// Why.
    pub reason: Reason,
    /// The statement that decided: one that denied, one at which the work was used up, or the first
    /// that allowed. If nothing allows, there is none.
    pub deciding: Option<Deciding>,
}

/// The verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// It is allowed.
    Allowed,
    /// A statement denies it, or the decision would take too much work.
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

/// A kind of policy in a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Layer {
    /// The identity policies.
    Identity,
    /// The permissions boundary.
    Boundary,
    /// The session policies.
    Session,
    /// The resource's policies.
    Resource,
    /// The role's trust policy.
    Trust,
    /// The grants on a KMS key.
    Grant,
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
            Self::Grant => "grant",
        }
    }
}

/// Why it was decided so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reason {
    /// The subject is the account that owns the resource, and nothing denies it.
    Root,
    /// This layer allows it, and so do all that must agree.
    AllowedBy(Layer),
    /// This denies it.
    DeniedBy(Layer),
    /// This layer would have to allow it, and does not.
    NothingAllowsIn(Layer),
    /// The decision would take too much work. The limit was reached here, at the named statement.
    TooMuchWork(Layer),
}

/// A consulted statement of a policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deciding {
    /// The layer of its policy.
    pub layer: Layer,
    /// The source of the policy.
    pub source: SourceKind,
    /// The policy's name.
    pub name: Arc<str>,
    /// Which of its statements, from 0.
    pub index: usize,
    /// The statement's `Sid`.
    pub sid: Option<Arc<str>>,
    /// Its position in the policy's text.
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
    /// Whether it is allowed.
    pub fn is_allowed(&self) -> bool {
        self.verdict == Verdict::Allowed
    }

    /// How AWS puts the refusal into words: the message of `AccessDenied`.
    pub fn sentence(&self, request: &Request<'_>) -> String {
        let Request { subject, action, resource, .. } = request;
        let who = match subject {
            Subject::Principal(principal) => principal.arn(),
            Subject::Service(name) => (*name).to_owned(),
            // STS does not reveal the role to a caller that it does not trust.
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
            // A caller that is not trusted does not learn why.
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
