//! Layers that are coming from upstream: stored, and sent to those that wait for them, at the same
//! time.
//!
//! # Invariants
//! * One request to upstream brings a layer, however many clients wait: on this node they follow
//!   one flight, and of several nodes one has the lease.
//! * Nothing is kept before its digest is verified. Until then the last piece is held back from
//!   clients, so that none gets a whole layer that is not the one it asked for.
//! * Memory does not grow with the layer: the last pieces are kept in a window. A client that falls
//!   behind it reads the rest from the store, once the layer is there. The flight waits for slow
//!   clients for a few seconds in all, and does not depend on any.
//!
//! # On a crash
//! The upload is abandoned like any other, and another node takes the lease over when it ends.

use std::sync::Arc;
use std::time::Duration;

use db::{PullThroughCacheRule, UpstreamFetch};
use names::{Digest, RepositoryArn, Uuid};
use tokio::time::sleep;

use super::flight::{Flight, Phase, held};
use super::layer_body::LayerBody;
use super::layer_follower::LayerFetch;
use super::upstreams::{Fetches, refuse_upstream};
use crate::{Chunk, Failure, LayerRefusal, Operations, Refusal, UpstreamRefusal};

/// The lease of a fetch, which is renewed while bytes come.
const LEASE: Duration = Duration::from_secs(30);

const RENEW_EVERY: Duration = Duration::from_secs(10);

/// How often it is looked for a layer that another node fetches.
const LOOK_EVERY: Duration = Duration::from_millis(200);

/// The one that brings a layer. If it is dropped, the flight has failed.
pub struct LayerLead(Arc<Flight>, Arc<Fetches>);

impl Drop for LayerLead {
    fn drop(&mut self) {
        let Self(flight, fetches) = self;
        let key = (flight.repository.clone(), flight.digest.clone());
        held(&fetches.flights.0).remove(&key);
        let is_open = matches!(held(&flight.state).phase, Phase::Waiting | Phase::Coming(_));
        if is_open {
            let upstream = flight.repository.repository.to_string();
            flight.enter(Phase::Failed(UpstreamRefusal::Unavailable { upstream }.into()));
        }
    }
}

impl Operations {
    /// Waits for a layer together with all others, from now on. The first one gets the lead, and
    /// sees to it that [`Operations::lead_layer_fetch`] runs to its end.
    pub fn join_layer_fetch(
        &self,
        arn: &RepositoryArn,
        digest: &Digest,
    ) -> (LayerFetch, Option<LayerLead>) {
        let mut flights = held(&self.fetches.flights.0);
        let key = (arn.clone(), digest.clone());
        if let Some(flight) = flights.get(&key) {
            return (LayerFetch::of(flight), None);
        }
        let flight = Arc::new(Flight::new(arn.clone(), digest.clone()));
        flights.insert(key, flight.clone());
        (LayerFetch::of(&flight), Some(LayerLead(flight, self.fetches.clone())))
    }

    /// Brings a layer. How it ended is told to those that wait.
    pub async fn lead_layer_fetch(&self, rule: &PullThroughCacheRule, lead: LayerLead) {
        let flight = &lead.0;
        match self.bring(rule, flight).await {
            Ok(size) => flight.enter(Phase::Stored(size)),
            Err(Failure::Refused(refusal)) => {
                tracing::info!(
                    repository = %flight.repository.repository, digest = %flight.digest, why = %refusal,
                    "a layer did not come from upstream"
                );
                flight.enter(Phase::Failed(refusal));
            }
            Err(Failure::Fault(fault)) => {
                tracing::error!(
                    repository = %flight.repository.repository, digest = %flight.digest,
                    error = fault.chain(), "a layer from upstream cannot be stored"
                );
                let upstream = rule.upstream.authority().to_owned();
                flight.enter(Phase::Failed(UpstreamRefusal::Unavailable { upstream }.into()));
            }
        }
    }

    async fn bring(
        &self,
        rule: &PullThroughCacheRule,
        flight: &Arc<Flight>,
    ) -> Result<u64, Failure> {
        let Flight { repository, digest, .. } = &**flight;
        let fetch = UpstreamFetch { repository: repository.clone(), subject: digest.to_string() };
        let holder = Uuid::from_random(keys::random()).to_string();
        loop {
            if let Some(found) = self.find_blob(repository, digest).await? {
                return Ok(found.size_bytes());
            }
            if self.take_fetch(&fetch, &holder, LEASE).await? {
                break;
            }
            sleep(LOOK_EVERY).await;
        }
        // Another node may have stored it between the look and the lease.
        if let Some(found) = self.find_blob(repository, digest).await? {
            self.end_fetch(&fetch, &holder).await?;
            return Ok(found.size_bytes());
        }
        let brought = tokio::select! {
            brought = self.stream(rule, flight) => brought,
            failure = self.hold(&fetch, &holder) => Err(failure),
        };
        self.end_fetch(&fetch, &holder).await?;
        brought
    }

    /// Renews the lease until that fails.
    async fn hold(&self, fetch: &UpstreamFetch, holder: &str) -> Failure {
        loop {
            sleep(RENEW_EVERY).await;
            match self.take_fetch(fetch, holder, LEASE).await {
                Ok(true) => {}
                Ok(false) => {
                    let upstream = fetch.repository.repository.to_string();
                    return UpstreamRefusal::Unavailable { upstream }.into();
                }
                Err(failure) => return failure,
            }
        }
    }

    async fn stream(
        &self,
        rule: &PullThroughCacheRule,
        flight: &Arc<Flight>,
    ) -> Result<u64, Failure> {
        let Flight { repository, digest, .. } = &**flight;
        let source = self.source(rule, repository).await?;
        let upstreams = self.require_upstreams(rule)?.clone();
        let known_bytes = self.fetches.size_of(repository, digest);
        let body = LayerBody::open(upstreams, source.clone(), digest.clone(), known_bytes).await;
        let body = body.map_err(|error| match error {
            remote::UpstreamError::NotFound => {
                let (repository, digest) = (repository.clone(), digest.clone());
                Failure::from(LayerRefusal::NotFound { repository, digest })
            }
            error => refuse_upstream(&error, &source).into(),
        })?;
        let size = body.size_bytes();
        flight.enter(Phase::Coming(size));
        let (shown, last) = body.shown_to(flight.clone());
        // No room is reserved: the size is a stranger's word.
        let chunk = Chunk { first_byte: None, length: Some(size), expected: None, body: shown };
        let stored = self.upload_layer(repository, digest, chunk).await;
        stored.map_err(|failure| match failure {
            // Bytes that broke off, or are not those of the digest.
            Failure::Refused(Refusal::Upload(refusal)) => {
                tracing::info!(why = %refusal, "a layer from upstream is not kept");
                UpstreamRefusal::Unavailable { upstream: source.host.clone() }.into()
            }
            failure => failure,
        })?;
        self.count(rule, &repository.registry, |tally| &tally.fetched_bytes, size);
        if let Some(last) = last.take() {
            flight.show(last).await;
        }
        Ok(size)
    }
}
