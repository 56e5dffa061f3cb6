use std::sync::Arc;

use names::{RegistryId, RepositoryArn};
use policy::Attached;

use super::compiled::Compiled;
use super::kept::Kept;

/// What is remembered of rights.
#[derive(Default)]
pub(crate) struct Rights {
    pub(super) compiled: Compiled,
    /// By the id of a user or role, or the account of a root user. `None` is somebody who is gone.
    pub(super) principals: Kept<String, Option<PrincipalRights>>,
    /// By ARN. `None` is a policy that is gone.
    pub(super) managed: Kept<String, Option<Attached>>,
    pub(super) repositories: Kept<RepositoryArn, RepositoryRights>,
    pub(super) registries: Kept<RegistryId, RegistryRights>,
}

/// What a user or role may do, and what is said of it.
#[derive(Debug, Default)]
pub(super) struct PrincipalRights {
    pub(super) identity: Vec<Attached>,
    pub(super) boundary: Option<Attached>,
    pub(super) tags: Vec<Tag>,
}

/// What a repository lets be done to it, and what is said of it. Of one that is not there, nothing.
#[derive(Debug, Clone, Default)]
pub(super) struct RepositoryRights {
    pub(super) policy: Option<Attached>,
    pub(super) tags: Vec<ResourceTag>,
}

/// What a registry lets be done in it.
#[derive(Debug, Default)]
pub(super) struct RegistryRights {
    pub(super) policy: Option<Attached>,
    /// Does the policy speak of every action, or of those alone that other registries take here?
    pub(super) scope: Scope,
}

/// `REGISTRY_POLICY_SCOPE`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Scope {
    /// Replication, imports from upstream and the making of repositories.
    V1,
    /// Every action.
    #[default]
    V2,
}

/// A tag of a principal, as conditions ask for it.
#[derive(Debug)]
pub(super) struct Tag {
    /// `aws:PrincipalTag/KEY`.
    pub(super) key: String,
    pub(super) value: String,
}

/// A tag of a repository, as conditions ask for it: under both names.
#[derive(Debug, Clone)]
pub(super) struct ResourceTag {
    /// `aws:ResourceTag/KEY` and `ecr:ResourceTag/KEY`.
    pub(super) keys: [String; 2],
    pub(super) value: String,
}

/// What a name is in explanations.
pub(super) fn attached(
    source: policy::SourceKind,
    name: &str,
    document: Arc<policy::Document>,
) -> Attached {
    Attached { source, name: name.into(), document }
}
