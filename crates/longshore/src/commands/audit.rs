use std::num::NonZeroUsize;
use std::process::ExitCode;

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::Outcome;
use super::account::call_service;
use super::audit_verify::Verify;
use super::given_moment::Moment;
use super::moment::moment;
use crate::client::{ClientFailure, Reach, run};

const EXAMPLES: &str = "\
Examples:
  longshore audit search
  longshore audit search --repository web --name PolicyExecutionEvent
  longshore audit search --user kim --failed
  longshore audit search --since 2026-11-28T09:00:00Z --until 2026-11-29T09:00:00Z --json
  longshore audit verify /var/log/longshore-trail

The server keeps what happened for 90 days, or as long as --keep-audit-days says. To search, cloudtrail:LookupEvents is \
needed. The same records answer `aws cloudtrail lookup-events`.";

/// Searches what happened in an account and Region of a running server, and verifies its trail.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Audit {
    #[command(subcommand)]
    act: Act,
}

#[derive(Subcommand)]
enum Act {
    /// Print what happened, the newest first
    Search(Search),
    /// Verify the log files and digest files of an audit trail
    Verify(Verify),
}

#[derive(Args)]
struct Search {
    /// Only events about this repository, by its name or its ARN
    #[arg(long, value_name = "NAME")]
    repository: Option<String>,
    /// Only calls of this user or session, by its name
    #[arg(long, value_name = "NAME")]
    user: Option<String>,
    /// Only events of this name, e.g. PutImage or PolicyExecutionEvent
    #[arg(long, value_name = "EVENT")]
    name: Option<String>,
    /// Only calls that were denied or failed
    #[arg(long)]
    failed: bool,
    /// Only events from this time on, e.g. 2026-11-28T09:00:00Z
    #[arg(long, value_name = "TIME")]
    since: Option<Moment>,
    /// Only events up to this time
    #[arg(long, value_name = "TIME")]
    until: Option<Moment>,
    /// Events to print at most
    #[arg(long, value_name = "N", default_value = "100")]
    limit: NonZeroUsize,
    /// Print the whole records as JSON, as CloudTrail writes them: {"Records":[{"eventTime",
    /// "eventName",…}]}
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    reach: Reach,
}

impl Audit {
    pub(super) fn run(self) -> Outcome {
        let search = match self.act {
            Act::Search(search) => search,
            Act::Verify(verify) => return verify.run(),
        };
        let (events, is_cut) = run(search.events())?;
        if search.json {
            println!("{:#}", json!({ "Records": records(&events) }));
        } else {
            print!("{}", tell(&events));
        }
        if is_cut {
            eprintln!("longshore: older events are not shown; --limit shows more");
        }
        Ok(ExitCode::SUCCESS)
    }
}

impl Search {
    /// The newest events, and whether there are more.
    async fn events(&self) -> Result<(Vec<Value>, bool), ClientFailure> {
        const TARGET: &str = "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents";
        let (limit, mut input, mut events) = (self.limit.get(), self.input(), Vec::new());
        loop {
            let mut answer = call_service(&self.reach, "cloudtrail", TARGET, &input).await?;
            if let Value::Array(page) = answer["Events"].take() {
                events.extend(page.into_iter().filter(|event| self.wants(event)));
            }
            let token = answer["NextToken"].take();
            if events.len() > limit || !token.is_string() {
                let is_cut = events.len() > limit;
                events.truncate(limit);
                return Ok((events, is_cut));
            }
            input["NextToken"] = token;
        }
    }

    /// The server looks for one attribute at a time: for the one that fewer events have.
    fn input(&self) -> Value {
        let mut input = json!({});
        let attribute = match (&self.repository, &self.user, &self.name) {
            (Some(repository), _, _) => Some(("ResourceName", repository)),
            (None, Some(user), _) => Some(("Username", user)),
            (None, None, Some(name)) => Some(("EventName", name)),
            (None, None, None) => None,
        };
        if let Some((key, value)) = attribute {
            input["LookupAttributes"] = json!([{ "AttributeKey": key, "AttributeValue": value }]);
        }
        for (member, moment) in [("StartTime", self.since), ("EndTime", self.until)] {
            if let Some(Moment(seconds)) = moment {
                input[member] = json!(seconds);
            }
        }
        input
    }

    fn wants(&self, event: &Value) -> bool {
        let is = |member: &str, wanted: Option<&String>| {
            wanted.is_none_or(|wanted| event[member] == **wanted)
        };
        is("EventName", self.name.as_ref())
            && is("Username", self.user.as_ref())
            && (!self.failed || record(event)["errorCode"].is_string())
    }
}

/// The records themselves.
fn records(events: &[Value]) -> Vec<Value> {
    events.iter().map(record).collect()
}

/// The record of an event. One that cannot be read is left as it is.
fn record(event: &Value) -> Value {
    let text = event["CloudTrailEvent"].as_str().unwrap_or_default();
    serde_json::from_str(text).unwrap_or_else(|_| event.clone())
}

/// A line for each event: when, which, by whom, about what, and how it ended.
fn tell(events: &[Value]) -> String {
    if events.is_empty() {
        return "no event is kept\n".to_owned();
    }
    let mut rows = vec![["WHEN", "EVENT", "BY", "ABOUT", "OUTCOME"].map(str::to_owned)];
    rows.extend(events.iter().zip(records(events)).map(|(event, record)| row(event, &record)));
    let width = |column: usize| rows.iter().map(|row| row[column].len()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..rows[0].len()).map(width).collect();
    let mut told = String::new();
    for row in &rows {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}"));
        told.push_str(cells.collect::<Vec<_>>().join("  ").trim_end());
        told.push('\n');
    }
    told
}

fn row(event: &Value, record: &Value) -> [String; 5] {
    let resources = event["Resources"].as_array().into_iter().flatten();
    let names: Vec<&str> =
        resources.filter_map(|resource| resource["ResourceName"].as_str()).map(name).collect();
    let by = event["Username"].as_str().unwrap_or("the service");
    [
        moment(&event["EventTime"]),
        event["EventName"].as_str().unwrap_or_default().to_owned(),
        by.to_owned(),
        names.join(", "),
        outcome(record),
    ]
}

/// `web` of `arn:aws:ecr:us-east-1:123456789012:repository/web`.
fn name(resource: &str) -> &str {
    resource.split_once(":repository/").map_or(resource, |(_, name)| name)
}

/// Why a call failed, or what a lifecycle policy did.
fn outcome(record: &Value) -> String {
    record["errorCode"].as_str().map_or_else(|| images(record), str::to_owned)
}

/// How many images a lifecycle policy acted on, kept though it takes them, and takes in all.
fn images(record: &Value) -> String {
    let details = &record["serviceEventDetails"];
    let Some(actions) = details["lifecycleEventImageActions"].as_array() else {
        return String::new();
    };
    let numbers = &record["additionalEventData"];
    let failed = details["lifecycleEventFailureDetails"].as_array().map_or(0, Vec::len);
    let failed = if failed == 0 { String::new() } else { format!(" and {failed} failed") };
    match (numbers["imagesTaken"].as_u64(), numbers["imagesEvaluated"].as_u64()) {
        (Some(taken), Some(all)) => format!("{}{failed}; {taken} of {all}", actions.len()),
        _ => format!("{}{failed}", actions.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(name: &str, record: &Value) -> Value {
        let arn = "arn:aws:ecr:us-east-1:123456789012:repository/team/web";
        json!({
            "EventName": name,
            "EventTime": 7.0,
            "Resources": [{ "ResourceType": "AWS::ECR::Repository", "ResourceName": arn }],
            "CloudTrailEvent": record.to_string(),
        })
    }

    #[test]
    fn events_are_a_table_with_the_numbers_of_policies() {
        let run = json!({
            "additionalEventData": { "imagesEvaluated": 12, "imagesTaken": 12 },
            "serviceEventDetails": {
                "lifecycleEventImageActions": [1, 2], "lifecycleEventFailureDetails": [3],
            },
        });
        let mut denied = event("PutImage", &json!({ "errorCode": "AccessDenied" }));
        denied["Username"] = json!("kim");
        let restored = event("ImageActivationEvent", &json!({}));
        let events = [event("PolicyExecutionEvent", &run), restored, denied];
        let told = "\
WHEN                  EVENT                 BY           ABOUT     OUTCOME
1970-01-01T00:00:07Z  PolicyExecutionEvent  the service  team/web  2 and 1 failed; 12 of 12
1970-01-01T00:00:07Z  ImageActivationEvent  the service  team/web
1970-01-01T00:00:07Z  PutImage              kim          team/web  AccessDenied
";
        assert_eq!(tell(&events), told);
        assert_eq!(tell(&[]), "no event is kept\n");
        assert_eq!(records(&events)[0], run);
    }
}
