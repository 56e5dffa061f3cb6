use crate::Malformed;

/// A part of something that is there: `start < end <= total`, or the whole of something empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ByteRange {
    start: u64,
    end: u64,
    total: u64,
}

impl ByteRange {
    /// All of `total` bytes.
    pub fn whole(total: u64) -> Self {
        Self { start: 0, end: total, total }
    }

    /// The first byte's offset.
    pub fn start(self) -> u64 {
        self.start
    }

    /// The offset after the last byte.
    pub fn end(self) -> u64 {
        self.end
    }

    /// How many bytes the thing has as a whole.
    pub fn total(self) -> u64 {
        self.total
    }

    /// How many bytes are asked for.
    pub fn length(self) -> u64 {
        self.end - self.start
    }
}

/// What a `Range` header asks for (RFC 9110 §14.1.2), before anyone knows how long the thing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RangeRequest {
    /// `bytes=A-B` or `bytes=A-`.
    From {
        /// First byte wanted.
        first: u64,
        /// Last byte wanted, inclusive; `None` is "to the end".
        last: Option<u64>,
    },
    /// `bytes=-N`.
    Last(u64),
}

impl RangeRequest {
    /// Reads one range. `Ok(None)` says: ignore the header and send everything, which RFC 9110
    /// §14.2 asks for with units that we do not know and allows with several ranges.
    pub fn parse(header: &str) -> Result<Option<Self>, Malformed> {
        const BAD: Malformed = Malformed("a byte range");
        let Some((unit, spec)) = header.trim().split_once('=') else { return Ok(None) };
        if !unit.eq_ignore_ascii_case("bytes") {
            return Ok(None);
        }
        if spec.contains(',') {
            return Ok(None);
        }
        let (first, last) = spec.trim().split_once('-').ok_or(BAD)?;
        let number = |text: &str| {
            // A position beyond every number that there is lies beyond every end.
            let digits = text.bytes().all(|b| b.is_ascii_digit());
            if digits { Ok(text.parse().unwrap_or(u64::MAX)) } else { Err(BAD) }
        };
        match (first, last) {
            ("", "") => Err(BAD),
            ("", suffix) => Ok(Some(Self::Last(number(suffix)?))),
            (first, "") => Ok(Some(Self::From { first: number(first)?, last: None })),
            (first, last) => {
                let (first, last) = (number(first)?, number(last)?);
                if last < first {
                    return Err(BAD);
                }
                Ok(Some(Self::From { first, last: Some(last) }))
            }
        }
    }

    /// The part of `total` bytes that is asked for; `None` if there is no such part (416).
    pub fn within(self, total: u64) -> Option<ByteRange> {
        let (start, end) = match self {
            Self::From { first, last } => {
                (first, last.map_or(total, |last| last.saturating_add(1).min(total)))
            }
            Self::Last(length) => (total - length.min(total), total),
        };
        (start < end).then_some(ByteRange { start, end, total })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_of_ten_bytes() {
        #[rustfmt::skip]
        let cases = [
            // header                    start..end  because
            ("bytes=0-0",                Some((0, 1)),  "one byte"),
            ("bytes=2-5",                Some((2, 6)),  "both ends count"),
            ("bytes=7-",                 Some((7, 10)), "to the end"),
            ("bytes=7-99",               Some((7, 10)), "cut at the end"),
            ("bytes=0-18446744073709551615", Some((0, 10)), "the largest number there is"),
            ("bytes=3-18446744073709551616", Some((3, 10)), "a larger one"),
            ("bytes=-3",                 Some((7, 10)), "the last three"),
            ("bytes=-99",                Some((0, 10)), "more than there are"),
            ("bytes=10-",                None,          "starts after the end"),
            ("bytes=99999999999999999999-", None,       "starts after every end"),
            ("bytes=-0",                 None,          "the last none"),
        ];
        for (header, expected, because) in cases {
            let asked = RangeRequest::parse(header).unwrap().unwrap();
            let got = asked.within(10).map(|range| (range.start(), range.end()));
            assert_eq!(got, expected, "{header:?}: {because}");
        }
    }

    #[test]
    fn headers_that_are_refused_or_ignored() {
        #[rustfmt::skip]
        let cases = [
            ("bytes=",      Err(()),  "nothing asked"),
            ("bytes=-",     Err(()),  "no number"),
            ("bytes=5-2",   Err(()),  "backwards"),
            ("bytes=a-b",   Err(()),  "not numbers"),
            ("bytes=+1-2",  Err(()),  "a sign is not a digit"),
            ("bytes=0-1,3-4", Ok(()), "several ranges: the whole is sent"),
            ("lines=0-1",   Ok(()),   "an unknown unit is ignored"),
            ("bytes",       Ok(()),   "no range at all"),
        ];
        for (header, expected, because) in cases {
            let got = RangeRequest::parse(header);
            assert_eq!(got.is_ok(), expected.is_ok(), "{header:?}: {because}");
            if expected.is_ok() {
                assert_eq!(got, Ok(None), "{header:?}: {because}");
            }
        }
    }
}
