use names::Timestamp;

use crate::value::args;
use crate::{DbError, Tx};

impl Tx<'_> {
    /// What the nodes of this deployment agreed on under a name.
    pub fn find_deployment_fact(&mut self, name: &str) -> Result<Option<String>, DbError> {
        self.row("SELECT value FROM deployment_fact WHERE name = $1", args![name], |row| {
            row.text(0, "deployment_fact.value")
        })
    }

    /// Agrees on something, in place of what was agreed on before.
    pub fn put_deployment_fact(&mut self, name: &str, value: &str) -> Result<(), DbError> {
        self.execute(
            "INSERT INTO deployment_fact (name, value) VALUES ($1, $2)
             ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            args![name, value],
        )
        .map(drop)
    }

    /// Forgets what was agreed on.
    pub fn delete_deployment_fact(&mut self, name: &str) -> Result<(), DbError> {
        self.execute("DELETE FROM deployment_fact WHERE name = $1", args![name]).map(drop)
    }

    /// What time it is by the database's own clock, which all nodes share; `None` where the database has no other
    /// clock than this machine's.
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
