use super::Suite;

pub(crate) const SEGMENT_LOG2: u8 = 16;
/// Content per segment. 64 KiB costs 0.024 % for tags and at most 128 KiB of reading around a
/// range.
pub(crate) const SEGMENT_BYTES: usize = 1 << SEGMENT_LOG2;
pub(crate) const TAG_BYTES: usize = 16;
pub(crate) const FOOTER_BYTES: usize = 1024;

/// The limit of the segment counter: 256 TiB.
pub const SIZE_BYTES_MAX: u64 = (1 << (32 + SEGMENT_LOG2)) - 1;

const SEGMENT: u64 = SEGMENT_BYTES as u64;
const FOOTER: u64 = FOOTER_BYTES as u64;

/// The positions in one file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Layout {
    header_bytes: u64,
    tag_bytes: u64,
}

impl Layout {
    pub(crate) fn new(suite: Suite, header_bytes: usize) -> Self {
        Self { header_bytes: header_bytes as u64, tag_bytes: suite.tag_bytes() as u64 }
    }

    /// The segment that holds the content's byte `at`. The last one is that of the byte after the
    /// end.
    pub(crate) fn segment_of(at: u64) -> u64 {
        at / SEGMENT
    }

    /// How much content segment `index` has, of `size` in all.
    pub(crate) fn content_in(index: u64, size: u64) -> usize {
        let left = size.saturating_sub(index * SEGMENT).min(SEGMENT);
        usize::try_from(left).expect("a segment's length")
    }

    /// The start of segment `index`.
    pub(crate) fn segment_at(self, index: u64) -> u64 {
        self.header_bytes + index * (SEGMENT + self.tag_bytes)
    }

    /// The start of the footer, after `size` bytes of content.
    pub(crate) fn footer_at(self, size: u64) -> u64 {
        self.segment_at(size / SEGMENT) + size % SEGMENT + self.tag_bytes
    }

    /// How long the file is with `size` bytes of content.
    pub(crate) fn file_bytes(self, size: u64) -> u64 {
        self.footer_at(size) + FOOTER
    }

    /// How much content a file of this length has; `None` if no content gives that length.
    pub(crate) fn size_of(self, file_bytes: u64) -> Option<u64> {
        let body = file_bytes.checked_sub(self.header_bytes)?.checked_sub(FOOTER)?;
        let (full, rest) = (body / (SEGMENT + self.tag_bytes), body % (SEGMENT + self.tag_bytes));
        let size = full.checked_mul(SEGMENT)?.checked_add(rest.checked_sub(self.tag_bytes)?)?;
        (size <= SIZE_BYTES_MAX).then_some(size)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_files_length_follows_from_its_content_and_back() {
        let sizes = [0, 1, 65_535, 65_536, 65_537, 131_072, 1 << 20, SIZE_BYTES_MAX];
        for suite in [Suite::Plain, Suite::Aes256Gcm] {
            let layout = Layout::new(suite, 200);
            for size in sizes {
                assert_eq!(layout.size_of(layout.file_bytes(size)), Some(size), "{suite:?} {size}");
            }
            assert_eq!(layout.size_of(0), None);
            assert_eq!(layout.size_of(200 + 1023), None);
        }
        let sealed = Layout::new(Suite::Aes256Gcm, 200);
        assert_eq!(sealed.file_bytes(0), 200 + 16 + 1024, "nothing has a last segment too");
        assert_eq!(sealed.file_bytes(65_536), 200 + 65_536 + 32 + 1024, "a full one is not last");
        assert_eq!(sealed.size_of(200 + 15 + 1024), None, "a tag is missing");
        assert_eq!(sealed.size_of(u64::MAX), None, "more than can be counted");
    }
}
