//! Images: pushed, pulled, described, listed and deleted.
//!
//! * A batch answers for each image that it names; a failure of one does not affect the others.

mod batch_delete_image;
mod batch_get_image;
mod describe_images;
mod image_filter;
pub(in crate::doors::aws) mod image_ids;
mod list_image_referrers;
mod list_images;
mod put_image;
mod update_image_storage_class;
mod upstream_images;

pub(in crate::doors::aws) use batch_delete_image::BatchDeleteImage;
pub(in crate::doors::aws) use batch_get_image::BatchGetImage;
pub(in crate::doors::aws) use describe_images::DescribeImages;
pub(in crate::doors::aws) use list_image_referrers::ListImageReferrers;
pub(in crate::doors::aws) use list_images::ListImages;
pub(in crate::doors::aws) use put_image::PutImage;
pub(in crate::doors::aws) use update_image_storage_class::UpdateImageStorageClass;
