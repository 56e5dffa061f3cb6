use std::sync::Arc;

use http::Request;
use http::request::Parts;
use iam::Iam;
use identity::Caller;
use identity::signed_url::SignedUrls;
use kms::Kms;
use names::{Clock, SealingKey};
use operations::Operations;

use crate::audit::CallLog;
use crate::authenticate::Authenticator;
use crate::config::Redirects;
use crate::endpoints::Endpoints;
use crate::external_kms::ExternalKeys;
use crate::guard::{Asking, Guard, RequestFrom};
use crate::long_work::LongWork;
use crate::metrics::Metrics;
use crate::oidc::Issuers;
use crate::reached::{Misaddressed, Reached};
use crate::request_id::RequestId;
use crate::tasks::Tasks;

/// What the handlers of all doors get: the authentication of callers, the guard, and the verbs.
/// What connections need before a request reaches a door is in [`crate::entrance::Entrance`].
pub(crate) struct Doors {
    pub(crate) operations: Arc<Operations>,
    pub(crate) kms: Arc<Kms>,
    /// The keys of other services.
    pub(crate) external_keys: Arc<ExternalKeys>,
    pub(crate) authenticator: Authenticator,
    pub(crate) guard: Guard,
    pub(crate) endpoints: Endpoints,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) tasks: Tasks,
    pub(crate) metrics: Arc<Metrics>,
    /// Where long documents are read and written.
    pub(crate) long_work: LongWork,
    /// Seals page tokens.
    pub(crate) page_key: SealingKey,
    /// Whether clients may be redirected to the object store.
    pub(crate) redirects: Redirects,
    /// Knows the keys of identity providers.
    pub(crate) issuers: Issuers,
    /// Records of calls that wait to be written down.
    pub(crate) calls: CallLog,
    /// Signs download URLs.
    pub(crate) signed_urls: SignedUrls,
}

impl Doors {
    /// The verbs of IAM and STS.
    pub(crate) fn iam(&self) -> &Iam {
        self.operations.iam()
    }

    /// Where a request reached the server.
    pub(crate) fn reached<B>(&self, request: &Request<B>) -> Result<Reached, Misaddressed> {
        Reached::read(request, &self.endpoints)
    }

    /// The facts that a request states.
    pub(crate) fn request_from(&self, parts: &Parts, id: RequestId) -> RequestFrom {
        RequestFrom::read(parts, id, self.clock.now())
    }

    /// A caller at the guard.
    pub(crate) fn asking<'a>(&'a self, caller: &'a Caller, from: &'a RequestFrom) -> Asking<'a> {
        Asking { guard: &self.guard, caller, from }
    }
}
