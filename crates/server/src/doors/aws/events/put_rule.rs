//! PutRule: makes a rule, or sets all of it.

use identity::Caller;
use names::EventRuleState;
use operations::NewEventRule;
use wire::aws::events::{PutRuleRequest, PutRuleResponse, RuleState};
use wire::aws::{FrontDoor, WireRefusal};

use super::rule::OnRule;
use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;

pub(in crate::doors::aws) struct PutRule;

impl Call for PutRule {
    type Input = PutRuleRequest;
    type Target = OnRule;
    type Output = PutRuleResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        OnRule::read(caller, input.event_bus_name.as_deref(), &input.name)
    }

    async fn act(
        context: &Context<'_>,
        rule: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        rule.require_bus()?;
        let refuse = |text: &str| Refused::from(WireRefusal::new(FrontDoor::Validation, text));
        let PutRuleRequest { schedule_expression, event_pattern, state, description, .. } = input;
        if schedule_expression.is_some() {
            return Err(refuse("ScheduleExpression is not supported by this registry."));
        }
        if input.tags.is_some_and(|tags| !tags.is_empty()) {
            return Err(refuse("Tags of rules are not supported by this registry."));
        }
        let Some(pattern) = event_pattern else {
            return Err(refuse(
                "Parameter(s) EventPattern or ScheduleExpression must be specified.",
            ));
        };
        let state = match state {
            None | Some(RuleState::Enabled) => EventRuleState::Enabled,
            Some(RuleState::Disabled) => EventRuleState::Disabled,
            Some(RuleState::EnabledWithAllCloudtrailManagementEvents) => {
                EventRuleState::EnabledWithAllCalls
            }
        };
        let role_arn = input.role_arn;
        let new =
            NewEventRule { name: rule.name.clone(), pattern, state, description, role: role_arn };
        context.operations().put_rule(&rule.registry, new).await?;
        Ok(PutRuleResponse { rule_arn: Some(rule.name.arn(&rule.registry)) })
    }
}
