//! RollBackTag: points a tag at an image that it named before.

use identity::Caller;
use names::{Digest, ImageId, RepositoryArn, Timestamp};
use operations::{ExpiredImage, Failure, RestorableImage, RolledBack, TagVersion, UndoRefusal};
use wire::aws::WireRefusal;
use wire::aws::check::invalid_parameter;
use wire::aws::longshore::{RollBackTagRequest, RollBackTagResponse};

use super::super::call::{Call, Context, repository};
use super::super::ecr::digests;
use super::super::ecr::image::image_ids::read_tag;
use super::super::failure::Refused;
use super::restorable::{find_restorable, missing_image};
use crate::guard::{RequestKeys, Resource};

pub(in crate::doors::aws) struct RollBackTag;

impl Call for RollBackTag {
    type Input = RollBackTagRequest;
    type Target = RepositoryArn;
    type Output = RollBackTagResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        repository(caller, input.registry_id.as_deref(), &input.repository_name)
    }

    /// Who rolls a tag back gets an image from the registry and puts it again.
    fn further_actions(_input: &Self::Input) -> &'static [&'static str] {
        &["ecr:BatchGetImage"]
    }

    async fn act(
        context: &Context<'_>,
        arn: RepositoryArn,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let tag = read_tag("ImageTag", &input.image_tag)?;
        let version = read_version(input.to_image_digest.as_deref(), input.to_time)?;
        let principal = &context.caller.principal;
        let rolled = context.operations().roll_back_tag(&arn, tag, version, principal).await;
        let RolledBack { from, to } = match rolled {
            Ok(rolled) => rolled,
            Err(failure) => return Err(say_more(context, arn, failure).await?),
        };
        Ok(RollBackTagResponse {
            image_tag: Some(input.image_tag),
            from_image_digest: from.as_ref().map(Digest::to_string),
            to_image_digest: Some(to.to_string()),
        })
    }
}

/// The refusal, or if the image can be restored or is known to have expired, one that says so.
async fn say_more(
    context: &Context<'_>,
    repository: RepositoryArn,
    failure: Failure,
) -> Result<Refused, Refused> {
    let Some(image) = missing_image(&failure) else { return Ok(failure.into()) };
    let Some(deleted) = find_restorable(context, &repository, image).await? else {
        let expired = find_expiry(context, &repository, image).await?;
        return Ok(expired.map_or_else(|| failure.into(), Refused::from));
    };
    let RestorableImage { digest, cause, deleted_at, restorable_until: until, .. } = deleted;
    Ok(UndoRefusal::Restorable { repository, digest, cause, deleted_at, until }.into())
}

/// When and why the image expired, as far as that is remembered, to callers who may ask for it.
async fn find_expiry(
    context: &Context<'_>,
    repository: &RepositoryArn,
    image: &ImageId,
) -> Result<Option<UndoRefusal>, Refused> {
    let resource = Resource::Repository(repository.clone());
    let asking = context.asking();
    if !asking.allows("longshore:ExplainRetention", &resource, &RequestKeys::default()).await? {
        return Ok(None);
    }
    let expiry = context.operations().find_expiry(repository, image).await?;
    Ok(expiry.map(|ExpiredImage { digest, expired_at, reason, .. }| {
        let repository = repository.clone();
        UndoRefusal::Expired { repository, digest, expired_at, reason }
    }))
}

fn read_version(digest: Option<&str>, time: Option<f64>) -> Result<TagVersion, WireRefusal> {
    match (digest, time) {
        (None, None) => Ok(TagVersion::Before),
        (Some(digest), None) => digests::read("ToImageDigest", digest).map(TagVersion::Digest),
        (None, Some(time)) => read_time(time).map(TagVersion::At),
        (Some(_), Some(_)) => {
            Err(invalid_parameter("ToTime", "Member must be null when ToImageDigest is given"))
        }
    }
}

/// The last second of the year 9999: what is later is a mistake, such as milliseconds.
const SECONDS_MAX: f64 = 253_402_300_799.0;

fn read_time(seconds: f64) -> Result<Timestamp, WireRefusal> {
    if !(0.0..=SECONDS_MAX).contains(&seconds) {
        return Err(invalid_parameter("ToTime", "Member must be seconds since 1970"));
    }
    #[expect(clippy::cast_possible_truncation, reason = "the range is checked above")]
    let micros = (seconds * 1_000_000.0).round() as i64;
    Ok(Timestamp::from_micros(micros))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_a_digest_or_a_time_or_the_one_before() {
        let digest = Digest::sha256(b"");
        let text = digest.as_str();
        let at = |micros| Some(TagVersion::At(Timestamp::from_micros(micros)));
        #[rustfmt::skip]
        let cases = [
            // digest      time                  version                            because
            (None,         None,                 Some(TagVersion::Before),          "nothing is said"),
            (Some(text),   None,                 Some(TagVersion::Digest(digest.clone())), "a digest"),
            (None,         Some(1.5),            at(1_500_000),                     "fractions count"),
            (None,         Some(0.0),            at(0),                             "the first moment"),
            (Some(text),   Some(1.0),            None,                              "only one of them"),
            (Some("v1"),   None,                 None,                              "a tag is no digest"),
            (None,         Some(-1.0),           None,                              "before 1970"),
            (None,         Some(1.8e12),         None,                              "milliseconds"),
            (None,         Some(f64::NAN),       None,                              "no number"),
        ];
        for (digest, time, version, because) in cases {
            assert_eq!(read_version(digest, time).ok(), version, "{because}");
        }
    }
}
