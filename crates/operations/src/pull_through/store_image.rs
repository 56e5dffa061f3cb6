//! Stores an image whose manifest was fetched.

use std::sync::Arc;
use std::time::Duration;

use db::{PullThroughCacheRule, RepositoryKey, Tx, UpstreamCopy, UpstreamTag};
use futures_util::future::BoxFuture;
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use jobs::Outcome;
use names::{Digest, ImageTag, Reference, RepositoryArn, Timestamp};

use super::fetch_manifest::keep;
use crate::events::cache_action::CacheAction;
use crate::operations::require_repository;
use crate::{
    BlobRef, Failure, IfSame, Operations, PushedManifest, PutImage, Refusal, UpstreamRefusal,
};

/// Layers of one image that come at the same time.
const LAYERS_AT_ONCE: usize = 3;

/// Indexes in indexes.
const DEPTH_MAX: u32 = 3;

/// For how long an upstream registry is asked for the layers of an image.
const TIME_MAX: Duration = Duration::from_hours(24);

/// When it is asked again at the earliest.
const PAUSE: Duration = Duration::from_secs(30);

impl Operations {
    /// Stores an image, or says when it is to be tried again.
    pub(crate) async fn store_upstream_image(
        &self,
        (key, arn): (RepositoryKey, &RepositoryArn),
        digest: &Digest,
        tag: Option<&ImageTag>,
        fetched_at: Timestamp,
    ) -> Result<Outcome, Failure> {
        let mut kept = Vec::new();
        let rule = self.find_pull_through_rule_for(arn).await?;
        let stored = match &rule {
            Some(rule) => self.store(rule, arn, digest, tag, (&mut kept, 0)).await,
            // The rule was deleted meanwhile.
            None => Ok(()),
        };
        let now = self.now();
        let given_up = match stored {
            Err(Failure::Refused(Refusal::Upstream(refusal)))
                if now < fetched_at.plus(TIME_MAX) && !is_about_access(&refusal) =>
            {
                let (until, because) = (now.plus(pause(now, fetched_at)), refusal.to_string());
                return Ok(Outcome::Waits { until, signal: None, because });
            }
            Err(Failure::Refused(refusal)) => {
                tracing::warn!(
                    repository = %arn.repository, %digest, why = %refusal,
                    "an image of an upstream registry is not stored"
                );
                Some(refusal)
            }
            Err(fault) => return Err(fault),
            Ok(()) => None,
        };
        let action =
            rule.map(|rule| CacheAction::on_image(&rule, arn, (digest, tag), given_up.as_ref()));
        self.forget_upstream_image(key, arn, (digest, tag), (kept, action)).await?;
        Ok(Outcome::Done)
    }

    /// Stores what a manifest names, and then its image. `kept` are the manifests that are kept for
    /// that.
    async fn store(
        &self,
        rule: &Arc<PullThroughCacheRule>,
        arn: &RepositoryArn,
        digest: &Digest,
        tag: Option<&ImageTag>,
        (kept, depth): (&mut Vec<Digest>, u32),
    ) -> Result<(), Failure> {
        let unavailable =
            || UpstreamRefusal::Unavailable { upstream: rule.upstream.authority().to_owned() };
        let Some(copy) = self.db.look_up(&UpstreamCopy::by_digest(arn, digest)).await? else {
            return Ok(());
        };
        let manifest = (self.manifest_reader)(&copy.manifest, &copy.media_type);
        let mut manifest = manifest.ok_or_else(unavailable)?;
        manifest.digest = digest.clone();
        for child in &manifest.children {
            if depth == DEPTH_MAX {
                return Err(unavailable().into());
            }
            if self.have_manifest(rule, arn, child).await? {
                kept.push(child.clone());
                Box::pin(self.store(rule, arn, child, None, (kept, depth + 1))).await?;
            }
        }
        self.fetches.note_sizes(arn, &manifest.blobs);
        let mut layers: Vec<BoxFuture<'_, Result<(), Failure>>> = Vec::new();
        for blob in manifest.blobs.iter().filter(|blob| blob.required) {
            layers.push(Box::pin(self.have_layer(rule, arn, blob)));
        }
        stream::iter(layers).buffer_unordered(LAYERS_AT_ONCE).try_collect::<()>().await?;
        let tags = tag.cloned().into_iter().collect();
        self.put_upstream_image(arn, PutImage { manifest, tags, if_same: IfSame::Accept }).await
    }

    /// Has the manifest of an index's image here. `false` if the image is here.
    async fn have_manifest(
        &self,
        rule: &PullThroughCacheRule,
        arn: &RepositoryArn,
        digest: &Digest,
    ) -> Result<bool, Failure> {
        let (home, wanted) = (arn.clone(), digest.clone());
        let find = move |tx: &mut Tx<'_>| {
            let repository = require_repository(tx, &home)?;
            let is_stored = tx.find_image(repository.key, &wanted)?.is_some();
            let is_kept = tx.find_upstream_fetched_at(repository.key, &wanted)?.is_some();
            Ok::<_, Failure>((is_stored, is_kept))
        };
        match self.db.read(find).await? {
            (true, _) => return Ok(false),
            (false, true) => return Ok(true),
            (false, false) => {}
        }
        let reference = Reference::Digest(digest.clone());
        let manifest: Arc<PushedManifest> =
            Arc::new(self.ask_for_manifest(rule, arn, &reference).await?);
        let (home, now) = (arn.clone(), self.now());
        self.db
            .write(move |tx| {
                let repository = require_repository(tx, &home)?;
                keep(tx, &repository, &manifest, now)
            })
            .await?;
        Ok(true)
    }

    /// Has a layer here. A lease keeps it until its image is put.
    async fn have_layer(
        &self,
        rule: &PullThroughCacheRule,
        arn: &RepositoryArn,
        blob: &BlobRef,
    ) -> Result<(), Failure> {
        if self.head_blob(arn, &blob.digest).await?.is_some() {
            return Ok(());
        }
        let (mut fetch, lead) = self.join_layer_fetch(arn, &blob.digest);
        if let Some(lead) = lead {
            self.lead_layer_fetch(rule, lead).await;
        }
        fetch.stored().await
    }

    /// Forgets manifests whose images are put, or given up, and tells how it ended, once. A tag
    /// that does not name its image then is asked for again.
    async fn forget_upstream_image(
        &self,
        key: RepositoryKey,
        arn: &RepositoryArn,
        (digest, tag): (&Digest, Option<&ImageTag>),
        (mut kept, action): (Vec<Digest>, Option<CacheAction>),
    ) -> Result<(), Failure> {
        let (arn, digest, tag) = (arn.clone(), digest.clone(), tag.cloned());
        kept.push(digest.clone());
        let at = (self.events(), self.now());
        self.db
            .write(move |tx| {
                // Another run of the job may have forgotten it, and told it.
                let is_first = tx.find_upstream_fetched_at(key, &digest)?.is_some();
                if let Some(action) = action.as_ref().filter(|_| is_first) {
                    action.write(tx, at)?;
                }
                for digest in &kept {
                    tx.delete_upstream_manifest(key, digest)?;
                }
                let Some(tag) = &tag else { return Ok(()) };
                let named = tx.look_up(&UpstreamTag::by_tag(&arn, tag))?;
                let here = tx.look_up(&db::PulledImage::by_tag(&arn, tag))?;
                if let (Some(named), Some((_, here))) = (named, here)
                    && named.digest != here.digest
                    && kept.contains(&named.digest)
                {
                    let named = UpstreamTag { digest: here.digest, ..named };
                    tx.put_upstream_tag(key, tag, &named)?;
                }
                Ok(())
            })
            .await
    }
}

/// When it is asked again: ever later, so that a layer that never is what it should be is fetched
/// a dozen times before it is given up.
fn pause(now: Timestamp, fetched_at: Timestamp) -> Duration {
    let age_seconds = now.as_seconds().saturating_sub(fetched_at.as_seconds());
    Duration::from_secs(u64::try_from(age_seconds / 2).unwrap_or_default()).max(PAUSE)
}

/// Whether asking again would not help.
fn is_about_access(refusal: &UpstreamRefusal) -> bool {
    match refusal {
        UpstreamRefusal::AccessDenied { .. } | UpstreamRefusal::NoCredentials { .. } => true,
        UpstreamRefusal::TooManyRequests { .. } | UpstreamRefusal::Unavailable { .. } => false,
    }
}
