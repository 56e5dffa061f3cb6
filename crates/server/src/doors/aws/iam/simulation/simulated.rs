//! Reads and writes simulations.

use ::iam::{ContextEntry, Simulated, SimulatedPage};
use names::AccountId;
use policy::{Effect, Layer, Position, Verdict};
use wire::aws::iam::{
    self, ContextKeyTypeEnum, EvaluationResult, Exception, PermissionsBoundaryDecisionDetail,
    PolicyEvaluationDecisionType, SimulatePolicyResponse, Statement,
};
use wire::aws::{QueryDoor, WireRefusal};

use crate::doors::aws::pages::{LIMIT, limit};

/// The results of a simulation, in pages: a marker says how many were shown.
pub(super) struct Results {
    pub(super) skip: usize,
    limit: usize,
}

impl Results {
    /// The page that an input asks for.
    pub(super) fn new(marker: Option<&str>, max_items: Option<i64>) -> Result<Self, WireRefusal> {
        let invalid = |_| WireRefusal::new(QueryDoor::ValidationError, "Invalid Marker.");
        let skip = marker.map(str::parse).transpose().map_err(invalid)?.unwrap_or_default();
        Ok(Self { skip, limit: limit(max_items, LIMIT) as usize })
    }

    /// How many results the page shows at most.
    pub(super) fn rows(&self) -> usize {
        self.limit
    }
}

pub(super) fn write(page: SimulatedPage) -> SimulatePolicyResponse {
    let SimulatedPage { results, next } = page;
    SimulatePolicyResponse {
        evaluation_results: Some(results.into_iter().map(result).collect()),
        is_truncated: Some(next.is_some()),
        marker: next.map(|shown| shown.to_string()),
    }
}

/// The owner of the resource, as an account's number or the ARN of its root.
pub(super) fn owner(owner: Option<&str>) -> Result<Option<AccountId>, WireRefusal> {
    let Some(owner) = owner else { return Ok(None) };
    let id = owner.strip_prefix("arn:aws:iam::").and_then(|rest| rest.strip_suffix(":root"));
    AccountId::parse(id.unwrap_or(owner)).map(Some).map_err(|_| {
        WireRefusal::new(Exception::InvalidInput, format!("Invalid Resource Owner: {owner}"))
    })
}

/// Condition keys and their values. An entry without a key has no effect.
pub(super) fn context(entries: Option<Vec<iam::ContextEntry>>) -> Vec<ContextEntry> {
    let read = |entry: iam::ContextEntry| {
        let key = entry.context_key_name?;
        let values = entry.context_key_values.unwrap_or_default();
        Some(ContextEntry { key, values, is_list: entry.context_key_type.is_some_and(is_list) })
    };
    entries.unwrap_or_default().into_iter().filter_map(read).collect()
}

fn is_list(kind: ContextKeyTypeEnum) -> bool {
    match kind {
        ContextKeyTypeEnum::StringList
        | ContextKeyTypeEnum::NumericList
        | ContextKeyTypeEnum::BooleanList
        | ContextKeyTypeEnum::IpList
        | ContextKeyTypeEnum::BinaryList
        | ContextKeyTypeEnum::DateList => true,
        ContextKeyTypeEnum::String
        | ContextKeyTypeEnum::Numeric
        | ContextKeyTypeEnum::Boolean
        | ContextKeyTypeEnum::Ip
        | ContextKeyTypeEnum::Binary
        | ContextKeyTypeEnum::Date => false,
    }
}

fn result(simulated: Simulated) -> EvaluationResult {
    let Simulated { action, resource, explanation } = simulated;
    let verdict = explanation.decision.verdict;
    let decides = |effect: Effect| match verdict {
        Verdict::Allowed => effect == Effect::Allow,
        Verdict::ExplicitDeny => effect == Effect::Deny,
        Verdict::ImplicitDeny => false,
    };
    let matched = explanation.matched.iter().filter(|matched| decides(matched.effect));
    let statements = matched.map(|matched| {
        let deciding = &matched.statement;
        Statement {
            source_policy_id: Some(deciding.name.to_string()),
            source_policy_type: Some(deciding.source.simulation_type().to_owned()),
            start_position: Some(position(&deciding.span.start)),
            end_position: Some(position(&deciding.span.end)),
        }
    });
    let mut layers = explanation.layers.iter();
    let boundary = layers.find(|outcome| outcome.layer == Layer::Boundary);
    EvaluationResult {
        eval_action_name: action,
        eval_resource_name: Some(resource),
        eval_decision: match verdict {
            Verdict::Allowed => PolicyEvaluationDecisionType::Allowed,
            Verdict::ExplicitDeny => PolicyEvaluationDecisionType::ExplicitDeny,
            Verdict::ImplicitDeny => PolicyEvaluationDecisionType::ImplicitDeny,
        },
        matched_statements: Some(statements.collect()),
        missing_context_values: Some(explanation.missing_context.clone()),
        organizations_decision_detail: None,
        permissions_boundary_decision_detail: boundary.map(|outcome| {
            let allowed = outcome.verdict == Verdict::Allowed;
            PermissionsBoundaryDecisionDetail { allowed_by_permissions_boundary: Some(allowed) }
        }),
        eval_decision_details: None,
        resource_specific_results: None,
    }
}

fn position(position: &Position) -> iam::Position {
    iam::Position { line: Some(count(position.line)), column: Some(count(position.column)) }
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
