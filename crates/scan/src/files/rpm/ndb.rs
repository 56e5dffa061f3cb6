use super::header::Headers;
use super::numbers::Order::Little;
use crate::files::listing::Listing;
use crate::layer::Why;

const HEADER_MAGIC: &[u8] = b"RpmP";
const SLOT_MAGIC: &[u8] = b"Slot";
const BLOB_MAGIC: &[u8] = b"BlbS";
const PAGE_BYTES: usize = 4096;
const SLOT_BYTES: usize = 16;
const BLOCK_BYTES: usize = 16;
/// The file's header takes the place of two slots.
const HEADER_BYTES: usize = 2 * SLOT_BYTES;

/// Reads rpm's own form of its database: pages of slots, each of which says where a header is.
pub(crate) fn read_ndb(content: &[u8]) -> Listing {
    if !content.starts_with(HEADER_MAGIC) {
        return Listing::failed(Why::malformed("not a database of rpm"));
    }
    if Little.u32(content, 4) != Some(0) {
        return Listing::failed(Why::unsupported("a database of a newer rpm"));
    }
    let bytes = Little.usize(content, 12).and_then(|pages| pages.checked_mul(PAGE_BYTES));
    let Some(slots) = bytes.and_then(|bytes| content.get(HEADER_BYTES..bytes)) else {
        return Listing::failed(Why::CutShort);
    };
    let mut headers = Headers::of(content);
    for slot in slots.chunks_exact(SLOT_BYTES) {
        let package = Little.u32(slot, 4).unwrap_or_default();
        if !slot.starts_with(SLOT_MAGIC) {
            headers.listing.wrong("a slot that is none");
        } else if package != 0 {
            match blob(content, slot, package) {
                Some(blob) if headers.allow(blob.len()) => headers.add(blob),
                Some(_) => break,
                None => headers.listing.wrong("a slot without a header"),
            }
        }
    }
    headers.listing
}

fn blob<'a>(content: &'a [u8], slot: &[u8], package: u32) -> Option<&'a [u8]> {
    let start = Little.usize(slot, 8)?.checked_mul(BLOCK_BYTES)?;
    let header = content.get(start..)?;
    let is_of_package = header.starts_with(BLOB_MAGIC) && Little.u32(header, 4) == Some(package);
    let length = Little.usize(header, 12).filter(|_| is_of_package)?;
    header.get(16..)?.get(..length)
}
