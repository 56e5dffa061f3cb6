//! What counts at the gate, of what was found in an image: pure.

use std::time::Duration;

use names::{RepositoryName, Timestamp};
use scan::Severity;

use super::gate::{GateException, PullGate};
use super::read_vex::Vex;

/// A vulnerability of a package of an image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GatedFinding {
    /// How severe.
    pub severity: Severity,
    /// The vulnerability.
    pub vulnerability: String,
    /// The package, or its source.
    pub package: String,
    /// Its version.
    pub version: String,
    /// The first version without it.
    pub fixed_in: Option<String>,
    /// Since when it is known of the image.
    pub observed_at: Timestamp,
}

/// Why a vulnerability does not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Excuse {
    /// No version is without it.
    NotFixable,
    /// An exception says so.
    Exception {
        /// In its words.
        reason: String,
        /// Until then.
        ends_at: Timestamp,
    },
    /// A document that refers to the image says so, in these words.
    Vex(String),
    /// It is not known for long enough.
    Grace {
        /// Until then.
        ends_at: Timestamp,
    },
}

/// What counts of an image, and what does not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Judgement {
    /// What holds it back.
    pub counts: Vec<GatedFinding>,
    /// What would, but for an excuse.
    pub excused: Vec<(GatedFinding, Excuse)>,
}

const DAY: Duration = Duration::from_hours(24);

impl Judgement {
    /// Judges findings that are as severe as the gate says.
    pub(super) fn of(
        gate: &PullGate,
        repository: &RepositoryName,
        findings: Vec<GatedFinding>,
        vex: &Vex,
        now: Timestamp,
    ) -> Self {
        let mut judgement = Self::default();
        for finding in findings {
            match excuse(gate, repository, &finding, vex, now) {
                Some(excuse) => judgement.excused.push((finding, excuse)),
                None => judgement.counts.push(finding),
            }
        }
        judgement
    }

    /// When it can be another, if nothing but time changes.
    pub(super) fn until(&self) -> Option<Timestamp> {
        let ends = self.excused.iter().filter_map(|(_, excuse)| match excuse {
            Excuse::NotFixable | Excuse::Vex(_) => None,
            Excuse::Exception { ends_at, .. } | Excuse::Grace { ends_at } => Some(*ends_at),
        });
        ends.min()
    }
}

fn excuse(
    gate: &PullGate,
    repository: &RepositoryName,
    finding: &GatedFinding,
    vex: &Vex,
    now: Timestamp,
) -> Option<Excuse> {
    let GatedFinding { vulnerability, package, .. } = finding;
    if gate.only_fixable && finding.fixed_in.is_none() {
        return Some(Excuse::NotFixable);
    }
    let mut exceptions = gate.exceptions.iter();
    let is_about = |exception: &&GateException| {
        exception.ends_at > now && exception.is_about(vulnerability, package, repository)
    };
    if let Some(exception) = exceptions.find(is_about) {
        let (reason, ends_at) = (exception.reason.clone(), exception.ends_at);
        return Some(Excuse::Exception { reason, ends_at });
    }
    if let Some(said) = vex.excuse(vulnerability) {
        return Some(Excuse::Vex(said.to_owned()));
    }
    let ends_at = finding.observed_at.plus(DAY.saturating_mul(gate.grace_days));
    (ends_at > now).then_some(Excuse::Grace { ends_at })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pull_gate::{UnscannedImages, VexDocuments};

    fn day(day: i64) -> Timestamp {
        Timestamp::from_seconds(day * 24 * 60 * 60)
    }

    fn exception(vulnerability: &str, ends: i64) -> GateException {
        GateException {
            vulnerability: vulnerability.to_owned(),
            package: None,
            repository: None,
            reason: "not reached".to_owned(),
            ends_at: day(ends),
        }
    }

    #[test]
    fn a_finding_counts_unless_the_gate_excuses_it() {
        let gate = |change: fn(&mut PullGate)| {
            let mut gate = PullGate {
                severity: Severity::High,
                only_fixable: false,
                grace_days: 0,
                unscanned: UnscannedImages::Allow,
                repositories: Vec::new(),
                exceptions: Vec::new(),
                vex: VexDocuments::Ignore,
            };
            change(&mut gate);
            gate
        };
        let because = |ends: i64| {
            Some(Excuse::Exception { reason: "not reached".to_owned(), ends_at: day(ends) })
        };
        // The finding is CVE-2024-1 of openssl, fixed nowhere, known for ten days; it is day 20.
        #[rustfmt::skip]
        let cases: Vec<(PullGate, Option<Excuse>, &str)> = vec![
            (gate(|_| ()),                                                         None,                                    "nothing excuses it"),
            (gate(|it| it.only_fixable = true),                                    Some(Excuse::NotFixable),                "there is no fix"),
            (gate(|it| it.grace_days = 10),                                        None,                                    "its grace ends now"),
            (gate(|it| it.grace_days = 11),                                        Some(Excuse::Grace { ends_at: day(21) }), "it has a day left"),
            (gate(|it| it.exceptions.push(exception("CVE-2024-1", 21))),           because(21),                             "it is excepted"),
            (gate(|it| it.exceptions.push(exception("cve-2024-1", 21))),           because(21),                             "names have no case"),
            (gate(|it| it.exceptions.push(exception("CVE-2024-1", 20))),           None,                                    "the exception has ended"),
            (gate(|it| it.exceptions.push(exception("CVE-2024-2", 21))),           None,                                    "another vulnerability"),
            (gate(|it| it.exceptions.push(GateException { package: Some("zlib".to_owned()), ..exception("CVE-2024-1", 21) })), None, "another package"),
            (gate(|it| it.exceptions.push(GateException { package: Some("openssl".to_owned()), ..exception("CVE-2024-1", 21) })), because(21), "this package"),
            (gate(|it| it.exceptions.push(GateException { repository: Some("prod/*".to_owned()), ..exception("CVE-2024-1", 21) })), None, "another repository"),
            (gate(|it| it.exceptions.push(GateException { repository: Some("team/*".to_owned()), ..exception("CVE-2024-1", 21) })), because(21), "this repository"),
        ];
        let finding = GatedFinding {
            severity: Severity::High,
            vulnerability: "CVE-2024-1".to_owned(),
            package: "openssl".to_owned(),
            version: "1".to_owned(),
            fixed_in: None,
            observed_at: day(10),
        };
        let repository: RepositoryName = "team/web".parse().unwrap();
        for (gate, expected, because) in cases {
            let judged =
                Judgement::of(&gate, &repository, vec![finding.clone()], &Vex::default(), day(20));
            let excuse = judged.excused.first().map(|(_, excuse)| excuse.clone());
            assert_eq!(excuse, expected, "{because}");
            assert_eq!(judged.counts.is_empty(), expected.is_some(), "{because}");
        }
    }

    #[test]
    fn a_judgement_holds_until_the_first_excuse_ends() {
        let finding = GatedFinding {
            severity: Severity::High,
            vulnerability: String::new(),
            package: String::new(),
            version: String::new(),
            fixed_in: None,
            observed_at: day(1),
        };
        let judged = |excuses: Vec<Excuse>| Judgement {
            counts: Vec::new(),
            excused: excuses.into_iter().map(|excuse| (finding.clone(), excuse)).collect(),
        };
        assert_eq!(judged(vec![Excuse::NotFixable]).until(), None);
        let grace = |end| Excuse::Grace { ends_at: day(end) };
        assert_eq!(judged(vec![grace(9), Excuse::NotFixable, grace(7)]).until(), Some(day(7)));
    }
}
