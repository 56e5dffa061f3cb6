use std::process::ExitCode;
use std::time::Duration;

use clap::Args;
use serde_json::{Value, json};

use super::Outcome;
use super::account::call;
use super::image_name::ImageName;
use crate::client::{ClientFailure, Reach, run};

const EXAMPLES: &str = "\
Examples:
  longshore rekey web --to alias/images
  longshore rekey web --to arn:aws:kms:us-east-1:123456789012:key/… --wait
  longshore rekey web --to AES256
  longshore rekey web --status

What is pushed from now on is encrypted under the new key at once, and the server encrypts everything else again in the \
background. Until that has ended, what is not done yet needs the key before as well: do not disable it. If you do, the change waits, \
--status says for what, and it goes on when the key is enabled. The caller needs \
longshore:RekeyRepository on the repository, and kms:DescribeKey and kms:CreateGrant on the new key; for --status, \
ecr:DescribeRepositories.";

/// How often progress is asked for.
const PAUSE: Duration = Duration::from_secs(1);

/// Puts a repository under another KMS key, and encrypts what it holds again.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Rekey {
    /// Repository: [HOST/]REPOSITORY
    #[arg(value_name = "REPOSITORY")]
    repository: String,
    /// The new key: a KMS key's id, ARN or alias, or AES256 for the registry's own key
    #[arg(long, value_name = "KEY", required_unless_present = "status", conflicts_with = "status")]
    to: Option<String>,
    /// Print how far the last change is, and begin none
    #[arg(long)]
    status: bool,
    /// Wait until everything is encrypted under the new key
    #[arg(long)]
    wait: bool,
    /// Print the whole answer as JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    reach: Reach,
}

impl Rekey {
    pub(super) fn run(self) -> Outcome {
        let answer = run(self.ask())?;
        if self.json {
            println!("{answer:#}");
        } else {
            println!("{}", tell(&answer["Rekey"]));
        }
        Ok(ExitCode::SUCCESS)
    }

    async fn ask(&self) -> Result<Value, ClientFailure> {
        let named = ImageName::repository_of(&self.repository).map_err(ClientFailure::Settings)?;
        let mut answer = match &self.to {
            Some(to) => {
                let mut input = named.clone();
                if let Some(members) = input.as_object_mut() {
                    members.insert("To".to_owned(), json!(to));
                }
                call(&self.reach, "Longshore_20261121.RekeyRepository", &input).await?
            }
            None => call(&self.reach, "Longshore_20261121.DescribeRekey", &named).await?,
        };
        while self.wait && is_running(&answer["Rekey"]) {
            if !self.json {
                eprintln!("{}", tell(&answer["Rekey"]));
            }
            tokio::time::sleep(PAUSE).await;
            answer = call(&self.reach, "Longshore_20261121.DescribeRekey", &named).await?;
        }
        Ok(answer)
    }
}

fn is_running(rekey: &Value) -> bool {
    rekey["Status"].as_str().is_some_and(|status| status != "DONE")
}

fn tell(rekey: &Value) -> String {
    let progress = tell_progress(rekey);
    match rekey["WaitingBecause"].as_str() {
        Some(because) => format!("{progress}; waiting: {because}"),
        None => progress,
    }
}

fn tell_progress(rekey: &Value) -> String {
    let text = |member: &str| rekey[member].as_str().unwrap_or_default();
    let number = |member: &str| rekey[member].as_i64().unwrap_or_default();
    let (to, done, layers) = (text("To"), number("LayersDone"), number("Layers"));
    match text("Status") {
        "" => "the key of this repository was never changed".to_owned(),
        "COUNTING" => format!("to {to}: counting the layers to encrypt again; {layers} so far"),
        "LAYERS" => {
            let (bytes, all) = (number("BytesDone"), number("Bytes"));
            format!("to {to}: {done} of {layers} layers, {bytes} of {all} bytes")
        }
        "RECORDS" => {
            format!("to {to}: layers done; now manifests, images done: {}", number("ImagesDone"))
        }
        _ => format!("everything is under {to}; layers encrypted again: {done}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_is_told_in_a_sentence() {
        let rekey = |status: &str| {
            json!({
                "Status": status, "To": "KEY", "Layers": 5, "LayersDone": 2, "Bytes": 50, "BytesDone": 20,
                "ImagesDone": 1,
            })
        };
        #[rustfmt::skip]
        let cases = [
            ("COUNTING", true,  "to KEY: counting the layers to encrypt again; 5 so far"),
            ("LAYERS",   true,  "to KEY: 2 of 5 layers, 20 of 50 bytes"),
            ("RECORDS",  true,  "to KEY: layers done; now manifests, images done: 1"),
            ("DONE",     false, "everything is under KEY; layers encrypted again: 2"),
        ];
        for (status, running, told) in cases {
            assert_eq!(tell(&rekey(status)), told);
            assert_eq!(is_running(&rekey(status)), running);
        }
        let mut waiting = rekey("LAYERS");
        waiting["WaitingBecause"] = json!("KEY is disabled.");
        let told = "to KEY: 2 of 5 layers, 20 of 50 bytes; waiting: KEY is disabled.";
        assert_eq!(tell(&waiting), told);
        assert_eq!(tell(&Value::Null), "the key of this repository was never changed");
        assert!(!is_running(&Value::Null));
    }
}
