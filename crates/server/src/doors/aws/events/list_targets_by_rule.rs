//! ListTargetsByRule: the targets of a rule.

use identity::Caller;
use operations::{EventTargetRow, Fault};
use serde_json::{Map, Value};
use wire::aws::WireRefusal;
use wire::aws::events::{
    ListTargetsByRuleRequest, ListTargetsByRuleResponse, Target as WireTarget,
};

use super::lists::{after, pages};
use super::rule::OnRule;
use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;

pub(in crate::doors::aws) struct ListTargetsByRule;

impl Call for ListTargetsByRule {
    type Input = ListTargetsByRuleRequest;
    type Target = OnRule;
    type Output = ListTargetsByRuleResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        OnRule::read(caller, input.event_bus_name.as_deref(), &input.rule)
    }

    async fn act(
        context: &Context<'_>,
        rule: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        rule.require_bus()?;
        let pages = pages(context, "ListTargetsByRule", rule.name.as_str(), input.limit);
        let after = after(&pages, input.next_token.as_deref())?;
        let (registry, name) = (&rule.registry, &rule.name);
        let rows = context.operations().list_targets_by_rule(registry, name, after, pages.rows());
        let (rows, next_token) = pages.cut(rows.await?, |target| target.id.clone());
        let targets = rows.into_iter().map(write).collect::<Result<_, _>>()?;
        Ok(ListTargetsByRuleResponse { targets: Some(targets), next_token })
    }
}

/// As it was put.
fn write(row: EventTargetRow) -> Result<WireTarget, Refused> {
    let EventTargetRow { id, arn, parameters } = row;
    let corrupt = |error: serde_json::Error| Refused::Fault(Fault::Corrupt(error.into()));
    let mut members: Map<String, Value> = serde_json::from_str(&parameters).map_err(corrupt)?;
    members.insert("Id".to_owned(), id.into());
    members.insert("Arn".to_owned(), arn.into());
    serde_json::from_value(Value::Object(members)).map_err(corrupt)
}
