//! ListImageReferrers.

use identity::Caller;
use names::{ImageStatus, MediaType, RepositoryArn};
use operations::{Fault, Referrer};
use wire::aws::WireRefusal;
use wire::aws::ecr::{
    ArtifactStatus, ArtifactStatusFilter, ImageReferrer, ListImageReferrersFilter,
    ListImageReferrersRequest, ListImageReferrersResponse,
};

use crate::doors::aws::call::{Call, Context, repository};
use crate::doors::aws::ecr::digests;
use crate::doors::aws::failure::Refused;
use crate::doors::aws::{pages, sizes};
use crate::guard::Resource;

pub(in crate::doors::aws) struct ListImageReferrers;

/// The default size of a page: ECR's, of at most 50.
const LIMIT: u32 = 20;

impl Call for ListImageReferrers {
    type Input = ListImageReferrersRequest;
    type Target = RepositoryArn;
    type Output = ListImageReferrersResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<RepositoryArn, WireRefusal> {
        repository(caller, input.registry_id.as_deref(), &input.repository_name)
    }

    fn bytes(output: &Self::Output) -> usize {
        let annotations = output.referrers.iter().flatten().flat_map(|one| &one.annotations);
        annotations.flatten().map(|(name, value)| name.len() + value.len()).sum()
    }

    async fn act(
        context: &Context<'_>,
        arn: RepositoryArn,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let subject = digests::read("subjectId.imageDigest", &input.subject_id.image_digest)?;
        let ListImageReferrersFilter { artifact_types, artifact_status } =
            input.filter.unwrap_or_default();
        let asked = artifact_types.unwrap_or_default();
        let types = read_types(&asked);
        let types_are_none = types.is_empty() && !asked.is_empty();
        let pages = pages::Pages::new(
            context,
            "ListImageReferrers",
            &Resource::Repository(arn.clone()),
            &format!("{subject} {types:?} {artifact_status:?}"),
            pages::limit(input.max_results, LIMIT),
        );
        let after = pages.after(input.next_token.as_deref())?;
        let limit = pages::limit(input.max_results, LIMIT);
        let status = read_status(artifact_status);
        let operations = context.operations();
        let page =
            operations.list_image_referrers(&arn, &subject, types, status, after, limit).await?;
        if types_are_none {
            // Nothing has a malformed type.
            return Ok(ListImageReferrersResponse {
                referrers: Some(Vec::new()),
                next_token: None,
            });
        }
        let annotations = page.referrers.iter().flat_map(|referrer| &referrer.annotations);
        let bytes = annotations.map(String::len).sum();
        let write_all = || page.referrers.iter().map(write).collect::<Result<Vec<_>, _>>();
        let referrers = context.doors.long_work.run(bytes, write_all).await?;
        let next_token = page.next.map(|key| pages.token(&key));
        Ok(ListImageReferrersResponse { referrers: Some(referrers), next_token })
    }
}

/// The status that is asked for; `None` for any. Referrers that can be pulled, unless the caller
/// says otherwise.
fn read_status(status: Option<ArtifactStatusFilter>) -> Option<ImageStatus> {
    match status {
        None | Some(ArtifactStatusFilter::Active) => Some(ImageStatus::Active),
        Some(ArtifactStatusFilter::Archived) => Some(ImageStatus::Archived),
        Some(ArtifactStatusFilter::Activating) => Some(ImageStatus::Activating),
        Some(ArtifactStatusFilter::Any) => None,
    }
}

/// A malformed media type matches nothing, so it is left out.
fn read_types(types: &[String]) -> Vec<MediaType> {
    types.iter().filter_map(|text| MediaType::parse(text).ok()).collect()
}

fn write(referrer: &Referrer) -> Result<ImageReferrer, Refused> {
    let annotations = referrer
        .annotations
        .as_deref()
        .map(serde_json::from_str)
        .transpose()
        .map_err(|error| Refused::Fault(Fault::Corrupt(error.into())))?;
    let status = match referrer.status {
        ImageStatus::Active => ArtifactStatus::Active,
        ImageStatus::Archived => ArtifactStatus::Archived,
        ImageStatus::Activating => ArtifactStatus::Activating,
    };
    Ok(ImageReferrer {
        digest: referrer.digest.to_string(),
        media_type: referrer.media_type.to_string(),
        artifact_type: referrer.artifact_type.as_ref().map(MediaType::to_string),
        size: sizes::bytes(referrer.manifest_size_bytes),
        annotations,
        artifact_status: Some(status),
    })
}
