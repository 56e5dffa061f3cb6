use names::KmsKeyId;

use crate::value::args;
use crate::{DbError, Tx};

impl Tx<'_> {
    /// Sets a tag of a customer's key.
    pub fn put_kms_tag(&mut self, key: &KmsKeyId, name: &str, value: &str) -> Result<(), DbError> {
        self.send(
            "INSERT INTO kms_tag (key, name, value) VALUES ($1, $2, $3)
             ON CONFLICT (key, name) DO UPDATE SET value = excluded.value",
            args![key, name, value],
        )
    }

    /// Removes a tag, if it exists.
    pub fn delete_kms_tag(&mut self, key: &KmsKeyId, name: &str) -> Result<(), DbError> {
        self.send("DELETE FROM kms_tag WHERE key = $1 AND name = $2", args![key, name])
    }

    /// Removes all tags of a key.
    pub fn delete_kms_tags(&mut self, key: &KmsKeyId) -> Result<(), DbError> {
        self.send("DELETE FROM kms_tag WHERE key = $1", args![key])
    }

    /// The tags of a key as key and value, by name, from after `after` on.
    pub fn list_kms_tags(
        &mut self,
        key: &KmsKeyId,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Vec<(String, String)>, DbError> {
        self.rows(
            "SELECT name, value FROM kms_tag WHERE key = $1 AND name > $2 ORDER BY name LIMIT $3",
            args![key, crate::value::after(after.unwrap_or_default()), i64::from(limit)],
            |row| Ok((row.text(0, "kms_tag.name")?, row.text(1, "kms_tag.value")?)),
        )
    }
}
