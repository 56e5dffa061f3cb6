use names::{RegistryId, SecretArn, SecretName, SecretRef, Timestamp};

use crate::value::{self, Row, args};
use crate::{DbError, Tx};

/// A secret, without its values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Secret {
    /// Its ARN.
    pub arn: SecretArn,
    /// Its name.
    pub name: SecretName,
    /// What it is for.
    pub description: Option<String>,
    /// Its policy.
    pub policy: Option<String>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub changed_at: Timestamp,
    /// The day on which a value was last read.
    pub accessed_at: Option<Timestamp>,
    /// When its deletion was asked for.
    pub deleted_at: Option<Timestamp>,
    /// When it is erased.
    pub delete_at: Option<Timestamp>,
}

impl Tx<'_> {
    /// Inserts a secret; `false` if there is one of its name.
    pub fn insert_secret(&mut self, secret: &Secret) -> Result<bool, DbError> {
        let Secret { arn, name, description, policy, created_at, changed_at, .. } = secret;
        let inserted = self.execute(
            "INSERT INTO secret (arn, account, region, name, description, policy, created_at,
                 changed_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
             ON CONFLICT (account, region, name) DO NOTHING",
            args![
                &arn.to_string(),
                &arn.registry.account,
                &arn.registry.region,
                name.as_str(),
                description.as_deref(),
                policy.as_deref(),
                *created_at,
                *changed_at
            ],
        )?;
        Ok(inserted == 1)
    }

    /// Replaces everything about a secret that can change.
    pub fn put_secret_facts(&mut self, secret: &Secret) -> Result<(), DbError> {
        let Secret { arn, description, policy, changed_at, deleted_at, delete_at, .. } = secret;
        self.send(
            "UPDATE secret SET description = $2, policy = $3, changed_at = $4, deleted_at = $5,
                 delete_at = $6
             WHERE arn = $1",
            args![
                &arn.to_string(),
                description.as_deref(),
                policy.as_deref(),
                *changed_at,
                *deleted_at,
                *delete_at
            ],
        )
    }

    /// Notes the day on which a value was read.
    pub fn note_secret_access(
        &mut self,
        arn: &SecretArn,
        version: &str,
        day: Timestamp,
    ) -> Result<(), DbError> {
        let arn = arn.to_string();
        self.send("UPDATE secret SET accessed_at = $2 WHERE arn = $1", args![&arn, day])?;
        self.send(
            "UPDATE secret_version SET accessed_at = $3 WHERE secret = $1 AND version = $2",
            args![&arn, version, day],
        )
    }

    /// The secret that is named so, unless it is due to be erased.
    pub fn find_secret(
        &mut self,
        wanted: &SecretRef,
        now: Timestamp,
    ) -> Result<Option<Secret>, DbError> {
        let found = match wanted {
            SecretRef::Arn(arn) => {
                let found = self.find_secret_by_arn(arn)?;
                // An ARN may leave out what is added to a name.
                match found {
                    Some(found) => Some(found),
                    None => self.find_secret_by_name(&arn.registry, &arn.resource)?,
                }
            }
            SecretRef::Named(registry, name) => self.find_secret_by_name(registry, name)?,
        };
        Ok(found.filter(|secret| secret.delete_at.is_none_or(|at| at > now)))
    }

    /// The secret of this ARN.
    pub fn find_secret_by_arn(&mut self, arn: &SecretArn) -> Result<Option<Secret>, DbError> {
        self.row(
            "SELECT arn, name, description, policy, created_at, changed_at, accessed_at,
                    deleted_at, delete_at
             FROM secret WHERE arn = $1",
            args![&arn.to_string()],
            read,
        )
    }

    /// The secret of this name.
    pub fn find_secret_by_name(
        &mut self,
        registry: &RegistryId,
        name: &str,
    ) -> Result<Option<Secret>, DbError> {
        self.row(
            "SELECT arn, name, description, policy, created_at, changed_at, accessed_at,
                    deleted_at, delete_at
             FROM secret WHERE account = $1 AND region = $2 AND name = $3",
            args![&registry.account, &registry.region, name],
            read,
        )
    }

    /// Secrets in the order of their names, from after the name `after` on.
    pub fn list_secrets(
        &mut self,
        registry: &RegistryId,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Vec<Secret>, DbError> {
        let after = value::after(after.unwrap_or_default());
        self.rows(
            "SELECT arn, name, description, policy, created_at, changed_at, accessed_at,
                    deleted_at, delete_at
             FROM secret WHERE account = $1 AND region = $2 AND name > $3
             ORDER BY name LIMIT $4",
            args![&registry.account, &registry.region, after, i64::from(limit)],
            read,
        )
    }

    /// Secrets that are due to be erased.
    pub fn list_secrets_to_delete(
        &mut self,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<SecretArn>, DbError> {
        self.rows(
            "SELECT arn FROM secret WHERE delete_at <= $1 ORDER BY delete_at, arn LIMIT $2",
            args![now, i64::from(limit)],
            |row| read_arn(row, 0),
        )
    }

    /// Deletes a secret with everything beside it.
    pub fn delete_secret(&mut self, arn: &SecretArn) -> Result<(), DbError> {
        let arn = arn.to_string();
        self.send("DELETE FROM secret_stage WHERE secret = $1", args![&arn])?;
        self.send("DELETE FROM secret_version WHERE secret = $1", args![&arn])?;
        self.send("DELETE FROM secret_tag WHERE secret = $1", args![&arn])?;
        self.send("DELETE FROM secret WHERE arn = $1", args![&arn])
    }

    /// The tags of a secret, by their names.
    pub fn list_secret_tags(
        &mut self,
        arn: &SecretArn,
        limit: u32,
    ) -> Result<Vec<(String, String)>, DbError> {
        self.rows(
            "SELECT name, value FROM secret_tag WHERE secret = $1 ORDER BY name LIMIT $2",
            args![&arn.to_string(), i64::from(limit)],
            |row| Ok((row.text(0, "secret_tag.name")?, row.text(1, "secret_tag.value")?)),
        )
    }

    /// Sets a tag of a secret.
    pub fn put_secret_tag(
        &mut self,
        arn: &SecretArn,
        name: &str,
        value: &str,
    ) -> Result<(), DbError> {
        self.send(
            "INSERT INTO secret_tag (secret, name, value) VALUES ($1, $2, $3)
             ON CONFLICT (secret, name) DO UPDATE SET value = excluded.value",
            args![&arn.to_string(), name, value],
        )
    }

    /// Removes a tag of a secret.
    pub fn delete_secret_tag(&mut self, arn: &SecretArn, name: &str) -> Result<(), DbError> {
        self.send(
            "DELETE FROM secret_tag WHERE secret = $1 AND name = $2",
            args![&arn.to_string(), name],
        )
    }
}

fn read_arn(row: &Row<'_>, at: usize) -> Result<SecretArn, DbError> {
    const ARN: &str = "secret.arn";
    SecretArn::parse(&row.text(at, ARN)?).map_err(|_| DbError::Corrupt { column: ARN })
}

fn read(row: &Row<'_>) -> Result<Secret, DbError> {
    Ok(Secret {
        arn: read_arn(row, 0)?,
        name: row.word(1, "secret.name")?,
        description: row.maybe_text(2, "secret.description")?,
        policy: row.maybe_text(3, "secret.policy")?,
        created_at: row.moment(4, "secret.created_at")?,
        changed_at: row.moment(5, "secret.changed_at")?,
        accessed_at: row.maybe_moment(6, "secret.accessed_at")?,
        deleted_at: row.maybe_moment(7, "secret.deleted_at")?,
        delete_at: row.maybe_moment(8, "secret.delete_at")?,
    })
}
