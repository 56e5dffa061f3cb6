use names::{AccountId, Region};

use super::malformed::MalformedTarget;

/// The longest ARN of a target.
const LENGTH_MAX: usize = 1_600;

/// Where a target's events go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// A place that the operator configured under this name: `…:api-destination/NAME`.
    Place(Box<str>),
    /// A queue of an SQS-compatible service.
    Queue(Box<str>),
    /// A topic of an SNS-compatible service.
    Topic(Box<str>),
    /// A bus of an EventBridge-compatible service.
    Bus(Box<str>),
}

impl Destination {
    /// The name of the operator's place that stands for it.
    pub fn place(&self) -> &str {
        match self {
            Self::Place(name) | Self::Queue(name) | Self::Topic(name) | Self::Bus(name) => name,
        }
    }
}

/// The ARN of a target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetArn {
    text: Box<str>,
    /// The account in it.
    pub account: AccountId,
    /// The Region in it.
    pub region: Region,
    /// What it names.
    pub destination: Destination,
}

impl TargetArn {
    /// Reads the ARN of something that events can be delivered to.
    pub fn parse(text: &str) -> Result<Self, MalformedTarget> {
        let invalid = |reason: &str| {
            let text: String = text.chars().take(LENGTH_MAX).collect();
            MalformedTarget(format!("Parameter {text} is not valid. Reason: {reason}."))
        };
        let format = || invalid("Provided Arn is not in correct format");
        let parts: Vec<&str> = text.splitn(6, ':').collect();
        let ["arn", "aws", service, region, account, resource] = parts[..] else {
            return Err(format());
        };
        let account = AccountId::parse(account).map_err(|_| format())?;
        let region = Region::parse(region).map_err(|_| format())?;
        let resource_name = |name: &str| is_name(name).then(|| name.into()).ok_or_else(format);
        let destination = match (service, resource.split_once('/')) {
            ("sqs", None) => Destination::Queue(resource_name(resource)?),
            ("sns", None) => Destination::Topic(resource_name(resource)?),
            ("events", Some(("event-bus", name))) => Destination::Bus(resource_name(name)?),
            ("events", Some(("api-destination", rest))) => {
                let (name, id) = rest.split_once('/').unwrap_or((rest, "id"));
                if !is_name(id) {
                    return Err(format());
                }
                Destination::Place(resource_name(name)?)
            }
            _ => {
                return Err(invalid(
                    "This registry delivers to API destinations, SQS queues, SNS topics and event \
                     buses",
                ));
            }
        };
        if text.len() > LENGTH_MAX {
            return Err(format());
        }
        Ok(Self { text: text.into(), account, region, destination })
    }

    /// As it was written.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

/// A name in an ARN: `.fifo` is a part of the names of queues and topics.
fn is_name(name: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    (1..=256).contains(&name.len()) && name.bytes().all(fits)
}
