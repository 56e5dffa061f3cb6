//! Scans of images, and the configuration of a registry that says when.
//!
//! * Basic and enhanced findings are the same findings in two shapes. The registry's type of scan
//!   decides which is shown.

mod basic_findings;
mod batch_get_repository_scanning_configuration;
mod describe_image_scan_findings;
mod described_configuration;
mod enhanced_findings;
mod get_registry_scanning_configuration;
mod put_registry_scanning_configuration;
mod start_image_scan;

pub(super) mod described_scan;

pub(in crate::doors::aws) use basic_findings::millionths;
pub(in crate::doors::aws) use batch_get_repository_scanning_configuration::BatchGetRepositoryScanningConfiguration;
pub(in crate::doors::aws) use describe_image_scan_findings::DescribeImageScanFindings;
pub(in crate::doors::aws) use get_registry_scanning_configuration::GetRegistryScanningConfiguration;
pub(in crate::doors::aws) use put_registry_scanning_configuration::PutRegistryScanningConfiguration;
pub(in crate::doors::aws) use start_image_scan::StartImageScan;
