//! For the tests of plans.

use super::Session;
use crate::DbError;
use crate::engine::postgres::address::Address;
use crate::engine::postgres::settings::STATEMENT_MAX;

impl Session {
    pub(crate) fn open(url: &str) -> Result<Self, DbError> {
        Self::connect(&Address::parse(url)?, STATEMENT_MAX)
    }

    /// The steps of a statement's plan, which does not depend on its parameters.
    pub(crate) fn explain(&self, sql: &str) -> Result<Vec<String>, DbError> {
        const DOING: &str = "explain a statement";
        let statement = self.wait(self.client.prepare(sql)).map_err(DbError::engine(DOING))?;
        let nothing = vec!["NULL"; statement.params().len()].join(", ");
        let arguments = if nothing.is_empty() { nothing } else { format!("({nothing})") };
        self.batch(&format!("PREPARE explained AS {sql}"), DOING)?;
        let explain = format!("EXPLAIN EXECUTE explained {arguments}");
        let plan = self.wait(self.client.simple_query(&explain)).map_err(DbError::engine(DOING))?;
        self.batch("DEALLOCATE explained", DOING)?;
        Ok(plan
            .iter()
            .filter_map(|message| match message {
                tokio_postgres::SimpleQueryMessage::Row(row) => row.get(0).map(str::to_owned),
                _ => None,
            })
            .collect())
    }
}
