//! As much of SQLite's file format as it takes to read one table: the tree of its pages, records,
//! and the pages that long values overflow to.

use super::header::Headers;
use super::numbers::Order::Big;
use crate::files::listing::Listing;
use crate::layer::Why;

const MAGIC: &[u8] = b"SQLite format 3\0";
const TABLE: &[u8] = b"Packages";
const INTERIOR: u8 = 5;
const LEAF: u8 = 13;
const FILE_HEADER_BYTES: usize = 100;

/// Reads the table `Packages`: a number and a header in each row.
pub(crate) fn read_sqlite(content: &[u8]) -> Listing {
    let Some(database) = Database::open(content) else {
        return Listing::failed(Why::malformed("not a database of SQLite"));
    };
    let mut headers = Headers::of(content);
    let mut root = None;
    let schema = database.walk(1, &mut headers, |record, _| {
        // type, name, tbl_name, rootpage, sql
        if value(record, 0) == Some(&b"table"[..]) && value(record, 1) == Some(TABLE) {
            root = root.or_else(|| value(record, 3).map(whole_number));
        }
    });
    let walked = schema.and_then(|()| {
        let root = root.ok_or_else(|| Why::malformed("no table of packages"))?;
        database.walk(root, &mut headers, |record, headers| match value(record, 1) {
            Some(header) => headers.add(header),
            None => headers.listing.wrong("a row without a header"),
        })
    });
    if let Err(why) = walked {
        headers.listing.problem(why);
    }
    headers.listing
}

/// A log beside the database has rows that the database does not have yet. rpm empties it when it
/// ends well.
pub(crate) fn read_log(content: &[u8]) -> Listing {
    if content.is_empty() {
        return Listing::default();
    }
    Listing::failed(Why::unsupported("changes of the database that were never merged"))
}

struct Database<'a> {
    content: &'a [u8],
    page_bytes: usize,
    /// What of a page is used.
    usable: usize,
}

impl<'a> Database<'a> {
    fn open(content: &'a [u8]) -> Option<Self> {
        let page_bytes = match Big.u16(content, 16).filter(|_| content.starts_with(MAGIC))? {
            1 => 65_536,
            bytes => usize::from(bytes),
        };
        let usable = page_bytes.checked_sub(usize::from(*content.get(20)?))?;
        let is_good = page_bytes.is_power_of_two() && page_bytes >= 512 && usable >= 480;
        is_good.then_some(Self { content, page_bytes, usable })
    }

    /// A page, counted from 1.
    fn page(&self, number: usize) -> Option<&'a [u8]> {
        let start = number.checked_sub(1)?.checked_mul(self.page_bytes)?;
        self.content.get(start..)?.get(..self.page_bytes)
    }

    /// Gives each record of the table whose tree begins at `root`, in order, to `take`. No page is
    /// visited twice, so that a loop ends.
    fn walk(
        &self,
        root: usize,
        headers: &mut Headers,
        mut take: impl FnMut(&[u8], &mut Headers),
    ) -> Result<(), Why> {
        let mut pages_left = self.content.len() / self.page_bytes;
        let mut waiting = vec![root];
        while let Some(number) = waiting.pop() {
            pages_left =
                pages_left.checked_sub(1).ok_or_else(|| Why::malformed("pages that loop"))?;
            let page = self.page(number).ok_or(Why::CutShort)?;
            let node = if number == 1 { FILE_HEADER_BYTES } else { 0 };
            let visited = match page[node] {
                LEAF => self.leaf(page, node, headers, &mut take),
                INTERIOR => children(page, node).map(|children| waiting.extend(children)),
                _ => None,
            };
            visited.ok_or_else(|| Why::malformed("a page that makes no sense"))?;
        }
        Ok(())
    }

    fn leaf(
        &self,
        page: &[u8],
        node: usize,
        headers: &mut Headers,
        take: &mut impl FnMut(&[u8], &mut Headers),
    ) -> Option<()> {
        for index in 0..usize::from(Big.u16(page, node + 3)?) {
            let cell = page.get(usize::from(Big.u16(page, node + 8 + 2 * index)?)..)?;
            let (length, rest) = varint(cell)?;
            let (_row, rest) = varint(rest)?;
            let length = usize::try_from(length).ok().filter(|length| headers.allow(*length))?;
            let here = self.bytes_on_page(length);
            if here == length {
                take(rest.get(..length)?, headers);
            } else {
                take(&self.overflown(rest, here, length)?, headers);
            }
        }
        Some(())
    }

    /// How much of a record is on its leaf.
    fn bytes_on_page(&self, length: usize) -> usize {
        let most = self.usable - 35;
        if length <= most {
            return length;
        }
        let least = (self.usable - 12) * 32 / 255 - 23;
        let fitting = least + (length - least) % (self.usable - 4);
        if fitting <= most { fitting } else { least }
    }

    /// Gathers a record that goes on in a chain of pages. A page gives at least a byte, and no more
    /// than `length` are taken, so that a loop ends.
    fn overflown(&self, cell: &[u8], here: usize, length: usize) -> Option<Vec<u8>> {
        let mut record = Vec::with_capacity(length);
        record.extend_from_slice(cell.get(..here)?);
        let mut next = Big.usize(cell, here)?;
        while record.len() < length {
            let page = self.page(next)?;
            let count = (length - record.len()).min(self.usable - 4);
            record.extend_from_slice(&page[4..4 + count]);
            next = Big.usize(page, 0)?;
        }
        Some(record)
    }
}

/// The pages under an interior page, the last first.
fn children(page: &[u8], node: usize) -> Option<Vec<usize>> {
    let mut children = vec![Big.usize(page, node + 8)?];
    for index in (0..usize::from(Big.u16(page, node + 3)?)).rev() {
        let cell = usize::from(Big.u16(page, node + 12 + 2 * index)?);
        children.push(Big.usize(page, cell)?);
    }
    Some(children)
}

/// A number of one to nine bytes, seven bits in each, and what follows.
fn varint(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let mut number = 0;
    for (index, byte) in bytes.iter().take(9).enumerate() {
        if index == 8 {
            return Some((number << 8 | u64::from(*byte), &bytes[9..]));
        }
        number = number << 7 | u64::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            return Some((number, &bytes[index + 1..]));
        }
    }
    None
}

/// The bytes of a column of a record.
fn value(record: &[u8], column: usize) -> Option<&[u8]> {
    let (header_bytes, _) = varint(record)?;
    let header_bytes = usize::try_from(header_bytes).ok()?;
    let (first, types) = (record.len() - varint(record)?.1.len(), record.get(..header_bytes)?);
    let (mut types, mut at) = (types.get(first..)?, header_bytes);
    for number in 0..=column {
        let (kind, rest) = varint(types)?;
        let length = match kind {
            0 | 8 | 9 => 0,
            1..=4 => usize::try_from(kind).ok()?,
            5 => 6,
            6 | 7 => 8,
            10 | 11 => return None,
            kind => usize::try_from((kind - 12) / 2).ok()?,
        };
        if number == column {
            return record.get(at..)?.get(..length);
        }
        at = at.checked_add(length)?;
        types = rest;
    }
    None
}

/// The number that a column of up to eight bytes holds. No root is page 0 or 1, which SQLite writes
/// without bytes.
fn whole_number(bytes: &[u8]) -> usize {
    bytes.iter().take(8).fold(0, |number, byte| number << 8 | usize::from(*byte))
}
