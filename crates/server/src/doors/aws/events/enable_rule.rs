//! EnableRule: matches a rule with events again.

use identity::Caller;
use wire::aws::WireRefusal;
use wire::aws::events::EnableRuleRequest;

use super::done::Done;
use super::rule::OnRule;
use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;

pub(in crate::doors::aws) struct EnableRule;

impl Call for EnableRule {
    type Input = EnableRuleRequest;
    type Target = OnRule;
    type Output = Done;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        OnRule::read(caller, input.event_bus_name.as_deref(), &input.name)
    }

    async fn act(
        context: &Context<'_>,
        rule: Self::Target,
        _input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        rule.require_bus()?;
        context.operations().enable_rule(&rule.registry, &rule.name).await?;
        Ok(Done {})
    }
}
