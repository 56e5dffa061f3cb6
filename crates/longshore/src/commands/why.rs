use std::fmt::Write as _;
use std::process::ExitCode;
use std::str::FromStr;

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::account::call;
use super::why_answer::{Verdict, answer};
use super::why_image::WhyImage;
use super::why_refused::WhyRefused;
use super::why_vulnerable::WhyVulnerable;
use crate::client::{ClientFailure, Reach, run};

const EXAMPLES: &str = "\
Examples:
  longshore why 0d5d1a57-2c5e-4b41-9a0e-6f6ac7b8a1ff
  longshore why kept web v1
  longshore why expired web sha256:9f86d0…
  longshore why kept web:v1
  longshore why vulnerable web:v1 CVE-2024-3094
  longshore why refused web:v1
  longshore why --principal arn:aws:iam::123456789012:user/kim --action ecr:PutImage \\
      --resource arn:aws:ecr:us-east-1:123456789012:repository/web --context aws:SourceIp=10.0.0.1

The id of a denied request is in the response header x-amzn-RequestId, which aws prints with --debug.

Exit code 0: allowed. 1: denied. 2: no answer. `why kept`, `why expired`, `why vulnerable` and `why refused` exit with 0 for \
yes, 1 for no and 2 for no answer.";

/// Explains why a request was denied, or whether one would be allowed; why an image is kept, why it
/// expired, why it is vulnerable, or why it is refused.
#[derive(Args)]
#[command(after_help = EXAMPLES, args_conflicts_with_subcommands = true)]
#[command(subcommand_negates_reqs = true)]
pub(crate) struct Why {
    #[command(subcommand)]
    image: Option<AboutImage>,
    /// Id of a denied request
    #[arg(value_name = "REQUEST_ID", required_unless_present = "principal")]
    #[arg(conflicts_with_all = ["principal", "action", "resource", "context"])]
    request_id: Option<String>,
    /// Principal that would make the request
    #[arg(long, value_name = "ARN", requires_all = ["action", "resource"])]
    principal: Option<String>,
    /// Action of the request, e.g. ecr:PutImage
    #[arg(long, value_name = "ACTION", requires = "principal")]
    action: Option<String>,
    /// Resource of the request
    #[arg(long, value_name = "ARN", requires = "principal")]
    resource: Option<String>,
    /// Condition keys of the request; give a key twice for two values
    #[arg(long, value_name = "KEY=VALUE", num_args = 1.., requires = "principal")]
    context: Vec<ContextValue>,
    /// Print the whole answer as JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    reach: Reach,
}

#[derive(Subcommand)]
enum AboutImage {
    /// Explain which lifecycle rule keeps an image, and until when
    Kept(WhyImage),
    /// Explain by which lifecycle rule an image expired
    Expired(WhyImage),
    /// Explain which package of an image has a vulnerability, and which layer brought it
    Vulnerable(WhyVulnerable),
    /// Explain which vulnerabilities of an image the pull gate holds it back for
    Refused(WhyRefused),
}

/// One value of one condition key.
#[derive(Debug, Clone)]
struct ContextValue {
    key: String,
    value: String,
}

impl FromStr for ContextValue {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.split_once('=') {
            Some((key, value)) if !key.is_empty() => {
                Ok(Self { key: key.to_owned(), value: value.to_owned() })
            }
            _ => Err("expected KEY=VALUE, such as aws:SourceIp=10.0.0.1"),
        }
    }
}

impl Why {
    pub(super) fn run(self) -> ExitCode {
        match self.image {
            Some(AboutImage::Kept(image)) => return image.explain_kept(),
            Some(AboutImage::Expired(image)) => return image.explain_expired(),
            Some(AboutImage::Vulnerable(image)) => return image.explain(),
            Some(AboutImage::Refused(image)) => return image.explain(),
            None => {}
        }
        let asked = run(self.ask()).map(|mut answer| answer["Decision"].take());
        answer(asked, self.json, |decision| {
            (tell(decision), Verdict::of(&decision["Verdict"], "ALLOWED", "DENIED"))
        })
    }

    async fn ask(&self) -> Result<Value, ClientFailure> {
        if let Some(id) = &self.request_id {
            let input = json!({ "RequestId": id });
            return call(&self.reach, "Longshore_20261121.ExplainDecision", &input).await;
        }
        let mut input = json!({
            "PrincipalArn": self.principal,
            "Action": self.action,
            "ResourceArn": self.resource,
        });
        if !self.context.is_empty() {
            input["Context"] = context(&self.context);
        }
        call(&self.reach, "Longshore_20261121.ExplainAccess", &input).await
    }
}

/// Groups the values by key, ignoring the key's case.
fn context(values: &[ContextValue]) -> Value {
    let mut entries: Vec<(&str, Vec<&str>)> = Vec::new();
    for ContextValue { key, value } in values {
        match entries.iter_mut().find(|(known, _)| known.eq_ignore_ascii_case(key)) {
            Some((_, values)) => values.push(value),
            None => entries.push((key, vec![value])),
        }
    }
    let entry = |(key, values)| json!({ "Key": key, "Values": values });
    entries.into_iter().map(entry).collect()
}

/// Renders a decision for people to read.
fn tell(decision: &Value) -> String {
    let text = |key: &str| decision[key].as_str().unwrap_or_default();
    let mut told = match text("Sentence") {
        "" => String::new(),
        sentence => format!("{sentence}\n\n"),
    };
    #[rustfmt::skip]
    let lines = [
        ("verdict",     text("Verdict").to_ascii_lowercase()),
        ("because",     text("Reason").to_owned()),
        ("principal",   text("Principal").to_owned()),
        ("action",      text("Action").to_owned()),
        ("resource",    text("Resource").to_owned()),
        ("request id",  text("RequestId").to_owned()),
        ("enforcement", if text("Enforcement") == "audit" { "audit: denials are logged, not enforced".to_owned() } else { String::new() }),
    ];
    for (name, value) in lines.iter().filter(|(_, value)| !value.is_empty()) {
        let _ = writeln!(told, "{name:<12}{value}");
    }
    for entry in decision["Context"].as_array().into_iter().flatten() {
        let values = entry["Values"].as_array().into_iter().flatten().filter_map(Value::as_str);
        let values = values.collect::<Vec<_>>().join(", ");
        let _ =
            writeln!(told, "{:<12}{} = {values}", "context", entry["Key"].as_str().unwrap_or(""));
    }
    told.push_str(&tell_policies(decision["Policies"].as_array().map_or(&[], Vec::as_slice)));
    told
}

/// Renders the policies that were consulted, in columns, each with the statement that decided.
fn tell_policies(policies: &[Value]) -> String {
    if policies.is_empty() {
        return "no policy of this account was consulted\n".to_owned();
    }
    let cell = |policy: &Value, key: &str| policy[key].as_str().unwrap_or("").to_owned();
    let width = |key: &str| policies.iter().map(|policy| cell(policy, key).len()).max();
    let (kinds, names) = (width("Kind").unwrap_or(0), width("Name").unwrap_or(0));
    let mut told = "policies consulted\n".to_owned();
    for policy in policies {
        let (kind, name) = (cell(policy, "Kind"), cell(policy, "Name"));
        let statement = match cell(policy, "Statement") {
            statement if statement.is_empty() => String::new(),
            statement => format!(": {statement}"),
        };
        let outcome = cell(policy, "Outcome");
        let _ = writeln!(told, "  {kind:<kinds$}  {name:<names$}  {outcome}{statement}");
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decision_is_told() {
        let decision = json!({
            "RequestId": "r-1", "Verdict": "DENIED", "Enforcement": "enforce",
            "Principal": "arn:aws:iam::123456789012:user/kim", "Action": "ecr:PutImage",
            "Resource": "arn:aws:ecr:us-east-1:123456789012:repository/web",
            "Reason": "an explicit deny in an identity-based policy", "Sentence": "User: … is not authorized",
            "Policies": [
                { "Kind": "identity policy", "Name": "push", "Outcome": "denies", "Statement": "statement NotOnSundays" },
                { "Kind": "repository policy", "Name": "web", "Outcome": "says nothing" },
            ],
            "Context": [{ "Key": "aws:TagKeys", "Values": ["a", "b"] }],
        });
        let expected = "\
User: … is not authorized

verdict     denied
because     an explicit deny in an identity-based policy
principal   arn:aws:iam::123456789012:user/kim
action      ecr:PutImage
resource    arn:aws:ecr:us-east-1:123456789012:repository/web
request id  r-1
context     aws:TagKeys = a, b
policies consulted
  identity policy    push  denies: statement NotOnSundays
  repository policy  web   says nothing
";
        assert_eq!(tell(&decision), expected);
        let bare =
            json!({ "Verdict": "ALLOWED", "Reason": "the root user", "Enforcement": "audit" });
        let expected = "\
verdict     allowed
because     the root user
enforcement audit: denials are logged, not enforced
no policy of this account was consulted
";
        assert_eq!(tell(&bare), expected);
    }

    #[test]
    fn values_of_one_key_are_gathered() {
        let values = ["aws:TagKeys=a", "AWS:tagkeys=b=c", "k="].map(|text| text.parse().unwrap());
        let expected = json!([
            { "Key": "aws:TagKeys", "Values": ["a", "b=c"] },
            { "Key": "k", "Values": [""] },
        ]);
        assert_eq!(context(&values), expected);
        assert!("novalue".parse::<ContextValue>().is_err());
        assert!("=value".parse::<ContextValue>().is_err());
    }
}
