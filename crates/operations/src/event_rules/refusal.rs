use std::fmt;

use names::EventRuleName;
use policy::event_pattern::MalformedPattern;
use policy::event_target::MalformedTarget;

/// Refusals about rules of events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EventRuleRefusal {
    /// There is no rule of this name.
    RuleNotFound(EventRuleName),
    /// The pattern is none.
    PatternMalformed(MalformedPattern),
    /// A target cannot be.
    TargetMalformed(MalformedTarget),
    /// An API destination is in another account or Region than the rule.
    TargetElsewhere(String),
    /// The registry has as many rules as may be, or the rule as many targets.
    TooMany,
    /// Events that cannot be delivered are kept here.
    DeadLettersElsewhere,
    /// The operator's place has its URL and headers.
    HttpParameters,
    /// A rule that has targets cannot be deleted.
    HasTargets,
    /// The event to be tested is none.
    EventMalformed(String),
}

impl fmt::Display for EventRuleRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::RuleNotFound(rule) => {
                write!(f, "Rule {rule} does not exist on EventBus default.")
            }
            Self::PatternMalformed(malformed) => malformed.fmt(f),
            Self::TargetMalformed(malformed) => malformed.fmt(f),
            Self::TargetElsewhere(arn) => write!(
                f,
                "Parameter {arn} is not valid. Reason: An API destination must be in the account \
                 and Region of its rule."
            ),
            Self::DeadLettersElsewhere => f.write_str(
                "Parameter DeadLetterConfig is not valid. Reason: This registry keeps the events \
                 that it cannot deliver; see longshore events dead-letters.",
            ),
            Self::HttpParameters => f.write_str(
                "Parameter HttpParameters is not valid. Reason: What a webhook is called with is \
                 in the URL of the place that the operator configured.",
            ),
            Self::TooMany => {
                f.write_str("The requested resource exceeds the maximum number allowed.")
            }
            Self::HasTargets => f.write_str("Rule can't be deleted since it has targets."),
            Self::EventMalformed(reason) => write!(f, "Event is not valid. Reason: {reason}"),
        }
    }
}
