use names::{EventRuleName, EventRuleState, RegistryId, Timestamp};

use crate::value::{self, Row, args};
use crate::{DbError, Tx};

/// A rule of the bus `default`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventRule {
    /// Its name.
    pub name: EventRuleName,
    /// Which events it is about, as EventBridge writes patterns.
    pub pattern: String,
    /// Whether it is matched with events.
    pub state: EventRuleState,
    /// What it is for.
    pub description: Option<String>,
    /// The role that it names, which nothing here assumes.
    pub role: Option<String>,
    /// When it was made.
    pub created_at: Timestamp,
}

impl Tx<'_> {
    /// Makes a rule, or sets all of it but the time when it was made.
    pub fn put_event_rule(
        &mut self,
        registry: &RegistryId,
        new: &EventRule,
    ) -> Result<(), DbError> {
        let EventRule { name, pattern, state, description, role, created_at } = new;
        self.send(
            "INSERT INTO event_rule
                 (account, region, name, pattern, state, description, role, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
             ON CONFLICT (account, region, name) DO UPDATE SET pattern = excluded.pattern,
                 state = excluded.state, description = excluded.description,
                 role = excluded.role",
            args![
                &registry.account,
                &registry.region,
                name,
                pattern,
                state.as_str(),
                description.as_deref(),
                role.as_deref(),
                *created_at,
            ],
        )
    }

    /// The rule of this name.
    pub fn find_event_rule(
        &mut self,
        registry: &RegistryId,
        name: &EventRuleName,
    ) -> Result<Option<EventRule>, DbError> {
        self.row(
            "SELECT name, pattern, state, description, role, created_at FROM event_rule
             WHERE account = $1 AND region = $2 AND name = $3",
            args![&registry.account, &registry.region, name],
            read,
        )
    }

    /// Rules by name, from after `after` on.
    pub fn list_event_rules(
        &mut self,
        registry: &RegistryId,
        after: &str,
        limit: u32,
    ) -> Result<Vec<EventRule>, DbError> {
        self.rows(
            "SELECT name, pattern, state, description, role, created_at FROM event_rule
             WHERE account = $1 AND region = $2 AND name > $3
             ORDER BY name LIMIT $4",
            args![&registry.account, &registry.region, value::after(after), i64::from(limit)],
            read,
        )
    }

    /// Sets the state of a rule; `false` if there is none of this name.
    pub fn put_event_rule_state(
        &mut self,
        registry: &RegistryId,
        name: &EventRuleName,
        state: EventRuleState,
    ) -> Result<bool, DbError> {
        let changed = self.execute(
            "UPDATE event_rule SET state = $4 WHERE account = $1 AND region = $2 AND name = $3",
            args![&registry.account, &registry.region, name, state.as_str()],
        )?;
        Ok(changed == 1)
    }

    /// Deletes a rule. Its targets are gone already.
    pub fn delete_event_rule(
        &mut self,
        registry: &RegistryId,
        name: &EventRuleName,
    ) -> Result<(), DbError> {
        self.send(
            "DELETE FROM event_rule WHERE account = $1 AND region = $2 AND name = $3",
            args![&registry.account, &registry.region, name],
        )
    }
}

fn read(row: &Row<'_>) -> Result<EventRule, DbError> {
    Ok(EventRule {
        name: row.word(0, "event_rule.name")?,
        pattern: row.text(1, "event_rule.pattern")?,
        state: row.word(2, "event_rule.state")?,
        description: row.maybe_text(3, "event_rule.description")?,
        role: row.maybe_text(4, "event_rule.role")?,
        created_at: row.moment(5, "event_rule.created_at")?,
    })
}
