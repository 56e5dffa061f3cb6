use std::str::FromStr;

use names::Timestamp;

/// Seconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Moment(pub(super) f64);

impl FromStr for Moment {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let moment: jiff::Timestamp =
            text.parse().map_err(|_| "expected a time, such as 2026-11-28T09:00:00Z")?;
        #[expect(clippy::cast_precision_loss, reason = "microseconds stay exact for 280 years")]
        let seconds = moment.as_microsecond() as f64 / 1e6;
        Ok(Self(seconds))
    }
}

impl Moment {
    pub(super) fn timestamp(self) -> Timestamp {
        #[expect(clippy::cast_possible_truncation, reason = "it was read from whole microseconds")]
        Timestamp::from_micros((self.0 * 1e6) as i64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_one_in_utc_or_with_its_zone() {
        assert_eq!("1970-01-01T00:00:01.5Z".parse(), Ok(Moment(1.5)));
        assert_eq!("1970-01-01T01:00:01+01".parse(), Ok(Moment(1.0)));
        assert!("yesterday".parse::<Moment>().is_err());
    }
}
