//! DescribeImageScanFindings: how far the last scan of an image is, and a page of its findings.

use identity::Caller;
use names::{RepositoryArn, ScanType, Timestamp};
use operations::{DescribedFinding, DescribedScan};
use wire::aws::WireRefusal;
use wire::aws::ecr::{
    DescribeImageScanFindingsRequest, DescribeImageScanFindingsResponse, ImageScanFindings,
};

use super::described_scan::{write_counts, write_id, write_status};
use super::{basic_findings, enhanced_findings};
use crate::doors::aws::call::{Call, Context, repository};
use crate::doors::aws::ecr::image::image_ids;
use crate::doors::aws::ecr::written;
use crate::doors::aws::failure::Refused;
use crate::doors::aws::pages;
use crate::guard::Resource;

pub(in crate::doors::aws) struct DescribeImageScanFindings;

impl Call for DescribeImageScanFindings {
    type Input = DescribeImageScanFindingsRequest;
    type Target = RepositoryArn;
    type Output = DescribeImageScanFindingsResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<RepositoryArn, WireRefusal> {
        repository(caller, input.registry_id.as_deref(), &input.repository_name)
    }

    async fn act(
        context: &Context<'_>,
        arn: RepositoryArn,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let (digest, tag) = (input.image_id.image_digest, input.image_id.image_tag);
        let id = image_ids::read_one("imageId", digest.as_deref(), tag.as_deref())?;
        let pages = pages::Pages::new(
            context,
            "DescribeImageScanFindings",
            &Resource::Repository(arn.clone()),
            &id.to_string(),
            pages::limit(input.max_results, pages::LIMIT),
        );
        let after = pages.after(input.next_token.as_deref())?;
        let verb = context.operations();
        let mut scan =
            verb.describe_image_scan_findings(&arn, id.clone(), after, pages.rows()).await?;
        let found = std::mem::take(&mut scan.findings);
        let (findings, next_token) = pages.cut(found, |finding| finding.place.clone());
        Ok(DescribeImageScanFindingsResponse {
            registry_id: Some(written::registry_id(&arn)),
            repository_name: Some(written::repository_name(&arn)),
            image_id: Some(write_id(&scan.image.digest, &id)),
            image_scan_status: Some(write_status(scan.status, scan.description.clone())),
            image_scan_findings: write_findings(&arn, &scan, findings),
            next_token,
        })
    }
}

/// The findings of a scan that has come to its end.
fn write_findings(
    arn: &RepositoryArn,
    scan: &DescribedScan,
    findings: Vec<DescribedFinding>,
) -> Option<ImageScanFindings> {
    let counts = scan.counts.as_ref()?;
    let (basic, enhanced) = match scan.scan_type {
        ScanType::Basic => (Some(findings.into_iter().map(basic_findings::write).collect()), None),
        ScanType::Enhanced => {
            let written = findings.into_iter();
            let written = written.map(|it| enhanced_findings::write(arn, &scan.image, it));
            (None, Some(written.collect()))
        }
    };
    Some(ImageScanFindings {
        image_scan_completed_at: scan.completed_at.map(Timestamp::as_epoch_seconds),
        vulnerability_source_updated_at: scan.source_updated_at.map(Timestamp::as_epoch_seconds),
        finding_severity_counts: Some(write_counts(counts)),
        findings: basic,
        enhanced_findings: enhanced,
    })
}
