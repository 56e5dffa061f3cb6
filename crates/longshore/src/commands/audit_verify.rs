use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use names::{AccountId, Region, Timestamp};
use serde_json::{Value, json};
use server::{TrailKeys, VerifyAsked, verify_audit_trail};

use super::Outcome;
use super::account::call_service;
use super::given_moment::Moment;
use crate::client::{ClientFailure, Environment, Reach, run};

const EXAMPLES: &str = "\
Examples:
  longshore audit verify /var/log/longshore-trail
  aws cloudtrail list-public-keys > keys.json
  longshore audit verify /mnt/copy --public-keys keys.json --expect-until 2026-11-29T09:00:00Z

Without --public-keys, a running server says which keys sign, and until when digest files were delivered; \
cloudtrail:DescribeTrails, cloudtrail:ListPublicKeys and cloudtrail:GetTrailStatus are needed, and the files of the \
caller's account and Region are verified. With --public-keys no server is asked, and all files are. \
The keys must come from where those who can change the files cannot change them.

Exit code 0: all is valid. 1: it is not, or cannot be verified. 2: a wrong flag.";

/// Verifies the log files and digest files of an audit trail
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Verify {
    /// The folder that holds AWSLogs
    #[arg(value_name = "FOLDER")]
    folder: PathBuf,
    /// File with the answer of `aws cloudtrail list-public-keys`; no server is asked then
    #[arg(long, value_name = "FILE")]
    public_keys: Option<PathBuf>,
    /// Until when digest files must reach, e.g. 2026-11-29T09:00:00Z: if the newest ones are
    /// missing, only this shows it [default: until when the server delivered them]
    #[arg(long, value_name = "TIME")]
    expect_until: Option<Moment>,
    /// Only digest files that end after this time, if older ones were removed on purpose
    #[arg(long, value_name = "TIME")]
    since: Option<Moment>,
    #[command(flatten)]
    reach: Reach,
}

/// What the files are compared with.
struct Known {
    keys: TrailKeys,
    account: Option<AccountId>,
    region: Option<Region>,
    until: Option<Timestamp>,
}

impl Verify {
    pub(super) fn run(self) -> Outcome {
        let known = match &self.public_keys {
            Some(file) => {
                let answer: Value = serde_json::from_slice(&read(file)?)
                    .map_err(|why| format!("{}: not JSON: {why}", file.display()))?;
                let keys = TrailKeys::parse(&answer).ok_or_else(|| {
                    format!("{}: not an answer of list-public-keys", file.display())
                })?;
                Known { keys, account: None, region: None, until: None }
            }
            None => run(self.ask())?,
        };
        if known.keys.is_empty() {
            return Err("there are no public keys: nothing was signed yet, or not here".into());
        }
        let moment = |moment: &Moment| moment.timestamp();
        let asked = VerifyAsked {
            folder: self.folder,
            keys: known.keys,
            account: known.account,
            region: known.region,
            since: self.since.as_ref().map(moment),
            expect_until: self.expect_until.as_ref().map(moment).or(known.until),
        };
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        let checked = runtime.block_on(verify_audit_trail(asked))?;
        for problem in &checked.problems {
            println!("{problem}");
        }
        for object in &checked.beginnings {
            println!("a chain begins anew with {object}");
        }
        for (folder, until) in &checked.reached {
            let until = super::moment::moment(&json!(until.as_seconds()));
            println!("{folder}: valid digest files until {until}");
        }
        let (digests, logs) = (checked.valid_digests, checked.valid_logs);
        println!("{digests} digest files and {logs} log files are valid");
        if checked.unnamed_logs > 0 {
            let unnamed = checked.unnamed_logs;
            println!("{unnamed} log files are named by no digest file: newer, or not the server's");
        }
        let is_valid = checked.problems.is_empty() && digests > 0;
        Ok(if is_valid { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }

    /// Asks the server for what it knows.
    async fn ask(&self) -> Result<Known, ClientFailure> {
        let trails = self.call(DESCRIBE_TRAILS, json!({})).await?;
        let arn = trails["trailList"][0]["TrailARN"].as_str().unwrap_or_default();
        if arn.is_empty() {
            let text = "the server has no audit trail; see `longshore serve --audit-trail`";
            return Err(ClientFailure::Settings(text.to_owned()));
        }
        let status = self.call(GET_TRAIL_STATUS, json!({ "Name": arn })).await?;
        let answer = self.call(LIST_PUBLIC_KEYS, json!({})).await?;
        let keys = TrailKeys::parse(&answer).ok_or_else(|| {
            ClientFailure::Settings("the server's public keys cannot be read".to_owned())
        })?;
        let region = self.reach.settle_or_here(&Environment::of_process())?.region();
        let until = status["LatestDigestDeliveryTime"].as_f64();
        let account = arn.split(':').nth(4).and_then(|account| AccountId::parse(account).ok());
        Ok(Known { keys, account, region: Some(region), until: until.map(to_timestamp) })
    }

    async fn call(&self, target: &'static str, input: Value) -> Result<Value, ClientFailure> {
        call_service(&self.reach, "cloudtrail", target, &input).await
    }
}

/// Longer than any answer.
const BYTES_MAX: u64 = 64 << 20;

fn read(path: &Path) -> Result<Vec<u8>, String> {
    let failed = |why: io::Error| format!("{}: {why}", path.display());
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(failed)?;
    file.take(BYTES_MAX).read_to_end(&mut bytes).map_err(failed)?;
    Ok(bytes)
}

#[expect(clippy::cast_possible_truncation, reason = "the cast saturates")]
fn to_timestamp(seconds: f64) -> Timestamp {
    Timestamp::from_seconds(seconds as i64)
}

const DESCRIBE_TRAILS: &str =
    "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.DescribeTrails";
const GET_TRAIL_STATUS: &str =
    "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.GetTrailStatus";
const LIST_PUBLIC_KEYS: &str =
    "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.ListPublicKeys";
