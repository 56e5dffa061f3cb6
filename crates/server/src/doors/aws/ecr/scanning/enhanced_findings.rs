//! The shape of enhanced findings, which is Amazon Inspector's.

use names::{Digest, ImageTag, RepositoryArn, Timestamp};
use operations::{CvssVector, DescribedFinding, ScannedImage, VulnerablePlace};
use wire::aws::ecr::{
    AwsEcrContainerImageDetails, CvssScore, CvssScoreDetails, EnhancedImageScanFinding,
    PackageVulnerabilityDetails, Recommendation, Remediation, Resource, ResourceDetails,
    ScoreDetails, VulnerablePackage,
};

use super::basic_findings::description;

const NOT_AVAILABLE: &str = "NotAvailable";
const NOTHING_TO_DO: &str = "None Provided";
const UPDATE: &str =
    "Update all packages in the vulnerable packages section to their latest versions.";

/// A finding of an enhanced scan.
pub(super) fn write(
    arn: &RepositoryArn,
    image: &ScannedImage,
    finding: DescribedFinding,
) -> EnhancedImageScanFinding {
    let resource = format!("{arn}/{}", image.digest);
    let account = arn.registry.account.to_string();
    let score = finding.rated.cvss.as_ref().map(CvssVector::score);
    EnhancedImageScanFinding {
        aws_account_id: Some(account.clone()),
        description: finding.advisory.as_ref().map(description).filter(|it| !it.is_empty()),
        finding_arn: Some(finding_arn(arn, &resource, &finding)),
        first_observed_at: Some(finding.first_observed_at.as_epoch_seconds()),
        last_observed_at: Some(
            finding.updated_at.max(finding.first_observed_at).as_epoch_seconds(),
        ),
        updated_at: Some(finding.updated_at.as_epoch_seconds()),
        remediation: Some(remediation(&finding)),
        resources: Some(vec![write_resource(arn, image, resource)]),
        score,
        score_details: finding.rated.cvss.as_ref().map(|vector| ScoreDetails {
            cvss: Some(CvssScoreDetails {
                adjustments: None,
                score: Some(vector.score()),
                score_source: finding.rated.cvss_source.map(str::to_owned),
                scoring_vector: Some(vector.as_str().to_owned()),
                version: Some(vector.version().to_owned()),
            }),
        }),
        severity: Some(finding.rated.severity.as_enhanced_str().to_owned()),
        status: Some("ACTIVE".to_owned()),
        title: Some(format!("{} - {}", finding.place.vulnerability, finding.place.package)),
        r#type: Some("PACKAGE_VULNERABILITY".to_owned()),
        fix_available: Some(fix_available(&finding.packages).to_owned()),
        // Without a list of what is exploited nothing is said.
        exploit_available: finding
            .is_exploited
            .map(|yes| if yes { "YES" } else { "NO" }.to_owned()),
        package_vulnerability_details: Some(details(finding)),
    }
}

/// A name that stays the same: of the image, the vulnerability and the package.
fn finding_arn(arn: &RepositoryArn, resource: &str, finding: &DescribedFinding) -> String {
    let place = &finding.place;
    let text = format!("{resource}\n{}\n{}\n{}", place.vulnerability, place.package, place.version);
    let digest = Digest::sha256(text.as_bytes());
    let (account, region) = (&arn.registry.account, &arn.registry.region);
    format!("arn:aws:inspector2:{region}:{account}:finding/{}", &digest.hex()[..32])
}

fn fix_available(packages: &[VulnerablePlace]) -> &'static str {
    let fixed = packages.iter().filter(|place| place.fixed_in.is_some()).count();
    match fixed {
        0 => "NO",
        all if all == packages.len() => "YES",
        _ => "PARTIAL",
    }
}

fn remediation(finding: &DescribedFinding) -> Remediation {
    let text = if finding.fixed_in.is_some() { UPDATE } else { NOTHING_TO_DO };
    Remediation { recommendation: Some(Recommendation { url: None, text: Some(text.to_owned()) }) }
}

fn write_resource(arn: &RepositoryArn, image: &ScannedImage, id: String) -> Resource {
    let container = AwsEcrContainerImageDetails {
        architecture: None,
        author: None,
        image_hash: Some(image.digest.to_string()),
        image_tags: Some(image.tags.iter().map(ImageTag::to_string).collect()),
        platform: image.platform.clone(),
        pushed_at: Some(image.pushed_at.as_epoch_seconds()),
        last_in_use_at: image.pulled_at.map(Timestamp::as_epoch_seconds),
        in_use_count: None,
        registry: Some(arn.registry.account.to_string()),
        repository_name: Some(arn.repository.to_string()),
    };
    Resource {
        details: Some(ResourceDetails { aws_ecr_container_image: Some(container) }),
        id: Some(id),
        tags: None,
        r#type: Some("AWS_ECR_CONTAINER_IMAGE".to_owned()),
    }
}

fn details(finding: DescribedFinding) -> PackageVulnerabilityDetails {
    let advisory = finding.advisory.as_ref();
    let cvss = finding.vectors.iter().map(|(vector, source)| CvssScore {
        base_score: Some(vector.score()),
        scoring_vector: Some(vector.as_str().to_owned()),
        source: Some((*source).to_owned()),
        version: Some(vector.version().to_owned()),
    });
    let moment = |moment: Option<Timestamp>| moment.map(Timestamp::as_epoch_seconds);
    PackageVulnerabilityDetails {
        cvss: Some(cvss.collect()),
        reference_urls: advisory.map(|advisory| advisory.references.clone()),
        related_vulnerabilities: Some(finding.related.iter().map(ToString::to_string).collect()),
        source: Some(finding.source.to_owned()),
        source_url: Some(finding.uri),
        vendor_created_at: moment(advisory.and_then(|advisory| advisory.published)),
        vendor_severity: finding.rated.vendor_word,
        vendor_updated_at: moment(advisory.and_then(|advisory| advisory.modified)),
        vulnerability_id: Some(finding.place.vulnerability),
        vulnerable_packages: Some(finding.packages.iter().map(write_package).collect()),
    }
}

fn write_package(place: &VulnerablePlace) -> VulnerablePackage {
    let VulnerablePlace { package, path, layer, fixed_in } = place;
    let parts = package.version_parts();
    let fixed_in = fixed_in.as_ref().map_or(NOT_AVAILABLE, |version| version.as_str());
    VulnerablePackage {
        arch: package.arch.as_ref().map(|arch| arch.as_str().to_ascii_uppercase()),
        epoch: Some(i64::from(parts.epoch)),
        file_path: Some(path.clone()).filter(|_| !package.kind.is_of_os()),
        name: Some(package.name.to_string()),
        package_manager: Some(package.kind.package_manager().to_owned()),
        release: parts.release.map(str::to_owned),
        source_layer_hash: Some(layer.to_string()),
        version: Some(parts.version.to_owned()),
        fixed_in_version: Some(fixed_in.to_owned()),
    }
}
