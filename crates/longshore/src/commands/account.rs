use std::process::ExitCode;

use clap::{Args, Subcommand};
use names::AccountId;
use serde_json::{Value, json};

use super::Outcome;
use crate::client::{ClientFailure, Environment, Reach, obtain, run};

const EXAMPLES: &str = "\
Examples:
  longshore account create 111122223333 --data /var/lib/longshore
  eval \"$(longshore env)\" && longshore account list

Standard output is JSON, and nothing else. The root user of the server's first account may run these commands (its key \
is in the server's data folder), and so may any principal that it grants longshore:CreateAccount, \
longshore:ListAccounts or longshore:CloseAccount.";

/// Creates, lists and closes accounts of a running server.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Account {
    #[command(subcommand)]
    act: Act,
}

#[derive(Subcommand)]
enum Act {
    /// Create an account and print its root access key, which is shown only once:
    /// {"AccountId","AccessKeyId","SecretAccessKey"}
    Create {
        /// Twelve digits
        #[arg(value_name = "ID")]
        id: AccountId,
        #[command(flatten)]
        reach: Reach,
    },
    /// Print all accounts: {"Accounts":[{"AccountId","State","CreatedAt"}]}
    List {
        #[command(flatten)]
        reach: Reach,
    },
    /// Close an account: its keys stop working, and its id can never be used again
    Close {
        /// Twelve digits
        #[arg(value_name = "ID")]
        id: AccountId,
        #[command(flatten)]
        reach: Reach,
    },
}

impl Account {
    pub(super) fn run(self) -> Outcome {
        let answer = run(async {
            match self.act {
                Act::Create { id, reach } => {
                    let input = json!({ "AccountId": id.as_str() });
                    call(&reach, "Longshore_20261121.CreateAccount", &input).await
                }
                Act::List { reach } => {
                    list_all(&reach, "Longshore_20261121.ListAccounts", "Accounts", json!({})).await
                }
                Act::Close { id, reach } => {
                    let input = json!({ "AccountId": id.as_str() });
                    call(&reach, "Longshore_20261121.CloseAccount", &input).await
                }
            }
        })?;
        println!("{answer}");
        Ok(ExitCode::SUCCESS)
    }
}

/// Fetches every page of a list and joins them under the name that each page uses.
pub(super) async fn list_all(
    reach: &Reach,
    target: &'static str,
    name: &str,
    mut input: Value,
) -> Result<Value, ClientFailure> {
    let mut all = Vec::new();
    loop {
        let mut answer = call(reach, target, &input).await?;
        if let Some(Value::Array(page)) = answer.get_mut(name).map(Value::take) {
            all.extend(page);
        }
        match answer.get_mut("nextToken").map(Value::take) {
            Some(token @ Value::String(_)) => input["nextToken"] = token,
            _ => return Ok(json!({ name: all })),
        }
    }
}

/// Calls an operation of Longshore's own API, with the credentials that `reach` selects.
pub(super) async fn call(
    reach: &Reach,
    target: &'static str,
    input: &Value,
) -> Result<Value, ClientFailure> {
    call_service(reach, "longshore", target, input).await
}

/// The same of another service, by its signing name.
pub(super) async fn call_service(
    reach: &Reach,
    service: &'static str,
    target: &'static str,
    input: &Value,
) -> Result<Value, ClientFailure> {
    let settings = reach.settle_or_here(&Environment::of_process())?;
    let (source, endpoint) = (settings.require_source()?, settings.require_endpoint()?);
    let region = settings.region();
    let credentials = obtain(&settings, source, settings.sts(endpoint), &region).await?;
    settings.service(service, endpoint, &region).call_json(&credentials, target, input).await
}
