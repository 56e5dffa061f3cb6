use std::collections::HashMap;
use std::sync::{Arc, RwLock};

use names::{RegistryId, RepositoryArn};
use policy::{Attached, Document, Work};

use super::compiled::Compiled;
use super::kept::Kept;

/// The cache of rights.
#[derive(Default)]
pub(crate) struct Rights {
    pub(super) compiled: Arc<Compiled>,
    /// By the id of a user or role, or the account of a root user. `None` stands for a principal
    /// that is gone.
    pub(super) principals: Kept<String, Option<PrincipalRights>>,
    /// By ARN. `None` stands for a policy that is gone.
    pub(super) managed: Kept<String, Option<Attached>>,
    pub(super) repositories: Kept<RepositoryArn, RepositoryRights>,
    pub(super) registries: Kept<RegistryId, RegistryRights>,
}

/// The rights of a user or role, and the facts about it.
#[derive(Debug, Default)]
pub(super) struct PrincipalRights {
    pub(super) identity: Vec<Attached>,
    pub(super) boundary: Option<Attached>,
    pub(super) tags: Vec<Tag>,
    /// The policies that apply, by action and resource: a pull asks for the same ones again and
    /// again.
    about: RwLock<HashMap<String, Arc<Say>>>,
}

/// The policies of a principal that could apply to one action on one resource.
#[derive(Debug)]
pub(super) struct Say {
    pub(super) identity: Vec<Attached>,
    pub(super) boundary: Option<Attached>,
}

/// Actions on resources, kept for one principal. Rights live for seconds: this is seldom reached.
const ABOUT_MAX: usize = 256;

impl PrincipalRights {
    pub(super) fn new(identity: Vec<Attached>, boundary: Option<Attached>, tags: Vec<Tag>) -> Self {
        Self { identity, boundary, tags, about: RwLock::default() }
    }

    /// The policies that apply. A boundary without a statement about it is still a boundary.
    pub(super) fn about(&self, action: &str, resource: &str) -> Arc<Say> {
        let key = format!("{action} {resource}");
        let known =
            self.about.read().expect("no thread panics while holding it").get(&key).cloned();
        if let Some(say) = known {
            return say;
        }
        let work = Work::of_decision();
        let about = |policy: &Attached| policy.about(action, resource, &work);
        let identity = self.identity.iter().filter_map(about);
        let boundary = self.boundary.as_ref().map(|boundary| {
            let silent = || Attached { document: Document::empty().into(), ..boundary.clone() };
            about(boundary).unwrap_or_else(silent)
        });
        let say = Arc::new(Say { identity: identity.collect(), boundary });
        let mut all = self.about.write().expect("no thread panics while holding it");
        if all.len() >= ABOUT_MAX {
            all.clear();
        }
        all.insert(key, say.clone());
        say
    }
}

/// The policy of a repository, and the facts about it. Empty if the repository does not exist.
#[derive(Debug, Clone, Default)]
pub(super) struct RepositoryRights {
    pub(super) policy: Option<Attached>,
    pub(super) tags: Vec<ResourceTag>,
}

/// The policy of a registry.
#[derive(Debug, Default)]
pub(super) struct RegistryRights {
    pub(super) policy: Option<Attached>,
    /// Whether the policy covers every action, or only those that other registries use here.
    pub(super) scope: Scope,
}

/// `REGISTRY_POLICY_SCOPE`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Scope {
    /// Replication, imports from upstream and the making of repositories. It can no longer be put.
    V1,
    /// Every action.
    #[default]
    V2,
}

/// A tag of a principal, as a condition key.
#[derive(Debug)]
pub(super) struct Tag {
    /// `aws:PrincipalTag/KEY`.
    pub(super) key: String,
    pub(super) value: String,
}

/// A tag of a repository, as condition keys: under both names.
#[derive(Debug, Clone)]
pub(super) struct ResourceTag {
    /// `aws:ResourceTag/KEY` and `ecr:ResourceTag/KEY`.
    pub(super) keys: [String; 2],
    pub(super) value: String,
}

/// The name in explanations.
pub(super) fn attached(
    source: policy::SourceKind,
    name: &str,
    document: Arc<policy::Document>,
) -> Attached {
    Attached { source, name: name.into(), document }
}
