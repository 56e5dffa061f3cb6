//! GetLifecyclePolicyPreview: how far the last preview is, and the named results or a page of all.

use identity::Caller;
use names::{ImageTag, LifecycleAction, PreviewState, RepositoryArn, StorageClass};
use operations::{LifecyclePreview, PreviewPlace, PreviewResults, PreviewedImage, TagStatus};
use wire::aws::WireRefusal;
use wire::aws::ecr::{
    self, GetLifecyclePolicyPreviewRequest, GetLifecyclePolicyPreviewResponse, ImageActionType,
    LifecyclePolicyPreviewResult, LifecyclePolicyPreviewStatus, LifecyclePolicyPreviewSummary,
    LifecyclePolicyRuleAction, LifecyclePolicyStorageClass, LifecyclePolicyTargetStorageClass,
    TransitioningImageTotalCount,
};

use crate::doors::aws::call::{Call, Context, repository};
use crate::doors::aws::ecr::image::image_ids;
use crate::doors::aws::ecr::written;
use crate::doors::aws::failure::Refused;
use crate::doors::aws::{pages, sizes};
use crate::guard::Resource;

pub(in crate::doors::aws) struct GetLifecyclePolicyPreview;

impl Call for GetLifecyclePolicyPreview {
    type Input = GetLifecyclePolicyPreviewRequest;
    type Target = RepositoryArn;
    type Output = GetLifecyclePolicyPreviewResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<RepositoryArn, WireRefusal> {
        repository(caller, input.registry_id.as_deref(), &input.repository_name)
    }

    async fn act(
        context: &Context<'_>,
        arn: RepositoryArn,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let tags = tag_status(&input);
        let (preview, images, next_token) = match &input.image_ids {
            Some(ids) => {
                pages::refuse_paging("imageIds", input.next_token.as_deref(), input.max_results)?;
                let wanted = PreviewResults::Named(image_ids::read_all(ids)?);
                let verb = context.operations().get_lifecycle_policy_preview(&arn, wanted);
                let (preview, mut images) = verb.await?;
                images.retain(|image| shows(tags, image));
                (preview, images, None)
            }
            None => list(context, &arn, tags, &input).await?,
        };
        Ok(GetLifecyclePolicyPreviewResponse {
            registry_id: Some(written::registry_id(&arn)),
            repository_name: Some(written::repository_name(&arn)),
            status: Some(write_state(preview.state)),
            summary: write_summary(&preview),
            lifecycle_policy_text: Some(preview.document),
            next_token,
            preview_results: Some(images.into_iter().map(write).collect()),
        })
    }
}

fn tag_status(input: &GetLifecyclePolicyPreviewRequest) -> TagStatus {
    match input.filter.as_ref().and_then(|filter| filter.tag_status) {
        Some(ecr::TagStatus::Tagged) => TagStatus::Tagged,
        Some(ecr::TagStatus::Untagged) => TagStatus::Untagged,
        Some(ecr::TagStatus::Any) | None => TagStatus::Any,
    }
}

fn shows(tags: TagStatus, image: &PreviewedImage) -> bool {
    match tags {
        TagStatus::Any => true,
        TagStatus::Tagged => !image.tags.is_empty(),
        TagStatus::Untagged => image.tags.is_empty(),
    }
}

async fn list(
    context: &Context<'_>,
    arn: &RepositoryArn,
    tags: TagStatus,
    input: &GetLifecyclePolicyPreviewRequest,
) -> Result<(LifecyclePreview, Vec<PreviewedImage>, Option<String>), Refused> {
    let pages = pages::Pages::new(
        context,
        "GetLifecyclePolicyPreview",
        &Resource::Repository(arn.clone()),
        &format!("{tags:?}"),
        pages::limit(input.max_results, pages::LIMIT),
    );
    let after = pages.after(input.next_token.as_deref())?;
    let wanted = PreviewResults::Page { tags, after, limit: pages.rows() };
    let (preview, images) = context.operations().get_lifecycle_policy_preview(arn, wanted).await?;
    let turn = preview.turn;
    let (images, next_token) = pages.cut(images, |image| PreviewPlace { turn, place: image.place });
    Ok((preview, images, next_token))
}

fn write(image: PreviewedImage) -> LifecyclePolicyPreviewResult {
    let PreviewedImage { place: _, digest, tags, pushed_at, storage_class, rule, action } = image;
    let tags: Vec<String> = tags.iter().map(ImageTag::to_string).collect();
    let (kind, target) = match action {
        LifecycleAction::Expire => (ImageActionType::Expire, None),
        LifecycleAction::Transition => {
            (ImageActionType::Transition, Some(LifecyclePolicyTargetStorageClass::Archive))
        }
    };
    let storage_class = match storage_class {
        StorageClass::Standard => LifecyclePolicyStorageClass::Standard,
        StorageClass::Archive => LifecyclePolicyStorageClass::Archive,
    };
    LifecyclePolicyPreviewResult {
        image_tags: Some(tags),
        image_digest: Some(digest.to_string()),
        image_pushed_at: Some(pushed_at.as_epoch_seconds()),
        action: Some(LifecyclePolicyRuleAction {
            r#type: Some(kind),
            target_storage_class: target,
        }),
        applied_rule_priority: Some(i64::from(rule)),
        storage_class: Some(storage_class),
    }
}

fn write_state(state: PreviewState) -> LifecyclePolicyPreviewStatus {
    match state {
        PreviewState::InProgress => LifecyclePolicyPreviewStatus::InProgress,
        PreviewState::Complete => LifecyclePolicyPreviewStatus::Complete,
        PreviewState::Expired => LifecyclePolicyPreviewStatus::Expired,
        PreviewState::Failed => LifecyclePolicyPreviewStatus::Failed,
    }
}

/// How many images each action would take, once that is known.
fn write_summary(preview: &LifecyclePreview) -> Option<LifecyclePolicyPreviewSummary> {
    if preview.state != PreviewState::Complete {
        return None;
    }
    let archived = TransitioningImageTotalCount {
        target_storage_class: Some(LifecyclePolicyTargetStorageClass::Archive),
        image_total_count: Some(sizes::bytes(preview.transitioning)),
    };
    Some(LifecyclePolicyPreviewSummary {
        expiring_image_total_count: Some(sizes::bytes(preview.expiring)),
        transitioning_image_total_counts: (preview.transitioning > 0).then(|| vec![archived]),
    })
}
