use names::{SecretArn, Timestamp};

use crate::value::{self, Row, args};
use crate::{DbError, Tx};

/// A value of a secret, without the value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecretVersion {
    /// Its id.
    pub id: String,
    /// When it was put.
    pub created_at: Timestamp,
    /// The day on which it was last read.
    pub accessed_at: Option<Timestamp>,
}

/// A value of a secret, sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedSecret {
    /// The ARN of the secret.
    pub secret: String,
    /// Which of its versions.
    pub version: String,
    /// The value.
    pub sealed: Vec<u8>,
}

/// A label of a version: its name, and the id of the version.
pub type SecretStage = (String, String);

impl Tx<'_> {
    /// Keeps a value, sealed.
    pub fn insert_secret_version(
        &mut self,
        arn: &SecretArn,
        version: &str,
        sealed: &[u8],
        now: Timestamp,
    ) -> Result<(), DbError> {
        self.send(
            "INSERT INTO secret_version (secret, version, sealed, created_at)
             VALUES ($1, $2, $3, $4)",
            args![&arn.to_string(), version, sealed, now],
        )
    }

    /// A value, sealed.
    pub fn find_secret_version(
        &mut self,
        arn: &SecretArn,
        version: &str,
    ) -> Result<Option<(SecretVersion, Vec<u8>)>, DbError> {
        self.row(
            "SELECT version, created_at, accessed_at, sealed FROM secret_version
             WHERE secret = $1 AND version = $2",
            args![&arn.to_string(), version],
            |row| Ok((read(row)?, row.bytes(3, "secret_version.sealed")?.to_vec())),
        )
    }

    /// The versions of a secret, by their ids, from after the id `after` on.
    pub fn list_secret_versions(
        &mut self,
        arn: &SecretArn,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Vec<SecretVersion>, DbError> {
        let after = value::after(after.unwrap_or_default());
        self.rows(
            "SELECT version, created_at, accessed_at FROM secret_version
             WHERE secret = $1 AND version > $2 ORDER BY version LIMIT $3",
            args![&arn.to_string(), after, i64::from(limit)],
            read,
        )
    }

    /// Deletes a version of a secret, which no label may name.
    pub fn delete_secret_version(&mut self, arn: &SecretArn, version: &str) -> Result<(), DbError> {
        self.send(
            "DELETE FROM secret_version WHERE secret = $1 AND version = $2",
            args![&arn.to_string(), version],
        )
    }

    /// The labels of a secret's versions, by their names.
    pub fn list_secret_stages(
        &mut self,
        arn: &SecretArn,
        limit: u32,
    ) -> Result<Vec<SecretStage>, DbError> {
        self.rows(
            "SELECT stage, version FROM secret_stage WHERE secret = $1 ORDER BY stage LIMIT $2",
            args![&arn.to_string(), i64::from(limit)],
            |row| Ok((row.text(0, "secret_stage.stage")?, row.text(1, "secret_stage.version")?)),
        )
    }

    /// Lets a label name a version.
    pub fn put_secret_stage(
        &mut self,
        arn: &SecretArn,
        stage: &str,
        version: &str,
    ) -> Result<(), DbError> {
        self.send(
            "INSERT INTO secret_stage (secret, stage, version) VALUES ($1, $2, $3)
             ON CONFLICT (secret, stage) DO UPDATE SET version = excluded.version",
            args![&arn.to_string(), stage, version],
        )
    }

    /// The sealed values of all secrets, by the ARN of the secret and the id of the version, from
    /// after `after` on.
    pub fn list_sealed_secrets(
        &mut self,
        after: Option<&(String, String)>,
        limit: u32,
    ) -> Result<Vec<SealedSecret>, DbError> {
        let (secret, version) = after.map_or(("", ""), |(secret, version)| (secret, version));
        self.rows(
            "SELECT secret, version, sealed FROM secret_version
             WHERE (secret, version) > ($1, $2) ORDER BY secret, version LIMIT $3",
            args![secret, version, i64::from(limit)],
            |row| {
                Ok(SealedSecret {
                    secret: row.text(0, "secret_version.secret")?,
                    version: row.text(1, "secret_version.version")?,
                    sealed: row.bytes(2, "secret_version.sealed")?.to_vec(),
                })
            },
        )
    }

    /// Keeps the same value, sealed in another way. Nothing happens if it is not the one that was
    /// read.
    pub fn reseal_secret(&mut self, old: &SealedSecret, new: &[u8]) -> Result<(), DbError> {
        let SealedSecret { secret, version, sealed } = old;
        self.send(
            "UPDATE secret_version SET sealed = $4
             WHERE secret = $1 AND version = $2 AND sealed = $3",
            args![secret, version, sealed, new],
        )
    }
}

fn read(row: &Row<'_>) -> Result<SecretVersion, DbError> {
    Ok(SecretVersion {
        id: row.text(0, "secret_version.version")?,
        created_at: row.moment(1, "secret_version.created_at")?,
        accessed_at: row.maybe_moment(2, "secret_version.accessed_at")?,
    })
}
