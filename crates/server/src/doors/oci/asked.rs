use std::sync::Arc;

use http::request::Parts;
use identity::Caller;
use names::{MovedThrough, RegistryId, RepositoryArn, RepositoryName};
use operations::Mover;

use super::query::Query;
use crate::doors::Doors;
use crate::guard::{Asking, NotAllowed, RequestFrom, RequestKeys, Resource};
use crate::intake::RequestBody;

/// A request that has passed the guard.
pub(super) struct Asked {
    pub(super) doors: Arc<Doors>,
    pub(super) caller: Caller,
    pub(super) registry: RegistryId,
    pub(super) from: RequestFrom,
    pub(super) parts: Parts,
    pub(super) query: Query,
    pub(super) body: RequestBody,
}

impl Asked {
    /// A repository of the registry that the host named.
    pub(super) fn arn(&self, repository: RepositoryName) -> RepositoryArn {
        RepositoryArn { registry: self.registry.clone(), repository }
    }

    /// The caller, as the history of tags names it.
    pub(super) fn mover(&self) -> Mover {
        Mover { principal: self.caller.principal.clone(), through: MovedThrough::OciApi }
    }

    /// The caller at the guard.
    pub(super) fn asking(&self) -> Asking<'_> {
        self.doors.asking(&self.caller, &self.from)
    }

    /// Asks the guard about what the request needs beyond its route.
    pub(super) async fn authorize(
        &self,
        action: &'static str,
        arn: &RepositoryArn,
    ) -> Result<(), NotAllowed> {
        let asking = self.asking();
        asking.authorize(action, &Resource::Repository(arn.clone()), &RequestKeys::default()).await
    }
}
