/// `Content-Range` of a chunk: `FIRST-LAST`, inclusive (distribution-spec 1.1, "Pushing a blob in
/// chunks"). Some clients write HTTP's form, `bytes FIRST-LAST/TOTAL`; that is accepted as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ContentRange {
    /// The first byte's offset in the upload.
    pub first: u64,
    /// The last byte's.
    pub last: u64,
}

impl ContentRange {
    /// Reads the header. `None` if it is not a range, or runs backwards.
    pub fn parse(header: &str) -> Option<Self> {
        let text = header.trim();
        let text = text.strip_prefix("bytes ").or(text.strip_prefix("bytes=")).unwrap_or(text);
        let text = text.split_once('/').map_or(text, |(range, _)| range);
        let (first, last) = text.split_once('-')?;
        let range = Self { first: number(first)?, last: number(last)? };
        (range.first <= range.last).then_some(range)
    }

    /// How many bytes the chunk has.
    pub fn length(self) -> u64 {
        // A chunk of all possible bytes is longer than a number can express.
        (self.last - self.first).saturating_add(1)
    }
}

fn number(text: &str) -> Option<u64> {
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunk_ranges() {
        #[rustfmt::skip]
        let cases = [
            ("0-0",                      Some((0, 0)),   "one byte"),
            ("1024-2047",                Some((1024, 2047)), "the usual"),
            ("bytes 5-9/10",             Some((5, 9)),   "as HTTP writes it"),
            ("bytes=5-9",                Some((5, 9)),   "as a request for a range is written"),
            ("5-4",                      None,           "backwards"),
            ("-5",                       None,           "no first byte"),
            ("5-",                       None,           "no last byte"),
            ("a-b",                      None,           "not numbers"),
            ("+1-2",                     None,           "a sign"),
            ("99999999999999999999-1",   None,           "too large"),
            ("",                         None,           "empty"),
        ];
        for (text, expected, because) in cases {
            let got = ContentRange::parse(text).map(|range| (range.first, range.last));
            assert_eq!(got, expected, "{text:?}: {because}");
        }
    }

    #[test]
    fn the_longest_chunk_has_a_length() {
        assert_eq!(ContentRange { first: 0, last: u64::MAX }.length(), u64::MAX);
    }
}
