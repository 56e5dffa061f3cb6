use crate::Malformed;

/// A part of existing content: `start < end <= total`, or the whole of empty content.
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

    /// The length in bytes.
    pub fn length(self) -> u64 {
        self.end - self.start
    }
}

/// The range in a `Range` header (RFC 9110 §14.1.2), before the length of the content is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RangeRequest {
    /// `bytes=A-B` or `bytes=A-`.
    From {
        /// The first byte.
        first: u64,
        /// The last byte, inclusive; `None` means "to the end".
        last: Option<u64>,
    },
    /// `bytes=-N`.
    Last(u64),
}

impl RangeRequest {
    /// Parses one range. `Ok(None)` means: ignore the header and send everything. RFC 9110 §14.2
    /// requires that for unknown units and allows it for several ranges.
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
            // A position that exceeds every number is beyond every end.
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

    /// The requested part of `total` bytes; `None` if there is no such part (416).
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
