use std::fmt;

use jiff::civil;
use jiff::tz::TimeZone;
use names::Timestamp;

/// The time of a signature, to the second, in the spelling of the string to sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct AmzDate {
    seconds: i64,
    civil: civil::DateTime,
}

const MONTHS: [&[u8]; 12] = [
    b"Jan", b"Feb", b"Mar", b"Apr", b"May", b"Jun", b"Jul", b"Aug", b"Sep", b"Oct", b"Nov", b"Dec",
];

impl AmzDate {
    /// Reads ISO 8601, basic (`20150830T123600Z`) or extended (`2015-08-30T12:36:00Z`).
    pub(super) fn parse(text: &str) -> Option<Self> {
        let b = text.as_bytes();
        match b.len() {
            16 if b[8] == b'T' && b[15] == b'Z' => {
                Self::of([&b[0..4], &b[4..6], &b[6..8], &b[9..11], &b[11..13], &b[13..15]])
            }
            20 if [b[4], b[7], b[10], b[13], b[16], b[19]] == *b"--T::Z" => {
                Self::of([&b[0..4], &b[5..7], &b[8..10], &b[11..13], &b[14..16], &b[17..19]])
            }
            _ => None,
        }
    }

    /// Parses the forms of a `Date` header: ISO 8601, or `Sun, 30 Aug 2015 12:36:00 GMT`, whose
    /// zone botocore writes as `-0000`.
    pub(super) fn parse_http(text: &str) -> Option<Self> {
        let zone_less = text.strip_suffix(" GMT").or_else(|| text.strip_suffix(" -0000"));
        let Some(text) = zone_less else { return Self::parse(text) };
        let b: &[u8; 25] = text.as_bytes().try_into().ok()?;
        if [b[3], b[4], b[7], b[11], b[16], b[19], b[22]] != *b",    ::" {
            return None;
        }
        let month = MONTHS.iter().position(|name| b[8..11] == **name)? + 1;
        let month = format!("{month:02}");
        Self::of([&b[12..16], month.as_bytes(), &b[5..7], &b[17..19], &b[20..22], &b[23..25]])
    }

    /// The moment, in the spelling that messages use.
    pub(super) fn at(time: Timestamp) -> Self {
        let seconds = time.as_seconds();
        let moment = jiff::Timestamp::from_second(seconds).unwrap_or_default();
        Self { seconds, civil: TimeZone::UTC.to_datetime(moment) }
    }

    pub(super) fn seconds(self) -> i64 {
        self.seconds
    }

    pub(super) fn timestamp(self) -> Timestamp {
        Timestamp::from_seconds(self.seconds)
    }

    /// `YYYYMMDD`, as in the credential scope.
    pub(super) fn day(self) -> String {
        let d = self.civil;
        format!("{:04}{:02}{:02}", d.year(), d.month(), d.day())
    }

    /// From year, month, day, hour, minute and second.
    fn of(digits: [&[u8]; 6]) -> Option<Self> {
        let [year, month, day, hour, minute, second] = digits;
        let civil = civil::DateTime::new(
            number(year)?,
            small(month)?,
            small(day)?,
            small(hour)?,
            small(minute)?,
            small(second)?,
            0,
        );
        let civil = civil.ok()?;
        let moment = TimeZone::UTC.to_timestamp(civil).ok()?;
        Some(Self { seconds: moment.as_second(), civil })
    }
}

impl fmt::Display for AmzDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let d = self.civil;
        write!(f, "{}T{:02}{:02}{:02}Z", self.day(), d.hour(), d.minute(), d.second())
    }
}

/// At most four digits.
fn number(digits: &[u8]) -> Option<i16> {
    digits.iter().try_fold(0, |n, b| b.is_ascii_digit().then(|| n * 10 + i16::from(b - b'0')))
}

fn small(digits: &[u8]) -> Option<i8> {
    number(digits).and_then(|n| i8::try_from(n).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_headers() {
        let good = Some("20150830T123600Z");
        #[rustfmt::skip]
        let cases = [
            // text                           x-amz-date  Date    because
            ("20150830T123600Z",              good,       good,   "ISO 8601 basic"),
            ("2015-08-30T12:36:00Z",          good,       good,   "ISO 8601 extended"),
            ("Sun, 30 Aug 2015 12:36:00 GMT", None,       good,   "an HTTP date"),
            ("Sun, 30 Aug 2015 12:36:00 -0000", None,     good,   "as botocore writes it"),
            ("Sun, 30 Aux 2015 12:36:00 GMT", None,       None,   "no such month"),
            ("Sun, 30 Aug 2015 12:36:00 UTC", None,       None,   "HTTP dates end in GMT"),
            ("Sun, 30 Aug 2015x12:36:00 GMT", None,       None,   "a stray letter"),
            ("20150830T123600",               None,       None,   "no zone"),
            ("20150830T123600+0200",          None,       None,   "another zone"),
            ("20150830 123600Z",              None,       None,   "no T"),
            ("20150230T123600Z",              None,       None,   "no such day"),
            ("20151330T123600Z",              None,       None,   "no such month"),
            ("20150830T243600Z",              None,       None,   "no such hour"),
            ("20150830T1236+1Z",              None,       None,   "a sign is not a digit"),
            ("２０15083T123Z",                 None,       None,   "full-width digits"),
            ("",                              None,       None,   "empty"),
        ];
        for (text, iso, http, because) in cases {
            let spelled = |date: Option<AmzDate>| date.map(|date| date.to_string());
            assert_eq!(spelled(AmzDate::parse(text)).as_deref(), iso, "{text:?}: {because}");
            assert_eq!(spelled(AmzDate::parse_http(text)).as_deref(), http, "{text:?}: {because}");
        }
    }

    #[test]
    fn a_date_is_a_moment() {
        let date = AmzDate::parse("20150830T123600Z").unwrap();
        assert_eq!(date.seconds(), 1_440_938_160);
        assert_eq!(date.day(), "20150830");
        assert_eq!(AmzDate::at(date.timestamp()), date);
    }
}
