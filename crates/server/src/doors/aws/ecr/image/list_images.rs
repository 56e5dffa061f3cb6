//! ListImages: one entry for each tag, and one for each image without tags.

use identity::Caller;
use names::{ImageTag, RepositoryArn};
use operations::ListedImage;
use wire::aws::WireRefusal;
use wire::aws::ecr::{ImageIdentifier, ListImagesFilter, ListImagesRequest, ListImagesResponse};

use super::image_filter;
use crate::doors::aws::call::{Call, Context, repository};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::pages;
use crate::guard::Resource;

pub(in crate::doors::aws) struct ListImages;

impl Call for ListImages {
    type Input = ListImagesRequest;
    type Target = RepositoryArn;
    type Output = ListImagesResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<RepositoryArn, WireRefusal> {
        repository(caller, input.registry_id.as_deref(), &input.repository_name)
    }

    async fn act(
        context: &Context<'_>,
        arn: RepositoryArn,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let ListImagesFilter { tag_status, image_status } = input.filter.unwrap_or_default();
        let filter = image_filter::read(tag_status, image_status);
        let pages = pages::Pages::new(
            context,
            "ListImages",
            &Resource::Repository(arn.clone()),
            &format!("{filter:?}"),
            pages::limit(input.max_results, pages::LIMIT),
        );
        let after = pages.after(input.next_token.as_deref())?;
        let rows = context.operations().list_images(&arn, filter, after, pages.rows()).await?;
        let (rows, next_token) = pages.cut(rows, |row| {
            (row.key, row.tag.as_ref().map(ImageTag::to_string).unwrap_or_default())
        });
        let image_ids = Some(rows.iter().map(write).collect());
        Ok(ListImagesResponse { image_ids, next_token })
    }
}

fn write(row: &ListedImage) -> ImageIdentifier {
    ImageIdentifier {
        image_digest: Some(row.digest.to_string()),
        image_tag: row.tag.as_ref().map(ImageTag::to_string),
    }
}
