use super::header::Headers;
use super::numbers::Order;
use crate::files::listing::Listing;
use crate::layer::Why;

const HASH_MAGIC: u32 = 0x0006_1561;
const PAGE_HEADER_BYTES: usize = 26;
const PAGE_BYTES_MIN: usize = 512;
const PAGE_BYTES_MAX: usize = 64 * 1024;
/// Types of pages.
const HASH_UNSORTED: u8 = 2;
const OVERFLOW: u8 = 7;
const HASH: u8 = 13;
/// The type of a value that is on pages of its own. A header always is.
const OFF_PAGE: u8 = 3;

/// Reads a hash of Berkeley DB, whose values are the headers.
pub(crate) fn read_bdb(content: &[u8]) -> Listing {
    let Some(database) = Database::open(content) else {
        return Listing::failed(Why::malformed("not a hash of Berkeley DB"));
    };
    let mut headers = Headers::of(content);
    for page in content.chunks(database.page_bytes).skip(1) {
        if matches!(page.get(25), Some(&(HASH | HASH_UNSORTED))) {
            database.read_page(page, &mut headers);
        }
    }
    headers.listing
}

struct Database<'a> {
    content: &'a [u8],
    order: Order,
    page_bytes: usize,
}

impl<'a> Database<'a> {
    fn open(content: &'a [u8]) -> Option<Self> {
        let is_of = |order: &Order| order.u32(content, 12) == Some(HASH_MAGIC);
        let order = [Order::Little, Order::Big].into_iter().find(is_of)?;
        let page_bytes = order.usize(content, 20)?;
        let is_good =
            page_bytes.is_power_of_two() && (PAGE_BYTES_MIN..=PAGE_BYTES_MAX).contains(&page_bytes);
        is_good.then_some(Self { content, order, page_bytes })
    }

    /// Reads a page of pairs: keys at even places, values at odd ones.
    fn read_page(&self, page: &[u8], headers: &mut Headers) {
        let count = self.order.u16(page, 20).unwrap_or_default();
        for index in (1..usize::from(count)).step_by(2) {
            let at = self.order.u16(page, PAGE_HEADER_BYTES + 2 * index).map(usize::from);
            let Some(value) = at.and_then(|at| page.get(at..)) else {
                return headers.listing.wrong("a page that is cut");
            };
            if value.first() != Some(&OFF_PAGE) {
                continue;
            }
            let length = self.order.usize(value, 8).unwrap_or_default();
            if !headers.allow(length) {
                return;
            }
            match self.value_off_page(value, length) {
                Some(header) => headers.add(&header),
                None => headers.listing.wrong("a header whose pages are cut"),
            }
        }
    }

    /// Gathers a value from the chain of its pages. A chain gives at most the length that it was
    /// announced with, so that a loop ends.
    fn value_off_page(&self, value: &[u8], length: usize) -> Option<Vec<u8>> {
        let mut number = self.order.usize(value, 4)?;
        let mut gathered = Vec::with_capacity(length);
        while gathered.len() < length {
            let start = number.checked_mul(self.page_bytes).filter(|start| *start > 0)?;
            let page = self.content.get(start..)?.get(..self.page_bytes)?;
            if page[25] != OVERFLOW {
                return None;
            }
            let held = usize::from(self.order.u16(page, 22)?);
            let part = page[PAGE_HEADER_BYTES..].get(..held).filter(|part| !part.is_empty())?;
            gathered.extend_from_slice(&part[..part.len().min(length - gathered.len())]);
            number = self.order.usize(page, 16)?;
        }
        Some(gathered)
    }
}
