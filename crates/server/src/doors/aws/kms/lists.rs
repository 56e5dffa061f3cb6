//! KMS's lists in pages: `Limit`, `Marker` and `Truncated`.

use kms::Page;
use names::{MaterialId, Timestamp};
use wire::aws::WireRefusal;
use wire::aws::kms::Exception;

use super::super::call::Context;
use super::super::pages::{Pages, Position, limit};
use crate::guard::Resource;

/// The default size of a page, and the largest one of lists whose rows are large.
pub(super) const LIMIT: u32 = 50;
pub(super) const LIMIT_OF_KEYS: u32 = 100;
pub(super) const GRANTS_MAX: u32 = 100;

/// A key and a grant on it.
impl Position for (String, String) {
    fn to_bytes(&self) -> Vec<u8> {
        format!("{} {}", self.0, self.1).into_bytes()
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (key, grant) = str::from_utf8(bytes).ok()?.split_once(' ')?;
        Some((key.to_owned(), grant.to_owned()))
    }
}

/// When a material was made, and its id.
impl Position for (Timestamp, MaterialId) {
    fn to_bytes(&self) -> Vec<u8> {
        [&self.0.as_micros().to_be_bytes()[..], self.1.as_str().as_bytes()].concat()
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (at, id) = bytes.split_first_chunk()?;
        let id = MaterialId::parse(str::from_utf8(id).ok()?).ok()?;
        Some((Timestamp::from_micros(i64::from_be_bytes(*at)), id))
    }
}

/// One list that a client reads page by page.
pub(super) struct List<'a>(Pages<'a>);

/// One page of it.
pub(super) struct Listed<T> {
    pub(super) rows: Vec<T>,
    pub(super) truncated: Option<bool>,
    pub(super) next_marker: Option<String>,
}

impl<'a> List<'a> {
    /// The list that `operation` shows of something in the caller's Region.
    pub(super) fn new(
        context: &Context<'a>,
        operation: &str,
        of: &str,
        asked: Option<i64>,
        default: u32,
    ) -> Self {
        let caller = context.caller;
        let resource = Resource::Account(caller.account().clone());
        let filter = format!("{}\n{}\n{of}", caller.account(), caller.region);
        Self(Pages::new(context, operation, &resource, &filter, limit(asked, default)))
    }

    /// The page to request from the verb: one row more than the page shows.
    pub(super) fn page<P: Position>(&self, marker: Option<&str>) -> Result<Page<P>, WireRefusal> {
        let after = self
            .0
            .after(marker)
            .map_err(|_| WireRefusal::new(Exception::InvalidMarker, "The marker is not valid."))?;
        Ok(Page { after, limit: self.0.rows() })
    }

    /// Cuts the verb's result to a page.
    pub(super) fn cut<T, P: Position>(
        &self,
        rows: Vec<T>,
        position: impl Fn(&T) -> P,
    ) -> Listed<T> {
        let (rows, next_marker) = self.0.cut(rows, position);
        Listed { rows, truncated: Some(next_marker.is_some()), next_marker }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_survive_the_way_through_a_token() {
        let grant = ("key".to_owned(), "grant".to_owned());
        assert_eq!(<(String, String)>::from_bytes(&grant.to_bytes()), Some(grant));
        let material = (Timestamp::from_seconds(1), MaterialId::from_bytes([1; 32]));
        assert_eq!(<(Timestamp, MaterialId)>::from_bytes(&material.to_bytes()), Some(material));
        for bytes in [&b""[..], b"short", b"12345678not an id", &[0xff; 80]] {
            assert_eq!(<(Timestamp, MaterialId)>::from_bytes(bytes), None);
            assert_eq!(<(String, String)>::from_bytes(bytes).is_some(), bytes.contains(&b' '));
        }
    }
}
