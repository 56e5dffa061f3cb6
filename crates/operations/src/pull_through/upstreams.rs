//! The way to upstream registries, and what is known of them in memory.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use db::{PullThroughCacheRule, UpstreamFetch};
use names::{Digest, ImageTag, Reference, RegistryId, RepositoryArn, Timestamp, UpstreamRegistry};
use remote::{Upstream, UpstreamAddress, UpstreamClient, UpstreamError};
use tokio::sync::Mutex as AsyncMutex;
use tokio::time::Instant;

use super::flight::{Flights, held};
use super::tally::Tallies;
use crate::image::pull_image::image_not_found;
use crate::{BlobRef, Failure, Operations, Refusal, UpstreamRefusal};

/// After how many hours a tag is checked again, unless another time is set: as ECR does.
pub const CHECK_UPSTREAM_HOURS: u64 = 24;

/// How upstream registries are called.
pub struct Upstreams {
    client: UpstreamClient,
    /// After how long a tag is checked again.
    pub(super) check_every: Duration,
    /// For how long an image is served that cannot be checked. `None` is for ever.
    pub(super) stale_max: Option<Duration>,
}

impl Upstreams {
    /// Through this client. A tag is checked again after `check_every`. An image whose tag could
    /// not be checked for `stale_max` is not served.
    pub fn new(client: UpstreamClient, check_every: Duration, stale_max: Option<Duration>) -> Self {
        Self { client, check_every, stale_max }
    }
}

impl fmt::Debug for Upstreams {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { client: _, check_every, stale_max } = self;
        let mut told = f.debug_struct("Upstreams");
        told.field("check_every", check_every).field("stale_max", stale_max);
        told.finish_non_exhaustive()
    }
}

/// Tags whose rows were read a moment ago.
const CHECKED_MAX: usize = 65_536;

/// Layers whose sizes are remembered.
const SIZES_MAX: usize = 16_384;

/// What this process knows of fetches.
#[derive(Default)]
pub(crate) struct Fetches {
    /// One request at a time fetches a manifest; the next ones find it, or learn why not.
    turns: Mutex<HashMap<UpstreamFetch, Arc<Turn>>>,
    /// Layers that are coming.
    pub(super) flights: Flights,
    /// The sizes of layers that are to come, as their manifests say.
    sizes: Mutex<HashMap<(RepositoryArn, Digest), u64>>,
    /// Tags that need no check before this moment, and what they named.
    checked: Mutex<HashMap<(RepositoryArn, ImageTag), (Digest, Timestamp)>>,
    pub(super) tallies: Tallies,
}

/// A turn to fetch a manifest, with the last failure.
pub(super) type Turn = AsyncMutex<Option<(Instant, Refusal)>>;

impl Fetches {
    pub(super) fn turn(&self, fetch: &UpstreamFetch) -> Arc<Turn> {
        let mut turns = held(&self.turns);
        turns.retain(|_, turn| Arc::strong_count(turn) > 1);
        turns.entry(fetch.clone()).or_default().clone()
    }

    /// Remembers how long the layers of a manifest are.
    pub(super) fn note_sizes<'a>(
        &self,
        arn: &RepositoryArn,
        blobs: impl IntoIterator<Item = &'a BlobRef>,
    ) {
        let mut sizes = held(&self.sizes);
        for blob in blobs {
            if sizes.len() >= SIZES_MAX {
                sizes.clear();
            }
            sizes.insert((arn.clone(), blob.digest.clone()), blob.size_bytes);
        }
    }

    /// How long a layer is, if its manifest was read here.
    pub(super) fn size_of(&self, arn: &RepositoryArn, digest: &Digest) -> Option<u64> {
        held(&self.sizes).get(&(arn.clone(), digest.clone())).copied()
    }

    /// Whether this tag was found to name this digest, so lately that its row need not be read.
    pub(super) fn is_checked(
        &self,
        arn: &RepositoryArn,
        tag: &ImageTag,
        digest: &Digest,
        now: Timestamp,
    ) -> bool {
        let checked = held(&self.checked);
        let found = checked.get(&(arn.clone(), tag.clone()));
        found.is_some_and(|(known, until)| known == digest && now < *until)
    }

    pub(super) fn note_checked(
        &self,
        (arn, tag): (&RepositoryArn, &ImageTag),
        digest: &Digest,
        until: Timestamp,
    ) {
        let mut checked = held(&self.checked);
        if checked.len() >= CHECKED_MAX {
            checked.clear();
        }
        checked.insert((arn.clone(), tag.clone()), (digest.clone(), until));
    }
}

/// A repository of an upstream registry.
#[derive(Debug, Clone)]
pub(super) struct Source {
    pub(super) upstream: Upstream,
    /// The repository's name there.
    pub(super) name: String,
    /// The registry, for clients and logs.
    pub(super) host: String,
}

impl Operations {
    /// The same, but with a way to upstream registries.
    #[must_use]
    pub fn caching_from(self, upstreams: Arc<Upstreams>) -> Self {
        Self { upstreams: Some(upstreams), ..self }
    }

    pub(super) fn require_upstreams(
        &self,
        rule: &PullThroughCacheRule,
    ) -> Result<&Arc<Upstreams>, Failure> {
        let unavailable = || UpstreamRefusal::Unavailable { upstream: host(rule) };
        self.upstreams.as_ref().ok_or_else(|| unavailable().into())
    }

    /// Where a rule fills this repository from.
    pub(super) async fn source(
        &self,
        rule: &PullThroughCacheRule,
        arn: &RepositoryArn,
    ) -> Result<Source, Failure> {
        let host = host(rule);
        let unavailable = || UpstreamRefusal::Unavailable { upstream: host.clone() };
        let upstream = self.upstream_of(rule, &arn.registry).await?;
        let name = rule.upstream_name(&arn.repository).ok_or_else(unavailable)?;
        let is_official = rule.upstream.registry() == Some(UpstreamRegistry::DockerHub);
        let name =
            if is_official && !name.contains('/') { format!("library/{name}") } else { name };
        Ok(Source { upstream, name, host })
    }

    /// The upstream registry of a rule, and who we are there.
    pub(super) async fn upstream_of(
        &self,
        rule: &PullThroughCacheRule,
        registry: &RegistryId,
    ) -> Result<Upstream, Failure> {
        let upstream = host(rule);
        if rule.custom_role.is_some() {
            return Err(UpstreamRefusal::AccessDenied { upstream }.into());
        }
        let address = UpstreamAddress::parse(&rule.upstream.base());
        let address = address.ok_or(UpstreamRefusal::Unavailable { upstream })?;
        let user = self.upstream_user(rule, registry).await?;
        Ok(Upstream { address, user })
    }
}

/// The upstream registry's name, for clients and logs.
pub(super) fn host(rule: &PullThroughCacheRule) -> String {
    rule.upstream.authority().to_owned()
}

impl Upstreams {
    pub(super) fn client(&self) -> &UpstreamClient {
        &self.client
    }
}

/// The refusal of a pull whose manifest an upstream registry did not give.
pub(super) fn refuse(
    error: &UpstreamError,
    source: &Source,
    arn: &RepositoryArn,
    reference: &Reference,
) -> Failure {
    if let UpstreamError::NotFound = error {
        return image_not_found(arn, reference);
    }
    refuse_upstream(error, source).into()
}

/// The refusal when an upstream registry failed. What it says beyond that is for the log.
pub(super) fn refuse_upstream(error: &UpstreamError, source: &Source) -> UpstreamRefusal {
    let upstream = source.host.as_str();
    tracing::info!(upstream, repository = source.name, %error, "an upstream registry failed");
    told(error, source.host.clone())
}

/// What clients are told of a failure of this upstream registry.
pub(super) fn told(error: &UpstreamError, upstream: String) -> UpstreamRefusal {
    match error {
        UpstreamError::Denied(_) => UpstreamRefusal::AccessDenied { upstream },
        UpstreamError::TooManyRequests(pause) => {
            let retry_after_seconds = pause.as_secs().max(1);
            UpstreamRefusal::TooManyRequests { upstream, retry_after_seconds }
        }
        UpstreamError::NotFound
        | UpstreamError::Failed(_)
        | UpstreamError::Malformed(_)
        | UpstreamError::Remote(_) => UpstreamRefusal::Unavailable { upstream },
    }
}
