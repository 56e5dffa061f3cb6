//! ListRuleNamesByTarget: the rules that send events to a target.

use identity::Caller;
use names::{AccountId, EventRuleName};
use wire::aws::WireRefusal;
use wire::aws::events::{ListRuleNamesByTargetRequest, ListRuleNamesByTargetResponse};

use super::bus::require_default;
use super::lists::{after, pages};
use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;

pub(in crate::doors::aws) struct ListRuleNamesByTarget;

impl Call for ListRuleNamesByTarget {
    type Input = ListRuleNamesByTargetRequest;
    type Target = AccountId;
    type Output = ListRuleNamesByTargetResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        let _ = input;
        Ok(caller.account().clone())
    }

    async fn act(
        context: &Context<'_>,
        _account: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let ListRuleNamesByTargetRequest { target_arn, event_bus_name, next_token, limit } = input;
        let registry = context.caller.registry();
        require_default(&registry, event_bus_name.as_deref())?;
        let pages = pages(context, "ListRuleNamesByTarget", &target_arn, limit);
        let after = after(&pages, next_token.as_deref())?;
        let operations = context.operations();
        let rows =
            operations.list_rule_names_by_target(&registry, &target_arn, after, pages.rows());
        let (rows, next_token) = pages.cut(rows.await?, EventRuleName::to_string);
        let names = rows.iter().map(EventRuleName::to_string).collect();
        Ok(ListRuleNamesByTargetResponse { rule_names: Some(names), next_token })
    }
}
