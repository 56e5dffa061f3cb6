//! `GET /v2/_catalog`.

use http::Response;
use wire::oci::RepositoryList;

use super::answers::{json, link_next};
use super::asked::Asked;
use super::failure::Refused;
use super::list_tags::PAGE_MAX;
use crate::body::Body;

pub(super) async fn answer(asked: &Asked) -> Result<Response<Body>, Refused> {
    let limit = asked.query.page_length(PAGE_MAX, PAGE_MAX)?;
    let after = asked.query.first("last").map(str::to_owned);
    let operations = &asked.doors.operations;
    let mut found = operations.list_repositories(&asked.registry, after, limit + 1).await?;
    let more = found.len() > limit as usize;
    found.truncate(limit as usize);
    let repositories = found.iter().map(|repository| repository.name.as_str()).collect();
    let mut response = json("application/json", &RepositoryList { repositories });
    if let Some(last) = found.last().filter(|_| more) {
        let n = limit.to_string();
        let parameters = [("last", last.name.as_str()), ("n", n.as_str())];
        link_next(response.headers_mut(), "/v2/_catalog", &parameters);
    }
    Ok(response)
}
