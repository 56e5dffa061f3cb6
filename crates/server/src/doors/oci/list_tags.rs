//! `GET …/tags/list`.

use http::Response;
use names::{ImageTag, RepositoryArn};
use wire::oci::TagList;

use super::answers::{json, link_next};
use super::asked::Asked;
use super::failure::Refused;
use crate::body::Body;

/// ECR's largest page, and the default.
pub(super) const PAGE_MAX: u32 = 1_000;

pub(super) async fn answer(asked: &Asked, arn: &RepositoryArn) -> Result<Response<Body>, Refused> {
    let limit = asked.query.page_length(PAGE_MAX, PAGE_MAX)?;
    let after = asked.query.first("last").unwrap_or_default().to_owned();
    // One more than the page shows whether more follow.
    let mut tags = asked.doors.operations.list_tags(arn, after, limit + 1).await?;
    let more = tags.len() > limit as usize;
    tags.truncate(limit as usize);
    let name = arn.repository.as_str();
    let list = TagList { name, tags: tags.iter().map(ImageTag::as_str).collect() };
    let mut response = json("application/json", &list);
    if let Some(last) = tags.last().filter(|_| more) {
        let (path, n) = (format!("/v2/{name}/tags/list"), limit.to_string());
        link_next(response.headers_mut(), &path, &[("last", last.as_str()), ("n", &n)]);
    }
    Ok(response)
}
