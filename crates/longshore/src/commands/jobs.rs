use std::io::IsTerminal as _;
use std::process::ExitCode;

use clap::{Args, Subcommand, ValueEnum};
use serde_json::{Value, json};

use super::Outcome;
use super::account::{call, call_service, list_all};
use super::job_kinds::KINDS;
use super::usage::EXIT_CODES;
use crate::client::{ClientFailure, Reach, run};

const EXAMPLES: &str = "\
Examples:
  longshore jobs list --status given-up --data /var/lib/longshore
  longshore jobs list --name apply_lifecycle_policy --repository team/web
  longshore jobs retry 4711
  longshore jobs retry --all

Background work, such as deleting the bytes of deleted images, is a job until it is done. A job that fails is retried for \
half a day and then given up. It stays in this list, with the reason, until you retry it. On a terminal `list` prints a \
table; else, and with --json, output is JSON, and times are seconds since 1970. The root user of the server's first account may run these commands, and so may any principal that it grants \
longshore:ListJobs and longshore:RetryJob.";

/// Lists background jobs of a running server, and retries failed ones.
#[derive(Args)]
#[command(after_help = format!("{EXAMPLES}\n\n{EXIT_CODES}"))]
pub(crate) struct Jobs {
    #[command(subcommand)]
    act: Act,
}

#[derive(Subcommand)]
enum Act {
    /// Print jobs: {"Jobs":[{"JobId","Name","RepositoryArn","ImageDigest","Status","LastError",
    /// "WaitingBecause",…}]}
    #[command(after_help = EXIT_CODES)]
    List {
        /// Only jobs in this state
        #[arg(long, value_name = "STATUS")]
        status: Option<Status>,
        /// Only jobs of this name, e.g. apply_lifecycle_policy
        #[arg(long, value_name = "NAME")]
        name: Option<String>,
        /// Only jobs of this lane, e.g. lifecycle
        #[arg(long, value_name = "LANE")]
        lane: Option<String>,
        /// Only jobs about this repository, by its name or its ARN
        #[arg(long, value_name = "REPOSITORY")]
        repository: Option<String>,
        /// Print JSON also on a terminal
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        reach: Reach,
    },
    /// Retry one failed job now, or all that were given up, and print their ids:
    /// {"Retried":["JobId",…]}. A job that has not failed waits for its time
    #[command(after_help = EXIT_CODES)]
    Retry {
        /// JobId of a job that `list` printed as RETRYING or GIVEN_UP, or with WaitingBecause
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
        let is_table =
            matches!(self.act, Act::List { json: false, .. }) && std::io::stdout().is_terminal();
        let answer = run(async {
            match self.act {
                Act::List { status, name, lane, repository, reach, json: _ } => {
                    let mut listed = list(&reach, status).await?;
                    require_kind(&listed, name.as_deref())?;
                    let about = repository.clone();
                    keep(&mut listed, &[("Name", name), ("Lane", lane), (REPOSITORY, about)]);
                    if let Some(repository) = repository.filter(|_| is_empty(&listed)) {
                        require_repository(&reach, &repository).await?;
                    }
                    Ok(listed)
                }
                Act::Retry { id: Some(id), reach, .. } => retry(&reach, vec![id]).await,
                Act::Retry { id: None, reach, .. } => retry(&reach, given_up(&reach).await?).await,
            }
        })?;
        if is_table {
            print!("{}", super::jobs_table::tell(&answer));
        } else {
            println!("{answer}");
        }
        Ok(ExitCode::SUCCESS)
    }
}

async fn list(reach: &Reach, status: Option<Status>) -> Result<Value, ClientFailure> {
    let input = status.map_or(json!({}), |status| json!({ "status": status.as_str() }));
    list_all(reach, "Longshore_20261121.ListJobs", "Jobs", input).await
}

/// The member with the ARN of the repository that a job is about.
const REPOSITORY: &str = "RepositoryArn";

/// Removes the jobs that have another word in one of these members.
fn keep(listed: &mut Value, wanted: &[(&str, Option<String>)]) {
    let is_wanted = |job: &Value| {
        wanted.iter().all(|(member, word)| word.as_ref().is_none_or(|word| has(job, member, word)))
    };
    if let Some(jobs) = listed["Jobs"].as_array_mut() {
        jobs.retain(is_wanted);
    }
}

fn is_empty(listed: &Value) -> bool {
    listed["Jobs"].as_array().is_none_or(Vec::is_empty)
}

/// Refuses the name of no job. A newer server may have jobs that are not known here.
fn require_kind(listed: &Value, name: Option<&str>) -> Result<(), ClientFailure> {
    let Some(name) = name.filter(|name| !KINDS.contains(name)) else { return Ok(()) };
    let mut jobs = listed["Jobs"].as_array().into_iter().flatten();
    if jobs.any(|job| has(job, "Name", name)) {
        return Ok(());
    }
    let kinds = KINDS.join(", ");
    Err(ClientFailure::Settings(format!("no job is named {name}; the names are {kinds}")))
}

/// Asks for a repository that no job is about, so that a wrong name is told from a quiet one.
async fn require_repository(reach: &Reach, repository: &str) -> Result<(), ClientFailure> {
    const TARGET: &str = "AmazonEC2ContainerRegistry_V20150921.DescribeRepositories";
    let asked = call_service(reach, "ecr", TARGET, &described(repository)).await;
    match asked {
        // Who may see jobs need not see repositories.
        Err(ClientFailure::Refused { code, .. }) if code == "AccessDeniedException" => Ok(()),
        asked => asked.map(|_| ()),
    }
}

/// The request for a repository, by its name or its ARN.
fn described(repository: &str) -> Value {
    let of_arn = || {
        let (before, name) = repository.split_once(":repository/")?;
        Some((before.rsplit_once(':')?.1, name))
    };
    match of_arn() {
        Some((account, name)) => json!({ "registryId": account, "repositoryNames": [name] }),
        None => json!({ "repositoryNames": [repository] }),
    }
}

/// Whether a job has a word in a member. A repository has the name in its ARN, too.
fn has(job: &Value, member: &str, word: &str) -> bool {
    let found = job[member].as_str().unwrap_or_default();
    let name = found.split_once(":repository/").filter(|_| member == REPOSITORY);
    found == word || name.is_some_and(|(_, name)| name == word)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_no_job_is_refused_with_those_that_there_are() {
        let listed = json!({ "Jobs": [{ "Name": "of_a_newer_server" }] });
        for name in [None, Some("move_blob"), Some("of_a_newer_server")] {
            assert!(require_kind(&listed, name).is_ok(), "{name:?}");
        }
        let told = require_kind(&listed, Some("move_blobs")).unwrap_err().to_string();
        assert!(told.starts_with("no job is named move_blobs; the names are abandon_upload, "));
        assert!(told.ends_with(", scan_recent_images"), "{told}");
    }

    #[test]
    fn a_repository_is_asked_for_by_its_name_or_its_arn() {
        let arn = "arn:aws:ecr:us-east-1:123456789012:repository/team/web";
        let wanted = json!({ "registryId": "123456789012", "repositoryNames": ["team/web"] });
        assert_eq!(described(arn), wanted);
        assert_eq!(described("team/web"), json!({ "repositoryNames": ["team/web"] }));
    }

    #[test]
    fn jobs_are_picked_by_name_and_lane() {
        let arn = "arn:aws:ecr:us-east-1:123456789012:repository/team/web";
        let job =
            |id: &str, name: &str, lane: &str| json!({ "JobId": id, "Name": name, "Lane": lane });
        let mut all =
            json!({ "Jobs": [job("1", "a", "x"), job("2", "a", "y"), job("3", "b", "y")] });
        all["Jobs"][2]["RepositoryArn"] = json!(arn);
        #[rustfmt::skip]
        let cases = [
            // name      lane       repository        kept
            (None,       None,      None,             vec!["1", "2", "3"]),
            (Some("a"),  None,      None,             vec!["1", "2"]),
            (None,       Some("y"), None,             vec!["2", "3"]),
            (Some("a"),  Some("y"), None,             vec!["2"]),
            (None,       None,      Some("team/web"), vec!["3"]),
            (None,       None,      Some(arn),        vec!["3"]),
            (None,       None,      Some("web"),      vec![]),
            (Some("a"),  None,      Some("team/web"), vec![]),
        ];
        for (name, lane, repository, kept) in cases {
            let mut listed = all.clone();
            let [name, lane, repository] = [name, lane, repository].map(|it| it.map(str::to_owned));
            keep(&mut listed, &[("Name", name), ("Lane", lane), (REPOSITORY, repository)]);
            let ids =
                listed["Jobs"].as_array().unwrap().iter().map(|job| job["JobId"].as_str().unwrap());
            assert_eq!(ids.collect::<Vec<_>>(), kept);
        }
    }
}
