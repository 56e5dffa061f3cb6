use names::Timestamp;

use crate::value::args;
use crate::{DbError, Tx};

impl Tx<'_> {
    /// The value that the nodes of this deployment agreed on under a name.
    pub fn find_deployment_fact(&mut self, name: &str) -> Result<Option<String>, DbError> {
        self.row("SELECT value FROM deployment_fact WHERE name = $1", args![name], |row| {
            row.text(0, "deployment_fact.value")
        })
    }

    /// Sets a value, and replaces the earlier one.
    pub fn put_deployment_fact(&mut self, name: &str, value: &str) -> Result<(), DbError> {
        self.execute(
            "INSERT INTO deployment_fact (name, value) VALUES ($1, $2)
             ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            args![name, value],
        )
        .map(drop)
    }

    /// Deletes a value.
    pub fn delete_deployment_fact(&mut self, name: &str) -> Result<(), DbError> {
        self.execute("DELETE FROM deployment_fact WHERE name = $1", args![name]).map(drop)
    }

    /// The time of the database's own clock, which all nodes share; `None` if the database has no
    /// clock other than this machine's.
    pub fn shared_time(&mut self) -> Result<Option<Timestamp>, DbError> {
        if !self.is_shared() {
            return Ok(None);
        }
        self.row(
            "SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS bigint)",
            args![],
            |row| row.moment(0, "clock_timestamp"),
        )
    }
}
