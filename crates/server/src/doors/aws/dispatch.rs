//! The list of what is implemented, and the way from an operation to its handler.

use wire::aws;

use super::call::{Context, perform};
use super::failure::Refused;
use super::not_yet::not_yet;
use super::words::Words;
use crate::doors::aws::{self as ecr, iam, sts};

/// Makes the dispatcher and the list of operations from one list of handlers, so that they agree.
///
/// A service is named as [`aws::Operation`] names it and as its module is called, both here and in `wire`.
macro_rules! implemented {
    ($($service:ident = $home:ident { $($module:ident::$operation:ident,)* })+) => {
        /// Performs any operation of any service.
        pub(super) async fn dispatch(
            context: &Context<'_>,
            operation: aws::Operation,
            words: &Words<'_>,
        ) -> Result<Vec<u8>, Refused> {
            match operation {
                $($(aws::Operation::$service(aws::$home::Operation::$operation) => {
                    Box::pin(perform::<$home::$module::$operation>(context, operation, words)).await
                })*)+
                other => Err(not_yet(&context.asking(), other, words).await),
            }
        }

        /// The operations that are implemented, but for those that nobody signs.
        #[cfg(test)]
        pub(super) const IMPLEMENTED: &[aws::Operation] =
            &[$($(aws::Operation::$service(aws::$home::Operation::$operation),)*)+];

        /// Goes as far as the guard and no further.
        #[cfg(test)]
        pub(super) async fn admit_only(
            asking: &crate::guard::Asking<'_>,
            operation: aws::Operation,
            words: &Words<'_>,
        ) -> Result<(), Refused> {
            use super::call::admit;
            match operation {
                $($(aws::Operation::$service(aws::$home::Operation::$operation) => {
                    admit::<$home::$module::$operation>(asking, operation, words).await.map(drop)
                })*)+
                other => Err(not_yet(asking, other, words).await),
            }
        }
    };
}

implemented! {
    Ecr = ecr {
        batch_check_layer_availability::BatchCheckLayerAvailability,
        batch_delete_image::BatchDeleteImage,
        batch_get_image::BatchGetImage,
        complete_layer_upload::CompleteLayerUpload,
        create_repository::CreateRepository,
        delete_repository::DeleteRepository,
        describe_images::DescribeImages,
        describe_registry::DescribeRegistry,
        describe_repositories::DescribeRepositories,
        get_account_setting::GetAccountSetting,
        get_authorization_token::GetAuthorizationToken,
        get_download_url_for_layer::GetDownloadUrlForLayer,
        initiate_layer_upload::InitiateLayerUpload,
        list_image_referrers::ListImageReferrers,
        list_images::ListImages,
        list_tags_for_resource::ListTagsForResource,
        put_account_setting::PutAccountSetting,
        put_image::PutImage,
        put_image_scanning_configuration::PutImageScanningConfiguration,
        put_image_tag_mutability::PutImageTagMutability,
        tag_resource::TagResource,
        untag_resource::UntagResource,
        upload_layer_part::UploadLayerPart,
    }
    Iam = iam {
        get_account_summary::GetAccountSummary,
    }
    Sts = sts {
        assume_role::AssumeRole,
        get_access_key_info::GetAccessKeyInfo,
        get_caller_identity::GetCallerIdentity,
        get_federation_token::GetFederationToken,
        get_session_token::GetSessionToken,
    }
}
