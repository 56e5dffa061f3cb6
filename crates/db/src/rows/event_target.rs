use names::{EventRuleName, RegistryId};

use crate::value::{self, Row, args};
use crate::{DbError, Tx};

/// A target of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventTargetRow {
    /// Its name within the rule.
    pub id: String,
    /// Where events go.
    pub arn: String,
    /// The rest of it: a JSON object, in EventBridge's spelling.
    pub parameters: String,
}

impl Tx<'_> {
    /// Makes a target of a rule, or sets all of it.
    pub fn put_event_target(
        &mut self,
        registry: &RegistryId,
        rule: &EventRuleName,
        new: &EventTargetRow,
    ) -> Result<(), DbError> {
        let EventTargetRow { id, arn, parameters } = new;
        self.send(
            "INSERT INTO event_target (account, region, rule, id, arn, parameters)
             VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (account, region, rule, id) DO UPDATE SET arn = excluded.arn,
                 parameters = excluded.parameters",
            args![&registry.account, &registry.region, rule, id, arn, parameters],
        )
    }

    /// The targets of a rule by id, from after `after` on.
    pub fn list_event_targets(
        &mut self,
        registry: &RegistryId,
        rule: &EventRuleName,
        after: &str,
        limit: u32,
    ) -> Result<Vec<EventTargetRow>, DbError> {
        self.rows(
            "SELECT id, arn, parameters FROM event_target
             WHERE account = $1 AND region = $2 AND rule = $3 AND id > $4
             ORDER BY id LIMIT $5",
            args![&registry.account, &registry.region, rule, value::after(after), i64::from(limit)],
            |row| read(row, 0),
        )
    }

    /// The rules that have a target with this ARN, by name, from after `after` on.
    pub fn list_rules_of_event_target(
        &mut self,
        registry: &RegistryId,
        arn: &str,
        after: &str,
        limit: u32,
    ) -> Result<Vec<EventRuleName>, DbError> {
        self.rows(
            "SELECT DISTINCT rule FROM event_target
             WHERE account = $1 AND region = $2 AND arn = $3 AND rule > $4
             ORDER BY rule LIMIT $5",
            args![&registry.account, &registry.region, arn, value::after(after), i64::from(limit)],
            |row| row.word(0, "event_target.rule"),
        )
    }

    /// The targets of all rules of a registry, rule by rule, each with the name of its rule.
    pub fn list_all_event_targets(
        &mut self,
        registry: &RegistryId,
        limit: u32,
    ) -> Result<Vec<(EventRuleName, EventTargetRow)>, DbError> {
        self.rows(
            "SELECT rule, id, arn, parameters FROM event_target
             WHERE account = $1 AND region = $2
             ORDER BY rule, id LIMIT $3",
            args![&registry.account, &registry.region, i64::from(limit)],
            |row| Ok((row.word(0, "event_target.rule")?, read(row, 1)?)),
        )
    }

    /// Deletes a target of a rule; `false` if there is none of this id.
    pub fn delete_event_target(
        &mut self,
        registry: &RegistryId,
        rule: &EventRuleName,
        id: &str,
    ) -> Result<bool, DbError> {
        let deleted = self.execute(
            "DELETE FROM event_target
             WHERE account = $1 AND region = $2 AND rule = $3 AND id = $4",
            args![&registry.account, &registry.region, rule, id],
        )?;
        Ok(deleted == 1)
    }
}

fn read(row: &Row<'_>, from: usize) -> Result<EventTargetRow, DbError> {
    Ok(EventTargetRow {
        id: row.text(from, "event_target.id")?,
        arn: row.text(from + 1, "event_target.arn")?,
        parameters: row.text(from + 2, "event_target.parameters")?,
    })
}
