//! Lists in pages. A token says after which entry the next page begins, and works only in its own
//! list.

use std::cmp::Reverse;

use iam::BoundedRows;
use identity::page_token;
use names::{RepositoryName, SealingKey};
use operations::{FindingPlace, ImageKey, PreviewPlace, Severity};
use wire::aws::WireRefusal;
use wire::aws::check::invalid_parameter;

use super::call::Context;
use crate::guard::Resource;

/// One list that a client reads page by page.
pub(super) struct Pages<'a> {
    key: &'a SealingKey,
    list: String,
    limit: u32,
}

/// The position in a list where a page ends.
pub(super) trait Position: Sized {
    /// As the payload of a token: a few hundred bytes at most.
    fn to_bytes(&self) -> Vec<u8>;
    /// From the payload of a token that we made, perhaps in an earlier version.
    fn from_bytes(bytes: &[u8]) -> Option<Self>;
}

/// The number of a row.
impl Position for i64 {
    fn to_bytes(&self) -> Vec<u8> {
        self.to_be_bytes().to_vec()
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self::from_be_bytes)
    }
}

impl Position for ImageKey {
    fn to_bytes(&self) -> Vec<u8> {
        self.0.to_bytes()
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        i64::from_bytes(bytes).map(Self)
    }
}

/// An image and the last of its tags that was shown; empty if it has none.
impl Position for (ImageKey, String) {
    fn to_bytes(&self) -> Vec<u8> {
        let (image, tag) = self;
        [&image.to_bytes(), tag.as_bytes()].concat()
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (image, tag) = bytes.split_at_checked(size_of::<i64>())?;
        Some((ImageKey::from_bytes(image)?, str::from_utf8(tag).ok()?.to_owned()))
    }
}

impl Position for PreviewPlace {
    fn to_bytes(&self) -> Vec<u8> {
        let Self { turn, place } = self;
        [turn.to_be_bytes(), place.to_be_bytes()].concat()
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (turn, place) = bytes.split_at_checked(size_of::<i64>())?;
        let place = u64::from_be_bytes(place.try_into().ok()?);
        Some(Self { turn: i64::from_bytes(turn)?, place })
    }
}

impl Position for RepositoryName {
    fn to_bytes(&self) -> Vec<u8> {
        self.as_str().as_bytes().to_vec()
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        Self::parse(str::from_utf8(bytes).ok()?).ok()
    }
}

/// A name, an id, or anything else that rows are sorted by.
impl Position for String {
    fn to_bytes(&self) -> Vec<u8> {
        self.as_bytes().to_vec()
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        Self::from_utf8(bytes.to_vec()).ok()
    }
}

/// Severity, vulnerability, package and version. None of the words holds a newline.
impl Position for FindingPlace {
    fn to_bytes(&self) -> Vec<u8> {
        let Self { severity, vulnerability, package, version } = self;
        let mut bytes = vec![severity.0.rank()];
        bytes.extend_from_slice([vulnerability.as_str(), package, version].join("\n").as_bytes());
        bytes
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (rank, words) = bytes.split_first()?;
        let mut words = str::from_utf8(words).ok()?.split('\n').map(str::to_owned);
        let severity = Reverse(Severity::of_rank(*rank)?);
        let (vulnerability, package, version) = (words.next()?, words.next()?, words.next()?);
        Some(Self { severity, vulnerability, package, version })
    }
}

/// The default size of a page.
pub(super) const LIMIT: u32 = 100;

impl<'a> Pages<'a> {
    /// The list that `operation` shows of `resource` under this filter. The resource must not be a
    /// registry as a whole, whose text does not say which.
    pub(super) fn new(
        context: &Context<'a>,
        operation: &str,
        resource: &Resource,
        filter: &str,
        limit: u32,
    ) -> Self {
        let list = format!("{operation}\n{resource}\n{filter}");
        Self { key: &context.doors.page_key, list, limit }
    }

    /// How many rows to read: one more than the page shows, to see whether it is the last.
    pub(super) fn rows(&self) -> u32 {
        self.limit + 1
    }

    /// The start of the page.
    pub(super) fn after<P: Position>(&self, token: Option<&str>) -> Result<Option<P>, WireRefusal> {
        // An empty one is how some loops begin; no list has a page of that name.
        let Some(token) = token.filter(|token| !token.is_empty()) else { return Ok(None) };
        page_token::open(self.key, &self.list, token)
            .ok()
            .and_then(|payload| P::from_bytes(&payload))
            .map(Some)
            .ok_or_else(|| invalid_parameter("nextToken", "Invalid token"))
    }

    /// The token of the page that begins after `position`.
    pub(super) fn token(&self, position: &impl Position) -> String {
        page_token::seal(self.key, &self.list, &position.to_bytes())
    }

    /// Cuts the rows to a page. Returns the next page's token, if there is a next page.
    pub(super) fn cut<T, P: Position>(
        &self,
        mut rows: Vec<T>,
        position: impl Fn(&T) -> P,
    ) -> (Vec<T>, Option<String>) {
        let limit = self.limit as usize;
        if rows.len() <= limit {
            return (rows, None);
        }
        rows.truncate(limit);
        let token = rows.last().map(|last| self.token(&position(last)));
        (rows, token)
    }
}

impl Pages<'_> {
    /// As [`Pages::cut`], for rows that may end before the page is full.
    pub(super) fn cut_bounded<T, P: Position>(
        &self,
        page: BoundedRows<T>,
        position: impl Fn(&T) -> P,
    ) -> (Vec<T>, Option<String>) {
        let BoundedRows { rows, is_cut } = page;
        if !is_cut || rows.len() > self.limit as usize {
            return self.cut(rows, position);
        }
        let token = rows.last().map(|last| self.token(&position(last)));
        (rows, token)
    }
}

/// The size of a page: the requested one, which the model has bounded.
pub(super) fn limit(max_results: Option<i64>, default: u32) -> u32 {
    max_results.and_then(|max| u32::try_from(max).ok()).unwrap_or(default)
}

/// Refuses paging if a call names what it wants.
pub(super) fn refuse_paging(
    named: &str,
    next_token: Option<&str>,
    max_results: Option<i64>,
) -> Result<(), WireRefusal> {
    let constraint = format!("Member must be null when {named} are given");
    match (next_token, max_results) {
        (Some(_), _) => Err(invalid_parameter("nextToken", &constraint)),
        (None, Some(_)) => Err(invalid_parameter("maxResults", &constraint)),
        (None, None) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_survive_the_way_through_a_token() {
        let image = ImageKey(-7);
        assert_eq!(ImageKey::from_bytes(&image.to_bytes()), Some(image));
        for tag in ["", "v1"] {
            let line = (ImageKey(9), tag.to_owned());
            assert_eq!(<(ImageKey, String)>::from_bytes(&line.to_bytes()), Some(line));
        }
        let place = PreviewPlace { turn: 3, place: u64::MAX };
        assert_eq!(PreviewPlace::from_bytes(&place.to_bytes()), Some(place));
        let finding = FindingPlace {
            severity: Reverse(Severity::High),
            vulnerability: "CVE-2024-1".to_owned(),
            package: "openssl".to_owned(),
            version: "1:3.0-1".to_owned(),
        };
        assert_eq!(FindingPlace::from_bytes(&finding.to_bytes()), Some(finding));
        let name = RepositoryName::parse("team-a/web").unwrap();
        assert_eq!(RepositoryName::from_bytes(&name.to_bytes()), Some(name));
    }

    #[test]
    fn payloads_of_another_list_are_no_positions() {
        for bytes in [&b""[..], b"short", b"longer than a key", &[0xff; 8]] {
            assert!(RepositoryName::from_bytes(bytes).is_none_or(|name| name.as_str() == "short"));
            assert_eq!(ImageKey::from_bytes(bytes).is_some(), bytes.len() == 8);
            assert_eq!(PreviewPlace::from_bytes(bytes), None);
            assert_eq!(FindingPlace::from_bytes(bytes), None);
            let line = <(ImageKey, String)>::from_bytes(bytes);
            assert_eq!(line.is_some(), bytes.len() >= 8);
        }
    }
}
