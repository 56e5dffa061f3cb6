//! Whether a cached image is what its tag names upstream.
//!
//! A tag that was fetched is checked when its time has come: its digest is asked for, and if it is
//! another, the manifest is fetched. Meanwhile, and when upstream fails, the image that is here is
//! served: a pull waits for a check only if it is the one that makes it. A tag that someone else
//! has moved, or that may not move, is not checked.

use std::time::Duration;

use db::{PullThroughCacheRule, Tx, UpstreamFetch, UpstreamTag};
use names::{Digest, ImageTag, Reference, RepositoryArn, Uuid};
use remote::UpstreamError;
use tokio::time::Instant;

use super::fetch_manifest::{CachedManifest, NewManifest};
use super::upstreams::refuse_upstream;
use crate::{Failure, Operations, Refusal, UpstreamRefusal};

/// For the digest of a tag. A pull waits for it.
const PATIENCE: Duration = Duration::from_secs(5);

/// The lease of a check: longer than it takes, with the manifest that it may find.
const LEASE: Duration = Duration::from_mins(1);

/// After how long a check that failed is made again.
const AGAIN: Duration = Duration::from_mins(5);

/// How long rows that were read are believed: another node may have changed them.
const BELIEF: Duration = Duration::from_secs(30);

/// What is to be done about a pull from a cached repository.
#[derive(Debug)]
pub enum Standing {
    /// The image that is here is to be sent.
    Current,
    /// The image is coming, and its manifest is here.
    Coming(CachedManifest),
    /// The image that is here is to be checked.
    Due(DueTag),
    /// It is not here.
    Missing,
}

/// A tag that is to be checked.
#[derive(Debug)]
pub struct DueTag {
    tag: ImageTag,
    named: UpstreamTag,
}

impl Operations {
    /// What is to be done about a pull. `here` is the digest of the image that is here.
    pub async fn cache_standing(
        &self,
        rule: &PullThroughCacheRule,
        arn: &RepositoryArn,
        reference: &Reference,
        here: Option<&Digest>,
    ) -> Result<Standing, Failure> {
        let hit = || {
            self.count(rule, &arn.registry, |tally| &tally.hits, 1);
            Standing::Current
        };
        let tag = match (reference, here) {
            (Reference::Digest(_), Some(_)) => return Ok(hit()),
            (Reference::Tag(tag), Some(_)) => tag,
            (_, None) => {
                let copy = self.find_cached_manifest(arn, reference).await?;
                return Ok(copy.map_or(Standing::Missing, Standing::Coming));
            }
        };
        let (Some(here), now) = (here, self.now()) else { return Ok(Standing::Missing) };
        if self.fetches.is_checked(arn, tag, here, now) {
            return Ok(hit());
        }
        let Some(named) = self.db.look_up(&UpstreamTag::by_tag(arn, tag)).await? else {
            self.fetches.note_checked((arn, tag), here, now.plus(BELIEF));
            return Ok(hit());
        };
        if named.digest != *here {
            let copy = self.find_cached_manifest(arn, reference).await?;
            return Ok(copy.map_or_else(hit, Standing::Coming));
        }
        if now < named.check_at {
            let until = named.check_at.min(now.plus(BELIEF));
            self.fetches.note_checked((arn, tag), here, until);
            return Ok(hit());
        }
        Ok(Standing::Due(DueTag { tag: tag.clone(), named }))
    }

    /// Checks a tag. Returns the manifest that it names now, if that is another one.
    pub async fn refresh_upstream_tag(
        &self,
        rule: &PullThroughCacheRule,
        arn: &RepositoryArn,
        due: DueTag,
    ) -> Result<Option<CachedManifest>, Failure> {
        let DueTag { tag, named } = due;
        let fetch = UpstreamFetch { repository: arn.clone(), subject: tag.to_string() };
        let turn = self.fetches.turn(&fetch);
        let Ok(turn) = turn.try_lock_owned() else { return Ok(None) };
        let holder = Uuid::from_random(keys::random()).to_string();
        if !self.take_fetch(&fetch, &holder, LEASE).await? {
            return Ok(None);
        }
        let found = self.check(rule, arn, &tag, &named).await;
        match found {
            Ok(Checked::Same) => {
                self.end_fetch(&fetch, &holder).await?;
                Ok(None)
            }
            Ok(Checked::Other(manifest)) => {
                let tag = Some(tag);
                let new = NewManifest::new(*manifest, tag, (fetch, holder), turn);
                self.keep_upstream_manifest(arn, Box::new(new)).await.map(Some)
            }
            Err(failure) => {
                let what = (arn, &Reference::Tag(tag.clone()));
                self.end_failed_fetch(rule, what, (&fetch, &holder), &failure).await?;
                self.serve_stale(rule, arn, (&tag, &named), failure).await.map(|()| None)
            }
        }
    }

    async fn check(
        &self,
        rule: &PullThroughCacheRule,
        arn: &RepositoryArn,
        tag: &ImageTag,
        named: &UpstreamTag,
    ) -> Result<Checked, Failure> {
        if !self.may_move(arn, tag).await? {
            return self.confirm(arn, tag, named).await;
        }
        let source = self.source(rule, arn).await?;
        let client = self.require_upstreams(rule)?.client();
        if client.remaining_requests(&source.upstream) == Some(0) {
            let upstream = source.host.clone();
            let retry_after_seconds = AGAIN.as_secs();
            return Err(UpstreamRefusal::TooManyRequests { upstream, retry_after_seconds }.into());
        }
        let (reference, deadline) = (Reference::Tag(tag.clone()), Instant::now() + PATIENCE);
        let asked = client.digest(&source.upstream, &source.name, &reference, deadline).await;
        let digest = match asked {
            Ok(digest) => digest,
            Err(error @ UpstreamError::NotFound) => {
                tracing::info!(repository = source.name, %tag, "a tag is gone upstream");
                return Err(refuse_upstream(&error, &source).into());
            }
            Err(error) => return Err(refuse_upstream(&error, &source).into()),
        };
        if digest.as_ref() == Some(&named.digest) {
            return self.confirm(arn, tag, named).await;
        }
        let reference = digest.map_or(reference, Reference::Digest);
        let manifest = self.ask_for_manifest(rule, arn, &reference).await?;
        if manifest.digest == named.digest {
            return self.confirm(arn, tag, named).await;
        }
        Ok(Checked::Other(Box::new(manifest)))
    }

    async fn may_move(&self, arn: &RepositoryArn, tag: &ImageTag) -> Result<bool, Failure> {
        let (arn, tag) = (arn.clone(), tag.clone());
        self.db
            .read(move |tx| {
                let found = tx.find_repository(&arn.registry, &arn.repository)?;
                Ok(found.is_some_and(|repository| {
                    repository.mutability.allows_moving(&tag, &repository.exclusion_filters)
                }))
            })
            .await
    }

    /// Writes down that a tag still names what it named.
    async fn confirm(
        &self,
        arn: &RepositoryArn,
        tag: &ImageTag,
        named: &UpstreamTag,
    ) -> Result<Checked, Failure> {
        let check_every = self.upstreams.as_ref().map_or(AGAIN, |it| it.check_every);
        let (now, digest) = (self.now(), named.digest.clone());
        let named = UpstreamTag { digest, confirmed_at: now, check_at: now.plus(check_every) };
        let (home, tag) = (arn.clone(), tag.clone());
        self.db
            .write(move |tx: &mut Tx<'_>| {
                if let Some(found) = tx.find_repository(&home.registry, &home.repository)? {
                    tx.put_upstream_tag(found.key, &tag, &named)?;
                }
                Ok::<_, Failure>(())
            })
            .await?;
        Ok(Checked::Same)
    }

    /// The image that is here is served although upstream failed, unless it has been too long.
    async fn serve_stale(
        &self,
        rule: &PullThroughCacheRule,
        arn: &RepositoryArn,
        (tag, named): (&ImageTag, &UpstreamTag),
        failure: Failure,
    ) -> Result<(), Failure> {
        let Failure::Refused(refusal) = failure else { return Err(failure) };
        let (now, upstreams) = (self.now(), self.upstreams.as_ref());
        let stale_max = upstreams.and_then(|it| it.stale_max);
        if stale_max.is_some_and(|stale_max| named.confirmed_at.plus(stale_max) <= now) {
            return Err(refusal.into());
        }
        self.count(rule, &arn.registry, |tally| &tally.stale, 1);
        let check_every = upstreams.map_or(AGAIN, |it| it.check_every);
        let pause = match &refusal {
            Refusal::Upstream(UpstreamRefusal::TooManyRequests { retry_after_seconds, .. }) => {
                Duration::from_secs(*retry_after_seconds)
            }
            _ => AGAIN,
        };
        let check_at = now.plus(pause.min(check_every));
        let (home, tag) = (arn.clone(), tag.clone());
        self.db
            .write(move |tx: &mut Tx<'_>| {
                if let Some(found) = tx.find_repository(&home.registry, &home.repository)? {
                    tx.put_upstream_check(found.key, &tag, check_at)?;
                }
                Ok(())
            })
            .await
    }
}

/// What a check found.
enum Checked {
    /// The tag names what it named, or may not move.
    Same,
    /// It names another manifest.
    Other(Box<crate::PushedManifest>),
}
