use std::process::ExitCode;

use clap::{Args, ValueEnum};
use serde_json::json;

use super::Outcome;
use super::account::call;
use super::image_name::ImageName;
use crate::client::{Reach, run};

const EXAMPLES: &str = "\
Examples:
  longshore sbom web:v1 > web.cdx.json
  longshore sbom web:v1 --format spdx > web.spdx.json
  oras attach --artifact-type application/vnd.cyclonedx+json localhost:5050/web:v1 web.cdx.json

The image was scanned before: it is what the scan found in it. The caller needs ecr:DescribeImageScanFindings.";

/// Prints what an image has, as a software bill of materials.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Sbom {
    /// Image: [HOST/]REPOSITORY:TAG or [HOST/]REPOSITORY@DIGEST
    #[arg(value_name = "IMAGE")]
    image: String,
    /// How it is written: CycloneDX 1.6 or SPDX 2.3, in JSON
    #[arg(long, value_name = "FORMAT", default_value = "cyclonedx")]
    format: Format,
    #[command(flatten)]
    reach: Reach,
}

/// How a bill is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Cyclonedx,
    Spdx,
}

impl Sbom {
    pub(super) fn run(self) -> Outcome {
        let answer = run(async {
            let image = ImageName::read(&self.image, None);
            let image = image.map_err(crate::client::ClientFailure::Settings)?;
            let mut input = image.input();
            input["Format"] = json!(match self.format {
                Format::Cyclonedx => "CYCLONEDX",
                Format::Spdx => "SPDX",
            });
            call(&self.reach, "Longshore_20261121.GetImageSbom", &input).await
        })?;
        println!("{}", answer["Document"].as_str().unwrap_or_default());
        Ok(ExitCode::SUCCESS)
    }
}
