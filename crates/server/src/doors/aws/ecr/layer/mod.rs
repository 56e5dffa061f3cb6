//! Layers: uploaded in parts, checked and downloaded.
//!
//! * An upload belongs to one repository, and its parts come in order.

mod batch_check_layer_availability;
mod complete_layer_upload;
mod get_download_url_for_layer;
mod initiate_layer_upload;
mod upload_layer_part;

pub(in crate::doors::aws) use batch_check_layer_availability::BatchCheckLayerAvailability;
pub(in crate::doors::aws) use complete_layer_upload::CompleteLayerUpload;
pub(in crate::doors::aws) use get_download_url_for_layer::GetDownloadUrlForLayer;
pub(in crate::doors::aws) use initiate_layer_upload::InitiateLayerUpload;
pub(in crate::doors::aws) use upload_layer_part::UploadLayerPart;
