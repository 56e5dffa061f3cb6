//! Texts that both explanations share.

use policy::{DECISION_STEPS_MAX, Deciding, Decision, Explanation, Layer, Reason, Span};
use wire::aws::longshore::{ContextEntry, Enforcement, PolicyLookedAt};

use crate::guard::{RequestFrom, RequestKeys};

pub(super) fn enforcement(is_enforced: bool) -> Enforcement {
    if is_enforced { Enforcement::Enforce } else { Enforcement::Audit }
}

/// The suffix of a reason whose explanation is too large to be kept, or takes too much work.
pub(super) const CUT: &str = " (shortened: not all policies and values are shown)";

/// Why it was decided so, in a few words.
pub(super) fn reason(decision: &Decision) -> String {
    let by = |layer: Layer| {
        let policy = decision
            .deciding
            .as_ref()
            .map(|deciding| format!(" ({}, {})", deciding.name, statement(deciding)));
        format!("{}{}", layer.as_str(), policy.unwrap_or_default())
    };
    match decision.reason {
        Reason::Root => "the account owns the resource, and nothing denies it".to_owned(),
        Reason::AllowedBy(layer) => format!("allowed by {}", by(layer)),
        Reason::DeniedBy(layer) => format!("explicitly denied by {}", by(layer)),
        Reason::NothingAllowsIn(layer) => format!("no {} allows it", layer.as_str()),
        Reason::TooMuchWork(layer) => format!(
            "denied unread: {} takes more than {DECISION_STEPS_MAX} steps to evaluate",
            by(layer)
        ),
    }
}

/// The statement, by its id if it has one, and its position in the policy's text.
fn statement(deciding: &Deciding) -> String {
    let Span { start, end: _ } = deciding.span;
    let name = match &deciding.sid {
        Some(sid) => format!("statement '{sid}'"),
        None => format!("statement {}", deciding.index + 1),
    };
    format!("{name} at line {}, column {}", start.line, start.column)
}

/// The consulted policies, as far as the account may see them.
pub(super) fn policies(
    explanation: &Explanation,
    sees: impl Fn(Layer) -> bool,
) -> Vec<PolicyLookedAt> {
    let looked_at = explanation.looked_at.iter().filter(|looked_at| sees(looked_at.layer));
    looked_at
        .map(|looked_at| {
            let matched = explanation.matched.iter().map(|matched| &matched.statement);
            let statements: Vec<String> = matched
                .filter(|deciding| {
                    deciding.layer == looked_at.layer
                        && deciding.source == looked_at.source
                        && deciding.name == looked_at.name
                })
                .map(statement)
                .collect();
            PolicyLookedAt {
                kind: Some(looked_at.layer.as_str().to_owned()),
                name: Some(looked_at.name.to_string()),
                outcome: Some(looked_at.verdict.as_str().to_owned()),
                statement: (!statements.is_empty()).then(|| statements.join(", ")),
            }
        })
        .collect()
}

/// The condition keys of the request.
pub(super) fn context_of(from: &RequestFrom, keys: &RequestKeys) -> Vec<ContextEntry> {
    let RequestFrom { id: _, at: _, address, is_secure, user_agent, referer } = from;
    let entry = |key: &str, values: Vec<String>| ContextEntry { key: key.to_owned(), values };
    let mut entries = vec![entry("aws:SecureTransport", vec![is_secure.to_string()])];
    entries.extend(address.map(|address| entry("aws:SourceIp", vec![address.to_string()])));
    for (key, header) in [("aws:UserAgent", user_agent), ("aws:referer", referer)] {
        entries.extend(header.iter().map(|text| entry(key, vec![text.to_string()])));
    }
    entries.extend(keys.single().iter().map(|(key, value)| entry(key, vec![value.clone()])));
    entries.extend(keys.many().iter().map(|(key, values)| entry(key, values.clone())));
    entries.extend(keys.all_tag_keys().map(|keys| entry("aws:TagKeys", keys.to_vec())));
    entries
}
