//! Rows of a page that ends early if the rows are large.

use crate::Failure;

/// The most bytes of documents on one page, unless a single row has more.
const PAGE_BYTES_MAX: usize = 2 * 1024 * 1024;

/// How many rows are read at once: their size is known only then.
const ROWS_AT_ONCE: u32 = 50;

/// A page of a list whose rows hold documents.
#[derive(Debug, Clone)]
pub struct BoundedRows<T> {
    /// At most as many as requested.
    pub rows: Vec<T>,
    /// Whether more follow, although there are fewer than requested.
    pub is_cut: bool,
}

impl<T> BoundedRows<T> {
    /// Reads batches of rows until there are enough, or until they are too large. `some` reads the
    /// rows after a given one, or from the first.
    pub(crate) fn read(
        limit: u32,
        mut some: impl FnMut(Option<&T>, u32) -> Result<Vec<T>, Failure>,
        size_bytes: impl Fn(&T) -> usize,
    ) -> Result<Self, Failure> {
        let (mut rows, mut bytes, mut left) = (Vec::new(), 0, limit);
        while left > 0 {
            let wanted = left.min(ROWS_AT_ONCE);
            let found = some(rows.last(), wanted)?;
            let is_last = found.len() < wanted as usize;
            for row in found {
                bytes += size_bytes(&row);
                if bytes > PAGE_BYTES_MAX && !rows.is_empty() {
                    return Ok(Self { rows, is_cut: true });
                }
                rows.push(row);
            }
            if is_last {
                break;
            }
            left -= wanted;
        }
        Ok(Self { rows, is_cut: false })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(limit: u32, there: u32, bytes: usize) -> (usize, bool) {
        let some = |last: Option<&u32>, wanted| {
            let first = last.map_or(0, |last| last + 1);
            Ok((first..there).take(wanted as usize).collect())
        };
        let page = BoundedRows::read(limit, some, |_| bytes).unwrap();
        let expected: Vec<u32> = (0..there).take(page.rows.len()).collect();
        assert_eq!(page.rows, expected, "each once, in order");
        (page.rows.len(), page.is_cut)
    }

    #[test]
    fn a_page_ends_with_its_length_its_list_or_its_bytes() {
        const MIB: usize = 1024 * 1024;
        #[rustfmt::skip]
        let cases = [
            ((100, 0, 10),       (0, false),   "nothing"),
            ((100, 70, 10),      (70, false),  "the list ends"),
            ((100, 500, 10),     (100, false), "as many as were asked for"),
            ((100, 500, MIB),    (2, true),    "as much as it may hold"),
            ((100, 500, 3*MIB),  (1, true),    "one always"),
            ((1, 500, 3*MIB),    (1, false),   "one was asked for"),
        ];
        for ((limit, there, bytes), expected, because) in cases {
            assert_eq!(page(limit, there, bytes), expected, "{because}");
        }
    }
}
