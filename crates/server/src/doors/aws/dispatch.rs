//! The list of what is implemented, and the way from an operation to its handler.

use wire::aws;
use wire::aws::ecr::Operation;

use super::call::{Context, perform};
use super::failure::Refused;
use super::not_yet::not_yet;

/// Makes the dispatcher and the list of operations from one list of handlers, so that they agree.
macro_rules! implemented {
    ($($module:ident::$operation:ident,)+) => {
        async fn dispatch_ecr(
            context: &Context<'_>,
            operation: Operation,
            body: &[u8],
        ) -> Result<Vec<u8>, Refused> {
            match operation {
                $(Operation::$operation => {
                    Box::pin(perform::<super::$module::$operation>(context, operation, body)).await
                })+
                other => {
                    Err(not_yet(&context.asking(), aws::Operation::Ecr(other), body).await)
                }
            }
        }

        /// The operations that are implemented.
        #[cfg(test)]
        pub(super) const IMPLEMENTED: &[Operation] = &[$(Operation::$operation),+];

        /// Goes as far as the guard and no further.
        #[cfg(test)]
        pub(super) async fn admit_only(
            asking: &crate::guard::Asking<'_>,
            operation: aws::Operation,
            body: &[u8],
        ) -> Result<(), Refused> {
            use super::call::admit;
            match operation {
                $(aws::Operation::Ecr(ecr @ Operation::$operation) => {
                    admit::<super::$module::$operation>(asking, ecr, body).await.map(drop)
                })+
                other => Err(not_yet(asking, other, body).await),
            }
        }
    };
}

implemented! {
    batch_check_layer_availability::BatchCheckLayerAvailability,
    batch_delete_image::BatchDeleteImage,
    batch_get_image::BatchGetImage,
    complete_layer_upload::CompleteLayerUpload,
    create_repository::CreateRepository,
    delete_registry_policy::DeleteRegistryPolicy,
    delete_repository::DeleteRepository,
    delete_repository_policy::DeleteRepositoryPolicy,
    describe_images::DescribeImages,
    describe_registry::DescribeRegistry,
    describe_repositories::DescribeRepositories,
    get_account_setting::GetAccountSetting,
    get_authorization_token::GetAuthorizationToken,
    get_download_url_for_layer::GetDownloadUrlForLayer,
    get_registry_policy::GetRegistryPolicy,
    get_repository_policy::GetRepositoryPolicy,
    initiate_layer_upload::InitiateLayerUpload,
    list_image_referrers::ListImageReferrers,
    list_images::ListImages,
    list_tags_for_resource::ListTagsForResource,
    put_account_setting::PutAccountSetting,
    put_image::PutImage,
    put_image_scanning_configuration::PutImageScanningConfiguration,
    put_image_tag_mutability::PutImageTagMutability,
    put_registry_policy::PutRegistryPolicy,
    set_repository_policy::SetRepositoryPolicy,
    tag_resource::TagResource,
    untag_resource::UntagResource,
    upload_layer_part::UploadLayerPart,
}

/// Performs any operation of any service.
pub(super) async fn dispatch(
    context: &Context<'_>,
    operation: aws::Operation,
    body: &[u8],
) -> Result<Vec<u8>, Refused> {
    match operation {
        aws::Operation::Ecr(operation) => dispatch_ecr(context, operation, body).await,
        other => Err(not_yet(&context.asking(), other, body).await),
    }
}
