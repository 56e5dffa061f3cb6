use std::collections::HashSet;
use std::io::Write as _;
use std::process::ExitCode;
use std::time::Duration;

use clap::{Args, Subcommand};
use names::Clock as _;
use serde_json::{Value, json};
use server::SystemClock;

use super::Outcome;
use super::account::{call, list_all};
use super::given_moment::Moment;
use super::usage::EXIT_CODES;
use crate::client::{ClientFailure, Reach, run};

const EXAMPLES: &str = "\
Examples:
  longshore events tail
  longshore events tail --since 2026-11-28T09:00:00Z --no-follow
  longshore events tail | jq 'select(.detail.\"action-type\" == \"PUSH\")'
  longshore events replay --since 2026-11-28T09:00:00Z
  longshore events dead-letters list
  longshore events dead-letters redrive 4711

The server keeps events for 7 days, or as long as --keep-events-days says. To follow them, longshore:ListEvents is needed; \
to deliver them again, longshore:ReplayEvents; for those that could not be delivered, longshore:ListDeadLetters and \
longshore:RedriveDeadLetters.";

/// Follows what happens to images in an account and Region of a running server, and delivers it
/// again.
#[derive(Args)]
#[command(after_help = format!("{EXAMPLES}\n\n{EXIT_CODES}"))]
pub(crate) struct Events {
    #[command(subcommand)]
    act: Act,
}

#[derive(Subcommand)]
enum Act {
    /// Print events as they happen, one a line, as EventBridge delivers them: {"version","id",
    /// "detail-type","source","account","time","region","resources","detail"}
    #[command(after_help = EXIT_CODES)]
    Tail(Tail),
    /// Deliver events again that are kept, to those that listen now, and print how many:
    /// {"Replayed"}
    #[command(after_help = EXIT_CODES)]
    Replay {
        /// Events from this time on, e.g. 2026-11-28T09:00:00Z
        #[arg(long, value_name = "TIME")]
        since: Moment,
        /// Only events up to this time [default: now]
        #[arg(long, value_name = "TIME")]
        until: Option<Moment>,
        #[command(flatten)]
        reach: Reach,
    },
    /// Show events that could not be delivered, and send them again
    DeadLetters {
        #[command(subcommand)]
        act: LettersAct,
    },
}

#[derive(Subcommand)]
enum LettersAct {
    /// Print them: {"DeadLetters":[{"DeadLetterId","EventId","Event","Target","Attempts",
    /// "LastError","GivenUpAt"}]}
    #[command(after_help = EXIT_CODES)]
    List {
        #[command(flatten)]
        reach: Reach,
    },
    /// Send some again, or all, and print their ids: {"Redriven":["DeadLetterId",…]}
    #[command(after_help = EXIT_CODES)]
    Redrive {
        /// DeadLetterIds that `list` printed
        #[arg(value_name = "ID", required_unless_present = "all", conflicts_with = "all")]
        ids: Vec<String>,
        /// Every one
        #[arg(long)]
        all: bool,
        #[command(flatten)]
        reach: Reach,
    },
}

#[derive(Args)]
struct Tail {
    /// Also events from this time on, e.g. 2026-11-28T09:00:00Z [default: now]
    #[arg(long, value_name = "TIME")]
    since: Option<Moment>,
    /// Only events up to this time, and end then
    #[arg(long, value_name = "TIME")]
    until: Option<Moment>,
    /// End after the events that there are
    #[arg(long)]
    no_follow: bool,
    #[command(flatten)]
    reach: Reach,
}

/// How often a running server is asked for more.
const ASK_EVERY: Duration = Duration::from_secs(1);

/// How far back events are asked for again, in seconds: one that a slow transaction wrote may be
/// seen after a later one.
const AGAIN_SECONDS: f64 = 15.0;

/// How many ids are remembered of events that were printed: more than are written in that time, of
/// which the oldest are forgotten together.
const REMEMBERED_MAX: usize = 200_000;

impl Events {
    pub(super) fn run(self) -> Outcome {
        match self.act {
            Act::Tail(tail) => run(tail.follow())?,
            Act::Replay { since, until, reach } => {
                println!("{}", run(replay(&reach, since, until))?);
            }
            Act::DeadLetters { act: LettersAct::List { reach } } => {
                println!("{}", run(dead_letters(&reach))?);
            }
            Act::DeadLetters { act: LettersAct::Redrive { ids, all, reach } } => {
                println!("{}", run(redrive(&reach, ids, all))?);
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// Replays some events in each call, until there are no more.
async fn replay(
    reach: &Reach,
    Moment(since): Moment,
    until: Option<Moment>,
) -> Result<Value, ClientFailure> {
    // What is delivered again is not told again.
    let until = until.map_or_else(seconds_now, |Moment(until)| until);
    let mut input = json!({ "Since": since, "Until": until });
    let mut replayed = 0;
    loop {
        let mut answer = call(reach, "Longshore_20261121.ReplayEvents", &input).await?;
        replayed += answer["Replayed"].as_u64().unwrap_or(0);
        match answer["nextToken"].take() {
            token @ Value::String(_) => input["nextToken"] = token,
            _ => return Ok(json!({ "Replayed": replayed })),
        }
    }
}

async fn dead_letters(reach: &Reach) -> Result<Value, ClientFailure> {
    list_all(reach, "Longshore_20261121.ListDeadLetters", "DeadLetters", json!({})).await
}

/// How many are sent again in one call.
const REDRIVEN_AT_ONCE: usize = 100;

async fn redrive(reach: &Reach, ids: Vec<String>, all: bool) -> Result<Value, ClientFailure> {
    let ids = if all {
        let listed = dead_letters(reach).await?;
        let letters = listed["DeadLetters"].as_array().into_iter().flatten();
        letters.filter_map(|letter| letter["DeadLetterId"].as_str().map(str::to_owned)).collect()
    } else {
        ids
    };
    let mut redriven = Vec::new();
    for some in ids.chunks(REDRIVEN_AT_ONCE) {
        let input = json!({ "DeadLetterIds": some });
        let mut answer = call(reach, "Longshore_20261121.RedriveDeadLetters", &input).await?;
        if let Value::Array(some) = answer["Redriven"].take() {
            redriven.extend(some);
        }
    }
    Ok(json!({ "Redriven": redriven }))
}

impl Tail {
    async fn follow(self) -> Result<(), ClientFailure> {
        let now = seconds_now();
        let mut since = self.since.map_or(now, |Moment(since)| since);
        let mut printed = HashSet::new();
        loop {
            let Printed { newest, is_read } = self.print(since, &mut printed).await?;
            let is_over = self.until.is_some_and(|Moment(until)| until < seconds_now());
            if self.no_follow || is_over || !is_read {
                return Ok(());
            }
            if printed.len() > REMEMBERED_MAX {
                printed.clear();
            }
            if let Some(newest) = newest {
                since = since.max(newest - AGAIN_SECONDS);
            }
            tokio::time::sleep(ASK_EVERY).await;
        }
    }

    /// Prints the events that were written since a moment and are not printed yet.
    async fn print(
        &self,
        since: f64,
        printed: &mut HashSet<String>,
    ) -> Result<Printed, ClientFailure> {
        let mut input = json!({ "Since": since, "maxResults": 1000 });
        if let Some(Moment(until)) = self.until {
            input["Until"] = json!(until);
        }
        let mut newest = None;
        loop {
            let mut answer = call(&self.reach, "Longshore_20261121.ListEvents", &input).await?;
            for event in answer["Events"].as_array().into_iter().flatten() {
                let id = event["EventId"].as_str().unwrap_or_default().to_owned();
                if printed.insert(id) && !print_line(event["Event"].as_str().unwrap_or_default()) {
                    return Ok(Printed { newest, is_read: false });
                }
                newest = event["WrittenAt"].as_f64().or(newest);
            }
            match answer["nextToken"].take() {
                token @ Value::String(_) => input["nextToken"] = token,
                _ => return Ok(Printed { newest, is_read: true }),
            }
        }
    }
}

/// What was printed.
struct Printed {
    /// When the newest event was written.
    newest: Option<f64>,
    /// Whether standard output is still read.
    is_read: bool,
}

/// Prints a line; `false` if nothing reads it any more.
fn print_line(line: &str) -> bool {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}").and_then(|()| out.flush()).is_ok()
}

fn seconds_now() -> f64 {
    SystemClock.now().as_epoch_seconds()
}
