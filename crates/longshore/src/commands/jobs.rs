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

Background work, such as deleting the bytes of deleted images, is a job until it is done. A job that fails is retried for \
half a day and then given up. It stays in this list, with the reason, until you retry it. Output is JSON on standard \
output. The root user of the server's first account may run these commands, and so may any principal that it grants \
longshore:ListJobs and longshore:RetryJob.";

/// Lists background jobs of a running server, and retries failed ones.
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
    /// Retry one failed job now, or all that were given up, and print their ids:
    /// {"Retried":["JobId",…]}. A job that has not failed waits for its time
    Retry {
        /// JobId of a job that `list` printed as RETRYING or GIVEN_UP
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
    /// Not due yet
    Waiting,
    /// Running on a node
    Running,
    /// Failed, and will be tried again
    Retrying,
    /// Failed for half a day, and will not be tried again
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
