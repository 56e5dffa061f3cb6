//! Dates in policies: ISO 8601 in the W3C's profiles, or seconds since 1970.

use names::Timestamp;

pub(crate) const MICROS: i64 = 1_000_000;
const SECONDS_PER_DAY: i64 = 86_400;
/// More digits of a second than this are not kept.
const FRACTION_DIGITS: usize = 6;

/// Prints a moment as conditions see it: `2026-11-21T15:04:05Z`.
pub(crate) fn print(moment: Timestamp) -> String {
    let seconds = moment.as_seconds();
    let (days, second) = (seconds.div_euclid(SECONDS_PER_DAY), seconds.rem_euclid(SECONDS_PER_DAY));
    let (year, month, day) = civil_from_days(days);
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

/// Parses a date. Digits alone are seconds since 1970, and a date without a zone is in UTC, as at
/// AWS.
pub(crate) fn read(text: &str) -> Option<i64> {
    if !text.contains(['-', 't', 'T']) || text.strip_prefix('-').is_some_and(is_epoch) {
        return epoch(text);
    }
    let (date, time) = match text.split_once(['T', 't']) {
        Some((date, time)) => (date, Some(time)),
        None => (text, None),
    };
    let mut parts = date.split('-');
    let year = number(parts.next()?, 4)?;
    let month = parts.next().map_or(Some(1), |part| number(part, 2))?;
    let day = parts.next().map_or(Some(1), |part| number(part, 2))?;
    if parts.next().is_some() {
        return None;
    }
    let days = days_from_civil(year, month, day);
    // A day that its month does not have would become one of the next month.
    if civil_from_days(days) != (year, month, day) {
        return None;
    }
    let micros = time.map_or(Some(0), time_of_day)?;
    Some(days * SECONDS_PER_DAY * MICROS + micros)
}

fn is_epoch(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit() || b == b'.')
}

fn epoch(text: &str) -> Option<i64> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text),
    };
    let (whole, micros) = seconds(digits, 1..=18)?;
    let total = whole.checked_mul(MICROS)?.checked_add(micros)?;
    Some(if negative { -total } else { total })
}

/// Whole seconds and the microseconds after the point.
fn seconds(text: &str, digits: std::ops::RangeInclusive<usize>) -> Option<(i64, i64)> {
    let (whole, fraction) = match text.split_once('.') {
        Some((_, "")) => return None,
        Some(parts) => parts,
        None => (text, ""),
    };
    let is_digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if !digits.contains(&whole.len()) || !is_digits(whole) || !is_digits(fraction) {
        return None;
    }
    let kept = &fraction[..fraction.len().min(FRACTION_DIGITS)];
    let micros = format!("{kept:0<6}").parse().ok()?;
    Some((whole.parse().ok()?, micros))
}

/// A number of so many digits.
fn number(text: &str, digits: usize) -> Option<i64> {
    let fits = text.len() == digits && text.bytes().all(|b| b.is_ascii_digit());
    if fits { text.parse().ok() } else { None }
}

/// `hh:mm`, `hh:mm:ss` or `hh:mm:ss.s`, and a zone: microseconds since midnight in UTC.
fn time_of_day(text: &str) -> Option<i64> {
    let zone_at = text.find(['Z', 'z', '+', '-']).unwrap_or(text.len());
    let (clock, zone) = text.split_at(zone_at);
    let mut parts = clock.split(':');
    let hour = number(parts.next()?, 2)?;
    let minute = number(parts.next()?, 2)?;
    let (second, micros) = parts.next().map_or(Some((0, 0)), |part| seconds(part, 2..=2))?;
    if parts.next().is_some() || hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let seconds = hour * 3600 + minute * 60 + second - zone_offset(zone)?;
    Some(seconds * MICROS + micros)
}

fn zone_offset(zone: &str) -> Option<i64> {
    let (sign, rest) = match zone.split_at_checked(1) {
        None | Some(("Z" | "z", "")) => return Some(0),
        Some(("+", rest)) => (1, rest),
        Some(("-", rest)) => (-1, rest),
        Some(_) => return None,
    };
    let (hours, minutes) = rest.split_once(':').unwrap_or((rest, "00"));
    let (hours, minutes) = (number(hours, 2)?, number(minutes, 2)?);
    (hours <= 23 && minutes <= 59).then_some(sign * (hours * 3600 + minutes * 60))
}

/// Days since 1970 of a date of the Gregorian calendar. Years begin in March here, so that the day
/// that only leap years have is their last; four hundred years have 146 097 days.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let (era, day_of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    let year = era * 400 + year_of_era + i64::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates() {
        #[rustfmt::skip]
        let cases = [
            ("1970-01-01T00:00:00Z",      Some(0),                  "the first moment"),
            ("0",                         Some(0),                  "seconds since 1970"),
            ("1700000000",                Some(1_700_000_000),      "seconds since 1970"),
            ("-1",                        Some(-1),                 "before 1970"),
            ("2023-11-14T22:13:20Z",      Some(1_700_000_000),      "to the second"),
            ("2023-11-14T22:13:20",       Some(1_700_000_000),      "without a zone it is UTC"),
            ("2023-11-14t22:13:20z",      Some(1_700_000_000),      "small letters"),
            ("2023-11-15T00:13:20+02:00", Some(1_700_000_000),      "east of Greenwich"),
            ("2023-11-14T17:13:20-05:00", Some(1_700_000_000),      "west of Greenwich"),
            ("2023-11-14T22:13Z",         Some(1_699_999_980),      "to the minute"),
            ("2023-11-14",                Some(1_699_920_000),      "a day"),
            ("2023-11",                   Some(1_698_796_800),      "a month"),
            ("2024-02-29",                Some(1_709_164_800),      "a leap year"),
            ("2023",                      Some(2023),               "digits alone are seconds"),
            ("2023-02-29",                None,                     "no leap year"),
            ("1900-02-29",                None,                     "no leap year either"),
            ("2023-13-01",                None,                     "no such month"),
            ("2023-00-01",                None,                     "no such month"),
            ("2023-01-00",                None,                     "no such day"),
            ("2023-1-1",                  None,                     "digits are missing"),
            ("2023-01-01-01",             None,                     "a part too many"),
            ("2023-01-01T24:00Z",         None,                     "no such hour"),
            ("2023-01-01T00:60Z",         None,                     "no such minute"),
            ("2023-01-01T00",             None,                     "no minutes"),
            ("2023-01-01T00:00:00.Z",     None,                     "no digit after the point"),
            ("2023-01-01T00:00Zx",        None,                     "something behind"),
            ("2023-01-01T00:00+1",        None,                     "a cut zone"),
            ("2023-01-01T00:00é",         None,                     "a letter"),
            ("T",                         None,                     "nothing"),
            ("",                          None,                     "nothing"),
            ("tomorrow",                  None,                     "a word"),
            ("9999999999999999999",       None,                     "too large"),
        ];
        for (text, expected, because) in cases {
            assert_eq!(read(text), expected.map(|seconds| seconds * MICROS), "{text}: {because}");
        }
        assert_eq!(read("1970-01-01T00:00:00.25Z"), Some(250_000));
        assert_eq!(read("0.1234567"), Some(123_456));
    }

    #[test]
    fn dates_print_as_they_are_read() {
        for seconds in [0, 951_782_400, 1_709_164_799, 1_709_164_800, 4_107_542_400, -86_401] {
            let printed = print(Timestamp::from_seconds(seconds));
            assert_eq!(read(&printed), Some(seconds * MICROS), "{printed}");
        }
        assert_eq!(print(Timestamp::from_seconds(1_700_000_000)), "2023-11-14T22:13:20Z");
    }
}
