//! ExplainRetention: why a lifecycle policy keeps an image, and why it expired images before.

use identity::Caller;
use names::{ImageTag, RepositoryArn, Timestamp};
use operations::{ExpiredImage, RetainedImage, Retention};
use wire::aws::WireRefusal;
use wire::aws::longshore::{
    self, Expiry, ExplainRetentionRequest, ExplainRetentionResponse, RetentionVerdict,
};

use super::super::call::{Call, Context, repository};
use super::super::ecr::image::image_ids;
use super::super::failure::Refused;
use super::image_status::write_status;
use super::list_deleted_images;
use super::restorable::{find_restorable, missing_image};

pub(in crate::doors::aws) struct ExplainRetention;

impl Call for ExplainRetention {
    type Input = ExplainRetentionRequest;
    type Target = RepositoryArn;
    type Output = ExplainRetentionResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        repository(caller, input.registry_id.as_deref(), &input.repository_name)
    }

    async fn act(
        context: &Context<'_>,
        arn: RepositoryArn,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let (digest, tag) = (input.image_id.image_digest, input.image_id.image_tag);
        let id = image_ids::read_one("ImageId", digest.as_deref(), tag.as_deref())?;
        let explained = context.operations().explain_retention(&arn, id.clone()).await;
        let is_gone = match &explained {
            Ok(retention) => retention.image.is_none(),
            Err(failure) => missing_image(failure).is_some(),
        };
        let deleted = if is_gone { find_restorable(context, &arn, &id).await? } else { None };
        let Retention { image, expiries } = match explained {
            Err(_) if deleted.is_some() => Retention { image: None, expiries: Vec::new() },
            explained => explained?,
        };
        Ok(ExplainRetentionResponse {
            image: image.map(write),
            expiries: Some(expiries.into_iter().map(write_expiry).collect()),
            deleted: deleted.as_ref().map(list_deleted_images::write),
        })
    }
}

fn write(image: RetainedImage) -> longshore::RetainedImage {
    let RetainedImage { digest, tags, status, archived_at, is_kept, reason, rule, .. } = image;
    let (until, next_run_at) = (image.until, image.next_run_at);
    let (priority, rule) = rule.unzip();
    longshore::RetainedImage {
        image_digest: Some(digest.to_string()),
        image_tags: Some(words(&tags)),
        image_status: Some(write_status(status)),
        archived_at: archived_at.map(Timestamp::as_epoch_seconds),
        verdict: Some(if is_kept { RetentionVerdict::Kept } else { RetentionVerdict::Due }),
        reason: Some(reason),
        rule_priority: priority.map(i64::from),
        rule,
        kept_until: until.map(Timestamp::as_epoch_seconds),
        next_run_at: next_run_at.map(Timestamp::as_epoch_seconds),
    }
}

fn write_expiry(expired: ExpiredImage) -> Expiry {
    let ExpiredImage { digest, tags, pushed_at, pulled_at, expired_at, rule, reason } = expired;
    Expiry {
        image_digest: Some(digest.to_string()),
        image_tags: Some(words(&tags)),
        image_pushed_at: Some(pushed_at.as_epoch_seconds()),
        last_recorded_pull_time: pulled_at.map(Timestamp::as_epoch_seconds),
        expired_at: Some(expired_at.as_epoch_seconds()),
        rule: Some(rule),
        reason: Some(reason),
    }
}

fn words(tags: &[ImageTag]) -> Vec<String> {
    tags.iter().map(ImageTag::to_string).collect()
}
