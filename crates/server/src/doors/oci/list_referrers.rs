//! `GET …/referrers/DIGEST`.

use http::{HeaderValue, Response};
use identity::page_token;
use names::{Digest, ImageStatus, MediaType, RepositoryArn};
use operations::{ImageKey, Referrer, ReferrersPage};
use serde_json::value::RawValue;
use wire::oci::{ReferrerDescriptor, ReferrersIndex};

use super::answers::{json, link_next};
use super::asked::Asked;
use super::failure::Refused;
use crate::body::Body;

/// The most referrers in one answer. It includes their annotations, so pages are shorter than those
/// of tags.
const PAGE_MAX: u32 = 200;

pub(super) async fn answer(
    asked: &Asked,
    arn: &RepositoryArn,
    subject: &Digest,
) -> Result<Response<Body>, Refused> {
    let limit = asked.query.page_length(PAGE_MAX, PAGE_MAX)?.max(1);
    let filter = asked.query.first("artifactType").filter(|text| !text.is_empty());
    let context = format!("referrers/{arn}/{subject}");
    let after = read_token(asked, &context)?;
    let operations = &asked.doors.operations;
    let (kinds, shown) = wanted(filter, limit);
    let page = operations
        .list_image_referrers(arn, subject, kinds, Some(ImageStatus::Active), after, shown)
        .await?;
    let ReferrersPage { referrers, next } = page;
    let next = next.filter(|_| shown > 0);

    let annotations = referrers.iter().flat_map(|referrer| &referrer.annotations);
    let bytes = annotations.map(String::len).sum();
    let write_all = || {
        let index = ReferrersIndex::new(referrers.iter().map(write).collect());
        json(ReferrersIndex::MEDIA_TYPE, &index)
    };
    let mut response = asked.doors.long_work.run(bytes, write_all).await;
    let headers = response.headers_mut();
    if filter.is_some() {
        headers.insert("oci-filters-applied", HeaderValue::from_static("artifactType"));
    }
    if let Some(ImageKey(next)) = next {
        let token = page_token::seal(&asked.doors.page_key, &context, &next.to_be_bytes());
        let path = format!("/v2/{}/referrers/{subject}", arn.repository);
        let n = limit.to_string();
        let mut parameters = vec![("last", token.as_str()), ("n", &n)];
        parameters.extend(filter.map(|kind| ("artifactType", kind)));
        link_next(headers, &path, &parameters);
    }
    Ok(response)
}

/// The wanted types of referrers, where none means all, and how many. A malformed type matches
/// nothing; but the repository must exist all the same.
fn wanted(filter: Option<&str>, limit: u32) -> (Vec<MediaType>, u32) {
    match filter.map(MediaType::parse).transpose() {
        Ok(kind) => (kind.into_iter().collect(), limit),
        Err(_) => (Vec::new(), 0),
    }
}

fn read_token(asked: &Asked, context: &str) -> Result<Option<ImageKey>, Refused> {
    const BAD: Refused =
        Refused::BadParameter("The parameter last is not a page token of this list");
    let Some(token) = asked.query.first("last") else { return Ok(None) };
    let payload = page_token::open(&asked.doors.page_key, context, token).map_err(|_| BAD)?;
    let key = payload.try_into().map_err(|_| BAD)?;
    Ok(Some(ImageKey(i64::from_be_bytes(key))))
}

fn write(referrer: &Referrer) -> ReferrerDescriptor<'_> {
    let annotations = referrer.annotations.as_deref();
    ReferrerDescriptor {
        media_type: referrer.media_type.as_str(),
        digest: referrer.digest.as_str(),
        size: referrer.manifest_size_bytes,
        artifact_type: referrer.artifact_type.as_ref().map(MediaType::as_str),
        annotations: annotations.and_then(|text| serde_json::from_str::<&RawValue>(text).ok()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_that_is_no_media_type_fits_nothing() {
        let spdx = MediaType::parse("application/spdx+json").unwrap();
        #[rustfmt::skip]
        let cases = [
            (None,                          vec![],     20, "no filter"),
            (Some("application/spdx+json"), vec![spdx], 20, "a media type"),
            (Some("spdx"),                  vec![],     0,  "none"),
            (Some("application/spdx json"), vec![],     0,  "a space for a plus"),
        ];
        for (filter, kinds, shown, because) in cases {
            assert_eq!(wanted(filter, 20), (kinds, shown), "{because}");
        }
    }
}
