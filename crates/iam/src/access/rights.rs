use std::collections::HashMap;
use std::sync::{Arc, RwLock};

use names::{RegistryId, RepositoryArn};
use policy::{Attached, Document, Work};

use super::compiled::Compiled;
use super::kept::Kept;

/// What is remembered of rights.
#[derive(Default)]
pub(crate) struct Rights {
    pub(super) compiled: Arc<Compiled>,
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
    /// What of the policies has a say, by action and resource: a pull asks for the same again and again.
    about: RwLock<HashMap<String, Arc<Say>>>,
}

/// The policies of a principal, as far as they could have a say about one action on one resource.
#[derive(Debug)]
pub(super) struct Say {
    pub(super) identity: Vec<Attached>,
    pub(super) boundary: Option<Attached>,
}

/// Actions and resources that are kept for one principal. Rights live for seconds, so this is seldom reached.
const ABOUT_MAX: usize = 256;

impl PrincipalRights {
    pub(super) fn new(identity: Vec<Attached>, boundary: Option<Attached>, tags: Vec<Tag>) -> Self {
        Self { identity, boundary, tags, about: RwLock::default() }
    }

    /// What has a say. A boundary that says nothing about it is still a boundary.
    pub(super) fn about(&self, action: &str, resource: &str) -> Arc<Say> {
        let key = format!("{action} {resource}");
        let known = self.about.read().expect("nobody panics while holding it").get(&key).cloned();
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
        let mut all = self.about.write().expect("nobody panics while holding it");
        if all.len() >= ABOUT_MAX {
            all.clear();
        }
        all.insert(key, say.clone());
        say
    }
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
    /// Replication, imports from upstream and the making of repositories. It can no longer be put.
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
