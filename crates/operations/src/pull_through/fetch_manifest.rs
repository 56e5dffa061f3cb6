//! Fetches a manifest that is not here, once for all that ask for it at the same time.
//!
//! Order: a lease in the rows, so that one node asks; the manifest from upstream, verified; then,
//! in one transaction, the manifest, what its tag names, and the job that stores the image. From
//! then on every node answers with it. A crash leaves a lease, which ends by itself.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use db::{PullThroughCacheRule, Tx, UpstreamCopy, UpstreamFetch, UpstreamTag};
use names::{Digest, ImageTag, MediaType, Reference, RepositoryArn, Uuid};
use remote::UpstreamError;
use tokio::sync::OwnedMutexGuard;
use tokio::time::{Instant, sleep};

use super::upstreams::{Source, refuse};
use crate::events::cache_action::CacheAction;
use crate::jobs::import_upstream_image::ImportUpstreamImage;
use crate::operations::require_repository;
use crate::{Failure, Operations, PushedManifest, Refusal, UpstreamRefusal};

/// For a manifest, with all that it takes to be let in.
const PATIENCE: Duration = Duration::from_secs(30);

/// The lease of a fetch: longer than it takes.
const LEASE: Duration = Duration::from_secs(45);

/// How long one waits for what another node fetches.
const WAIT_MAX: Duration = Duration::from_mins(1);

/// How often it is looked for meanwhile.
const LOOK_EVERY: Duration = Duration::from_millis(100);

/// Leases of dead nodes that are forgotten with each fetch.
const DEAD_AT_ONCE: u32 = 16;

/// After this time, no one takes over the lease of a dead node.
const DEAD_AFTER: Duration = Duration::from_hours(1);

/// A manifest that can be sent before its image is here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CachedManifest {
    /// Its digest.
    pub digest: Digest,
    /// Its media type.
    pub media_type: MediaType,
    /// Its exact bytes.
    pub manifest: Vec<u8>,
    /// Whether the registry has a pull gate, which judges images alone.
    pub is_gated: bool,
}

impl From<UpstreamCopy> for CachedManifest {
    fn from(copy: UpstreamCopy) -> Self {
        let UpstreamCopy { digest, media_type, manifest, pull_gate } = copy;
        Self { digest, media_type, manifest, is_gated: pull_gate > 0 }
    }
}

/// A manifest that was looked for upstream.
pub enum FetchedManifest {
    /// Another has fetched it meanwhile.
    Kept(CachedManifest),
    /// The whole image is here meanwhile.
    Stored,
    /// It was fetched just now, and is to be kept.
    New(Box<NewManifest>),
}

/// A manifest that was fetched, and the right to keep it.
pub struct NewManifest {
    manifest: PushedManifest,
    tag: Option<ImageTag>,
    fetch: UpstreamFetch,
    holder: String,
    /// Those that wait for it, on this node.
    turn: OwnedMutexGuard<Option<(Instant, Refusal)>>,
}

impl NewManifest {
    /// `turn` is held by the fetch.
    pub(super) fn new(
        manifest: PushedManifest,
        tag: Option<ImageTag>,
        (fetch, holder): (UpstreamFetch, String),
        turn: OwnedMutexGuard<Option<(Instant, Refusal)>>,
    ) -> Self {
        Self { manifest, tag, fetch, holder, turn }
    }
}

impl Operations {
    /// A manifest from upstream. The caller keeps it, or drops it by
    /// [`Operations::drop_upstream_manifest`].
    pub async fn fetch_upstream_manifest(
        &self,
        rule: &PullThroughCacheRule,
        arn: &RepositoryArn,
        reference: &Reference,
    ) -> Result<FetchedManifest, Failure> {
        let subject = reference.to_string();
        let fetch = UpstreamFetch { repository: arn.clone(), subject };
        let asked_at = Instant::now();
        let mut turn = self.fetches.turn(&fetch).lock_owned().await;
        if let Some((_, refusal)) = turn.as_ref().filter(|(at, _)| *at >= asked_at) {
            return Err(refusal.clone().into());
        }
        let holder = Uuid::from_random(keys::random()).to_string();
        loop {
            if let Some(found) = self.find_fetched(arn, reference).await? {
                return Ok(found);
            }
            if self.take_fetch(&fetch, &holder, LEASE).await? {
                break;
            }
            if asked_at.elapsed() > WAIT_MAX {
                let upstream = rule.upstream.authority().to_owned();
                return Err(UpstreamRefusal::Unavailable { upstream }.into());
            }
            sleep(LOOK_EVERY).await;
        }
        // Another node may have ended its fetch between the look and the lease.
        if let Some(found) = self.find_fetched(arn, reference).await? {
            self.end_fetch(&fetch, &holder).await?;
            return Ok(found);
        }
        self.count(rule, &arn.registry, |tally| &tally.misses, 1);
        match self.ask_for_manifest(rule, arn, reference).await {
            Ok(manifest) => {
                let tag = match reference {
                    Reference::Tag(tag) => Some(tag.clone()),
                    Reference::Digest(_) => None,
                };
                let new = NewManifest { manifest, tag, fetch, holder, turn };
                Ok(FetchedManifest::New(Box::new(new)))
            }
            Err(failure) => {
                self.end_failed_fetch(rule, (arn, reference), (&fetch, &holder), &failure).await?;
                if let Failure::Refused(refusal) = &failure {
                    *turn = Some((Instant::now(), refusal.clone()));
                }
                Err(failure)
            }
        }
    }

    /// What another has fetched meanwhile.
    async fn find_fetched(
        &self,
        arn: &RepositoryArn,
        reference: &Reference,
    ) -> Result<Option<FetchedManifest>, Failure> {
        if let Some(copy) = self.find_cached_manifest(arn, reference).await? {
            return Ok(Some(FetchedManifest::Kept(copy)));
        }
        let is_stored = self.is_here(arn, reference).await?;
        Ok(is_stored.then_some(FetchedManifest::Stored))
    }

    /// Keeps a manifest, and has its image stored. The repository is there.
    pub async fn keep_upstream_manifest(
        &self,
        arn: &RepositoryArn,
        new: Box<NewManifest>,
    ) -> Result<CachedManifest, Failure> {
        let NewManifest { manifest, tag, fetch, holder, turn } = *new;
        let (home, manifest, now) = (arn.clone(), Arc::new(manifest), self.now());
        let check_every = self.upstreams.as_ref().map_or(Duration::ZERO, |it| it.check_every);
        let kept = manifest.clone();
        let keep = move |tx: &mut Tx<'_>| {
            let repository = require_repository(tx, &home)?;
            keep(tx, &repository, &kept, now)?;
            if let Some(tag) = &tag {
                let digest = kept.digest.clone();
                let check_at = now.plus(check_every);
                let named = UpstreamTag { digest, confirmed_at: now, check_at };
                tx.put_upstream_tag(repository.key, tag, &named)?;
            }
            let job = ImportUpstreamImage::new(repository.key, &kept.digest, tag.as_ref());
            jobs::enqueue(tx, &job, now, now)?;
            tx.end_upstream_fetch(&fetch, &holder)?;
            Ok::<_, Failure>(())
        };
        self.db.write(keep).await?;
        drop(turn);
        let copy = self.db.look_up(&UpstreamCopy::by_digest(arn, &manifest.digest)).await?;
        let is_gated = copy.is_some_and(|copy| copy.pull_gate > 0);
        let PushedManifest { digest, media_type, bytes, .. } = &*manifest;
        Ok(CachedManifest {
            digest: digest.clone(),
            media_type: media_type.clone(),
            manifest: bytes.to_vec(),
            is_gated,
        })
    }

    /// Leaves a manifest to the next that asks for it.
    pub async fn drop_upstream_manifest(&self, new: Box<NewManifest>) -> Result<(), Failure> {
        self.end_fetch(&new.fetch, &new.holder).await
    }

    /// A manifest that was fetched, and whose image is yet to be put.
    pub(super) async fn find_cached_manifest(
        &self,
        arn: &RepositoryArn,
        reference: &Reference,
    ) -> Result<Option<CachedManifest>, Failure> {
        let digest = match reference {
            Reference::Digest(digest) => digest.clone(),
            Reference::Tag(tag) => {
                let named = self.db.look_up(&UpstreamTag::by_tag(arn, tag)).await?;
                let Some(named) = named else { return Ok(None) };
                named.digest
            }
        };
        let copy = self.db.look_up(&UpstreamCopy::by_digest(arn, &digest)).await?;
        Ok(copy.map(CachedManifest::from))
    }

    async fn is_here(&self, arn: &RepositoryArn, reference: &Reference) -> Result<bool, Failure> {
        match self.find_manifest(arn, reference).await {
            Ok(_) => Ok(true),
            Err(Failure::Refused(Refusal::Image(_) | Refusal::Repository(_))) => Ok(false),
            Err(failure) => Err(failure),
        }
    }

    /// A manifest from upstream, verified.
    pub(super) async fn ask_for_manifest(
        &self,
        rule: &PullThroughCacheRule,
        arn: &RepositoryArn,
        reference: &Reference,
    ) -> Result<PushedManifest, Failure> {
        let source = self.source(rule, arn).await?;
        let client = self.require_upstreams(rule)?.client();
        let deadline = Instant::now() + PATIENCE;
        let found = client.manifest(&source.upstream, &source.name, reference, deadline).await;
        let found = found.map_err(|error| refuse(&error, &source, arn, reference))?;
        let manifest = self
            .read_manifest(&found.bytes, found.media_type.as_deref(), reference)
            .ok_or_else(|| malformed(&source, arn, reference))?;
        self.fetches.note_sizes(arn, &manifest.blobs);
        Ok(manifest)
    }

    fn read_manifest(
        &self,
        bytes: &Bytes,
        media_type: Option<&str>,
        reference: &Reference,
    ) -> Option<PushedManifest> {
        let media_type = media_type.and_then(|text| MediaType::parse(text).ok())?;
        let mut manifest = (self.manifest_reader)(bytes, &media_type)?;
        if let Reference::Digest(wanted) = reference {
            let digest = Digest::of(wanted.algorithm(), bytes);
            manifest.digest = Some(digest).filter(|digest| digest == wanted)?;
        }
        Some(manifest)
    }

    /// Takes a fetch, or keeps it for longer. `false` if another node has it.
    pub(super) async fn take_fetch(
        &self,
        fetch: &UpstreamFetch,
        holder: &str,
        lease: Duration,
    ) -> Result<bool, Failure> {
        let (fetch, holder, now) = (fetch.clone(), holder.to_owned(), self.now());
        self.db
            .write(move |tx| {
                let dead = now.minus(DEAD_AFTER);
                tx.forget_dead_upstream_fetches(dead, DEAD_AT_ONCE)?;
                Ok(tx.take_upstream_fetch(&fetch, &holder, now.plus(lease), now)?)
            })
            .await
    }

    pub(super) async fn end_fetch(
        &self,
        fetch: &UpstreamFetch,
        holder: &str,
    ) -> Result<(), Failure> {
        let (fetch, holder) = (fetch.clone(), holder.to_owned());
        self.db.write(move |tx| Ok(tx.end_upstream_fetch(&fetch, &holder)?)).await
    }

    /// Ends a fetch that brought nothing, and tells that.
    pub(super) async fn end_failed_fetch(
        &self,
        rule: &PullThroughCacheRule,
        (arn, reference): (&RepositoryArn, &Reference),
        (fetch, holder): (&UpstreamFetch, &str),
        failure: &Failure,
    ) -> Result<(), Failure> {
        let (fetch, holder) = (fetch.clone(), holder.to_owned());
        let action = match failure {
            Failure::Refused(refusal) => CacheAction::on_failure(rule, arn, reference, refusal),
            Failure::Fault(_) => None,
        };
        let at = (self.events(), self.now());
        self.db
            .write(move |tx| {
                tx.end_upstream_fetch(&fetch, &holder)?;
                if let Some(action) = &action {
                    action.write(tx, at)?;
                }
                Ok(())
            })
            .await
    }
}

/// Keeps a manifest until its image is put.
pub(crate) fn keep(
    tx: &mut Tx<'_>,
    repository: &db::Repository,
    manifest: &PushedManifest,
    now: names::Timestamp,
) -> Result<(), Failure> {
    let PushedManifest { digest, media_type, bytes, .. } = manifest;
    Ok(tx.put_upstream_manifest(repository.key, (digest, media_type), bytes, now)?)
}

fn malformed(source: &Source, arn: &RepositoryArn, reference: &Reference) -> Failure {
    let why = "it gave no manifest that can be kept, or another than the one that was asked for";
    refuse(&UpstreamError::Malformed(why), source, arn, reference)
}
