use std::process::ExitCode;
use std::time::Duration;

use clap::{Args, Subcommand, ValueEnum};
use names::{Clock as _, Timestamp};
use serde_json::{Value, json};
use server::SystemClock;

use super::Outcome;
use super::account::call;
use crate::client::{ClientFailure, Reach, run};

const EXAMPLES: &str = "\
Examples:
  longshore pull-gate put --severity high --fixable --grace-days 14
  longshore pull-gate put --severity critical --refuse-unscanned --repository 'prod/*'
  longshore pull-gate except CVE-2024-3094 --days 30 --reason 'the code is not reached' --package xz-utils
  longshore pull-gate show
  longshore pull-gate remove
  longshore why refused prod/web:v1

Images that the gate holds back are refused at both doors, with a text that names what was found. `put` keeps the exceptions that \
there are. Output is JSON on standard output; times are seconds since 1970. The gate is that of the caller's registry; it needs \
longshore:PutPullGate, longshore:GetPullGate or longshore:DeletePullGate.";

/// Refuses pulls of images in which scans found too much.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct PullGate {
    #[command(subcommand)]
    act: Act,
}

#[derive(Subcommand)]
enum Act {
    /// Set the gate, and print it: {"PullGate":{…}}
    Put(Put),
    /// Add an exception to the gate, and print it
    Except(Except),
    /// Print the gate: {"PullGate":{…}}, or {} if there is none
    Show {
        #[command(flatten)]
        reach: Reach,
    },
    /// Remove the gate, with its exceptions
    Remove {
        #[command(flatten)]
        reach: Reach,
    },
}

#[derive(Args)]
struct Put {
    /// Vulnerabilities at least this severe hold an image back
    #[arg(long, value_name = "SEVERITY")]
    severity: Severity,
    /// Only vulnerabilities of which there is a version without them
    #[arg(long)]
    fixable: bool,
    /// For how many days after it was first observed a vulnerability does not count
    #[arg(long, value_name = "DAYS", default_value_t = 0)]
    grace_days: u32,
    /// Refuse images without findings of a scan as well
    #[arg(long)]
    refuse_unscanned: bool,
    /// Let documents of OpenVEX that refer to an image excuse vulnerabilities of it
    #[arg(long)]
    accept_vex: bool,
    /// Repositories that it is about, with * for any text; all, if none is given
    #[arg(long, value_name = "FILTER")]
    repository: Vec<String>,
    #[command(flatten)]
    reach: Reach,
}

#[derive(Args)]
struct Except {
    /// Vulnerability, e.g. CVE-2024-3094
    #[arg(value_name = "VULNERABILITY")]
    vulnerability: String,
    /// For how many days it does not count
    #[arg(long, value_name = "DAYS")]
    days: u32,
    /// Why, for people who read the gate later
    #[arg(long, value_name = "TEXT")]
    reason: String,
    /// Only in this package, or in packages of this source
    #[arg(long, value_name = "NAME")]
    package: Option<String>,
    /// Only in these repositories, with * for any text
    #[arg(long, value_name = "FILTER")]
    repository: Option<String>,
    #[command(flatten)]
    reach: Reach,
}

/// How severe.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Severity {
    Informational,
    Low,
    Medium,
    High,
    Critical,
}

impl Severity {
    fn word(self) -> &'static str {
        match self {
            Self::Informational => "INFORMATIONAL",
            Self::Low => "LOW",
            Self::Medium => "MEDIUM",
            Self::High => "HIGH",
            Self::Critical => "CRITICAL",
        }
    }
}

const GET: &str = "Longshore_20261121.GetPullGate";
const PUT: &str = "Longshore_20261121.PutPullGate";
const DELETE: &str = "Longshore_20261121.DeletePullGate";
const DAY: Duration = Duration::from_hours(24);

impl PullGate {
    pub(super) fn run(self) -> Outcome {
        let answer = run(async {
            match self.act {
                Act::Put(put) => put.run().await,
                Act::Except(except) => except.run().await,
                Act::Show { reach } => call(&reach, GET, &json!({})).await,
                Act::Remove { reach } => call(&reach, DELETE, &json!({})).await,
            }
        })?;
        println!("{answer}");
        Ok(ExitCode::SUCCESS)
    }
}

impl Put {
    async fn run(&self) -> Result<Value, ClientFailure> {
        let before = call(&self.reach, GET, &json!({})).await?;
        let exceptions = before["PullGate"]["Exceptions"].as_array().cloned().unwrap_or_default();
        let gate = json!({
            "MinimumSeverity": self.severity.word(),
            "OnlyFixable": self.fixable,
            "GraceDays": self.grace_days,
            "UnscannedImages": if self.refuse_unscanned { "REFUSE" } else { "ALLOW" },
            "VexDocuments": if self.accept_vex { "ACCEPT" } else { "IGNORE" },
            "RepositoryFilters": self.repository,
            "Exceptions": exceptions,
        });
        call(&self.reach, PUT, &json!({ "PullGate": gate })).await
    }
}

impl Except {
    async fn run(&self) -> Result<Value, ClientFailure> {
        let mut answer = call(&self.reach, GET, &json!({})).await?;
        let mut gate = answer["PullGate"].take();
        let now = SystemClock.now();
        let mut exceptions = current(&gate["Exceptions"], now);
        if !gate.is_object() {
            let why = "there is no pull gate: set one with `longshore pull-gate put` first";
            return Err(ClientFailure::Settings(why.to_owned()));
        }
        let ends_at = now.plus(DAY.saturating_mul(self.days)).as_seconds();
        let mut exception = json!({
            "VulnerabilityId": self.vulnerability,
            "Reason": self.reason,
            "EndsAt": ends_at,
        });
        if let Some(package) = &self.package {
            exception["Package"] = json!(package);
        }
        if let Some(repository) = &self.repository {
            exception["RepositoryFilter"] = json!(repository);
        }
        exceptions.push(exception);
        gate["Exceptions"] = json!(exceptions);
        call(&self.reach, PUT, &json!({ "PullGate": gate })).await
    }
}

/// The exceptions that have not ended.
fn current(exceptions: &Value, now: Timestamp) -> Vec<Value> {
    let all = exceptions.as_array().cloned().unwrap_or_default();
    let now = now.as_epoch_seconds();
    let ends_later = |one: &Value| one["EndsAt"].as_f64().is_none_or(|end| end > now);
    all.into_iter().filter(ends_later).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exceptions_that_have_ended_are_left_out() {
        let all = json!([{ "EndsAt": 10.0 }, { "EndsAt": 30.0 }]);
        assert_eq!(current(&all, Timestamp::from_seconds(20)), [json!({ "EndsAt": 30.0 })]);
        assert!(current(&Value::Null, Timestamp::from_seconds(20)).is_empty());
    }
}
