//! DescribeImages: the named images, all or none, or a page of all.

use identity::Caller;
use names::{Digest, ImageTag, MediaType, RepositoryArn, Timestamp};
use operations::{DescribedImage, ImageScan};
use wire::aws::WireRefusal;
use wire::aws::ecr::{
    DescribeImagesFilter, DescribeImagesRequest, DescribeImagesResponse, ImageDetail,
    ImageScanFindingsSummary, ImageScanStatus,
};

use super::{image_filter, image_ids, update_image_storage_class};
use crate::doors::aws::call::{Call, Context, repository};
use crate::doors::aws::ecr::scanning::described_scan;
use crate::doors::aws::ecr::written;
use crate::doors::aws::failure::Refused;
use crate::doors::aws::{pages, sizes};
use crate::guard::Resource;

pub(in crate::doors::aws) struct DescribeImages;

impl Call for DescribeImages {
    type Input = DescribeImagesRequest;
    type Target = RepositoryArn;
    type Output = DescribeImagesResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<RepositoryArn, WireRefusal> {
        repository(caller, input.registry_id.as_deref(), &input.repository_name)
    }

    async fn act(
        context: &Context<'_>,
        arn: RepositoryArn,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let (images, next_token) = match &input.image_ids {
            Some(ids) => {
                pages::refuse_paging("imageIds", input.next_token.as_deref(), input.max_results)?;
                let ids = image_ids::read_all(ids)?;
                (context.operations().describe_images(&arn, ids).await?, None)
            }
            None => list(context, &arn, input).await?,
        };
        let details = images.into_iter().map(|image| write(&arn, image)).collect();
        Ok(DescribeImagesResponse { image_details: Some(details), next_token })
    }
}

async fn list(
    context: &Context<'_>,
    arn: &RepositoryArn,
    input: DescribeImagesRequest,
) -> Result<(Vec<DescribedImage>, Option<String>), Refused> {
    let DescribeImagesFilter { tag_status, image_status } = input.filter.unwrap_or_default();
    let filter = image_filter::read(tag_status, image_status);
    let pages = pages::Pages::new(
        context,
        "DescribeImages",
        &Resource::Repository(arn.clone()),
        &format!("{filter:?}"),
        pages::limit(input.max_results, pages::LIMIT),
    );
    let after = pages.after(input.next_token.as_deref())?;
    let rows = context.operations().list_described_images(arn, filter, after, pages.rows()).await?;
    Ok(pages.cut_bounded(rows, |row| row.image.key))
}

fn write(arn: &RepositoryArn, described: DescribedImage) -> ImageDetail {
    let DescribedImage { image, tags, scan } = described;
    let (status, summary) = write_scan(scan);
    let tags: Vec<String> = tags.iter().map(ImageTag::to_string).collect();
    ImageDetail {
        registry_id: Some(written::registry_id(arn)),
        repository_name: Some(written::repository_name(arn)),
        image_digest: Some(image.digest.to_string()),
        image_tags: Some(tags).filter(|tags| !tags.is_empty()),
        image_size_in_bytes: Some(sizes::bytes(image.size_bytes)),
        image_pushed_at: Some(image.pushed_at.as_epoch_seconds()),
        image_manifest_media_type: Some(image.media_type.to_string()),
        artifact_media_type: image.artifact_type.as_ref().map(MediaType::to_string),
        last_recorded_pull_time: image.pulled_at.map(Timestamp::as_epoch_seconds),
        subject_manifest_digest: image.subject.as_ref().map(Digest::to_string),
        image_status: Some(update_image_storage_class::write(image.status)),
        image_scan_status: status,
        image_scan_findings_summary: summary,
        last_archived_at: image.archived_at.map(Timestamp::as_epoch_seconds),
        last_activated_at: image.activated_at.map(Timestamp::as_epoch_seconds),
    }
}

/// The last scan of the registry's type. ECR stopped to fill these members; tools still read them.
fn write_scan(
    scan: Option<(ImageScan, Option<Timestamp>)>,
) -> (Option<ImageScanStatus>, Option<ImageScanFindingsSummary>) {
    let Some((scan, source_updated_at)) = scan else { return (None, None) };
    let summary = described_scan::write_summary(&scan, source_updated_at);
    (Some(described_scan::write_status(scan.status, scan.description)), summary)
}
