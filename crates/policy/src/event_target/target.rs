use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Map, Value};

use super::arn::{Destination, TargetArn};
use super::delivered::Delivered;
use super::malformed::MalformedTarget;
use super::path::Path;
use super::template::Template;

/// How long a delivery is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryPolicy {
    /// How often it is tried again.
    pub attempts_max: u32,
    /// How old an event may be that is still tried.
    pub age_max: Duration,
}

/// EventBridge's own.
impl Default for RetryPolicy {
    fn default() -> Self {
        Self { attempts_max: 185, age_max: Duration::from_hours(24) }
    }
}

/// What a webhook gets beside the body.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HttpParameters {
    /// What stands for each `*` of the URL's path.
    pub path_values: Vec<String>,
    /// Further headers.
    pub headers: BTreeMap<String, String>,
    /// Further parameters of the URL's query.
    pub query: BTreeMap<String, String>,
}

/// A target of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventTarget {
    /// Its name within the rule.
    pub id: String,
    /// Where it is.
    pub arn: TargetArn,
    /// How long deliveries are tried.
    pub retry: RetryPolicy,
    /// The queue for events that could not be delivered.
    pub dead_letters: Option<TargetArn>,
    /// The group of messages of a queue.
    pub message_group: Option<String>,
    /// What a webhook gets.
    pub http: HttpParameters,
    input: Input,
}

/// What is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Input {
    Event,
    Constant(String),
    Part(Path),
    Template(Template),
}

impl EventTarget {
    /// Reads a target: its parameters are those of EventBridge's `Target`, beside `Id` and `Arn`.
    /// Unknown ones are those of other services, and mean nothing here.
    pub fn read(
        id: &str,
        arn: &str,
        parameters: &Map<String, Value>,
    ) -> Result<Self, MalformedTarget> {
        let parameter = |name: &str| parameters.get(name).unwrap_or(&Value::Null);
        let dead_letters = parameter("DeadLetterConfig")["Arn"].as_str();
        let dead_letters = dead_letters.map(TargetArn::parse).transpose()?;
        if let Some(arn) = &dead_letters
            && !matches!(arn.destination, Destination::Queue(_))
        {
            let text = "is not valid. Reason: Provided Arn is not in correct format.";
            return Err(MalformedTarget(format!("Parameter {} {text}", arn.as_str())));
        }
        Ok(Self {
            id: id.to_owned(),
            arn: TargetArn::parse(arn)?,
            retry: read_retry(parameter("RetryPolicy")),
            dead_letters,
            message_group: text(&parameter("SqsParameters")["MessageGroupId"]),
            http: read_http(parameter("HttpParameters")),
            input: read_input(id, parameters)?,
        })
    }

    /// What is sent of an event. `written` is the event as text, to be sent as it is.
    pub fn body(&self, delivered: &Delivered<'_>, written: &str) -> String {
        match &self.input {
            Input::Event => written.to_owned(),
            Input::Constant(text) => text.clone(),
            Input::Part(path) => {
                path.find(delivered.event).map_or_else(|| "null".to_owned(), Value::to_string)
            }
            Input::Template(template) => template.fill(delivered),
        }
    }
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

fn read_retry(policy: &Value) -> RetryPolicy {
    let own = RetryPolicy::default();
    let number = |name: &str| policy[name].as_u64();
    let attempts = number("MaximumRetryAttempts").and_then(|count| u32::try_from(count).ok());
    RetryPolicy {
        attempts_max: attempts.unwrap_or(own.attempts_max),
        age_max: number("MaximumEventAgeInSeconds").map_or(own.age_max, Duration::from_secs),
    }
}

fn read_http(parameters: &Value) -> HttpParameters {
    let texts = |name: &str| {
        let members = parameters[name].as_object().into_iter().flatten();
        members.filter_map(|(name, value)| Some((name.clone(), text(value)?))).collect()
    };
    let values = parameters["PathParameterValues"].as_array().into_iter().flatten();
    HttpParameters {
        path_values: values.filter_map(text).collect(),
        headers: texts("HeaderParameters"),
        query: texts("QueryStringParameters"),
    }
}

fn read_input(id: &str, parameters: &Map<String, Value>) -> Result<Input, MalformedTarget> {
    let refuse = |text: String| Err(MalformedTarget(text));
    let names = ["Input", "InputPath", "InputTransformer"];
    let given: Vec<&str> = names
        .into_iter()
        .filter(|name| parameters.get(*name).is_some_and(|v| !v.is_null()))
        .collect();
    let [name] = given[..] else {
        return match given[..] {
            [] => Ok(Input::Event),
            _ => refuse(format!(
                "Only one of Input, InputPath, or InputTransformer must be provided for target {id}."
            )),
        };
    };
    let value = &parameters[name];
    match (name, value.as_str()) {
        ("Input", Some(text)) if serde_json::from_str::<Value>(text).is_ok() => {
            Ok(Input::Constant(text.to_owned()))
        }
        ("Input", _) => refuse(format!("JSON syntax error in input for target {id}.")),
        ("InputPath", path) => match path.and_then(Path::parse) {
            Some(path) => Ok(Input::Part(path)),
            None => refuse(format!("Invalid InputPath for target {id}.")),
        },
        _ => read_transformer(id, value),
    }
}

fn read_transformer(id: &str, transformer: &Value) -> Result<Input, MalformedTarget> {
    let refuse = |text: String| Err(MalformedTarget(text));
    let mut paths = BTreeMap::new();
    for (name, path) in transformer["InputPathsMap"].as_object().into_iter().flatten() {
        if name.to_ascii_lowercase().starts_with("aws") {
            return refuse(format!(
                "InputPathsMap for target {id} contains the name {name}: names that begin with AWS \
                 are reserved."
            ));
        }
        let Some(path) = path.as_str().and_then(Path::parse) else {
            return refuse(format!("Invalid InputPathsMap for target {id} at key {name}."));
        };
        paths.insert(name.as_str().into(), path);
    }
    let template = transformer["InputTemplate"].as_str().unwrap_or_default();
    match Template::parse(template, paths) {
        Ok(template) => Ok(Input::Template(template)),
        Err(name) => refuse(format!(
            "Invalid InputTemplate for target {id} : <{name}> is not defined in InputPathsMap."
        )),
    }
}
