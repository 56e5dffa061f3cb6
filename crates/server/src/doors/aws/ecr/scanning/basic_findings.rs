//! The shape of basic findings.

use operations::{Advisory, DescribedFinding};
use wire::aws::ecr::{Attribute, FindingSeverity, ImageScanFinding};

/// The longest value that the model allows.
const VALUE_CHARS_MAX: usize = 256;

/// A finding of a basic scan. The attributes `fixed_in_version`, `epss_score`, `epss_percentile`
/// and `known_exploited` are ours: ECR has none for them.
pub(super) fn write(finding: DescribedFinding) -> ImageScanFinding {
    let mut attributes = vec![
        attribute("package_version", &finding.place.version),
        attribute("package_name", &finding.place.package),
    ];
    if let Some(vector) = &finding.rated.cvss {
        let version = vector.version().chars().next().unwrap_or('3');
        attributes.push(attribute(&format!("CVSS{version}_VECTOR"), vector.as_str()));
        attributes
            .push(attribute(&format!("CVSS{version}_SCORE"), &format!("{:.1}", vector.score())));
    }
    if let Some(version) = &finding.fixed_in {
        attributes.push(attribute("fixed_in_version", version.as_str()));
    }
    if let Some(epss) = &finding.epss {
        attributes.push(attribute("epss_score", &millionths(epss.probability_millionths)));
        attributes.push(attribute("epss_percentile", &millionths(epss.percentile_millionths)));
    }
    if let Some(is_exploited) = finding.is_exploited {
        attributes.push(attribute("known_exploited", if is_exploited { "true" } else { "false" }));
    }
    ImageScanFinding {
        description: finding.advisory.as_ref().map(description).filter(|it| !it.is_empty()),
        uri: Some(finding.uri),
        severity: FindingSeverity::from_word(finding.rated.severity.as_str()),
        name: Some(finding.place.vulnerability),
        attributes: Some(attributes),
    }
}

/// A part of a whole, as EPSS writes it.
pub(in crate::doors::aws) fn millionths(number: u32) -> String {
    format!("{:.5}", f64::from(number) / 1_000_000.0)
}

/// What an advisory says, in its own words.
pub(super) fn description(advisory: &Advisory) -> String {
    let details = &advisory.details;
    if details.is_empty() { advisory.summary.clone() } else { details.clone() }
}

fn attribute(key: &str, value: &str) -> Attribute {
    let value = value.chars().take(VALUE_CHARS_MAX).collect();
    Attribute { key: key.to_owned(), value: Some(value) }
}
