use super::repository::RepositoryKey;
use crate::value::args;
use crate::{DbError, Tx};

impl Tx<'_> {
    /// Sets a resource tag of a repository.
    pub fn put_resource_tag(
        &mut self,
        repository: RepositoryKey,
        name: &str,
        value: &str,
    ) -> Result<(), DbError> {
        self.send(
            "INSERT INTO resource_tag (repository, name, value) VALUES ($1, $2, $3)
             ON CONFLICT (repository, name) DO UPDATE SET value = excluded.value",
            args![repository, name, value],
        )
    }

    /// Removes a resource tag, if it exists.
    pub fn delete_resource_tag(
        &mut self,
        repository: RepositoryKey,
        name: &str,
    ) -> Result<(), DbError> {
        self.send(
            "DELETE FROM resource_tag WHERE repository = $1 AND name = $2",
            args![repository, name],
        )
    }

    /// All resource tags of a repository (there are at most 50), by name.
    pub fn list_resource_tags(
        &mut self,
        repository: RepositoryKey,
    ) -> Result<Vec<(String, String)>, DbError> {
        self.rows(
            "SELECT name, value FROM resource_tag WHERE repository = $1 ORDER BY name",
            args![repository],
            |row| Ok((row.text(0, "resource_tag.name")?, row.text(1, "resource_tag.value")?)),
        )
    }
}
