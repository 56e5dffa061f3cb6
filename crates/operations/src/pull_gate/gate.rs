use db::{DbError, RegistryKey, Tx};
use names::{RegistryId, RepositoryName, Timestamp};
use policy::filters::matches_scanning_filter;
use scan::Severity;
use serde::{Deserialize, Serialize};

/// The setting of a registry that holds its gate.
const SETTING: &str = "PULL_GATE";

/// Which images of a registry may not be pulled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PullGate {
    /// Vulnerabilities that are at least this severe count.
    pub severity: Severity,
    /// Whether only those count of which there is a version without them.
    pub only_fixable: bool,
    /// For so many days after it was first observed, a vulnerability does not count.
    pub grace_days: u32,
    /// What becomes of images without findings of a scan.
    pub unscanned: UnscannedImages,
    /// Which repositories it is about: those that any of these filters takes; all, if there is
    /// none.
    pub repositories: Vec<String>,
    /// What does not count for a while.
    pub exceptions: Vec<GateException>,
    /// Whether documents that refer to an image excuse vulnerabilities of it.
    #[serde(default)]
    pub vex: VexDocuments,
}

/// Whether documents that refer to an image excuse vulnerabilities of it. All who may push to a
/// repository can put some there.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum VexDocuments {
    /// They do not.
    #[default]
    Ignore,
    /// They do.
    Accept,
}

/// What becomes of images without findings of a scan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum UnscannedImages {
    /// They may be pulled.
    Allow,
    /// They may not.
    Refuse,
}

/// A vulnerability that does not count for a while.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GateException {
    /// Which.
    pub vulnerability: String,
    /// Only in this package, or in packages of this source.
    pub package: Option<String>,
    /// Only in repositories that this filter takes.
    pub repository: Option<String>,
    /// Why, for people.
    pub reason: String,
    /// Until when.
    #[serde(with = "micros")]
    pub ends_at: Timestamp,
}

impl PullGate {
    /// The gate of a registry, if it has one.
    pub(super) fn find(tx: &mut Tx<'_>, registry: &RegistryId) -> Result<Option<Self>, DbError> {
        let Some(text) = tx.find_registry_setting(registry, SETTING)? else { return Ok(None) };
        serde_json::from_str(&text)
            .map_err(|_| DbError::Corrupt { column: "registry_setting.value" })
    }

    /// Writes down the gate of a registry, or that it has none.
    pub(super) fn put(
        gate: Option<&Self>,
        tx: &mut Tx<'_>,
        registry: RegistryKey,
        now: Timestamp,
    ) -> Result<(), DbError> {
        let text = serde_json::to_string(&gate).expect("a gate is plain data");
        tx.put_registry_setting(registry, SETTING, &text)?;
        match gate {
            Some(_) => tx.open_pull_gate(registry, now),
            None => tx.remove_pull_gate(registry),
        }
    }

    /// Whether it is about a repository.
    pub(super) fn is_about(&self, repository: &RepositoryName) -> bool {
        let takes = |filter: &String| matches_scanning_filter(filter, repository.as_str());
        self.repositories.is_empty() || self.repositories.iter().any(takes)
    }
}

impl GateException {
    /// Whether it is about a vulnerability of a package in a repository.
    pub(super) fn is_about(
        &self,
        vulnerability: &str,
        package: &str,
        repository: &RepositoryName,
    ) -> bool {
        let is_package = |only: &String| only == package;
        let is_repository = |only: &String| matches_scanning_filter(only, repository.as_str());
        self.vulnerability.eq_ignore_ascii_case(vulnerability)
            && self.package.as_ref().is_none_or(is_package)
            && self.repository.as_ref().is_none_or(is_repository)
    }
}

mod micros {
    use names::Timestamp;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "the form that serde asks for")]
    pub(super) fn serialize<S: Serializer>(
        moment: &Timestamp,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        moment.as_micros().serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Timestamp, D::Error> {
        i64::deserialize(deserializer).map(Timestamp::from_micros)
    }
}
