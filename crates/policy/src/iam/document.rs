use std::collections::HashSet;
use std::sync::Arc;

use crate::iam::action::Asked;
use crate::iam::context::Key;
use crate::iam::principal::NamedPrincipal;
use crate::iam::resource::Arn;
use crate::iam::statement::Statement;
use crate::work::Work;

/// The longest text that is looked at: what IAM's model lets through. Its quotas are smaller, see [`size`].
pub const TEXT_BYTES_MAX: usize = 131_072;

/// What a document is for, which decides what it must and must not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DocumentKind {
    /// What a user, group or role may do; also a permissions boundary, a session policy, a managed policy.
    Identity,
    /// Who may play a role.
    Trust,
    /// Who may do what to a repository.
    Repository,
    /// Who may do what to the repositories of a registry.
    Registry,
}

/// Which words the language has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Version {
    /// `2008-10-17`, and of documents that do not say. Variables are plain text.
    V2008,
    /// `2012-10-17`.
    V2012,
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
    /// Denies everything to everybody: what stands in for a stored text that cannot be read.
    pub fn deny_all() -> Self {
        let statements = Box::new([Arc::new(Statement::deny_all())]);
        Self { kind: DocumentKind::Identity, version: Version::V2012, id: None, statements }
    }

    /// A policy that says nothing: it allows nothing, and denies nothing.
    pub fn empty() -> Self {
        let statements = Box::new([]);
        Self { kind: DocumentKind::Identity, version: Version::V2012, id: None, statements }
    }

    /// What it is for.
    pub fn kind(&self) -> DocumentKind {
        self.kind
    }

    /// Which words it may use.
    pub fn version(&self) -> Version {
        self.version
    }

    /// What its author called it.
    pub fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// Its statements, in order.
    pub fn statements(&self) -> &[Arc<Statement>] {
        &self.statements
    }

    /// Everybody whom it names, in order, as often as it does.
    pub fn named_principals(&self) -> impl Iterator<Item = &NamedPrincipal> {
        self.statements.iter().flat_map(|statement| statement.named_principals())
    }

    /// The condition keys and variables that it asks for, once each, as they are first written.
    pub fn context_keys(&self) -> Vec<&str> {
        self.keys().into_iter().map(|key| &*key.text).collect()
    }

    /// The statements that could have a say about this action on this resource. They are shared, not copied.
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
