//! Presigned URLs, which let anyone read one object for a while: Signature Version 4 in the query.
//!
//! `object_store` makes them too, but with the clock of this machine. A node whose clock is off by
//! minutes would issue URLs that are not valid yet, or no longer valid; here the time is an
//! argument.

use std::time::Duration;

use aws_lc_rs::{digest, hmac};
use names::Timestamp;

use super::config::S3Config;

/// The longest life that S3 allows: a week.
const LIFE_MAX: Duration = Duration::from_hours(7 * 24);

/// `address` with the right to `GET` it, from `now` on.
pub(super) fn sign(config: &S3Config, address: &str, now: Timestamp, life: Duration) -> String {
    let (day, time) = day_and_time(now);
    let scope = format!("{day}/{}/s3/aws4_request", config.region);
    let credential = encode(&format!("{}/{scope}", config.access_key_id));
    let seconds = life.clamp(Duration::from_secs(1), LIFE_MAX).as_secs();
    // In the order of their names, as they are signed.
    let query = format!(
        "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential={credential}&X-Amz-Date={time}&X-Amz-Expires={seconds}&X-Amz-SignedHeaders=host"
    );
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let request = format!("GET\n/{path}\n{query}\nhost:{host}\n\nhost\nUNSIGNED-PAYLOAD");
    let request = hex::encode(digest::digest(&digest::SHA256, request.as_bytes()));
    let text = format!("AWS4-HMAC-SHA256\n{time}\n{scope}\n{request}");
    let secret = format!("AWS4{}", config.secret_access_key.as_str());
    let key = [day.as_str(), &config.region, "s3", "aws4_request"]
        .iter()
        .fold(zeroize::Zeroizing::new(secret.into_bytes()), |key, part| mac(&key, part).into());
    format!("{address}?{query}&X-Amz-Signature={}", hex::encode(mac(&key, &text)))
}

fn mac(key: &[u8], text: &str) -> Vec<u8> {
    let key = hmac::Key::new(hmac::HMAC_SHA256, key);
    hmac::sign(&key, text.as_bytes()).as_ref().to_vec()
}

fn encode(text: &str) -> String {
    let one = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
            char::from(byte).to_string()
        }
        other => format!("%{other:02X}"),
    };
    text.bytes().map(one).collect()
}

/// `20130524` and `20130524T000000Z`.
fn day_and_time(now: Timestamp) -> (String, String) {
    let seconds = now.as_seconds();
    let (days, within) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let (year, month, day) = civil(days);
    let (hour, minute, second) = (within / 3_600, within / 60 % 60, within % 60);
    let day = format!("{year:04}{month:02}{day:02}");
    let time = format!("{day}T{hour:02}{minute:02}{second:02}Z");
    (day, time)
}

/// Days since 1970 as a date of the Gregorian calendar, by eras of 400 years that begin in March.
fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let (era, of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let march_based = (5 * of_year + 2) / 153;
    let day = of_year - (153 * march_based + 2) / 5 + 1;
    let month = if march_based < 10 { march_based + 3 } else { march_based - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::super::config::{BucketConfig, CloudConfig};
    use super::*;

    /// AWS's own example: "Authenticating Requests: Using Query Parameters" in the S3 API
    /// reference.
    #[test]
    fn an_address_is_signed_as_aws_signs_it() {
        let variable = |name: &str| match name {
            "LONGSHORE_S3_REGION" => Some("us-east-1".to_owned()),
            "LONGSHORE_S3_ACCESS_KEY_ID" => Some("AKIAIOSFODNN7EXAMPLE".to_owned()),
            "LONGSHORE_S3_SECRET_ACCESS_KEY" => {
                Some("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY".to_owned())
            }
            _ => None,
        };
        let config = BucketConfig::parse("s3://examplebucket", variable).unwrap();
        let CloudConfig::S3(config) = config.cloud else { panic!("it is S3") };
        let address = "https://examplebucket.s3.amazonaws.com/test.txt";
        let now = Timestamp::from_seconds(1_369_353_600);
        let signed = sign(&config, address, now, Duration::from_hours(24));
        assert_eq!(
            signed,
            "https://examplebucket.s3.amazonaws.com/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404"
        );
    }

    #[test]
    fn moments_are_written_as_dates() {
        #[rustfmt::skip]
        let cases = [
            (0,             "19700101T000000Z", "the first one"),
            (-1,            "19691231T235959Z", "before it"),
            (951_782_400,   "20000229T000000Z", "a leap day of a century"),
            (4_107_542_400, "21000301T000000Z", "a century without one"),
            (1_709_251_199, "20240229T235959Z", "a leap day's end"),
        ];
        for (seconds, expected, because) in cases {
            assert_eq!(day_and_time(Timestamp::from_seconds(seconds)).1, expected, "{because}");
        }
    }
}
