use names::{RegistryId, Timestamp, Uuid};

use crate::value::{Row, Value, args, as_slices};
use crate::{DbError, Tx};

/// What the record of an event says that it can be found by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditRecord {
    /// Its `eventID`.
    pub event_id: Uuid,
    /// When it happened.
    pub happened_at: Timestamp,
    /// Its `eventName`.
    pub name: String,
    /// Its `eventSource`: the service that it happened in.
    pub source: String,
    /// Did it change nothing?
    pub read_only: bool,
    /// The name of the user or session that caused it, if one did.
    pub user_name: Option<String>,
    /// The access key that signed the call, if one did.
    pub access_key: Option<String>,
    /// What it was about.
    pub resources: Vec<AuditResource>,
}

/// Something that an event was about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditResource {
    /// Its type, such as `AWS::ECR::Repository`. It has no space.
    pub kind: String,
    /// Its name, in one line.
    pub name: String,
}

/// The place of a record among those of its registry: when it happened, and its row.
pub type AuditPlace = (Timestamp, i64);

/// A record in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedAuditRecord {
    /// Its row.
    pub id: i64,
    /// What it says.
    pub record: AuditRecord,
}

impl ListedAuditRecord {
    /// Its place.
    pub fn place(&self) -> AuditPlace {
        (self.record.happened_at, self.id)
    }
}

/// Which records of a registry are listed. Each has an index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuditKey<'a> {
    /// All.
    Any,
    /// The one with this `eventID`.
    Event(&'a str),
    /// Those with this `eventName`.
    Name(&'a str),
    /// Those that this user or session caused.
    User(&'a str),
    /// Those that this access key signed.
    AccessKey(&'a str),
    /// Those about a resource of this name.
    Resource(&'a str),
}

/// The columns of [`ListedAuditRecord`], in the order in which [`read`] reads them.
const COLUMNS: &str = "r.id, r.event_id, r.happened_at, r.name, r.source, r.read_only, r.user_name,
    r.access_key, r.resources";

impl Tx<'_> {
    /// Writes down what happened in a registry: what its record says, the names that its resources
    /// are found by, and the record itself. If there is a trail, it is to be delivered.
    pub fn insert_audit_record(
        &mut self,
        registry: &RegistryId,
        record: &AuditRecord,
        names: &[&str],
        (text, held_until): (&str, Option<Timestamp>),
    ) -> Result<(), DbError> {
        let RegistryId { account, region } = registry;
        let AuditRecord {
            event_id,
            happened_at,
            name,
            source,
            read_only,
            user_name,
            access_key,
            resources,
        } = record;
        let lines: Vec<String> =
            resources.iter().map(|AuditResource { kind, name }| format!("{kind} {name}")).collect();
        let id = self.row(
            "INSERT INTO audit_record (account, region, event_id, happened_at, name, source,
                                       read_only, user_name, access_key, resources, record)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING id",
            args![
                account,
                region,
                event_id,
                *happened_at,
                name,
                source,
                *read_only,
                user_name.as_ref(),
                access_key.as_ref(),
                &lines.join("\n"),
                text
            ],
            |row| row.int(0, "audit_record.id"),
        )?;
        let id = id.ok_or(DbError::Corrupt { column: "audit_record.id" })?;
        self.send(
            "INSERT INTO audit_undelivered (record, account, region, due_at)
             SELECT CAST($1 AS bigint), CAST($2 AS text), CAST($3 AS text), CAST($4 AS bigint)
             FROM audit_trail WHERE id = 1",
            args![id, account, region, held_until.unwrap_or(*happened_at)],
        )?;
        for name in names {
            self.send(
                "INSERT INTO audit_resource (record, name, account, region, happened_at)
                 VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
                args![id, *name, account, region, *happened_at],
            )?;
        }
        Ok(())
    }

    /// Puts another name and text in the place of a record's.
    pub fn put_audit_text(
        &mut self,
        registry: &RegistryId,
        event_id: &Uuid,
        (name, text): (&str, &str),
    ) -> Result<(), DbError> {
        let RegistryId { account, region } = registry;
        self.send(
            "UPDATE audit_record SET name = $4, record = $5
             WHERE account = $1 AND region = $2 AND event_id = $3",
            args![account, region, event_id, name, text],
        )
    }

    /// Records of a registry since a moment and before a place, the newest first.
    pub fn list_audit_records(
        &mut self,
        registry: &RegistryId,
        key: AuditKey<'_>,
        since: Timestamp,
        before: AuditPlace,
        limit: u32,
    ) -> Result<Vec<ListedAuditRecord>, DbError> {
        let RegistryId { account, region } = registry;
        let ((until, row), limit) = (before, i64::from(limit));
        let (column, wanted) = match key {
            AuditKey::Any => {
                return self.rows(
                    &format!(
                        "SELECT {COLUMNS} FROM audit_record r
                         WHERE r.account = $1 AND r.region = $2 AND r.happened_at >= $3
                             AND (r.happened_at, r.id) < ($4, $5)
                         ORDER BY r.happened_at DESC, r.id DESC LIMIT $6"
                    ),
                    args![account, region, since, until, row, limit],
                    read,
                );
            }
            AuditKey::Resource(name) => {
                return self.rows(
                    &format!(
                        "SELECT {COLUMNS} FROM audit_resource s
                         JOIN audit_record r ON r.id = s.record
                         WHERE s.account = $1 AND s.region = $2 AND s.name = $3
                             AND s.happened_at >= $4 AND (s.happened_at, s.record) < ($5, $6)
                         ORDER BY s.happened_at DESC, s.record DESC LIMIT $7"
                    ),
                    args![account, region, name, since, until, row, limit],
                    read,
                );
            }
            AuditKey::Event(id) => ("event_id", id),
            AuditKey::Name(name) => ("name", name),
            AuditKey::User(name) => ("user_name", name),
            AuditKey::AccessKey(id) => ("access_key", id),
        };
        self.rows(
            &format!(
                "SELECT {COLUMNS} FROM audit_record r
                 WHERE r.account = $1 AND r.region = $2 AND r.{column} = $3
                     AND r.happened_at >= $4 AND (r.happened_at, r.id) < ($5, $6)
                 ORDER BY r.happened_at DESC, r.id DESC LIMIT $7"
            ),
            args![account, region, wanted, since, until, row, limit],
            read,
        )
    }

    /// The whole records of these rows; `None` for one that is forgotten.
    pub fn find_audit_texts(&mut self, ids: &[i64]) -> Result<Vec<Option<String>>, DbError> {
        let each: Vec<[Value<'_>; 1]> = ids.iter().map(|id| [(*id).into()]).collect();
        self.row_of_each(
            "SELECT record FROM audit_record WHERE id = $1",
            &as_slices(&each),
            |row| row.text(0, "audit_record.record"),
        )
    }

    /// Forgets what happened before a moment and is not to be delivered any more, among the first
    /// so many rows after one. Returns the last of those rows if there may be more to forget behind
    /// it.
    pub fn forget_audit_records(
        &mut self,
        before: Timestamp,
        after: i64,
        limit: u32,
    ) -> Result<Option<i64>, DbError> {
        let first = self.rows(
            "SELECT r.id, r.happened_at, u.due_at FROM audit_record r
             LEFT JOIN audit_undelivered u ON u.record = r.id
             WHERE r.id > $1 ORDER BY r.id LIMIT $2",
            args![after, i64::from(limit)],
            |row| {
                let happened_at = row.moment(1, "audit_record.happened_at")?;
                let waits = row.maybe_moment(2, "audit_undelivered.due_at")?.is_some();
                Ok((row.int(0, "audit_record.id")?, happened_at, waits))
            },
        )?;
        let mut forgotten = 0;
        for (id, happened_at, waits) in &first {
            if *happened_at < before && !waits {
                self.send("DELETE FROM audit_resource WHERE record = $1", args![*id])?;
                self.send("DELETE FROM audit_record WHERE id = $1", args![*id])?;
                forgotten += 1;
            }
        }
        let last = first.last().map(|(id, ..)| *id);
        Ok(last.filter(|_| first.len() == limit as usize && forgotten > 0))
    }
}

fn read(row: &Row<'_>) -> Result<ListedAuditRecord, DbError> {
    const RESOURCES: &str = "audit_record.resources";
    let lines = row.text(8, RESOURCES)?;
    let resource = |line: &str| {
        let (kind, name) = line.split_once(' ').ok_or(DbError::Corrupt { column: RESOURCES })?;
        Ok(AuditResource { kind: kind.to_owned(), name: name.to_owned() })
    };
    let record = AuditRecord {
        event_id: row.word(1, "audit_record.event_id")?,
        happened_at: row.moment(2, "audit_record.happened_at")?,
        name: row.text(3, "audit_record.name")?,
        source: row.text(4, "audit_record.source")?,
        read_only: row.int(5, "audit_record.read_only")? != 0,
        user_name: row.maybe_text(6, "audit_record.user_name")?,
        access_key: row.maybe_text(7, "audit_record.access_key")?,
        resources: lines.lines().map(resource).collect::<Result<_, DbError>>()?,
    };
    Ok(ListedAuditRecord { id: row.int(0, "audit_record.id")?, record })
}
