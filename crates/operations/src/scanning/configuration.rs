//! How a registry scans: which type, and which repositories when.

use db::{DbError, Tx};
use names::{RegistryId, RepositoryName, ScanFrequency, ScanType};
use policy::filters::matches_scanning_filter;
use serde::{Deserialize, Serialize};

use super::conclusion::Continues;

/// The setting of a registry that holds it.
const SETTING: &str = "SCANNING_CONFIGURATION";

/// The scanning configuration of a registry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScanningConfiguration {
    /// The type of its scans.
    pub scan_type: ScanType,
    /// Its rules, one a frequency.
    pub rules: Vec<ScanningRule>,
}

/// When images of some repositories are scanned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScanningRule {
    /// When.
    pub frequency: ScanFrequency,
    /// Which repositories: those that any of these takes.
    pub filters: Vec<String>,
}

/// What a registry's rules say of a repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppliedScanning {
    /// When its images are scanned; `None` if they are not.
    pub frequency: Option<ScanFrequency>,
    /// The filters that say so.
    pub filters: Vec<String>,
}

impl Default for ScanningConfiguration {
    fn default() -> Self {
        Self { scan_type: ScanType::Basic, rules: Vec::new() }
    }
}

impl ScanningConfiguration {
    /// That of a registry, or ECR's default.
    pub(crate) fn find(tx: &mut Tx<'_>, registry: &RegistryId) -> Result<Self, DbError> {
        let Some(text) = tx.find_registry_setting(registry, SETTING)? else {
            return Ok(Self::default());
        };
        Self::read(&text).ok_or(DbError::Corrupt { column: "registry_setting.value" })
    }

    /// What it says of a repository, whose own setting a basic scan knows too.
    pub(crate) fn applied(
        &self,
        repository: &RepositoryName,
        scan_on_push: bool,
    ) -> AppliedScanning {
        let taken = |frequency| {
            let rules = self.rules.iter().filter(move |rule| rule.frequency == frequency);
            let filters = rules.flat_map(|rule| &rule.filters);
            let taking =
                filters.filter(|filter| matches_scanning_filter(filter, repository.as_str()));
            taking.cloned().collect::<Vec<_>>()
        };
        let (always, on_push) =
            (taken(ScanFrequency::ContinuousScan), taken(ScanFrequency::ScanOnPush));
        let (frequency, filters) = match self.scan_type {
            ScanType::Enhanced if !always.is_empty() => {
                (Some(ScanFrequency::ContinuousScan), always)
            }
            ScanType::Enhanced if on_push.is_empty() => (None, Vec::new()),
            ScanType::Basic if on_push.is_empty() && !scan_on_push => {
                (Some(ScanFrequency::Manual), Vec::new())
            }
            ScanType::Basic | ScanType::Enhanced => (Some(ScanFrequency::ScanOnPush), on_push),
        };
        AppliedScanning { frequency, filters }
    }

    /// Whether images of a repository are scanned when they are pushed.
    pub(crate) fn scans_pushes(&self, repository: &RepositoryName, scan_on_push: bool) -> bool {
        let frequency = self.applied(repository, scan_on_push).frequency;
        !matches!(frequency, None | Some(ScanFrequency::Manual))
    }

    /// Whether scans of a repository go on as advisories change, in ECR's words.
    pub(crate) fn continues(&self, repository: &RepositoryName) -> Continues {
        match self.applied(repository, false).frequency {
            Some(ScanFrequency::ContinuousScan) => Continues::Yes,
            _ => Continues::No,
        }
    }

    fn read(text: &str) -> Option<Self> {
        let stored: Stored = serde_json::from_str(text).ok()?;
        let rule = |rule: StoredRule| {
            Some(ScanningRule { frequency: rule.frequency.parse().ok()?, filters: rule.filters })
        };
        Some(Self {
            scan_type: stored.scan_type.parse().ok()?,
            rules: stored.rules.into_iter().map(rule).collect::<Option<_>>()?,
        })
    }

    /// As the setting has it.
    fn write(&self) -> String {
        let rule = |rule: &ScanningRule| StoredRule {
            frequency: rule.frequency.as_str().to_owned(),
            filters: rule.filters.clone(),
        };
        let stored = Stored {
            scan_type: self.scan_type.as_str().to_owned(),
            rules: self.rules.iter().map(rule).collect(),
        };
        serde_json::to_string(&stored).expect("a configuration is plain data")
    }

    /// Writes it down as that of a registry.
    pub(crate) fn put(&self, tx: &mut Tx<'_>, registry: db::RegistryKey) -> Result<(), DbError> {
        tx.put_registry_setting(registry, SETTING, &self.write())
    }
}

#[derive(Serialize, Deserialize)]
struct Stored {
    scan_type: String,
    rules: Vec<StoredRule>,
}

#[derive(Serialize, Deserialize)]
struct StoredRule {
    frequency: String,
    filters: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(frequency: ScanFrequency, filters: &[&str]) -> ScanningRule {
        let filters = filters.iter().map(|filter| (*filter).to_owned()).collect();
        ScanningRule { frequency, filters }
    }

    #[test]
    fn rules_say_when_a_repository_is_scanned() {
        use ScanFrequency::{ContinuousScan, Manual, ScanOnPush};
        use ScanType::{Basic, Enhanced};
        let push = rule(ScanOnPush, &["web", "*"]);
        let always = rule(ContinuousScan, &["prod"]);
        #[rustfmt::skip]
        let cases = [
            // type | rules | own | repository | frequency | filters | because
            (Basic,    vec![],                              false, "web",      Some(Manual),         vec![],            "the default"),
            (Basic,    vec![],                              true,  "web",      Some(ScanOnPush),     vec![],            "the repository's own setting"),
            (Basic,    vec![rule(ScanOnPush, &["web"])],    false, "team-web", Some(ScanOnPush),     vec!["web"],       "its name contains it"),
            (Basic,    vec![rule(ScanOnPush, &["web"])],    false, "api",      Some(Manual),         vec![],            "no filter takes it"),
            (Basic,    vec![rule(ScanOnPush, &[])],         false, "api",      Some(Manual),         vec![],            "no filters take nothing"),
            (Enhanced, vec![],                              true,  "web",      None,                 vec![],            "off, whatever the repository says"),
            (Enhanced, vec![push.clone(), always.clone()],  false, "prod",     Some(ContinuousScan), vec!["prod"],      "the stronger one"),
            (Enhanced, vec![push, always],                  false, "web",      Some(ScanOnPush),     vec!["web", "*"],  "both filters"),
        ];
        for (scan_type, rules, own, repository, frequency, filters, because) in cases {
            let configuration = ScanningConfiguration { scan_type, rules };
            let applied = configuration.applied(&repository.parse().unwrap(), own);
            assert_eq!(applied.frequency, frequency, "{because}");
            assert_eq!(applied.filters, filters, "{because}");
            assert_eq!(ScanningConfiguration::read(&configuration.write()), Some(configuration));
        }
    }
}
