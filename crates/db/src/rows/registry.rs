use names::{RegistryId, Timestamp};

use super::row_key;
use crate::value::args;
use crate::{DbError, Tx};

row_key! {
    /// The row of a registry.
    RegistryKey
}

impl Tx<'_> {
    /// The registry's row, if anything was ever put into it.
    pub fn find_registry(&mut self, registry: &RegistryId) -> Result<Option<RegistryKey>, DbError> {
        self.row(
            "SELECT id FROM registry WHERE account = $1 AND region = $2",
            args![&registry.account, &registry.region],
            |row| row.int(0, "registry.id").map(RegistryKey),
        )
    }

    /// The registry's row, made now if it was not there.
    pub fn open_registry(
        &mut self,
        registry: &RegistryId,
        now: Timestamp,
    ) -> Result<RegistryKey, DbError> {
        if let Some(key) = self.find_registry(registry)? {
            return Ok(key);
        }
        self.row(
            "INSERT INTO registry (account, region, created_at) VALUES ($1, $2, $3) RETURNING id",
            args![&registry.account, &registry.region, now],
            |row| row.int(0, "registry.id").map(RegistryKey),
        )?
        .ok_or(DbError::Corrupt { column: "registry.id" })
    }

    /// Gives the registry's pull gate a number that no gate before had.
    pub fn open_pull_gate(&mut self, registry: RegistryKey, now: Timestamp) -> Result<(), DbError> {
        self.send(
            "UPDATE registry SET pull_gate =
                 CASE WHEN abs(pull_gate) < $2 THEN $2 ELSE abs(pull_gate) + 1 END
             WHERE id = $1",
            args![registry, now],
        )
    }

    /// The registry has no pull gate any more. The number stays, below zero, for the next.
    pub fn remove_pull_gate(&mut self, registry: RegistryKey) -> Result<(), DbError> {
        self.send("UPDATE registry SET pull_gate = -abs(pull_gate) WHERE id = $1", args![registry])
    }

    /// The value of a setting; `None` if it was never set.
    pub fn find_registry_setting(
        &mut self,
        registry: &RegistryId,
        name: &str,
    ) -> Result<Option<String>, DbError> {
        self.row(
            "SELECT s.value FROM registry_setting s JOIN registry r ON r.id = s.registry
             WHERE r.account = $1 AND r.region = $2 AND s.name = $3",
            args![&registry.account, &registry.region, name],
            |row| row.text(0, "registry_setting.value"),
        )
    }

    /// Sets a setting.
    pub fn put_registry_setting(
        &mut self,
        registry: RegistryKey,
        name: &str,
        value: &str,
    ) -> Result<(), DbError> {
        self.send(
            "INSERT INTO registry_setting (registry, name, value) VALUES ($1, $2, $3)
             ON CONFLICT (registry, name) DO UPDATE SET value = excluded.value",
            args![registry, name, value],
        )
    }
}
