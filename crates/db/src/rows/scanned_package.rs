//! Packages of images, what is known to be wrong with them, and which of them have to be judged.

use names::Timestamp;

use super::row_key;
use crate::value::{Row, Value, args, as_slices};
use crate::{DbError, Tx};

row_key! {
    /// The row of a package.
    PackageKey
}

/// A package to be written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPackage {
    /// The digest of its document.
    pub digest: String,
    /// What it is.
    pub document: Vec<u8>,
    /// Whether the operating system's package manager installed it.
    pub is_of_os: bool,
    /// Its name in findings.
    pub shown_name: String,
    /// Its version in findings.
    pub shown_version: String,
    /// Where advisories for it stand: ecosystems and names.
    pub keys: Vec<(String, String)>,
}

/// A package that has to be judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackageToJudge {
    /// Its row.
    pub package: PackageKey,
    /// Counts the reasons.
    pub turn: i64,
    /// Whether its findings changed, and its images are not told yet.
    pub is_changed: bool,
}

/// A package as findings show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownPackage {
    /// Whether the operating system's package manager installed it.
    pub is_of_os: bool,
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
}

/// What is wrong with a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackageFinding {
    /// The vulnerability.
    pub vulnerability: String,
    /// How severe, from 0 for what is not rated upwards.
    pub severity: u8,
    /// The advisory that says so.
    pub advisory: String,
    /// All that is said.
    pub document: Vec<u8>,
    /// Since when it is known here.
    pub observed_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

impl Tx<'_> {
    /// The package of this digest.
    pub fn find_package(&mut self, digest: &str) -> Result<Option<PackageKey>, DbError> {
        self.row("SELECT id FROM scanned_package WHERE digest = $1", args![digest], |row| {
            row.int(0, "scanned_package.id").map(PackageKey)
        })
    }

    /// Writes down a package with its keys, and that it has to be judged.
    pub fn insert_package(&mut self, new: &NewPackage) -> Result<PackageKey, DbError> {
        let NewPackage { digest, document, is_of_os, shown_name, shown_version, keys } = new;
        let inserted = self.row(
            "INSERT INTO scanned_package (digest, document, is_of_os, shown_name, shown_version)
             VALUES ($1, $2, $3, $4, $5) RETURNING id",
            args![digest, document, *is_of_os, shown_name, shown_version],
            |row| row.int(0, "scanned_package.id").map(PackageKey),
        )?;
        let key = inserted.ok_or(DbError::Corrupt { column: "scanned_package.id" })?;
        for (ecosystem, name) in keys {
            self.send(
                "INSERT INTO scanned_package_key (ecosystem, name, package) VALUES ($1, $2, $3)
                 ON CONFLICT DO NOTHING",
                args![ecosystem, name, key],
            )?;
        }
        self.send(
            "INSERT INTO package_to_judge (package, turn, is_changed) VALUES ($1, 1, 0)",
            args![key],
        )?;
        Ok(key)
    }

    /// The documents of these packages, in their order.
    pub fn find_package_documents(
        &mut self,
        packages: &[PackageKey],
    ) -> Result<Vec<Option<Vec<u8>>>, DbError> {
        let each: Vec<[Value<'_>; 1]> = packages.iter().map(|key| [(*key).into()]).collect();
        self.row_of_each(
            "SELECT document FROM scanned_package WHERE id = $1",
            &as_slices(&each),
            |row| row.bytes(0, "scanned_package.document").map(<[u8]>::to_vec),
        )
    }

    /// These packages as findings show them, in their order.
    pub fn find_shown_packages(
        &mut self,
        packages: &[PackageKey],
    ) -> Result<Vec<Option<ShownPackage>>, DbError> {
        let each: Vec<[Value<'_>; 1]> = packages.iter().map(|key| [(*key).into()]).collect();
        self.row_of_each(
            "SELECT is_of_os, shown_name, shown_version FROM scanned_package WHERE id = $1",
            &as_slices(&each),
            |row| {
                Ok(ShownPackage {
                    is_of_os: row.int(0, "scanned_package.is_of_os")? != 0,
                    name: row.text(1, "scanned_package.shown_name")?,
                    version: row.text(2, "scanned_package.shown_version")?,
                })
            },
        )
    }

    /// Which vulnerabilities each of these packages has, and how severe they are, in their order.
    pub fn list_vulnerabilities_of_each(
        &mut self,
        packages: &[PackageKey],
    ) -> Result<Vec<Vec<(String, u8)>>, DbError> {
        let each: Vec<[Value<'_>; 1]> = packages.iter().map(|key| [(*key).into()]).collect();
        self.rows_of_each(
            "SELECT vulnerability, severity FROM package_finding
             WHERE package = $1 ORDER BY vulnerability",
            &as_slices(&each),
            |row| Ok((row.text(0, "package_finding.vulnerability")?, severity(row, 1)?)),
        )
    }

    /// Where advisories for a package stand.
    pub fn list_package_keys(
        &mut self,
        package: PackageKey,
    ) -> Result<Vec<(String, String)>, DbError> {
        self.rows(
            "SELECT ecosystem, name FROM scanned_package_key WHERE package = $1",
            args![package],
            |row| {
                let ecosystem = row.text(0, "scanned_package_key.ecosystem")?;
                Ok((ecosystem, row.text(1, "scanned_package_key.name")?))
            },
        )
    }

    /// Notes that the packages of this name have to be judged. Returns how many there are.
    pub fn touch_packages(&mut self, ecosystem: &str, name: &str) -> Result<usize, DbError> {
        self.execute(
            "INSERT INTO package_to_judge (package, turn, is_changed)
             SELECT package, 1, 0 FROM scanned_package_key WHERE ecosystem = $1 AND name = $2
             ON CONFLICT (package) DO UPDATE SET turn = package_to_judge.turn + 1",
            args![ecosystem, name],
        )
    }

    /// Packages that have to be judged, from after `after` on.
    pub fn list_packages_to_judge(
        &mut self,
        after: PackageKey,
        limit: u32,
    ) -> Result<Vec<PackageToJudge>, DbError> {
        self.rows(
            "SELECT package, turn, is_changed FROM package_to_judge WHERE package > $1
             ORDER BY package LIMIT $2",
            args![after, i64::from(limit)],
            to_judge,
        )
    }

    /// Which of these packages have to be judged, in their order; `None` for the others.
    pub fn find_packages_to_judge(
        &mut self,
        packages: &[PackageKey],
    ) -> Result<Vec<Option<PackageToJudge>>, DbError> {
        let each: Vec<[Value<'_>; 1]> = packages.iter().map(|key| [(*key).into()]).collect();
        self.row_of_each(
            "SELECT package, turn, is_changed FROM package_to_judge WHERE package = $1",
            &as_slices(&each),
            to_judge,
        )
    }

    /// Notes that the findings of a package changed, so that its images have to be told.
    pub fn note_changed_findings(&mut self, package: PackageKey) -> Result<(), DbError> {
        self.send("UPDATE package_to_judge SET is_changed = 1 WHERE package = $1", args![package])
    }

    /// Removes the note, unless there is another reason since this turn.
    pub fn package_is_judged(&mut self, package: PackageKey, turn: i64) -> Result<(), DbError> {
        self.send(
            "DELETE FROM package_to_judge WHERE package = $1 AND turn = $2",
            args![package, turn],
        )
    }

    /// What is wrong with a package.
    pub fn list_package_findings(
        &mut self,
        package: PackageKey,
    ) -> Result<Vec<PackageFinding>, DbError> {
        self.rows(
            "SELECT vulnerability, severity, advisory, document, observed_at, updated_at
             FROM package_finding WHERE package = $1 ORDER BY vulnerability",
            args![package],
            finding,
        )
    }

    /// What is known of a vulnerability of each of these packages, in their order.
    pub fn find_package_findings(
        &mut self,
        findings: &[(PackageKey, &str)],
    ) -> Result<Vec<Option<PackageFinding>>, DbError> {
        let each: Vec<[Value<'_>; 2]> = findings
            .iter()
            .map(|(package, vulnerability)| [(*package).into(), (*vulnerability).into()])
            .collect();
        self.row_of_each(
            "SELECT vulnerability, severity, advisory, document, observed_at, updated_at
             FROM package_finding WHERE package = $1 AND vulnerability = $2",
            &as_slices(&each),
            finding,
        )
    }

    /// Writes down what is wrong with a package. What was known before keeps its first moment.
    pub fn put_package_finding(
        &mut self,
        package: PackageKey,
        found: &PackageFinding,
    ) -> Result<(), DbError> {
        let PackageFinding { vulnerability, severity, advisory, document, observed_at, updated_at } =
            found;
        self.send(
            "INSERT INTO package_finding (package, vulnerability, severity, advisory, document,
                                          observed_at, updated_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)
             ON CONFLICT (package, vulnerability) DO UPDATE SET severity = excluded.severity,
                 advisory = excluded.advisory, document = excluded.document,
                 updated_at = excluded.updated_at",
            args![
                package,
                vulnerability,
                i64::from(*severity),
                advisory,
                document,
                *observed_at,
                *updated_at
            ],
        )
    }

    /// Forgets that something is wrong with a package.
    pub fn delete_package_finding(
        &mut self,
        package: PackageKey,
        vulnerability: &str,
    ) -> Result<(), DbError> {
        self.send(
            "DELETE FROM package_finding WHERE package = $1 AND vulnerability = $2",
            args![package, vulnerability],
        )
    }

    /// Deletes a package that no image has. Returns whether it is gone.
    pub fn delete_unused_package(&mut self, package: PackageKey) -> Result<bool, DbError> {
        let used = self.row(
            "SELECT 1 FROM image_package WHERE package = $1 LIMIT 1",
            args![package],
            |_| Ok(()),
        )?;
        if used.is_some() {
            return Ok(false);
        }
        self.send("DELETE FROM package_to_judge WHERE package = $1", args![package])?;
        self.send("DELETE FROM package_finding WHERE package = $1", args![package])?;
        self.send("DELETE FROM scanned_package_key WHERE package = $1", args![package])?;
        self.send("DELETE FROM scanned_package WHERE id = $1", args![package])?;
        Ok(true)
    }
}

fn to_judge(row: &Row<'_>) -> Result<PackageToJudge, DbError> {
    Ok(PackageToJudge {
        package: PackageKey(row.int(0, "package_to_judge.package")?),
        turn: row.int(1, "package_to_judge.turn")?,
        is_changed: row.int(2, "package_to_judge.is_changed")? != 0,
    })
}

fn finding(row: &Row<'_>) -> Result<PackageFinding, DbError> {
    Ok(PackageFinding {
        vulnerability: row.text(0, "package_finding.vulnerability")?,
        severity: severity(row, 1)?,
        advisory: row.text(2, "package_finding.advisory")?,
        document: row.bytes(3, "package_finding.document")?.to_vec(),
        observed_at: row.moment(4, "package_finding.observed_at")?,
        updated_at: row.moment(5, "package_finding.updated_at")?,
    })
}

fn severity(row: &Row<'_>, at: usize) -> Result<u8, DbError> {
    const COLUMN: &str = "package_finding.severity";
    u8::try_from(row.int(at, COLUMN)?).map_err(|_| DbError::Corrupt { column: COLUMN })
}
