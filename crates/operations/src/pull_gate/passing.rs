//! Whether an image may be pulled.

use db::{DbError, ImageKey, PulledImage, Tx};
use names::{RepositoryArn, ScanStatus, Timestamp};

use super::decide::{GatedFinding, Judgement};
use super::gate::{PullGate, UnscannedImages, VexDocuments};
use super::kept::{Kept, MadeOf};
use super::read_findings::read_findings;
use super::read_vex::{Vex, list_vex};
use super::refusal::PullGateRefusal;
use crate::scanning::configuration::ScanningConfiguration;
use crate::scanning::requesting::is_scannable;
use crate::{Failure, Operations};

/// Vulnerabilities that a refusal names.
const NAMED_MAX: usize = 3;

/// What the gate says of an image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PullDecision {
    /// The gate is not about it, for this reason.
    NotGated(&'static str),
    /// There are no findings of a scan, whose status this is if there is a scan.
    NotScanned(Option<ScanStatus>, UnscannedImages),
    /// Its findings were judged.
    Judged(Judgement),
}

const NO_GATE: &str = "the registry has no pull gate";
const OTHER_REPOSITORY: &str = "the pull gate is not about this repository";
const NO_IMAGE: &str = "it is no image for one platform, and its images are judged one by one";

impl PullDecision {
    /// Why the image is held back, if it is.
    pub(super) fn why(&self, gate: &PullGate) -> Option<String> {
        match self {
            Self::NotGated(_) | Self::NotScanned(_, UnscannedImages::Allow) => None,
            Self::NotScanned(None, UnscannedImages::Refuse) => {
                Some("it was not scanned".to_owned())
            }
            Self::NotScanned(Some(status), UnscannedImages::Refuse) => {
                Some(format!("there are no findings yet of its scan, which is {status}"))
            }
            Self::Judged(judgement) => told(&judgement.counts, gate),
        }
    }

    /// When it can be another, if nothing but time changes.
    fn until(&self) -> Option<Timestamp> {
        match self {
            Self::Judged(judgement) => judgement.until(),
            Self::NotGated(_) | Self::NotScanned(..) => None,
        }
    }
}

/// How many vulnerabilities count, and the first of them.
fn told(counts: &[GatedFinding], gate: &PullGate) -> Option<String> {
    if counts.is_empty() {
        return None;
    }
    let named = counts.iter().take(NAMED_MAX).map(|finding| {
        let GatedFinding { severity, vulnerability, package, version, fixed_in, .. } = finding;
        let severity = severity.as_str();
        let fixed = fixed_in.as_ref().map(|fixed| format!(", fixed in {fixed}"));
        format!("{severity} {vulnerability} in {package} {version}{}", fixed.unwrap_or_default())
    });
    let mut named: Vec<String> = named.collect();
    if counts.len() > NAMED_MAX {
        named.push(format!("and {} more", counts.len() - NAMED_MAX));
    }
    let (count, severity) = (counts.len(), gate.severity.as_str());
    let word = if count == 1 { "vulnerability" } else { "vulnerabilities" };
    Some(format!("it has {count} {word} of severity {severity} or above ({})", named.join("; ")))
}

impl Operations {
    /// Refuses a pull of an image that the registry's gate holds back.
    pub(crate) async fn require_passing(
        &self,
        arn: &RepositoryArn,
        image: &PulledImage,
    ) -> Result<(), Failure> {
        match self.held_back(arn, image).await? {
            None => Ok(()),
            Some(why) => {
                let (repository, digest) = (arn.clone(), image.digest.clone());
                Err(PullGateRefusal::HeldBack { repository, digest, why }.into())
            }
        }
    }

    /// Why the registry's gate holds an image back, if it does.
    pub(crate) async fn held_back(
        &self,
        arn: &RepositoryArn,
        image: &PulledImage,
    ) -> Result<Option<String>, Failure> {
        if image.pull_gate <= 0 {
            return Ok(None);
        }
        let (key, now) = (image.key, self.now());
        let made_of = self.parts_of_decision(arn, image).await?;
        if let Some(kept) = self.kept_decisions.find(key, &made_of, now) {
            return Ok(kept.why);
        }
        let (decision, why) = self.decide(arn, image, &made_of).await?;
        let until = decision.until();
        self.kept_decisions.keep(key, Kept { made_of, until, why: why.clone() });
        Ok(why)
    }

    /// What a decision about an image is made of.
    pub(super) async fn parts_of_decision(
        &self,
        arn: &RepositoryArn,
        image: &PulledImage,
    ) -> Result<MadeOf, Failure> {
        let (arn, key, digest, gate) =
            (arn.clone(), image.key, image.digest.clone(), image.pull_gate);
        let read = move |tx: &mut Tx<'_>| {
            let scan_type = ScanningConfiguration::find(tx, &arn.registry)?.scan_type;
            let scan = tx.find_image_scan(key, scan_type)?;
            let vex = match tx.find_repository(&arn.registry, &arn.repository)? {
                Some(home) => list_vex(tx, home.key, &digest)?,
                None => Vec::new(),
            };
            Ok(MadeOf { gate, scan_type, scan, vex })
        };
        let made_of: Result<_, DbError> = self.db.read(read).await;
        Ok(made_of?)
    }

    /// What the gate says of an image, and why it holds it back, if it does.
    pub(super) async fn decide(
        &self,
        arn: &RepositoryArn,
        image: &PulledImage,
        made_of: &MadeOf,
    ) -> Result<(PullDecision, Option<String>), Failure> {
        let Some(gate) = self.get_pull_gate(&arn.registry).await? else {
            return Ok((PullDecision::NotGated(NO_GATE), None));
        };
        if !gate.is_about(&arn.repository) {
            return Ok((PullDecision::NotGated(OTHER_REPOSITORY), None));
        }
        if !self.is_image(image) {
            return Ok((PullDecision::NotGated(NO_IMAGE), None));
        }
        let vex = match gate.vex {
            VexDocuments::Accept => self.read_vex(arn, &image.digest, &made_of.vex).await?,
            VexDocuments::Ignore => Vex::default(),
        };
        let (arn, key, made_of, now) = (arn.clone(), image.key, made_of.clone(), self.now());
        let judge = move |tx: &mut Tx<'_>| {
            let decision = judge(tx, &gate, &arn, key, &made_of, &vex, now)?;
            let why = decision.why(&gate);
            Ok((decision, why))
        };
        let judged: Result<_, DbError> = self.db.read_at_length(judge).await;
        Ok(judged?)
    }

    /// Whether a manifest is that of an image for one platform.
    fn is_image(&self, image: &PulledImage) -> bool {
        let manifest = (self.manifest_reader)(&image.manifest, &image.media_type);
        manifest.as_ref().is_some_and(is_scannable)
    }
}

/// What a gate says of an image.
fn judge(
    tx: &mut Tx<'_>,
    gate: &PullGate,
    arn: &RepositoryArn,
    image: ImageKey,
    made_of: &MadeOf,
    vex: &Vex,
    now: Timestamp,
) -> Result<PullDecision, DbError> {
    let scan = made_of.scan.as_ref();
    if scan.and_then(|scan| scan.counts.as_ref()).is_none() {
        let status = scan.map(|scan| scan.status);
        return Ok(PullDecision::NotScanned(status, gate.unscanned));
    }
    let findings = read_findings(tx, image, made_of.scan_type, gate.severity)?;
    Ok(PullDecision::Judged(Judgement::of(gate, &arn.repository, findings, vex, now)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_names_the_first_vulnerabilities_and_counts_the_rest() {
        let gate = PullGate {
            severity: scan::Severity::High,
            only_fixable: false,
            grace_days: 0,
            unscanned: UnscannedImages::Refuse,
            repositories: Vec::new(),
            exceptions: Vec::new(),
            vex: VexDocuments::Ignore,
        };
        let finding = |number: u32| GatedFinding {
            severity: scan::Severity::Critical,
            vulnerability: format!("CVE-2024-{number}"),
            package: "openssl".to_owned(),
            version: "1".to_owned(),
            fixed_in: (number == 1).then(|| "2".to_owned()),
            observed_at: Timestamp::from_seconds(0),
        };
        let why = |count| told(&(1..=count).map(finding).collect::<Vec<_>>(), &gate);
        assert_eq!(why(0), None);
        let one = "it has 1 vulnerability of severity HIGH or above (CRITICAL CVE-2024-1 in openssl 1, fixed in 2)";
        assert_eq!(why(1).as_deref(), Some(one));
        let many = why(5).unwrap();
        assert!(many.starts_with("it has 5 vulnerabilities of severity HIGH or above ("), "{many}");
        assert!(many.ends_with("CRITICAL CVE-2024-3 in openssl 1; and 2 more)"), "{many}");
        let unscanned = PullDecision::NotScanned(None, UnscannedImages::Refuse);
        assert_eq!(unscanned.why(&gate).as_deref(), Some("it was not scanned"));
        assert_eq!(PullDecision::NotScanned(None, UnscannedImages::Allow).why(&gate), None);
    }
}
