//! What was asked for on the command line, and the sizes and times that follow from it.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Result, ensure};
use clap::{Parser, Subcommand, ValueEnum};

use crate::limit;
use crate::medium::Medium;
use crate::peers::Who;

const MIB: usize = 1024 * 1024;

/// Measures Longshore side by side with other servers on this machine, and prints ratios.
#[derive(Debug, Parser)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of the command line")]
#[command(name = "bench", args_conflicts_with_subcommands = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Option<Command>,

    /// A minute and a half, one round: checks that it runs, and that nothing is badly off.
    #[arg(long, conflicts_with = "full")]
    quick: bool,

    /// Five long rounds, layers of 512 MiB, transfers of 1 GiB; up to an hour.
    #[arg(long)]
    full: bool,

    /// How many images the deep repository holds.
    #[arg(long)]
    images: Option<usize>,

    /// How many rounds each workload makes over the servers.
    #[arg(long)]
    rounds: Option<usize>,

    /// Run only these workloads.
    #[arg(long, value_name = "WORKLOAD", value_delimiter = ',')]
    pub(crate) only: Vec<String>,

    /// Measure only these servers.
    #[arg(long, value_name = "SERVER", value_delimiter = ',')]
    pub(crate) servers: Vec<Who>,

    /// The Longshore binary.
    #[arg(long, env = "LONGSHORE_BIN", default_value = "target/dist/longshore")]
    pub(crate) longshore: PathBuf,

    /// The S3 server behind nodes, versitygw.
    #[arg(long, default_value = ".tools/bin/versitygw")]
    pub(crate) s3_server: PathBuf,

    /// The zot binary. Without it, zot is not measured.
    #[arg(long, value_name = "PATH")]
    pub(crate) zot: Option<PathBuf>,

    /// Where servers keep their bytes while they are measured, and where the samples go.
    #[arg(long, value_name = "DIR", default_value = "target/bench")]
    out: PathBuf,

    /// Keep the bytes of all servers in memory, so that no disk limits what is compared. What is
    /// found goes to the folder `on-memory` beside the rest.
    #[arg(long)]
    on_memory: bool,

    /// Fail unless every floor holds, in five rounds.
    #[arg(long)]
    pub(crate) enforce: bool,
}

/// What else this binary is.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// The limit of the machine, which the bench starts by itself.
    Limit(limit::Options),
}

/// How much of everything.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    pub(crate) rounds: usize,
    /// How long a sample of small requests lasts.
    pub(crate) sample: Duration,
    pub(crate) large_layer_bytes: usize,
    pub(crate) images: usize,
    pub(crate) transfer_bytes: usize,
    /// When this much has passed, every workload still gets one round, but no second.
    pub(crate) budget: Duration,
}

impl Arguments {
    pub(crate) fn plan(&self) -> Plan {
        let mut plan = if self.quick {
            Plan {
                rounds: 1,
                sample: Duration::from_secs(1),
                large_layer_bytes: 64 * MIB,
                images: 500,
                transfer_bytes: 8 * MIB,
                budget: Duration::from_mins(1),
            }
        } else if self.full {
            Plan {
                rounds: 5,
                sample: Duration::from_secs(5),
                large_layer_bytes: 512 * MIB,
                images: 1_000_000,
                transfer_bytes: 1024 * MIB,
                budget: Duration::from_hours(1),
            }
        } else {
            Plan {
                rounds: 3,
                sample: Duration::from_secs(2),
                large_layer_bytes: 256 * MIB,
                images: 1_000_000,
                transfer_bytes: 64 * MIB,
                budget: Duration::from_secs(270),
            }
        };
        if self.enforce && !self.quick {
            plan.rounds = 5;
            plan.budget = plan.budget.max(Duration::from_mins(20));
        }
        plan.images = self.images.unwrap_or(plan.images).max(1);
        plan.rounds = self.rounds.unwrap_or(plan.rounds).max(1);
        plan
    }

    /// The servers, as far as they are there.
    pub(crate) fn line_up(&self) -> Result<Vec<Who>> {
        let is_there = |who: &Who| *who != Who::Zot || self.zot.is_some();
        if self.servers.is_empty() {
            return Ok(Who::value_variants().iter().copied().filter(is_there).collect());
        }
        ensure!(self.servers.iter().all(is_there), "name the binary of zot: --zot PATH");
        Ok(self.servers.clone())
    }

    pub(crate) fn medium(&self) -> Medium {
        if self.on_memory { Medium::Memory } else { Medium::Disk }
    }

    /// Where the report goes.
    pub(crate) fn out(&self) -> PathBuf {
        match self.medium() {
            Medium::Disk => self.out.clone(),
            Medium::Memory => self.out.join("on-memory"),
        }
    }
}
