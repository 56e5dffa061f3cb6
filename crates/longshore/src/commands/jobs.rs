use std::process::ExitCode;

use clap::{Args, Subcommand, ValueEnum};
use serde_json::{Value, json};

use super::Outcome;
use super::account::{call, list_all};
use crate::client::{ClientFailure, Reach, run};

const EXAMPLES: &str = "\
Examples:
  longshore jobs list --status given-up --data /var/lib/longshore
  longshore jobs retry 4711
  longshore jobs retry --all

Background work, such as giving back the bytes of deleted images, is a job until it is done. A job that fails is tried \
again for half a day, and is then given up: it stays in this list, with the reason, until it is retried. The answer \
goes to standard output as JSON. The root user of the server's first account may do this, and so may those to whom \
it gives longshore:ListJobs and longshore:RetryJob.";

/// Lists background jobs of a running server, and retries those that failed.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Jobs {
    #[command(subcommand)]
    act: Act,
}

#[derive(Subcommand)]
enum Act {
    /// Print jobs: {"Jobs":[{"JobId","Name","Subject","Status","Attempts","LastError",…}]}
    List {
        /// Only jobs in this state
        #[arg(long, value_name = "STATUS")]
        status: Option<Status>,
        #[command(flatten)]
        reach: Reach,
    },
    /// Retry one job now, or all that were given up; prints their ids: {"Retried":["JobId",…]}
    Retry {
        /// A JobId that `list` printed
        #[arg(value_name = "ID", required_unless_present = "all", conflicts_with = "all")]
        id: Option<String>,
        /// Every job that was given up
        #[arg(long)]
        all: bool,
        #[command(flatten)]
        reach: Reach,
    },
}

#[derive(Clone, Copy, ValueEnum)]
enum Status {
    /// Its time has not come yet
    Waiting,
    /// A node works at it
    Running,
    /// It failed and will be tried again
    Retrying,
    /// It failed for half a day
    GivenUp,
}

impl Status {
    fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "WAITING",
            Self::Running => "RUNNING",
            Self::Retrying => "RETRYING",
            Self::GivenUp => "GIVEN_UP",
        }
    }
}

impl Jobs {
    pub(super) fn run(self) -> Outcome {
        let answer = run(async {
            match self.act {
                Act::List { status, reach } => list(&reach, status).await,
                Act::Retry { id: Some(id), reach, .. } => retry(&reach, vec![id]).await,
                Act::Retry { id: None, reach, .. } => retry(&reach, given_up(&reach).await?).await,
            }
        })?;
        println!("{answer}");
        Ok(ExitCode::SUCCESS)
    }
}

async fn list(reach: &Reach, status: Option<Status>) -> Result<Value, ClientFailure> {
    let input = status.map_or(json!({}), |status| json!({ "status": status.as_str() }));
    list_all(reach, "Longshore_20261121.ListJobs", "Jobs", input).await
}

/// The ids of all jobs that were given up.
async fn given_up(reach: &Reach) -> Result<Vec<String>, ClientFailure> {
    let mut listed = list(reach, Some(Status::GivenUp)).await?;
    let Value::Array(jobs) = listed["Jobs"].take() else { return Ok(Vec::new()) };
    Ok(jobs.iter().filter_map(|job| Some(job["JobId"].as_str()?.to_owned())).collect())
}

async fn retry(reach: &Reach, ids: Vec<String>) -> Result<Value, ClientFailure> {
    for id in &ids {
        call(reach, "Longshore_20261121.RetryJob", &json!({ "JobId": id })).await?;
    }
    Ok(json!({ "Retried": ids }))
}
