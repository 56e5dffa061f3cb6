//! The run: each workload on all servers, in alternation.
//!
//! A workload gets fresh servers, all of them up together, so that whatever else the machine does
//! meets them all alike: A B C, A B C, A B C. What one server left to the disk is synced before
//! the next is measured. A server that fails drops out of that workload and says why.
//!
//! Where memory is the disk, it would not hold the pushes of all rounds: after each sample that
//! leaves bytes behind, that server starts again with nothing.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result};

use crate::arguments::Plan;
use crate::medium::{Ground, Medium};
use crate::peers::{Peer, Programs, Who};
use crate::workloads::{Sample, Series, Workload};

/// Runs workloads.
pub(crate) struct Run<'a> {
    pub(crate) plan: &'a Plan,
    pub(crate) line_up: &'a [Who],
    pub(crate) programs: Programs<'a>,
    pub(crate) ground: &'a Ground,
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
        let folder = self.ground.folder.join(workload.name());
        remove(&folder)?;
        self.require_room(workload)?;
        let mut findings = Findings::default();
        let mut peers = self.ready_peers(workload, &folder, &mut findings);
        for round in 0..self.plan.rounds {
            if round > 0 && self.begun.elapsed() > self.plan.budget {
                eprintln!("  the time is up after {round} of {} rounds", self.plan.rounds);
                break;
            }
            let mut staying = Vec::new();
            for mut peer in peers {
                rustix::fs::sync();
                let outcome = workload.measure(&mut peer);
                if findings.note(peer.who, outcome) {
                    staying.extend(self.renewed(peer, workload, &folder, &mut findings)?);
                }
            }
            peers = staying;
        }
        drop(peers);
        remove(&folder)?;
        Ok(findings)
    }

    /// Whether memory has room for what this workload lets servers keep.
    pub(crate) fn require_room(&self, workload: &dyn Workload) -> Result<()> {
        let servers = self.servers(workload).count();
        self.ground.require_room(workload.name(), workload.room().of_all(servers))
    }

    fn servers(&self, workload: &dyn Workload) -> impl Iterator<Item = Who> {
        self.line_up.iter().copied().filter(move |&who| workload.wants(who))
    }

    fn ready_peers(
        &self,
        workload: &dyn Workload,
        folder: &Path,
        findings: &mut Findings,
    ) -> Vec<Peer> {
        self.servers(workload)
            .filter_map(|who| self.ready_peer(who, workload, folder, findings))
            .collect()
    }

    fn ready_peer(
        &self,
        who: Who,
        workload: &dyn Workload,
        folder: &Path,
        findings: &mut Findings,
    ) -> Option<Peer> {
        Peer::start(who, self.programs, &folder_of(who, folder))
            .and_then(|peer| workload.prepare(&peer).map(|()| peer))
            .inspect_err(|error| findings.fail(who, error))
            .ok()
    }

    /// The same server, or one that starts with nothing if memory has to be freed.
    fn renewed(
        &self,
        peer: Peer,
        workload: &dyn Workload,
        folder: &Path,
        findings: &mut Findings,
    ) -> Result<Option<Peer>> {
        if self.ground.medium == Medium::Disk || workload.room().sample_bytes == 0 {
            return Ok(Some(peer));
        }
        let who = peer.who;
        drop(peer);
        remove(&folder_of(who, folder))?;
        Ok(self.ready_peer(who, workload, folder, findings))
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

fn folder_of(who: Who, folder: &Path) -> PathBuf {
    folder.join(format!("{who:?}"))
}

fn remove(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| folder.display().to_string())
        }
        _ => Ok(()),
    }
}
