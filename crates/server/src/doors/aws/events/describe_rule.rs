//! DescribeRule: a rule.

use identity::Caller;
use wire::aws::WireRefusal;
use wire::aws::events::{DescribeRuleRequest, DescribeRuleResponse};

use super::bus::DEFAULT;
use super::list_rules::written_state;
use super::rule::OnRule;
use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;

pub(in crate::doors::aws) struct DescribeRule;

impl Call for DescribeRule {
    type Input = DescribeRuleRequest;
    type Target = OnRule;
    type Output = DescribeRuleResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        OnRule::read(caller, input.event_bus_name.as_deref(), &input.name)
    }

    async fn act(
        context: &Context<'_>,
        rule: Self::Target,
        _input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        rule.require_bus()?;
        let found = context.operations().describe_rule(&rule.registry, &rule.name).await?;
        Ok(DescribeRuleResponse {
            arn: Some(found.name.arn(&rule.registry)),
            name: Some(found.name.to_string()),
            event_pattern: Some(found.pattern),
            state: Some(written_state(found.state)),
            description: found.description,
            role_arn: found.role,
            event_bus_name: Some(DEFAULT.to_owned()),
            created_by: Some(rule.registry.account.to_string()),
            ..DescribeRuleResponse::default()
        })
    }
}
