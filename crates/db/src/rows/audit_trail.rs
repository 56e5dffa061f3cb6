use names::{AccountId, Region, RegistryId, Timestamp, Uuid};

use crate::value::{Row, Value, args, as_slices};
use crate::{DbError, Tx};

/// The trail that records are delivered to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditTrail {
    /// Its name.
    pub name: String,
    /// The Region that its ARN names.
    pub home_region: Region,
    /// The bucket that its files name.
    pub bucket: String,
    /// What the keys of its files begin with, without a slash at the end; it may be empty.
    pub prefix: String,
    /// Since when there is one.
    pub begun_at: Timestamp,
}

/// A record that no log file has yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UndeliveredRecord {
    /// Its row.
    pub id: i64,
    /// From when on a log file may have it. It changes with the record.
    pub due_at: Timestamp,
    /// When the event happened.
    pub happened_at: Timestamp,
    /// The record.
    pub text: String,
}

impl Tx<'_> {
    /// The trail, if there is one.
    pub fn find_audit_trail(&mut self) -> Result<Option<AuditTrail>, DbError> {
        self.row(
            "SELECT name, home_region, bucket, prefix, begun_at FROM audit_trail WHERE id = 1",
            args![],
            |row| {
                Ok(AuditTrail {
                    name: row.text(0, "audit_trail.name")?,
                    home_region: row.word(1, "audit_trail.home_region")?,
                    bucket: row.text(2, "audit_trail.bucket")?,
                    prefix: row.text(3, "audit_trail.prefix")?,
                    begun_at: row.moment(4, "audit_trail.begun_at")?,
                })
            },
        )
    }

    /// From now on records are delivered there.
    pub fn put_audit_trail(&mut self, trail: &AuditTrail) -> Result<(), DbError> {
        let AuditTrail { name, home_region, bucket, prefix, begun_at } = trail;
        self.send(
            "INSERT INTO audit_trail (id, name, home_region, bucket, prefix, begun_at)
             VALUES (1, $1, $2, $3, $4, $5)
             ON CONFLICT (id) DO UPDATE SET name = excluded.name,
                 home_region = excluded.home_region, bucket = excluded.bucket,
                 prefix = excluded.prefix, begun_at = excluded.begun_at",
            args![name, home_region, bucket, prefix, *begun_at],
        )
    }

    /// From now on records are not delivered.
    pub fn delete_audit_trail(&mut self) -> Result<(), DbError> {
        self.send("DELETE FROM audit_trail WHERE id = 1", args![])
    }

    /// Lets the record of a call that has ended be delivered, or delivered again.
    pub fn release_audit_record(
        &mut self,
        registry: &RegistryId,
        event_id: &Uuid,
    ) -> Result<(), DbError> {
        let RegistryId { account, region } = registry;
        self.send(
            "INSERT INTO audit_undelivered (record, account, region, due_at)
             SELECT r.id, r.account, r.region, r.happened_at FROM audit_record r
             WHERE r.account = $1 AND r.region = $2 AND r.event_id = $3
                 AND EXISTS (SELECT 1 FROM audit_trail t WHERE t.id = 1)
             ON CONFLICT (record) DO UPDATE SET due_at = excluded.due_at",
            args![account, region, event_id],
        )
    }

    /// The first registry behind this one that has records which no log file has, and when the
    /// oldest of them may have one.
    pub fn find_undelivered_registry(
        &mut self,
        after: Option<&RegistryId>,
    ) -> Result<Option<(RegistryId, Timestamp)>, DbError> {
        let (account, region) = names_of(after);
        self.row(
            "SELECT account, region, due_at FROM audit_undelivered
             WHERE (account, region) > ($1, $2)
             ORDER BY account, region, due_at, record LIMIT 1",
            args![account, region],
            |row| Ok((registry(row)?, row.moment(2, "audit_undelivered.due_at")?)),
        )
    }

    /// Records that may be delivered, the oldest first.
    pub fn list_undelivered_records(
        &mut self,
        registry: &RegistryId,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<UndeliveredRecord>, DbError> {
        let RegistryId { account, region } = registry;
        self.rows(
            "SELECT r.id, u.due_at, r.happened_at, r.record FROM audit_undelivered u
             JOIN audit_record r ON r.id = u.record
             WHERE u.account = $1 AND u.region = $2 AND u.due_at <= $3
             ORDER BY u.due_at, u.record LIMIT $4",
            args![account, region, now, i64::from(limit)],
            |row| {
                Ok(UndeliveredRecord {
                    id: row.int(0, "audit_record.id")?,
                    due_at: row.moment(1, "audit_undelivered.due_at")?,
                    happened_at: row.moment(2, "audit_record.happened_at")?,
                    text: row.text(3, "audit_record.record")?,
                })
            },
        )
    }

    /// These records, by their rows and the moments at which they may be delivered, are in a log
    /// file. Says whether all of them were still to be delivered, and had not changed.
    pub fn delete_undelivered_records(
        &mut self,
        records: &[(i64, Timestamp)],
    ) -> Result<bool, DbError> {
        let each: Vec<[Value<'_>; 2]> =
            records.iter().map(|(id, due_at)| [(*id).into(), (*due_at).into()]).collect();
        let deleted = self.row_of_each(
            "DELETE FROM audit_undelivered WHERE record = $1 AND due_at = $2 RETURNING record",
            &as_slices(&each),
            |row| row.int(0, "audit_undelivered.record"),
        )?;
        Ok(deleted.iter().all(Option::is_some))
    }

    /// Forgets that some records are to be delivered. Says whether there may be more.
    pub fn drop_undelivered_records(&mut self, limit: u32) -> Result<bool, DbError> {
        let dropped = self.execute(
            "DELETE FROM audit_undelivered WHERE record IN
                 (SELECT record FROM audit_undelivered WHERE record > 0 ORDER BY record LIMIT $1)",
            args![i64::from(limit)],
        )?;
        Ok(dropped == limit as usize)
    }
}

/// What comes before all registries behind this one.
pub(super) fn names_of(registry: Option<&RegistryId>) -> (&str, &str) {
    registry.map_or(("", ""), |RegistryId { account, region }| (account.as_str(), region.as_str()))
}

/// The registry that the first two columns name.
pub(super) fn registry(row: &Row<'_>) -> Result<RegistryId, DbError> {
    let account: AccountId = row.word(0, "audit registry's account")?;
    Ok(RegistryId { account, region: row.word(1, "audit registry's Region")? })
}
