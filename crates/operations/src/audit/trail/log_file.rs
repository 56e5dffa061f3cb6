//! Makes log files: records that follow each other, compressed.

use std::io::Write as _;

use db::{AuditFile, AuditLogFile, DbError, Tx, UndeliveredRecord};
use flate2::Compression;
use flate2::write::GzEncoder;
use names::{Digest, RegistryId};

use super::file_names;
use crate::{Failure, Fault, Operations};

/// Records of one log file at most: other writers wait for its transaction no longer than that.
const RECORDS_MAX: u32 = 500;

/// The text of one log file at most, unless a single record is longer.
const BYTES_MAX: usize = 4 << 20;

impl Operations {
    /// Keeps a log file of the oldest records that no log file has. Says whether there was one to
    /// make.
    pub(super) async fn make_log_file(&self, registry: &RegistryId) -> Result<bool, Failure> {
        let (now, of) = (self.now(), registry.clone());
        let list = move |tx: &mut Tx<'_>| tx.list_undelivered_records(&of, now, RECORDS_MAX);
        let listed: Result<_, DbError> = self.db.read_at_length(list).await;
        let records = first_of(listed?);
        if records.is_empty() {
            return Ok(false);
        }
        let object = file_names::log_file(registry, now, keys::random());
        let taken: Vec<_> = records.iter().map(|record| (record.id, record.due_at)).collect();
        let made = self.iam.workbench().run(move || made_of(object, &records)).await?;
        let made = made.map_err(|why| Failure::Fault(Fault::Broken(why.into())))?;
        let of = registry.clone();
        let keep = move |tx: &mut Tx<'_>| {
            // Another run may have taken them, or a call may have ended meanwhile. Then nothing is
            // written, and the next attempt reads again.
            if !tx.delete_undelivered_records(&taken)? {
                return Err(Abandoned::Changed);
            }
            Ok(tx.insert_audit_log_file(&of, &made)?)
        };
        match self.db.write(keep).await {
            Ok(()) | Err(Abandoned::Changed) => Ok(true),
            Err(Abandoned::Failed(error)) => Err(error.into()),
        }
    }
}

/// Why a transaction was given up.
enum Abandoned {
    Changed,
    Failed(DbError),
}

impl From<DbError> for Abandoned {
    fn from(error: DbError) -> Self {
        Self::Failed(error)
    }
}

/// As many of the first as one file takes.
fn first_of(mut records: Vec<UndeliveredRecord>) -> Vec<UndeliveredRecord> {
    let mut bytes = 0;
    let fits = records.iter().take_while(|record| {
        let is_first = bytes == 0;
        bytes += record.text.len();
        is_first || bytes <= BYTES_MAX
    });
    let count = fits.count();
    records.truncate(count);
    records
}

/// The log file of some records, at least one.
fn made_of(object: String, records: &[UndeliveredRecord]) -> std::io::Result<AuditLogFile> {
    let texts: Vec<&str> = records.iter().map(|record| record.text.as_str()).collect();
    let text = format!("{{\"Records\":[{}]}}", texts.join(","));
    let body = Some(compressed(text.as_bytes())?);
    let hash = Digest::sha256(text.as_bytes()).hex().to_owned();
    let moments = || records.iter().map(|record| record.happened_at);
    let first = records[0].happened_at;
    Ok(AuditLogFile {
        file: AuditFile { object, hash, body },
        oldest_at: moments().min().unwrap_or(first),
        newest_at: moments().max().unwrap_or(first),
    })
}

/// Compressed with gzip. The bytes depend on nothing else.
pub(super) fn compressed(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
    gzip.write_all(bytes)?;
    gzip.finish()
}

#[cfg(test)]
mod tests {
    use names::Timestamp;

    use super::*;

    #[test]
    fn a_file_is_as_long_as_its_bounds_and_never_empty() {
        let record = |bytes: usize| UndeliveredRecord {
            id: 1,
            due_at: Timestamp::from_seconds(1),
            happened_at: Timestamp::from_seconds(1),
            text: "x".repeat(bytes),
        };
        #[rustfmt::skip]
        let cases = [
            (vec![],                                      0, "nothing"),
            (vec![record(1), record(2)],                  2, "short ones"),
            (vec![record(BYTES_MAX), record(1)],          1, "no room for the second"),
            (vec![record(BYTES_MAX + 1), record(1)],      1, "too long, and goes nevertheless"),
            (vec![record(1), record(BYTES_MAX - 1), record(1)], 2, "just so"),
        ];
        for (records, expected, because) in cases {
            assert_eq!(first_of(records).len(), expected, "{because}");
        }
    }
}
