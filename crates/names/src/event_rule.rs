//! The names and states of EventBridge's rules.

use crate::malformed::{choice, word};
use crate::{Malformed, RegistryId};

/// The longest name of a rule.
const LENGTH_MAX: usize = 64;

/// The name of a rule, e.g. `pushes`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventRuleName(Box<str>);
word!(EventRuleName);

impl EventRuleName {
    /// Reads letters, digits and `.-_`.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        let allowed = |b: u8| b.is_ascii_alphanumeric() || b".-_".contains(&b);
        let fits = (1..=LENGTH_MAX).contains(&text.len()) && text.bytes().all(allowed);
        if fits { Ok(Self(text.into())) } else { Err(Malformed("the name of a rule")) }
    }

    /// The ARN of the rule of this name on the bus `default` of an account in a Region.
    pub fn arn(&self, registry: &RegistryId) -> String {
        let RegistryId { account, region } = registry;
        format!("arn:aws:events:{region}:{account}:rule/{self}")
    }
}

choice! {
    /// Whether a rule is matched with events.
    EventRuleState "the state of a rule" {
        /// It is.
        Enabled = "ENABLED",
        /// It is not.
        Disabled = "DISABLED",
        /// It is, also with records of calls that only read.
        EnabledWithAllCalls = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS",
    }
}
