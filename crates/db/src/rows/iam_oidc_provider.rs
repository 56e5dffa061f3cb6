use names::{AccountId, Timestamp};

use crate::value::{Row, args};
use crate::{DbError, Tx};

/// An issuer of web identities that an account trusts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OidcProvider {
    /// `arn:aws:iam::ACCOUNT:oidc-provider/HOST/PATH`.
    pub arn: String,
    /// The account that trusts it.
    pub account: AccountId,
    /// Its URL, with `https://`.
    pub url: String,
    /// SHA-1 of certificates, in hexadecimal.
    pub thumbprints: Vec<String>,
    /// When it was made.
    pub created_at: Timestamp,
}

impl Tx<'_> {
    /// Makes a provider; `false` if there is one of this URL.
    pub fn insert_oidc_provider(&mut self, new: &OidcProvider) -> Result<bool, DbError> {
        let OidcProvider { arn, account, url, thumbprints, created_at } = new;
        let inserted = self.execute(
            "INSERT INTO iam_oidc_provider (arn, account, url, thumbprints, created_at)
             VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (arn) DO NOTHING",
            args![arn, account, url, &thumbprints.join(" "), *created_at],
        )?;
        Ok(inserted == 1)
    }

    /// The provider with this ARN.
    pub fn find_oidc_provider(&mut self, arn: &str) -> Result<Option<OidcProvider>, DbError> {
        self.row(
            "SELECT arn, account, url, thumbprints, created_at FROM iam_oidc_provider WHERE arn = $1",
            args![arn],
            read,
        )
    }

    /// The provider of this URL that an account trusts.
    pub fn find_oidc_provider_by_url(
        &mut self,
        account: &AccountId,
        url: &str,
    ) -> Result<Option<OidcProvider>, DbError> {
        self.row(
            "SELECT arn, account, url, thumbprints, created_at FROM iam_oidc_provider
             WHERE account = $1 AND url = $2",
            args![account, url],
            read,
        )
    }

    /// All providers that an account trusts (there are at most 100), by URL.
    pub fn list_oidc_providers(
        &mut self,
        account: &AccountId,
    ) -> Result<Vec<OidcProvider>, DbError> {
        self.rows(
            "SELECT arn, account, url, thumbprints, created_at FROM iam_oidc_provider
             WHERE account = $1 ORDER BY url",
            args![account],
            read,
        )
    }

    /// Replaces a provider's thumbprints.
    pub fn put_oidc_thumbprints(
        &mut self,
        arn: &str,
        thumbprints: &[String],
    ) -> Result<(), DbError> {
        self.send(
            "UPDATE iam_oidc_provider SET thumbprints = $2 WHERE arn = $1",
            args![arn, &thumbprints.join(" ")],
        )
    }

    /// Deletes a provider. Its audiences are deleted before.
    pub fn delete_oidc_provider(&mut self, arn: &str) -> Result<(), DbError> {
        self.send("DELETE FROM iam_oidc_provider WHERE arn = $1", args![arn])
    }

    /// Allows an audience. Nothing happens if it is allowed.
    pub fn put_oidc_client(&mut self, arn: &str, client: &str) -> Result<(), DbError> {
        self.send(
            "INSERT INTO iam_oidc_client (provider, client) VALUES ($1, $2)
             ON CONFLICT (provider, client) DO NOTHING",
            args![arn, client],
        )
    }

    /// The audiences that a provider's tokens may have (at most 100), by name.
    pub fn list_oidc_clients(&mut self, arn: &str) -> Result<Vec<String>, DbError> {
        self.rows(
            "SELECT client FROM iam_oidc_client WHERE provider = $1 ORDER BY client",
            args![arn],
            |row| row.text(0, "iam_oidc_client.client"),
        )
    }

    /// Forbids an audience. Nothing happens if it is not allowed.
    pub fn delete_oidc_client(&mut self, arn: &str, client: &str) -> Result<(), DbError> {
        self.send(
            "DELETE FROM iam_oidc_client WHERE provider = $1 AND client = $2",
            args![arn, client],
        )
    }

    /// Forbids all audiences of a provider.
    pub fn delete_oidc_clients(&mut self, arn: &str) -> Result<(), DbError> {
        self.send("DELETE FROM iam_oidc_client WHERE provider = $1", args![arn])
    }
}

fn read(row: &Row<'_>) -> Result<OidcProvider, DbError> {
    let thumbprints = row.text(3, "iam_oidc_provider.thumbprints")?;
    Ok(OidcProvider {
        arn: row.text(0, "iam_oidc_provider.arn")?,
        account: row.word(1, "iam_oidc_provider.account")?,
        url: row.text(2, "iam_oidc_provider.url")?,
        thumbprints: thumbprints.split_ascii_whitespace().map(str::to_owned).collect(),
        created_at: row.moment(4, "iam_oidc_provider.created_at")?,
    })
}
