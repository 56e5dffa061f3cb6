//! PutRegistryScanningConfiguration, GetRegistryScanningConfiguration,
//! BatchGetRepositoryScanningConfiguration.

use std::collections::BTreeSet;

use names::{RegistryId, RepositoryName, ScanFrequency, ScanType};

use super::configuration::{AppliedScanning, ScanningConfiguration, ScanningRule};
use crate::jobs::scan_recent_images::ScanRecentImages;
use crate::{Failure, Operations, ScanningRefusal};

/// What a registry's configuration says of a repository that is there: of its images, and whether
/// they are scanned when they are pushed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RepositoryScanning {
    /// What the rules say.
    pub applied: AppliedScanning,
    /// Whether images are scanned when they are pushed.
    pub scan_on_push: bool,
}

impl Operations {
    /// Replaces the scanning configuration of a registry. A type that is not given stays.
    pub async fn put_registry_scanning_configuration(
        &self,
        registry: &RegistryId,
        scan_type: Option<ScanType>,
        rules: Vec<ScanningRule>,
    ) -> Result<ScanningConfiguration, Failure> {
        let (registry, now) = (registry.clone(), self.now());
        self.db
            .write(move |tx| {
                let before = ScanningConfiguration::find(tx, &registry)?;
                let scan_type = scan_type.unwrap_or(before.scan_type);
                let rules = rules.clone();
                let configuration = ScanningConfiguration { scan_type, rules };
                require_sound(&configuration)?;
                let key = tx.open_registry(&registry, now)?;
                configuration.put(tx, key)?;
                if scan_type == ScanType::Enhanced && configuration != before {
                    let job = ScanRecentImages::of(&registry);
                    jobs::enqueue(tx, &job, now, now)?;
                }
                Ok(configuration)
            })
            .await
    }

    /// The scanning configuration of a registry.
    pub async fn get_registry_scanning_configuration(
        &self,
        registry: &RegistryId,
    ) -> Result<ScanningConfiguration, Failure> {
        let registry = registry.clone();
        let found = self.db.read(move |tx| ScanningConfiguration::find(tx, &registry));
        Ok(found.await?)
    }

    /// What the configuration says of each of these repositories; `None` for one that is not there.
    pub async fn batch_get_repository_scanning_configuration(
        &self,
        registry: &RegistryId,
        names: Vec<RepositoryName>,
    ) -> Result<Vec<(RepositoryName, Option<RepositoryScanning>)>, Failure> {
        let registry = registry.clone();
        self.db
            .read(move |tx| {
                let configuration = ScanningConfiguration::find(tx, &registry)?;
                let mut found = Vec::with_capacity(names.len());
                for name in &names {
                    let repository = tx.find_repository(&registry, name)?;
                    let scanning = repository.map(|repository| RepositoryScanning {
                        applied: configuration.applied(name, repository.scan_on_push),
                        scan_on_push: configuration.scans_pushes(name, repository.scan_on_push),
                    });
                    found.push((name.clone(), scanning));
                }
                Ok(found)
            })
            .await
    }
}

/// Refuses frequencies that the type does not have, and two rules of one frequency.
fn require_sound(configuration: &ScanningConfiguration) -> Result<(), ScanningRefusal> {
    let scan_type = configuration.scan_type;
    let mut seen = BTreeSet::new();
    let mut twice = BTreeSet::new();
    for ScanningRule { frequency, filters: _ } in &configuration.rules {
        let is_sound = match frequency {
            ScanFrequency::ScanOnPush => true,
            ScanFrequency::ContinuousScan => scan_type == ScanType::Enhanced,
            ScanFrequency::Manual => false,
        };
        if !is_sound {
            let frequency = *frequency;
            return Err(ScanningRefusal::InvalidFrequency { scan_type, frequency });
        }
        if !seen.insert(*frequency) {
            twice.insert(*frequency);
        }
    }
    if twice.is_empty() {
        return Ok(());
    }
    Err(ScanningRefusal::DuplicateFrequencies { frequencies: twice.into_iter().collect() })
}
