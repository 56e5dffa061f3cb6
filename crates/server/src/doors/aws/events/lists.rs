//! EventBridge's lists in pages: `Limit` and `NextToken`.

use wire::aws::{FrontDoor, WireRefusal};

use crate::doors::aws::call::Context;
use crate::doors::aws::pages::{LIMIT, Pages, limit};
use crate::guard::Resource;

/// The list that `operation` shows of something in the caller's account and Region.
pub(super) fn pages<'a>(
    context: &Context<'a>,
    operation: &str,
    of: &str,
    asked: Option<i64>,
) -> Pages<'a> {
    let caller = context.caller;
    let resource = Resource::Account(caller.account().clone());
    let filter = format!("{}\n{}\n{of}", caller.account(), caller.region);
    Pages::new(context, operation, &resource, &filter, limit(asked, LIMIT))
}

/// Where the page begins.
pub(super) fn after(pages: &Pages<'_>, token: Option<&str>) -> Result<Option<String>, WireRefusal> {
    pages.after(token).map_err(|_| {
        let text = "The token in nextToken is not valid, or belongs to another list.";
        WireRefusal::new(FrontDoor::Validation, text)
    })
}
