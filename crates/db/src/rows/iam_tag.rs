use crate::value::args;
use crate::{DbError, Tx};

impl Tx<'_> {
    /// Sets a tag of the entity with this unique id or ARN. A key in another case is the same key,
    /// in a new spelling.
    pub fn put_iam_tag(&mut self, holder: &str, name: &str, value: &str) -> Result<(), DbError> {
        self.send(
            "INSERT INTO iam_tag (holder, folded, name, value) VALUES ($1, $2, $3, $4)
             ON CONFLICT (holder, folded) DO UPDATE SET name = excluded.name, value = excluded.value",
            args![holder, &name.to_lowercase(), name, value],
        )
    }

    /// Removes a tag, if it exists.
    pub fn delete_iam_tag(&mut self, holder: &str, name: &str) -> Result<(), DbError> {
        self.send(
            "DELETE FROM iam_tag WHERE holder = $1 AND folded = $2",
            args![holder, &name.to_lowercase()],
        )
    }

    /// Removes all tags.
    pub fn delete_iam_tags(&mut self, holder: &str) -> Result<(), DbError> {
        self.send("DELETE FROM iam_tag WHERE holder = $1", args![holder])
    }

    /// Tags as key and value, by the folded key, from after `after` on.
    pub fn list_iam_tags(
        &mut self,
        holder: &str,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Vec<(String, String)>, DbError> {
        self.rows(
            "SELECT name, value FROM iam_tag WHERE holder = $1 AND folded > $2
             ORDER BY folded LIMIT $3",
            args![holder, after.unwrap_or_default(), i64::from(limit)],
            |row| Ok((row.text(0, "iam_tag.name")?, row.text(1, "iam_tag.value")?)),
        )
    }
}
