//! ListRules: the rules of the caller's account and Region.

use identity::Caller;
use names::{AccountId, EventRuleState, RegistryId};
use operations::EventRule;
use wire::aws::WireRefusal;
use wire::aws::events::{ListRulesRequest, ListRulesResponse, Rule, RuleState};

use super::bus::{DEFAULT, require_default};
use super::lists::{after, pages};
use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;

pub(in crate::doors::aws) struct ListRules;

impl Call for ListRules {
    type Input = ListRulesRequest;
    type Target = AccountId;
    type Output = ListRulesResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        let _ = input;
        Ok(caller.account().clone())
    }

    async fn act(
        context: &Context<'_>,
        _account: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let ListRulesRequest { name_prefix, event_bus_name, next_token, limit } = input;
        let registry = context.caller.registry();
        require_default(&registry, event_bus_name.as_deref())?;
        let prefix = name_prefix.unwrap_or_default();
        let pages = pages(context, "ListRules", &prefix, limit);
        let after = after(&pages, next_token.as_deref())?;
        let rows = context.operations().list_rules(&registry, &prefix, after, pages.rows());
        let (rows, next_token) = pages.cut(rows.await?, |rule| rule.name.to_string());
        let rules = rows.into_iter().map(|rule| write(&registry, rule)).collect();
        Ok(ListRulesResponse { rules: Some(rules), next_token })
    }
}

fn write(registry: &RegistryId, rule: EventRule) -> Rule {
    Rule {
        arn: Some(rule.name.arn(registry)),
        name: Some(rule.name.to_string()),
        event_pattern: Some(rule.pattern),
        state: Some(written_state(rule.state)),
        description: rule.description,
        role_arn: rule.role,
        event_bus_name: Some(DEFAULT.to_owned()),
        ..Rule::default()
    }
}

pub(super) fn written_state(state: EventRuleState) -> RuleState {
    match state {
        EventRuleState::Enabled => RuleState::Enabled,
        EventRuleState::Disabled => RuleState::Disabled,
        EventRuleState::EnabledWithAllCalls => RuleState::EnabledWithAllCloudtrailManagementEvents,
    }
}
