//! ExplainRetention of our own service: why an image is kept, and why images expired.

use std::sync::Arc;

use db::{DbError, ExpiredImage, Image, ImageKey, LifecyclePolicy, RepositoryKey, Tx};
use names::{Digest, ImageId, ImageStatus, ImageTag, RepositoryArn, Timestamp};
use policy::lifecycle::{Action, Decision, Document, Kept};

use super::evaluation::Judged;
use super::reason;
use crate::image::find_named::find_named;
use crate::jobs::apply_lifecycle_policy::find_next_run;
use crate::operations::require_repository;
use crate::{Failure, Fault, ImageRefusal, Operations, Shield};

/// How many expiries of one image an answer tells.
const EXPIRIES_MAX: u32 = 10;

/// How many of the images that a rule spares are looked at for those that were restored.
const SPARED_MAX: usize = 1_000;

/// What the lifecycle policy of a repository makes of an image.
#[derive(Debug, Clone)]
pub struct Retention {
    /// The image, if it is there.
    pub image: Option<RetainedImage>,
    /// When it expired before and why, the newest first.
    pub expiries: Vec<ExpiredImage>,
}

/// An image that is there, as the policy judges it now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetainedImage {
    /// Its digest.
    pub digest: Digest,
    /// Its tags, in order.
    pub tags: Vec<ImageTag>,
    /// Can it be pulled?
    pub status: ImageStatus,
    /// When it was archived, if it is.
    pub archived_at: Option<Timestamp>,
    /// Does the next run leave it where it is?
    pub is_kept: bool,
    /// Why, in a sentence.
    pub reason: String,
    /// The priority of the rule that decides, and its text.
    pub rule: Option<(u32, String)>,
    /// Until when it is kept if nothing changes, if a moment decides.
    pub until: Option<Timestamp>,
    /// When the policy is carried out next, if there is one.
    pub next_run_at: Option<Timestamp>,
}

/// What is read at first.
struct Found {
    repository: RepositoryKey,
    image: Option<(Image, Vec<ImageTag>)>,
    policy: Option<LifecyclePolicy>,
    next_run_at: Option<Timestamp>,
    expiries: Vec<ExpiredImage>,
}

/// What a policy makes of the images of a repository at a moment.
struct Judgement<'a> {
    document: &'a Document,
    judged: &'a Judged,
    now: Timestamp,
}

impl Operations {
    /// Explains what the repository's lifecycle policy makes of an image, or made of it before. It
    /// judges all images of the repository, one such request at a time.
    pub async fn explain_retention(
        &self,
        arn: &RepositoryArn,
        id: ImageId,
    ) -> Result<Retention, Failure> {
        let wanted = arn.clone();
        let Found { repository, image, policy, next_run_at, expiries } =
            self.db.read_at_length(move |tx| find(tx, &wanted, &id)).await?;
        let Some((image, tags)) = image else { return Ok(Retention { image: None, expiries }) };
        let times = reason::Times::from(&image);
        let mut retained = RetainedImage {
            digest: image.digest,
            tags,
            status: image.status,
            archived_at: image.archived_at.filter(|_| image.status == ImageStatus::Archived),
            is_kept: true,
            reason: "the repository has no lifecycle policy".to_owned(),
            rule: None,
            until: None,
            next_run_at,
        };
        if let Some(policy) = policy {
            let document = Document::read(&policy.document)
                .map_err(|_| DbError::Corrupt { column: "lifecycle_policy.document" })?;
            let document = Arc::new(document);
            let place = self.judging.acquire().await;
            let _place = place.map_err(|error| Failure::Fault(Fault::Broken(error.into())))?;
            let now = self.now();
            let judged = self.judge_images(repository, &document, now).await?;
            let judgement = Judgement { document: &document, judged: &judged, now };
            self.tell(&mut retained, (image.key, times), &judgement).await?;
            if let Some(Decision::Kept(kept)) = judged.decision(image.key) {
                if let Kept::Counted { rule, .. } | Kept::Young { rule, .. } = kept
                    && let Some(rule) = document.find_rule(rule)
                {
                    self.tell_index(&mut retained, repository, rule.action()).await?;
                }
                self.tell_history(&mut retained, (repository, image.key), kept).await?;
            }
        }
        Ok(Retention { image: Some(retained), expiries })
    }

    /// The last expiry of an image, as far as it is remembered.
    pub async fn find_expiry(
        &self,
        arn: &RepositoryArn,
        id: &ImageId,
    ) -> Result<Option<ExpiredImage>, Failure> {
        let (arn, id) = (arn.clone(), id.clone());
        let find = move |tx: &mut Tx<'_>| {
            let repository = require_repository(tx, &arn)?.key;
            Ok(list_expiries(tx, repository, &id, 1)?.into_iter().next())
        };
        self.db.read(find).await
    }

    /// Fills in what was decided about an image.
    async fn tell(
        &self,
        retained: &mut RetainedImage,
        (image, times): (ImageKey, reason::Times),
        judgement: &Judgement<'_>,
    ) -> Result<(), Failure> {
        let Judgement { document, judged, now } = *judgement;
        // It was deleted since, or pushed after the images were read.
        let Some(decision) = judged.decision(image) else {
            "it was pushed or deleted at this moment".clone_into(&mut retained.reason);
            return Ok(());
        };
        let (rule, other) = match decision {
            Decision::Taken { rule, subject, action: _ } => (Some(rule), subject),
            Decision::Kept(kept) => match kept {
                Kept::Unselected | Kept::Activating | Kept::Circular => (None, None),
                Kept::Counted { rule, .. } | Kept::Young { rule, .. } | Kept::Shielded { rule } => {
                    (Some(rule), None)
                }
                Kept::Referred { rule, index } => (Some(rule), Some(index)),
                Kept::Subject { subject } => (None, Some(subject)),
            },
        };
        let other = match other {
            Some(place) => self.digest_of(judged.key(place)).await?,
            None => None,
        };
        let rule = rule.and_then(|priority| document.find_rule(priority));
        retained.rule = rule.map(|rule| (rule.priority(), rule.canonical()));
        match (decision, rule) {
            (Decision::Taken { .. }, Some(rule)) => {
                retained.is_kept = false;
                let before = match other {
                    Some(_) => None,
                    None => self.restored_before(judged, rule.priority(), times).await?,
                };
                let others = (other.as_ref(), before.as_ref());
                retained.reason = reason::of_taking(rule, times, others, now);
            }
            (Decision::Taken { .. }, None) => {}
            (Decision::Kept(kept), rule) => {
                if let Kept::Young { until, .. } | Kept::Counted { until: Some(until), .. } = kept {
                    retained.until = Some(until);
                }
                retained.reason = reason::of_keeping(kept, times, rule, other.as_ref());
            }
        }
        Ok(())
    }

    /// The older images that count as newer than the image, among those that the rule spares.
    async fn restored_before(
        &self,
        judged: &Judged,
        rule: u32,
        image: reason::Times,
    ) -> Result<Option<reason::RestoredBefore>, Failure> {
        let mut spared = judged.spared(rule).unwrap_or_default();
        spared.truncate(SPARED_MAX);
        let find = move |tx: &mut Tx<'_>| tx.find_lifecycle_images(&spared);
        let found: Result<_, DbError> = self.db.read_at_length(find).await;
        Ok(reason::RestoredBefore::of(&found?, image))
    }

    /// Adds the index that would keep the image once its rule took it. A decision names the index
    /// only if the rule takes the image already.
    async fn tell_index(
        &self,
        retained: &mut RetainedImage,
        repository: RepositoryKey,
        action: Action,
    ) -> Result<(), Failure> {
        let digest = retained.digest.clone();
        let find = move |tx: &mut Tx<'_>| match action {
            Action::Expire => tx.list_parents(repository, &digest, 1),
            Action::Transition => tx.list_parents_in_use(repository, &digest, 1),
        };
        let found: Result<_, DbError> = self.db.read(find).await;
        if let Some(index) = found?.pop() {
            retained.until = None;
            retained.reason.push_str(&reason::of_index(&index));
        }
        Ok(())
    }

    /// Adds until when the history of a tag keeps the image, or will keep it once its rule took it.
    async fn tell_history(
        &self,
        retained: &mut RetainedImage,
        (repository, image): (RepositoryKey, ImageKey),
        kept: Kept,
    ) -> Result<(), Failure> {
        let may_be_taken =
            matches!(kept, Kept::Shielded { .. } | Kept::Counted { .. } | Kept::Young { .. });
        if self.tag_history.shield == Shield::Off || !may_be_taken {
            return Ok(());
        }
        let digest = retained.digest.clone();
        let find = move |tx: &mut Tx<'_>| tx.find_moves_away(repository, &[(image, &digest)]);
        let found: Result<_, DbError> = self.db.read(find).await;
        let Some(away) = found?.into_iter().flatten().next() else { return Ok(()) };
        let until = away.mover.at.plus(self.tag_history.remember);
        if let Kept::Shielded { rule } = kept {
            retained.reason = reason::of_history(rule, &away, until);
            retained.until = Some(until);
        } else {
            retained.reason.push_str(&reason::of_history_later(&away, until));
            retained.until = retained.until.map(|by_rule| by_rule.max(until));
        }
        Ok(())
    }

    async fn digest_of(&self, image: ImageKey) -> Result<Option<Digest>, Failure> {
        let find = move |tx: &mut Tx<'_>| tx.find_lifecycle_images(&[image]);
        let found: Result<_, DbError> = self.db.read(find).await;
        Ok(found?.pop().map(|image| image.digest))
    }
}

/// The last expiries of an image, the newest first.
fn list_expiries(
    tx: &mut Tx<'_>,
    repository: RepositoryKey,
    id: &ImageId,
    limit: u32,
) -> Result<Vec<ExpiredImage>, DbError> {
    let mut expiries = match id {
        ImageId::Tag(tag) | ImageId::Both { tag, .. } => {
            tx.list_expired_images_by_tag(repository, tag, limit)?
        }
        ImageId::Digest(digest) => tx.list_expired_images(repository, digest, limit)?,
    };
    expiries.retain(|expired| id.allows(&expired.digest));
    Ok(expiries)
}

fn find(tx: &mut Tx<'_>, arn: &RepositoryArn, id: &ImageId) -> Result<Found, Failure> {
    let found = require_repository(tx, arn)?;
    let repository = found.key;
    let image = find_named(tx, &found, id)?.filter(|image| id.allows(&image.digest));
    let expiries = list_expiries(tx, repository, id, EXPIRIES_MAX)?;
    if image.is_none() && expiries.is_empty() {
        let refusal = ImageRefusal::NotFound { repository: arn.clone(), image: id.clone() };
        return Err(refusal.into());
    }
    let image = match image {
        Some(image) => {
            let tags = tx.list_tags_of(image.key)?;
            Some((image, tags))
        }
        None => None,
    };
    let policy = tx.find_lifecycle_policy(repository)?;
    let next_run_at = match &policy {
        Some(_) => find_next_run(tx, repository)?,
        None => None,
    };
    Ok(Found { repository, image, policy, next_run_at, expiries })
}
