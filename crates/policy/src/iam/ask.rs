use std::sync::Arc;

use names::AccountId;

use crate::iam::context::Context;
use crate::iam::document::Document;
use crate::iam::subject::Subject;
use crate::work::Work;

/// A question: may they?
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// Who asks.
    pub subject: Subject<'a>,
    /// What they want to do, e.g. `ecr:PutImage`.
    pub action: &'a str,
    /// What they want to do it to: an ARN, or `*` for an action that has no resource.
    pub resource: &'a str,
    /// Whose the resource is.
    pub resource_account: &'a AccountId,
    /// What the request says besides.
    pub context: &'a Context<'a>,
}

/// A document and where it is from. A copy costs two counters.
#[derive(Debug, Clone)]
pub struct Attached {
    /// What it is attached to.
    pub source: SourceKind,
    /// Its name or ARN, as an explanation calls it.
    pub name: Arc<str>,
    /// What it says.
    pub document: Arc<Document>,
}

impl Attached {
    /// What of it could have a say about this action on this resource; `None` if nothing could. Who asks often about
    /// the same keeps it: a decision about that very action and resource is the same with it as with the whole. When the
    /// work is done, the rest is kept unread.
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

/// Where a document is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SourceKind {
    /// Written into a user.
    UserInline,
    /// Written into a group of the user's.
    GroupInline,
    /// Written into a role.
    RoleInline,
    /// A managed policy that comes with the house.
    AwsManaged,
    /// A managed policy of the account.
    CustomerManaged,
    /// Passed when the session began.
    SessionInline,
    /// A repository's.
    Repository,
    /// A registry's.
    Registry,
    /// A role's: who may play it.
    RoleTrust,
}

impl SourceKind {
    /// The words of `SimulatePrincipalPolicy` for it: `SourcePolicyType`. They are not those of IAM's model.
    pub fn simulation_type(self) -> &'static str {
        match self {
            Self::UserInline
            | Self::GroupInline
            | Self::RoleInline
            | Self::AwsManaged
            | Self::CustomerManaged
            | Self::SessionInline => "IAM Policy",
            Self::Repository | Self::Registry | Self::RoleTrust => "Resource Policy",
        }
    }
}

/// Everything that has a say in a request. The default is nothing, which allows nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Policies<'a> {
    /// What the principal may do: of a federated user, what its voucher may do.
    pub identity: &'a [Attached],
    /// What the principal may do at most.
    pub boundary: Option<&'a Attached>,
    /// What the session may do at most: inline and managed together. `None` when none was passed.
    pub session: Option<&'a [Attached]>,
    /// What the session was narrowed to later, each time further: every one of them must allow, whatever allows
    /// without the others.
    pub scopes: &'a [Attached],
    /// What the resource lets be done to it: the repository's policy and the registry's. Either may allow.
    pub resource: &'a [Attached],
    /// Who may play the role. It decides instead of `resource`: it must itself name whoever asks.
    pub trust: Option<&'a Attached>,
}
