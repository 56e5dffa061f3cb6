//! Pulls from repositories that a pull through cache rule fills.
//!
//! # Invariants
//! * What is here is looked for first. Upstream is asked only about what is not here, or for a tag
//!   whose time for a check has come. If that cannot even be found out, what is here is sent.
//! * Upstream is asked for callers who have `ecr:BatchImportUpstreamImage` on the repository, and,
//!   if it is not here, `ecr:CreateRepository`. To others, it is as if there were no rule.
//! * A client that goes away ends nothing that others wait for.
//!
//! # Who calls
//! The handlers that read manifests and layers, of the OCI door; BatchGetImage of the other.
//!
//! # On a crash
//! See `operations`.

use std::sync::Arc;
use std::time::Duration;

use identity::Caller;
use names::{Digest, Reference, RepositoryArn};
use operations::{
    CachedManifest, DueTag, Failure, FetchedManifest, ImageRefusal, LayerFetch,
    PullThroughCacheRule, PulledImage, Refusal, RepositoryRefusal, Standing, UpstreamRefusal,
};
use tokio::time::{Instant, sleep};

use super::Doors;
use super::aws::{NotCreated, Push, create_for_cache};
use crate::guard::{NotAllowed, RequestFrom, RequestKeys, Resource};
use crate::reached::Reached;

/// How long a pull waits for an image that a pull gate judges only as a whole.
const WHOLE_MAX: Duration = Duration::from_mins(1);

/// How often it is looked for.
const LOOK_EVERY: Duration = Duration::from_millis(100);

/// Who pulls, for work that outlives the request.
struct Puller {
    doors: Arc<Doors>,
    caller: Caller,
    from: RequestFrom,
    reached: Reached,
    request: String,
    arn: RepositoryArn,
    reference: Reference,
    rule: Arc<PullThroughCacheRule>,
}

/// What a request for a manifest is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::doors) enum Purpose {
    /// To pull the image.
    Pull,
    /// To learn whether it exists.
    Look,
}

/// A manifest to be sent.
pub(in crate::doors) enum Found {
    /// Of an image that is here.
    Image(PulledImage),
    /// Of one that is coming.
    Coming(CachedManifest),
}

/// The manifest that a reference names, here or upstream.
pub(in crate::doors) async fn find_manifest(
    pull: &Push<'_>,
    arn: &RepositoryArn,
    reference: &Reference,
    purpose: Purpose,
) -> Result<Found, NotCreated> {
    let local = look(pull.doors, pull.caller, arn, reference, purpose).await;
    match (find_newer(pull, arn, reference, purpose, &local).await, local) {
        (Ok(Some(found)), _) => Ok(found),
        (Ok(None), local) => Ok(Found::Image(local?)),
        (Err(NotCreated::Failed(Failure::Fault(fault))), Ok(image)) => {
            tracing::error!(
                repository.name = %arn.repository, error = fault.chain(),
                "cannot find out whether an image is what its tag names upstream: it is sent as it is"
            );
            Ok(Found::Image(image))
        }
        (Err(not_fetched), _) => Err(not_fetched),
    }
}

/// What upstream has instead of what is here. `None` if what is here, or the refusal, is to be
/// sent.
async fn find_newer(
    pull: &Push<'_>,
    arn: &RepositoryArn,
    reference: &Reference,
    purpose: Purpose,
    local: &Result<PulledImage, Failure>,
) -> Result<Option<Found>, NotCreated> {
    let operations = &pull.doors.operations;
    let here = match local {
        Ok(image) => Some(&image.digest),
        Err(Failure::Refused(refusal)) if is_missing(refusal) => None,
        Err(_) => return Ok(None),
    };
    if operations.is_read_only() {
        return Ok(None);
    }
    let Some(rule) = operations.find_pull_through_rule_for(arn).await? else { return Ok(None) };
    let standing = operations.cache_standing(&rule, arn, reference, here).await?;
    let puller = Puller::of(pull, arn, reference, rule);
    match standing {
        Standing::Coming(manifest) => puller.send(manifest, purpose).await.map(Some),
        Standing::Due(due) => puller.refresh(due, purpose).await,
        Standing::Missing if puller.may_fetch(local).await? => {
            let (puller, fetched) = pull.doors.tasks.finish(puller.fetch()).await;
            if let Some(manifest) = fetched? {
                return puller.send(manifest, purpose).await.map(Some);
            }
            let found = look(pull.doors, pull.caller, arn, reference, purpose).await?;
            Ok(Some(Found::Image(found)))
        }
        Standing::Current | Standing::Missing => Ok(None),
    }
}

/// A layer that is not here, from upstream. `None` if there is no rule for it, or none that this
/// caller may use.
pub(in crate::doors) async fn find_layer(
    pull: &Push<'_>,
    arn: &RepositoryArn,
    digest: &Digest,
) -> Result<Option<(u64, LayerFetch)>, NotCreated> {
    let operations = &pull.doors.operations;
    if operations.is_read_only() {
        return Ok(None);
    }
    let Some(rule) = operations.find_pull_through_rule_for(arn).await? else { return Ok(None) };
    let reference = Reference::Digest(digest.clone());
    let puller = Puller::of(pull, arn, &reference, rule);
    if !puller.may("ecr:BatchImportUpstreamImage").await? {
        return Ok(None);
    }
    let (mut fetch, lead) = operations.join_layer_fetch(arn, digest);
    if let Some(lead) = lead {
        let (doors, rule) = (pull.doors.clone(), puller.rule.clone());
        let work = async move { doors.operations.lead_layer_fetch(&rule, lead).await };
        drop(pull.doors.tasks.spawn(work));
    }
    let size = fetch.begun().await?;
    Ok(Some((size, fetch)))
}

async fn look(
    doors: &Doors,
    caller: &Caller,
    arn: &RepositoryArn,
    reference: &Reference,
    purpose: Purpose,
) -> Result<PulledImage, Failure> {
    match purpose {
        Purpose::Pull => doors.operations.pull_image(arn, reference, &caller.principal).await,
        Purpose::Look => doors.operations.find_manifest(arn, reference).await,
    }
}

fn is_missing(refusal: &Refusal) -> bool {
    matches!(
        refusal,
        Refusal::Repository(RepositoryRefusal::NotFound(_))
            | Refusal::Image(ImageRefusal::NotFound { .. })
    )
}

impl Puller {
    fn of(
        pull: &Push<'_>,
        arn: &RepositoryArn,
        reference: &Reference,
        rule: Arc<PullThroughCacheRule>,
    ) -> Self {
        Self {
            doors: pull.doors.clone(),
            caller: pull.caller.clone(),
            from: pull.from.clone(),
            reached: pull.reached.clone(),
            request: pull.request.clone(),
            arn: arn.clone(),
            reference: reference.clone(),
            rule,
        }
    }

    /// Whether the caller may do this. A denial is kept like any other.
    async fn may(&self, action: &'static str) -> Result<bool, NotCreated> {
        let asking = self.doors.asking(&self.caller, &self.from);
        let resource = Resource::Repository(self.arn.clone());
        match asking.authorize(action, &resource, &RequestKeys::default()).await {
            Ok(()) => Ok(true),
            Err(NotAllowed::Denied(_)) => Ok(false),
            Err(NotAllowed::Failed(failure)) => Err(failure.into()),
        }
    }

    /// Checks a tag that is here. `None` if it names upstream what it names here.
    async fn refresh(self, due: DueTag, purpose: Purpose) -> Result<Option<Found>, NotCreated> {
        if !self.may("ecr:BatchImportUpstreamImage").await? {
            return Ok(None);
        }
        let doors = self.doors.clone();
        let (puller, newer) = doors
            .tasks
            .finish(async move {
                let Self { doors, rule, arn, .. } = &self;
                let newer = doors.operations.refresh_upstream_tag(rule, arn, due).await;
                (self, newer)
            })
            .await;
        match newer? {
            Some(manifest) => puller.send(manifest, purpose).await.map(Some),
            None => Ok(None),
        }
    }

    /// Whether the caller may have fetched what is missing.
    async fn may_fetch(&self, local: &Result<PulledImage, Failure>) -> Result<bool, NotCreated> {
        let is_new = matches!(local, Err(Failure::Refused(Refusal::Repository(_))));
        Ok(self.may("ecr:BatchImportUpstreamImage").await?
            && (!is_new || self.may("ecr:CreateRepository").await?))
    }

    /// Fetches the manifest. `None` if the whole image has come meanwhile.
    async fn fetch(self) -> (Self, Result<Option<CachedManifest>, NotCreated>) {
        let fetched = self.fetch_and_keep().await;
        (self, fetched)
    }

    async fn fetch_and_keep(&self) -> Result<Option<CachedManifest>, NotCreated> {
        let Self { doors, arn, reference, rule, .. } = self;
        let operations = &doors.operations;
        let new = match operations.fetch_upstream_manifest(rule, arn, reference).await? {
            FetchedManifest::Kept(manifest) => return Ok(Some(manifest)),
            FetchedManifest::Stored => return Ok(None),
            FetchedManifest::New(new) => new,
        };
        if let Err(not_created) = self.create_repository().await {
            operations.drop_upstream_manifest(new).await?;
            return Err(not_created);
        }
        Ok(Some(operations.keep_upstream_manifest(arn, new).await?))
    }

    /// Creates the repository, if it is not there.
    async fn create_repository(&self) -> Result<(), NotCreated> {
        let Self { doors, caller, from, reached, request, arn, .. } = self;
        if doors.operations.has_repository(arn).await? {
            return Ok(());
        }
        let push = Push { doors, caller, from, reached, request: request.clone() };
        create_for_cache(&push, arn).await
    }

    /// The manifest, to be sent before its image is here, unless a pull gate has to judge it: then
    /// the image is waited for.
    async fn send(&self, manifest: CachedManifest, purpose: Purpose) -> Result<Found, NotCreated> {
        if purpose == Purpose::Look || !manifest.is_gated {
            return Ok(Found::Coming(manifest));
        }
        let Self { doors, caller, arn, rule, .. } = self;
        let reference = Reference::Digest(manifest.digest);
        let begun = Instant::now();
        while begun.elapsed() < WHOLE_MAX {
            match look(doors, caller, arn, &reference, purpose).await {
                Ok(image) => return Ok(Found::Image(image)),
                Err(Failure::Refused(refusal)) if is_missing(&refusal) => sleep(LOOK_EVERY).await,
                Err(failure) => return Err(failure.into()),
            }
        }
        let upstream = rule.upstream.authority().to_owned();
        Err(UpstreamRefusal::Unavailable { upstream }.into())
    }
}
