//! What is said of CVEs beside advisories: how they are scored, which are exploited, and how likely
//! the others are to be.

use names::Timestamp;

use crate::value::{Value, args, as_slices};
use crate::{DbError, Tx};

/// How a CVE is scored: vectors of CVSS.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CveScore {
    /// In the CVE List, by the organization that assigned it.
    pub cna: Option<String>,
    /// In the CVE List, by CISA.
    pub cisa: Option<String>,
    /// When the CVE List last changed its record.
    pub listed_at: Option<Timestamp>,
    /// By NVD.
    pub nvd: Option<String>,
    /// When NVD last changed its record.
    pub rated_at: Option<Timestamp>,
}

/// How likely it is that a CVE is exploited, in millionths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CveEpss {
    /// Within 30 days.
    pub probability: i64,
    /// The part of all CVEs that are less likely.
    pub percentile: i64,
}

impl Tx<'_> {
    /// How each of these CVEs is scored, in their order.
    pub fn find_cve_scores(&mut self, cves: &[&str]) -> Result<Vec<Option<CveScore>>, DbError> {
        self.row_of_each(
            "SELECT cna, cisa, listed_at, nvd, rated_at FROM cve_score WHERE vulnerability = $1",
            &as_slices(&each(cves)),
            |row| {
                Ok(CveScore {
                    cna: row.maybe_text(0, "cve_score.cna")?,
                    cisa: row.maybe_text(1, "cve_score.cisa")?,
                    listed_at: row.maybe_moment(2, "cve_score.listed_at")?,
                    nvd: row.maybe_text(3, "cve_score.nvd")?,
                    rated_at: row.maybe_moment(4, "cve_score.rated_at")?,
                })
            },
        )
    }

    /// Writes down how a CVE is scored, over what was known.
    pub fn put_cve_score(&mut self, cve: &str, score: &CveScore) -> Result<(), DbError> {
        let CveScore { cna, cisa, listed_at, nvd, rated_at } = score;
        self.send(
            "INSERT INTO cve_score (vulnerability, cna, cisa, listed_at, nvd, rated_at)
             VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (vulnerability) DO UPDATE SET cna = excluded.cna, cisa = excluded.cisa,
                 listed_at = excluded.listed_at, nvd = excluded.nvd, rated_at = excluded.rated_at",
            args![cve, cna.as_ref(), cisa.as_ref(), *listed_at, nvd.as_ref(), *rated_at],
        )
    }

    /// Notes that the packages with a CVE have to be judged. Returns how many there are.
    pub fn touch_packages_with(&mut self, cve: &str) -> Result<usize, DbError> {
        self.execute(
            "INSERT INTO package_to_judge (package, turn, is_changed)
             SELECT package, 1, 0 FROM package_finding WHERE vulnerability = $1
             ON CONFLICT (package) DO UPDATE SET turn = package_to_judge.turn + 1",
            args![cve],
        )
    }

    /// Which of these CVEs are known to be exploited, in their order.
    pub fn are_exploited(&mut self, cves: &[&str]) -> Result<Vec<bool>, DbError> {
        let found = self.row_of_each(
            "SELECT 1 FROM exploited_cve WHERE vulnerability = $1",
            &as_slices(&each(cves)),
            |_| Ok(()),
        )?;
        Ok(found.into_iter().map(|found| found.is_some()).collect())
    }

    /// CVEs that are known to be exploited, from after `after` on.
    pub fn list_exploited_cves(
        &mut self,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Vec<String>, DbError> {
        self.rows(
            "SELECT vulnerability FROM exploited_cve WHERE vulnerability > $1
             ORDER BY vulnerability LIMIT $2",
            args![crate::value::after(after.unwrap_or_default()), i64::from(limit)],
            |row| row.text(0, "exploited_cve.vulnerability"),
        )
    }

    /// Writes down that a CVE is known to be exploited. Returns whether that is new.
    pub fn insert_exploited_cve(&mut self, cve: &str) -> Result<bool, DbError> {
        let inserted = self.execute(
            "INSERT INTO exploited_cve (vulnerability) VALUES ($1) ON CONFLICT DO NOTHING",
            args![cve],
        )?;
        Ok(inserted > 0)
    }

    /// Forgets that a CVE is known to be exploited.
    pub fn delete_exploited_cve(&mut self, cve: &str) -> Result<(), DbError> {
        self.send("DELETE FROM exploited_cve WHERE vulnerability = $1", args![cve])
    }

    /// How likely it is that each of these CVEs is exploited, in their order.
    pub fn find_cve_epss(&mut self, cves: &[&str]) -> Result<Vec<Option<CveEpss>>, DbError> {
        self.row_of_each(
            "SELECT probability, percentile FROM cve_epss WHERE vulnerability = $1",
            &as_slices(&each(cves)),
            |row| {
                Ok(CveEpss {
                    probability: row.int(0, "cve_epss.probability")?,
                    percentile: row.int(1, "cve_epss.percentile")?,
                })
            },
        )
    }

    /// Writes down how likely it is that a CVE is exploited, over what was known.
    pub fn put_cve_epss(&mut self, cve: &str, epss: CveEpss) -> Result<(), DbError> {
        let CveEpss { probability, percentile } = epss;
        self.send(
            "INSERT INTO cve_epss (vulnerability, probability, percentile) VALUES ($1, $2, $3)
             ON CONFLICT (vulnerability) DO UPDATE SET probability = excluded.probability,
                 percentile = excluded.percentile",
            args![cve, probability, percentile],
        )
    }
}

fn each<'a>(cves: &[&'a str]) -> Vec<[Value<'a>; 1]> {
    cves.iter().map(|cve| [(*cve).into()]).collect()
}
