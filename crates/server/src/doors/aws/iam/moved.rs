//! Renames and changes of path: authorised on both the old ARN and the new one.

use iam::Iam;
use names::IamPath;

use super::super::call::Target;
use super::super::failure::Refused;
use super::entity::{Entity, EntityName};
use crate::guard::{RequestKeys, Resource};

/// An entity, and its new name or path.
pub(in crate::doors::aws) struct Moved<N> {
    pub(super) from: Entity<N>,
    pub(super) new_path: Option<IamPath>,
    pub(super) new_name: Option<N>,
}

impl<N: EntityName> Target for Moved<N> {
    fn resources(&self) -> Vec<Resource> {
        let Self { from, new_path, new_name } = self;
        let old = from.resource();
        if new_path.is_none() && new_name.is_none() {
            return vec![old];
        }
        let (account, arn) = (&from.account, old.to_string());
        let (folder, name) = arn.rsplit_once('/').unwrap_or((&arn, ""));
        let name = new_name.as_ref().map_or_else(|| name.to_owned(), N::to_string);
        let arn = match new_path {
            Some(path) => format!("arn:aws:iam::{account}:{}{path}{name}", N::KIND),
            None => format!("{folder}/{name}"),
        };
        // Its old and new paths are shown only to callers that may look at it.
        let asked = Some(old.as_asked());
        vec![old, Resource::Iam { arn, asked, account: account.clone() }]
    }

    async fn locate(&mut self, iam: &Iam) -> Result<(), Refused> {
        self.from.locate(iam).await
    }

    fn said(&self, keys: RequestKeys) -> RequestKeys {
        self.from.said(keys)
    }
}
