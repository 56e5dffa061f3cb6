use std::sync::Arc;

use names::AccountId;

use crate::iam::context::Context;
use crate::iam::document::Document;
use crate::iam::subject::Subject;
use crate::work::Work;

/// A question: is the subject allowed to do this?
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// The subject.
    pub subject: Subject<'a>,
    /// The action, e.g. `ecr:PutImage`.
    pub action: &'a str,
    /// The resource: an ARN, or `*` for an action without a resource.
    pub resource: &'a str,
    /// The account of the resource.
    pub resource_account: &'a AccountId,
    /// The context of the request.
    pub context: &'a Context<'a>,
}

/// A document and its source. A copy costs two counters.
#[derive(Debug, Clone)]
pub struct Attached {
    /// The kind of its attachment.
    pub source: SourceKind,
    /// Its name or ARN, as an explanation calls it.
    pub name: Arc<str>,
    /// The document.
    pub document: Arc<Document>,
}

impl Attached {
    /// The statements that could apply to this action on this resource; `None` if there are none. A
    /// caller that asks the same often can keep them: a decision about exactly this action and
    /// resource is the same with them as with the whole. Once the work is used up, the rest is kept
    /// unread.
    pub fn about(&self, action: &str, resource: &str, work: &Work) -> Option<Self> {
        let document = self.document.about(action, resource, work);
        let Self { source, name, document: _ } = self;
        let is_silent = document.statements().is_empty();
        (!is_silent).then(|| Self {
            source: *source,
            name: name.clone(),
            document: Arc::new(document),
        })
    }
}

/// The source of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SourceKind {
    /// Written into a user.
    UserInline,
    /// Written into a group of the user's.
    GroupInline,
    /// Written into a role.
    RoleInline,
    /// A built-in managed policy of AWS.
    AwsManaged,
    /// A managed policy of the account.
    CustomerManaged,
    /// Passed when the session began.
    SessionInline,
    /// A repository's.
    Repository,
    /// A registry's.
    Registry,
    /// A role's trust policy.
    RoleTrust,
    /// A KMS key's.
    Key,
    /// A grant on a KMS key.
    Grant,
    /// That of a secret of Secrets Manager.
    Secret,
}

impl SourceKind {
    /// `SourcePolicyType` as `SimulatePrincipalPolicy` writes it. IAM's model has other words.
    pub fn simulation_type(self) -> &'static str {
        match self {
            Self::UserInline
            | Self::GroupInline
            | Self::RoleInline
            | Self::AwsManaged
            | Self::CustomerManaged
            | Self::SessionInline => "IAM Policy",
            Self::Repository
            | Self::Registry
            | Self::RoleTrust
            | Self::Key
            | Self::Grant
            | Self::Secret => "Resource Policy",
        }
    }
}

/// All policies that apply to a request. The default is none, which allows nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Policies<'a> {
    /// The identity policies of the principal; for a federated user, those of its creator.
    pub identity: &'a [Attached],
    /// The permissions boundary of the principal.
    pub boundary: Option<&'a Attached>,
    /// The session policies, inline and managed together. `None` if none were passed.
    pub session: Option<&'a [Attached]>,
    /// The policies that the session was narrowed with later: every one of them must allow,
    /// whatever allows otherwise.
    pub scopes: &'a [Attached],
    /// The resource's policies: the repository's and the registry's. Either may allow.
    pub resource: &'a [Attached],
    /// The role's trust policy. It replaces `resource`: it must itself name the subject.
    pub trust: Option<&'a Attached>,
    /// The policies of a KMS key. They replace `resource`.
    pub key: Option<&'a KeyPolicies>,
}

/// The policies of a KMS key. Its own must itself name the subject, or leave it to the subject's
/// account by naming that. A grant allows without either.
#[derive(Debug, Clone)]
pub struct KeyPolicies {
    /// The key's policy.
    pub policy: Attached,
    /// The grants whose constraints the request satisfies.
    pub grants: Vec<Attached>,
}
