//! The scanning configuration of a registry in ECR's words, and filters.

use names::ScanType;
use operations::{ScanningConfiguration, ScanningRule};
use wire::aws::ecr::{
    self, RegistryScanningConfiguration, RegistryScanningRule, ScanningRepositoryFilter,
    ScanningRepositoryFilterType,
};

pub(super) fn write(configuration: &ScanningConfiguration) -> RegistryScanningConfiguration {
    let rules = configuration.rules.iter().filter_map(write_rule).collect();
    let scan_type = match configuration.scan_type {
        ScanType::Basic => ecr::ScanType::Basic,
        ScanType::Enhanced => ecr::ScanType::Enhanced,
    };
    RegistryScanningConfiguration { scan_type: Some(scan_type), rules: Some(rules) }
}

fn write_rule(rule: &ScanningRule) -> Option<RegistryScanningRule> {
    Some(RegistryScanningRule {
        // The words are the model's own.
        scan_frequency: ecr::ScanFrequency::from_word(rule.frequency.as_str())?,
        repository_filters: write_filters(&rule.filters),
    })
}

pub(super) fn write_filters(filters: &[String]) -> Vec<ScanningRepositoryFilter> {
    let write = |filter: &String| ScanningRepositoryFilter {
        filter: filter.clone(),
        filter_type: ScanningRepositoryFilterType::Wildcard,
    };
    filters.iter().map(write).collect()
}
