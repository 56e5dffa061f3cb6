//! The names of a trail's files, as CloudTrail has them.

use names::{RegistryId, Timestamp};

/// Everything is below this folder.
pub(crate) const ROOT: &str = "AWSLogs";

/// What the name of a file with the signature of a digest file has more.
pub(crate) const SIGNATURE: &str = ".signature";

/// The end of the names of log files and digest files.
pub(super) const ENDING: &str = ".json.gz";

/// A log file that is made now. `random` makes its name its own.
pub(super) fn log_file(registry: &RegistryId, now: Timestamp, random: [u8; 16]) -> String {
    const LETTERS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    let letter = |byte: u8| char::from(LETTERS[usize::from(byte) % LETTERS.len()]);
    let random: String = random.map(letter).iter().collect();
    let RegistryId { account, region } = registry;
    let (day, minute) = (stamp(now, "%Y/%m/%d"), stamp(now, "%Y%m%dT%H%MZ"));
    format!(
        "{ROOT}/{account}/CloudTrail/{region}/{day}/\
         {account}_CloudTrail_{region}_{minute}_{random}{ENDING}"
    )
}

/// The folder of the digest files of a registry.
pub(crate) fn digest_folder(registry: &RegistryId) -> String {
    let RegistryId { account, region } = registry;
    format!("{ROOT}/{account}/CloudTrail-Digest/{region}")
}

/// The digest file that ends then.
pub(super) fn digest_file(
    registry: &RegistryId,
    (trail, home_region): (&str, &str),
    until: Timestamp,
) -> String {
    let (day, second) = (stamp(until, "%Y/%m/%d"), stamp(until, "%Y%m%dT%H%M%SZ"));
    let stem = digest_stem(registry, trail, home_region);
    format!("{}/{day}/{stem}{second}{ENDING}", digest_folder(registry))
}

/// What the names of the digest files of a registry begin with.
pub(super) fn digest_stem(registry: &RegistryId, trail: &str, home_region: &str) -> String {
    let RegistryId { account, region } = registry;
    format!("{account}_CloudTrail-Digest_{region}_{trail}_{home_region}_")
}

fn stamp(moment: Timestamp, form: &str) -> String {
    let seconds = jiff::Timestamp::from_second(moment.as_seconds());
    // No clock shows a year that has more than four digits.
    seconds.unwrap_or_default().strftime(form).to_string()
}

#[cfg(test)]
mod tests {
    use names::{AccountId, Region};

    use super::*;

    #[test]
    fn files_are_named_as_cloudtrail_names_them() {
        let registry = RegistryId {
            account: AccountId::parse("123456789012").unwrap(),
            region: Region::parse("eu-west-1").unwrap(),
        };
        let at = Timestamp::from_seconds(1_800_000_000);
        assert_eq!(
            log_file(&registry, at, [0, 9, 10, 35, 36, 61, 62, 255, 0, 0, 0, 0, 0, 0, 0, 1]),
            "AWSLogs/123456789012/CloudTrail/eu-west-1/2027/01/15/\
             123456789012_CloudTrail_eu-west-1_20270115T0800Z_09AZaz0700000001.json.gz"
        );
        assert_eq!(
            digest_file(&registry, ("trail", "us-east-1"), at),
            "AWSLogs/123456789012/CloudTrail-Digest/eu-west-1/2027/01/15/\
             123456789012_CloudTrail-Digest_eu-west-1_trail_us-east-1_20270115T080000Z.json.gz"
        );
    }
}
