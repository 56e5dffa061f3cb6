use std::collections::HashSet;
use std::sync::Arc;

use crate::iam::action::Asked;
use crate::iam::context::Key;
use crate::iam::principal::NamedPrincipal;
use crate::iam::resource::Arn;
use crate::iam::statement::Statement;
use crate::iam::version::Version;
use crate::work::Work;

/// The longest text that is parsed: the limit of IAM's model. Its quotas are smaller, see [`size`].
pub const TEXT_BYTES_MAX: usize = 131_072;

/// The purpose of a document, which decides what it must and must not contain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DocumentKind {
    /// A user's, group's or role's policy; also a permissions boundary, a session policy, a managed
    /// policy.
    Identity,
    /// A role's trust policy.
    Trust,
    /// A repository's policy.
    Repository,
    /// A registry's policy.
    Registry,
    /// A KMS key's policy, or a grant on one.
    Key,
}

/// A policy document, compiled.
#[derive(Debug, Clone)]
pub struct Document {
    pub(crate) kind: DocumentKind,
    pub(crate) version: Version,
    pub(crate) id: Option<Arc<str>>,
    pub(crate) statements: Box<[Arc<Statement>]>,
}

impl Document {
    /// Denies everything to everyone: it replaces a stored text that cannot be read.
    pub fn deny_all() -> Self {
        let statements = Box::new([Arc::new(Statement::deny_all())]);
        Self { kind: DocumentKind::Identity, version: Version::V2012, id: None, statements }
    }

    /// A policy without statements: it allows nothing, and denies nothing.
    pub fn empty() -> Self {
        let statements = Box::new([]);
        Self { kind: DocumentKind::Identity, version: Version::V2012, id: None, statements }
    }

    /// Its purpose.
    pub fn kind(&self) -> DocumentKind {
        self.kind
    }

    /// Its language version.
    pub fn version(&self) -> Version {
        self.version
    }

    /// Its `Id`.
    pub fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// Its statements, in order.
    pub fn statements(&self) -> &[Arc<Statement>] {
        &self.statements
    }

    /// All principals that it names, in order, with repetitions.
    pub fn named_principals(&self) -> impl Iterator<Item = &NamedPrincipal> {
        self.statements.iter().flat_map(|statement| statement.named_principals())
    }

    /// The condition keys and variables that it uses, once each, in the order of their first
    /// appearance.
    pub fn context_keys(&self) -> Vec<&str> {
        self.keys().into_iter().map(|key| &*key.text).collect()
    }

    /// The statements that could apply to this action on this resource. They are shared, not
    /// copied.
    pub(crate) fn about(&self, action: &str, resource: &str, work: &Work) -> Self {
        let (action, arn) = (Asked::new(action), Arn::split(resource));
        let may_concern =
            |statement: &&Arc<Statement>| statement.may_concern(&action, arn.as_ref(), work);
        let statements = self.statements.iter().filter(may_concern).cloned().collect();
        Self { kind: self.kind, version: self.version, id: self.id.clone(), statements }
    }

    pub(crate) fn keys(&self) -> Vec<&Key> {
        let mut known = HashSet::new();
        let keys = self.statements.iter().flat_map(|statement| statement.keys());
        keys.filter(|key| known.insert(key.text.to_ascii_lowercase())).collect()
    }
}

/// How long a document is as IAM's quotas count: characters, but no white space.
pub fn size(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}
