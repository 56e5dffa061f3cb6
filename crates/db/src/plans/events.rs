//! Statements about rules and their targets.

use names::{EventRuleName, EventRuleState};

use super::samples::{PAGE, now, registry};
use crate::{DbError, EventRule, EventTargetRow, Tx};

pub(super) fn run_statements_about_event_rules(tx: &mut Tx<'_>) -> Result<(), DbError> {
    let name = EventRuleName::parse("pushes").unwrap();
    tx.put_event_rule(
        &registry(),
        &EventRule {
            name: name.clone(),
            pattern: "{}".to_owned(),
            state: EventRuleState::Enabled,
            description: None,
            role: None,
            created_at: now(),
        },
    )?;
    let target =
        EventTargetRow { id: "a".to_owned(), arn: "b".to_owned(), parameters: "{}".to_owned() };
    tx.put_event_target(&registry(), &name, &target)?;
    tx.find_event_rule(&registry(), &name)?;
    tx.list_event_rules(&registry(), "a", PAGE)?;
    tx.put_event_rule_state(&registry(), &name, EventRuleState::Disabled)?;
    tx.list_event_targets(&registry(), &name, "a", PAGE)?;
    tx.list_rules_of_event_target(&registry(), "b", "a", PAGE)?;
    tx.list_all_event_targets(&registry(), PAGE)?;
    tx.delete_event_target(&registry(), &name, "a")?;
    tx.delete_event_rule(&registry(), &name)
}
