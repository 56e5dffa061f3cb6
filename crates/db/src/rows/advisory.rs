//! Advisories, and the packages that they name.
//!
//! The rows know ecosystems and names as words; what an advisory says is a document that `scan`
//! reads.

use names::Timestamp;

use super::row_key;
use crate::value::{Row, Value, args, as_slices};
use crate::{DbError, Tx};

row_key! {
    /// The row of an advisory.
    AdvisoryKey
}

/// An advisory to be written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAdvisory {
    /// Its identifier.
    pub name: String,
    /// Whose it is.
    pub source: String,
    /// The digest of all that it says.
    pub digest: String,
    /// When the source last changed it.
    pub modified_at: Option<Timestamp>,
    /// What it says, without what it affects.
    pub document: Vec<u8>,
    /// What it says of each package.
    pub packages: Vec<AdvisoryPackage>,
}

/// What an advisory says of a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdvisoryPackage {
    /// Where the package comes from.
    pub ecosystem: String,
    /// Its name there.
    pub name: String,
    /// In which versions it is affected.
    pub affected: Vec<u8>,
}

/// An advisory that is there, as an import needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownAdvisory {
    /// Its row.
    pub key: AdvisoryKey,
    /// The digest of all that it says.
    pub digest: String,
    /// When the source last changed it.
    pub modified_at: Option<Timestamp>,
}

/// An advisory under the name of a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedAdvisory {
    /// Its row.
    pub key: AdvisoryKey,
    /// What it says of the package.
    pub affected: Vec<u8>,
}

/// A source of advisories.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdvisorySource {
    /// Its name.
    pub name: String,
    /// Under which terms it gives its data.
    pub licence: String,
    /// How many advisories of it there are.
    pub advisories: u64,
    /// When it last changed one of them.
    pub modified_at: Option<Timestamp>,
    /// When one was last imported.
    pub imported_at: Timestamp,
}

impl Tx<'_> {
    /// The advisories of these identifiers, in their order; `None` for one that is not there.
    pub fn find_advisories(
        &mut self,
        names: &[&str],
    ) -> Result<Vec<Option<KnownAdvisory>>, DbError> {
        let each: Vec<[Value<'_>; 1]> = names.iter().map(|name| [(*name).into()]).collect();
        self.row_of_each(
            "SELECT id, digest, modified_at FROM advisory WHERE name = $1",
            &as_slices(&each),
            |row| {
                Ok(KnownAdvisory {
                    key: AdvisoryKey(row.int(0, "advisory.id")?),
                    digest: row.text(1, "advisory.digest")?,
                    modified_at: row.maybe_moment(2, "advisory.modified_at")?,
                })
            },
        )
    }

    /// Writes down an advisory, also over one of the same identifier. What it affects is written
    /// apart.
    pub fn put_advisory(&mut self, new: &NewAdvisory) -> Result<AdvisoryKey, DbError> {
        let NewAdvisory { name, source, digest, modified_at, document, packages: _ } = new;
        self.row(
            "INSERT INTO advisory (name, source, digest, modified_at, document)
             VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (name) DO UPDATE SET source = excluded.source, digest = excluded.digest,
                 modified_at = excluded.modified_at, document = excluded.document
             RETURNING id",
            args![name, source, digest, *modified_at, document],
            |row| row.int(0, "advisory.id").map(AdvisoryKey),
        )?
        .ok_or(DbError::Corrupt { column: "advisory.id" })
    }

    /// The packages that an advisory names, as ecosystem and name.
    pub fn list_advisory_packages(
        &mut self,
        advisory: AdvisoryKey,
    ) -> Result<Vec<(String, String)>, DbError> {
        self.rows(
            "SELECT ecosystem, name FROM advisory_package WHERE advisory = $1",
            args![advisory],
            |row| {
                let ecosystem = row.text(0, "advisory_package.ecosystem")?;
                Ok((ecosystem, row.text(1, "advisory_package.name")?))
            },
        )
    }

    /// Forgets what an advisory says of packages.
    pub fn delete_advisory_packages(&mut self, advisory: AdvisoryKey) -> Result<(), DbError> {
        self.send("DELETE FROM advisory_package WHERE advisory = $1", args![advisory])
    }

    /// Writes down what an advisory says of a package.
    pub fn insert_advisory_package(
        &mut self,
        advisory: AdvisoryKey,
        package: &AdvisoryPackage,
    ) -> Result<(), DbError> {
        let AdvisoryPackage { ecosystem, name, affected } = package;
        self.send(
            "INSERT INTO advisory_package (ecosystem, name, advisory, affected)
             VALUES ($1, $2, $3, $4)",
            args![ecosystem, name, advisory, affected],
        )
    }

    /// The advisories that name each of these packages, in their order.
    pub fn list_advisories_of_each(
        &mut self,
        packages: &[(&str, &str)],
    ) -> Result<Vec<Vec<NamedAdvisory>>, DbError> {
        let each: Vec<[Value<'_>; 2]> = packages
            .iter()
            .map(|(ecosystem, name)| [(*ecosystem).into(), (*name).into()])
            .collect();
        self.rows_of_each(
            "SELECT advisory, affected FROM advisory_package
             WHERE ecosystem = $1 AND name = $2 ORDER BY advisory",
            &as_slices(&each),
            |row| {
                Ok(NamedAdvisory {
                    key: AdvisoryKey(row.int(0, "advisory_package.advisory")?),
                    affected: row.bytes(1, "advisory_package.affected")?.to_vec(),
                })
            },
        )
    }

    /// What each of these advisories says, without what it affects.
    pub fn find_advisory_documents(
        &mut self,
        advisories: &[AdvisoryKey],
    ) -> Result<Vec<Option<Vec<u8>>>, DbError> {
        let each: Vec<[Value<'_>; 1]> =
            advisories.iter().map(|advisory| [(*advisory).into()]).collect();
        self.row_of_each("SELECT document FROM advisory WHERE id = $1", &as_slices(&each), |row| {
            row.bytes(0, "advisory.document").map(<[u8]>::to_vec)
        })
    }

    /// What the advisory of this identifier says, without what it affects.
    pub fn find_advisory_document(&mut self, name: &str) -> Result<Option<Vec<u8>>, DbError> {
        self.row("SELECT document FROM advisory WHERE name = $1", args![name], |row| {
            row.bytes(0, "advisory.document").map(<[u8]>::to_vec)
        })
    }

    /// Whether any advisory names a package of this ecosystem.
    pub fn ecosystem_has_advisories(&mut self, ecosystem: &str) -> Result<bool, DbError> {
        self.row(
            "SELECT 1 FROM advisory_package WHERE ecosystem = $1 LIMIT 1",
            args![ecosystem],
            |_| Ok(()),
        )
        .map(|found| found.is_some())
    }

    /// Counts `added` advisories of a source, whose newest was changed at `modified_at`. Fewer than
    /// none were removed.
    pub fn count_advisories(
        &mut self,
        source: &str,
        licence: &str,
        added: i64,
        modified_at: Option<Timestamp>,
        now: Timestamp,
    ) -> Result<(), DbError> {
        self.send(
            "INSERT INTO advisory_source (name, licence, advisories, modified_at, imported_at)
             VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (name) DO UPDATE SET licence = excluded.licence,
                 advisories = advisory_source.advisories + excluded.advisories,
                 modified_at = CASE
                     WHEN excluded.modified_at > coalesce(advisory_source.modified_at, -1)
                     THEN excluded.modified_at ELSE advisory_source.modified_at END,
                 imported_at = excluded.imported_at",
            args![source, licence, added, modified_at, now],
        )
    }

    /// The source of advisories of this name.
    pub fn find_advisory_source(&mut self, name: &str) -> Result<Option<AdvisorySource>, DbError> {
        self.row(
            "SELECT name, licence, advisories, modified_at, imported_at FROM advisory_source
             WHERE name = $1",
            args![name],
            source,
        )
    }

    /// Sources of advisories by name, from after `after` on.
    pub fn list_advisory_sources(
        &mut self,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Vec<AdvisorySource>, DbError> {
        self.rows(
            "SELECT name, licence, advisories, modified_at, imported_at FROM advisory_source
             WHERE name > $1 ORDER BY name LIMIT $2",
            args![crate::value::after(after.unwrap_or_default()), i64::from(limit)],
            source,
        )
    }
}

fn source(row: &Row<'_>) -> Result<AdvisorySource, DbError> {
    Ok(AdvisorySource {
        name: row.text(0, "advisory_source.name")?,
        licence: row.text(1, "advisory_source.licence")?,
        advisories: row.size(2, "advisory_source.advisories")?,
        modified_at: row.maybe_moment(3, "advisory_source.modified_at")?,
        imported_at: row.moment(4, "advisory_source.imported_at")?,
    })
}
