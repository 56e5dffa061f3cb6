//! The run: each workload on all servers, in alternation.
//!
//! A workload gets fresh servers, all of them up together, so that whatever else the machine does
//! meets them all alike: A B C, A B C, A B C. What one server left to the disk is synced before
//! the next is measured. A server that fails drops out of that workload and says why.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result};

use crate::arguments::Plan;
use crate::peers::{Peer, Programs, Who};
use crate::workloads::{Sample, Series, Workload};

/// Runs workloads.
pub(crate) struct Run<'a> {
    pub(crate) plan: &'a Plan,
    pub(crate) line_up: &'a [Who],
    pub(crate) programs: Programs<'a>,
    pub(crate) folder: PathBuf,
    pub(crate) begun: Instant,
}

/// The result of one workload.
#[derive(Default)]
pub(crate) struct Findings {
    /// In the order of measurement.
    pub(crate) samples: BTreeMap<&'static str, BTreeMap<Who, Vec<Sample>>>,
    pub(crate) failures: Vec<(Who, String)>,
}

impl Run<'_> {
    pub(crate) fn workload(&self, workload: &dyn Workload) -> Result<Findings> {
        let folder = self.folder.join(workload.name());
        remove(&folder)?;
        let mut findings = Findings::default();
        let mut peers = self.ready_peers(workload, &folder, &mut findings);
        for round in 0..self.plan.rounds {
            if round > 0 && self.begun.elapsed() > self.plan.budget {
                eprintln!("  the time is up after {round} of {} rounds", self.plan.rounds);
                break;
            }
            peers.retain_mut(|peer| {
                rustix::fs::sync();
                let outcome = workload.measure(peer);
                findings.note(peer.who, outcome)
            });
        }
        drop(peers);
        remove(&folder)?;
        Ok(findings)
    }

    fn ready_peers(
        &self,
        workload: &dyn Workload,
        folder: &Path,
        findings: &mut Findings,
    ) -> Vec<Peer> {
        let mut peers = Vec::new();
        for &who in self.line_up.iter().filter(|&&who| workload.wants(who)) {
            let ready = Peer::start(who, self.programs, &folder.join(format!("{who:?}")))
                .and_then(|peer| workload.prepare(&peer).map(|()| peer));
            match ready {
                Ok(peer) => peers.push(peer),
                Err(error) => findings.fail(who, &error),
            }
        }
        peers
    }
}

impl Findings {
    /// Whether the server stays.
    fn note(&mut self, who: Who, outcome: Result<Vec<(&'static Series, Sample)>>) -> bool {
        match outcome {
            Ok(samples) => {
                for (series, sample) in samples {
                    let by_server = self.samples.entry(series.name).or_default();
                    by_server.entry(who).or_default().push(sample);
                }
                true
            }
            Err(error) => {
                self.fail(who, &error);
                false
            }
        }
    }

    fn fail(&mut self, who: Who, error: &anyhow::Error) {
        eprintln!("  {}: {error:#}", who.name());
        self.failures.push((who, format!("{error:#}")));
    }
}

fn remove(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| folder.display().to_string())
        }
        _ => Ok(()),
    }
}
