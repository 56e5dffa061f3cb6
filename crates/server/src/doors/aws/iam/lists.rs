//! IAM's lists in pages: `MaxItems`, `Marker` and `IsTruncated`.

use iam::{BoundedRows, Page};
use names::AccountId;
use wire::aws::{QueryDoor, WireRefusal};

use super::super::call::Context;
use super::super::pages::{Pages, limit};
use crate::guard::Resource;

/// An operation that knows its name: the page tokens of a list open in no other.
pub(super) trait Named {
    const NAME: &'static str;
}

/// One list that a client reads page by page.
pub(super) struct List<'a>(Pages<'a>);

/// One page of it.
pub(super) struct Listed<T> {
    pub(super) rows: Vec<T>,
    pub(super) is_truncated: Option<bool>,
    pub(super) marker: Option<String>,
}

impl<'a> List<'a> {
    /// The list that `operation` shows of an account's entities, under this filter.
    pub(super) fn new(
        context: &Context<'a>,
        operation: &str,
        account: &AccountId,
        filter: &str,
        max_items: Option<i64>,
    ) -> Self {
        let resource = Resource::Account(account.clone());
        let filter = format!("{account}\n{filter}");
        let limit = limit(max_items, super::super::pages::LIMIT);
        Self(Pages::new(context, operation, &resource, &filter, limit))
    }

    /// The page to request from the verb: one row more than the page shows.
    pub(super) fn page(&self, marker: Option<&str>) -> Result<Page, WireRefusal> {
        let after = self
            .0
            .after::<String>(marker)
            .map_err(|_| WireRefusal::new(QueryDoor::ValidationError, "Invalid Marker."))?;
        Ok(Page { after, limit: self.0.rows() })
    }

    /// Cuts the verb's result to a page.
    pub(super) fn cut<T>(&self, rows: Vec<T>, position: impl Fn(&T) -> String) -> Listed<T> {
        let (rows, marker) = self.0.cut(rows, position);
        Listed { rows, is_truncated: Some(marker.is_some()), marker }
    }

    /// The same, for rows that may end before the page is full.
    pub(super) fn cut_bounded<T>(
        &self,
        page: BoundedRows<T>,
        position: impl Fn(&T) -> String,
    ) -> Listed<T> {
        let (rows, marker) = self.0.cut_bounded(page, position);
        Listed { rows, is_truncated: Some(marker.is_some()), marker }
    }
}
