//! Where audit records are delivered.

use std::path::{Path, PathBuf};

use blobs::BucketConfig;

use super::error::ConfigError;
use super::variable::Variable;

/// What the configuration says about the trail.
#[derive(Debug, Clone, Default)]
pub enum AuditTrail {
    /// Nothing.
    #[default]
    Unsaid,
    /// There is none.
    Off,
    /// This one.
    To {
        /// Its name.
        name: String,
        /// Where its files are.
        place: AuditPlace,
        /// How many minutes a digest file covers.
        digest_minutes: u64,
    },
}

/// A place for the files of a trail.
#[derive(Debug, Clone)]
pub enum AuditPlace {
    /// A folder.
    Folder(PathBuf),
    /// A bucket.
    Bucket(Box<BucketConfig>),
}

/// The settings, as flags and file give them.
#[derive(Debug, Default)]
pub(super) struct AuditTrailWords {
    pub(super) place: Option<String>,
    pub(super) name: Option<String>,
    pub(super) digest_minutes: Option<u64>,
}

const NAME: &str = "longshore";

/// As CloudTrail does it. Its digest files name hours as well.
const DIGEST_MINUTES: u64 = 60;

impl AuditTrail {
    pub(super) fn settle(
        words: AuditTrailWords,
        (keep_days, data): (u64, &Path),
        variable: Variable<'_>,
    ) -> Result<Self, ConfigError> {
        let AuditTrailWords { place, name, digest_minutes } = words;
        // An empty variable is one that was not set: so orchestrators leave them.
        let Some(place) = place.filter(|place| !place.is_empty()) else { return Ok(Self::Unsaid) };
        if place == "off" {
            return Ok(Self::Off);
        }
        if keep_days == 0 {
            return Err(ConfigError::AuditTrailWithoutRecords);
        }
        let name = name.filter(|name| !name.is_empty()).unwrap_or_else(|| NAME.to_owned());
        if !is_name(&name) {
            return Err(ConfigError::AuditTrailName { text: name });
        }
        let digest_minutes = digest_minutes.unwrap_or(DIGEST_MINUTES);
        if digest_minutes == 0 || 60 % digest_minutes != 0 {
            return Err(ConfigError::AuditDigestMinutes);
        }
        let place = if BucketConfig::is_address(&place) {
            let bucket = BucketConfig::parse(&place, variable).map_err(ConfigError::AuditTrail)?;
            if !bucket.prefix.split('/').all(is_part_of_key) {
                return Err(ConfigError::AuditTrailPrefix { text: bucket.prefix });
            }
            AuditPlace::Bucket(Box::new(bucket))
        } else {
            let folder = PathBuf::from(place);
            if folder.starts_with(data) {
                return Err(ConfigError::AuditTrailInData);
            }
            AuditPlace::Folder(folder)
        };
        Ok(Self::To { name, place, digest_minutes })
    }
}

/// Whether CloudTrail would take it as the name of a trail.
fn is_name(name: &str) -> bool {
    let is_end = |b: Option<u8>| b.is_some_and(|b| b.is_ascii_alphanumeric());
    (3..=128).contains(&name.len())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
        && is_end(name.bytes().next())
        && is_end(name.bytes().next_back())
}

/// Whether clients spell it alike in every URL. A prefix may be empty.
fn is_part_of_key(part: &str) -> bool {
    !part.starts_with('.') && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
}

#[cfg(test)]
mod tests {
    use super::*;

    type Case<'a> = (Result<String, String>, Result<&'a str, &'a str>);

    #[test]
    fn trails_are_settled() {
        let settle = |place: &str, name: &str, minutes: Option<u64>, days: u64| {
            let words = AuditTrailWords {
                place: Some(place.to_owned()),
                name: Some(name.to_owned()),
                digest_minutes: minutes,
            };
            let variable = |name: &str| match name {
                "LONGSHORE_S3_REGION" => Some("us-east-1".to_owned()),
                "LONGSHORE_S3_ACCESS_KEY_ID" | "LONGSHORE_S3_SECRET_ACCESS_KEY" => {
                    Some("key".to_owned())
                }
                _ => None,
            };
            let settled = AuditTrail::settle(words, (days, Path::new("/data")), &variable);
            match settled.map_err(|why| why.to_string())? {
                AuditTrail::Unsaid => Ok("unsaid".to_owned()),
                AuditTrail::Off => Ok("off".to_owned()),
                AuditTrail::To { name, place: AuditPlace::Folder(folder), digest_minutes } => {
                    Ok(format!("{name} {} {digest_minutes}", folder.display()))
                }
                AuditTrail::To { name, place: AuditPlace::Bucket(bucket), .. } => {
                    Ok(format!("{name} {} {}", bucket.bucket, bucket.prefix))
                }
            }
        };
        #[rustfmt::skip]
        let cases: [Case<'_>; 13] = [
            (settle("", "", None, 90),                    Ok("unsaid")),
            (settle("off", "", None, 0),                  Ok("off")),
            (settle("/logs", "", None, 90),               Ok("longshore /logs 60")),
            (settle("/logs", "web.1", Some(1), 90),       Ok("web.1 /logs 1")),
            (settle("s3://logs-1", "", None, 90),         Ok("longshore logs-1 ")),
            (settle("s3://logs-1/a/b", "", None, 90),     Ok("longshore logs-1 a/b")),
            (settle("s3://logs-1/a b", "", None, 90),     Err("letters, digits")),
            (settle("/logs", "a", None, 90),              Err("3 to 128")),
            (settle("/logs", "-abc", None, 90),           Err("3 to 128")),
            (settle("/logs", "", Some(0), 90),            Err("divides 60")),
            (settle("/logs", "", Some(7), 90),            Err("divides 60")),
            (settle("/logs", "", None, 0),                Err("keep-audit-days")),
            (settle("/data/logs", "", None, 90),          Err("another folder")),
        ];
        for (settled, wanted) in cases {
            match (settled, wanted) {
                (Ok(settled), Ok(wanted)) => assert_eq!(settled, wanted),
                (Err(refused), Err(because)) => assert!(refused.contains(because), "{refused}"),
                (settled, wanted) => panic!("{settled:?} instead of {wanted:?}"),
            }
        }
    }
}
