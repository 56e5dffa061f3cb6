//! The doors: parse requests into calls of verbs, and write their results as responses.
//!
//! Each door has a typed route, a dispatcher that asks the guard and then the handler, handlers in
//! files named after what they do, and one exhaustive table from refusals to wire errors.

pub(crate) mod aws;
mod blob_answer;
pub(crate) mod download;
pub(crate) mod oci;
pub(crate) mod pushed_manifest;
pub(crate) mod redirect;
mod validators;

use std::sync::Arc;
use std::time::Duration;

use http::Request;
use http::request::Parts;
use iam::Iam;
use identity::Caller;
use identity::signed_url::SignedUrls;
use names::{Clock, SealingKey};
use operations::Operations;

use crate::answers::Answers;
use crate::authenticate::Authenticator;
use crate::config::Redirects;
use crate::endpoints::Endpoints;
use crate::guard::{Asking, Guard, RequestFrom};
use crate::intake::Intake;
use crate::long_work::LongWork;
use crate::metrics::Metrics;
use crate::oidc::Issuers;
use crate::reached::{Misaddressed, Reached};
use crate::request_id::RequestId;
use crate::tasks::Tasks;
use crate::trusted_proxies::TrustedProxies;

/// The dependencies of both doors: the authentication of callers, and the verbs.
pub(crate) struct Doors {
    pub(crate) operations: Arc<Operations>,
    pub(crate) authenticator: Authenticator,
    pub(crate) guard: Guard,
    pub(crate) trusted_proxies: TrustedProxies,
    pub(crate) endpoints: Endpoints,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) tasks: Tasks,
    pub(crate) metrics: Arc<Metrics>,
    /// How long a client may pause while it sends or reads.
    pub(crate) silence_max: Duration,
    /// The answers that are being sent.
    pub(crate) answers: Answers,
    /// Where long documents are read and written.
    pub(crate) long_work: LongWork,
    /// The limits of request bodies.
    pub(crate) intake: Arc<Intake>,
    /// Seals page tokens.
    pub(crate) page_key: SealingKey,
    /// Whether clients may be redirected to the object store.
    pub(crate) redirects: Redirects,
    /// Knows the keys of identity providers.
    pub(crate) issuers: Issuers,
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
