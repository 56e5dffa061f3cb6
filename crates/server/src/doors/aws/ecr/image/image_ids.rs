//! Image ids in batches: each is parsed separately, and a malformed one affects only itself.

use std::collections::HashSet;

use names::{Digest, ImageId, ImageTag};
use operations::{ImageFailure, UpstreamRefusal};
use wire::aws::WireRefusal;
use wire::aws::check::invalid_parameter;
use wire::aws::ecr::{self, ImageFailureCode, ImageIdentifier};

use crate::doors::aws::ecr::digests;

/// The grammar of tags, as the distribution specification prints it.
const TAG_EXPRESSION: &str = "[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}";

/// What is wrong with an id without members.
const NOTHING: &str = "both tag and digest cannot be null";

/// Why an image was left out of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reason {
    code: ImageFailureCode,
    text: String,
}

impl Reason {
    /// As an entry of `failures`, which names the image with exactly the members that were sent.
    pub(super) fn about(self, asked: ImageIdentifier) -> ecr::ImageFailure {
        ecr::ImageFailure {
            image_id: Some(asked),
            failure_code: Some(self.code),
            failure_reason: Some(self.text),
        }
    }
}

impl From<ImageFailure> for Reason {
    fn from(failure: ImageFailure) -> Self {
        let reason = |code, text: &str| Self { code, text: text.to_owned() };
        match failure {
            ImageFailure::NotFound => not_found(),
            ImageFailure::TagDoesNotMatchDigest => reason(
                ImageFailureCode::ImageTagDoesNotMatchDigest,
                "Requested image tag does not match the requested image digest",
            ),
            ImageFailure::Inaccessible => reason(
                ImageFailureCode::ImageInaccessible,
                "Requested image is archived and must be restored before it can be pulled",
            ),
            ImageFailure::AnswerIsFull => reason(
                ImageFailureCode::ImageInaccessible,
                "The answer has no room for the requested image: ask for it in another request",
            ),
            ImageFailure::HeldBack(why) => reason(
                ImageFailureCode::ImageInaccessible,
                &format!("Requested image is held back by the pull gate of the registry: {why}"),
            ),
            ImageFailure::Upstream(refusal) => {
                let code = match &refusal {
                    UpstreamRefusal::AccessDenied { .. }
                    | UpstreamRefusal::NoCredentials { .. } => {
                        ImageFailureCode::UpstreamAccessDenied
                    }
                    UpstreamRefusal::TooManyRequests { .. } => {
                        ImageFailureCode::UpstreamTooManyRequests
                    }
                    UpstreamRefusal::Unavailable { .. } => ImageFailureCode::UpstreamUnavailable,
                };
                reason(code, &refusal.to_string())
            }
            ImageFailure::Key(refusal) => reason(ImageFailureCode::KmsError, &refusal.to_string()),
            ImageFailure::ReferencedByManifestList(parents) => {
                let parents: Vec<&str> = parents.iter().map(Digest::as_str).collect();
                let list = parents.join(", ");
                reason(
                    ImageFailureCode::ImageReferencedByManifestList,
                    &format!("Requested image referenced by manifest list: [{list}]"),
                )
            }
        }
    }
}

fn not_found() -> Reason {
    let text = "Requested image not found".to_owned();
    Reason { code: ImageFailureCode::ImageNotFound, text }
}

/// Reads one id of a batch.
pub(super) fn read(id: &ImageIdentifier) -> Result<ImageId, Reason> {
    let ImageIdentifier { image_digest, image_tag } = id;
    let invalid =
        |code, why: &str| Reason { code, text: format!("Invalid request parameters: {why}") };
    let read_digest = |text: &String| {
        if !digests::satisfies_expression(text) {
            let why = format!("image digest should satisfy the regex '{}'", digests::EXPRESSION);
            return Err(invalid(ImageFailureCode::InvalidImageDigest, &why));
        }
        // A text that satisfies ECR's expression but not our grammar is the digest of nothing that
        // we hold.
        Digest::parse(text).map_err(|_| not_found())
    };
    let read_tag = |text: &String| {
        ImageTag::parse(text).map_err(|_| {
            let why = format!("image tag should satisfy the regex '{TAG_EXPRESSION}'");
            invalid(ImageFailureCode::InvalidImageTag, &why)
        })
    };
    let digest = image_digest.as_ref().map(read_digest).transpose()?;
    let tag = image_tag.as_ref().map(read_tag).transpose()?;
    ImageId::new(digest, tag).ok_or_else(|| invalid(ImageFailureCode::MissingDigestAndTag, NOTHING))
}

/// Reads the ids of a call that accepts all or none.
pub(in crate::doors::aws::ecr) fn read_all(
    ids: &[ImageIdentifier],
) -> Result<Vec<ImageId>, WireRefusal> {
    let read = |(index, id): (usize, &ImageIdentifier)| {
        let ImageIdentifier { image_digest, image_tag } = id;
        let path = format!("imageIds.{}.member", index + 1);
        read_one(&path, image_digest.as_deref(), image_tag.as_deref())
    };
    ids.iter().enumerate().map(read).collect()
}

/// Reads an id that the call cannot do without.
pub(in crate::doors::aws) fn read_one(
    path: &str,
    digest: Option<&str>,
    tag: Option<&str>,
) -> Result<ImageId, WireRefusal> {
    let member = |name: &str| format!("{path}.{name}");
    let digest = digest.map(|text| digests::read(&member("imageDigest"), text)).transpose()?;
    let tag = tag.map(|text| read_tag(&member("imageTag"), text)).transpose()?;
    ImageId::new(digest, tag).ok_or_else(|| invalid_parameter(path, NOTHING))
}

/// Reads a tag that the call cannot do without.
pub(in crate::doors::aws) fn read_tag(path: &str, text: &str) -> Result<ImageTag, WireRefusal> {
    ImageTag::parse(text).map_err(|_| {
        invalid_parameter(path, &format!("must satisfy regular expression '{TAG_EXPRESSION}'"))
    })
}

/// A batch without repeated ids, in the order of their first appearance.
pub(super) fn once(ids: Vec<ImageIdentifier>) -> Vec<ImageIdentifier> {
    let mut known = HashSet::new();
    let is_new =
        |id: &ImageIdentifier| known.insert((id.image_digest.clone(), id.image_tag.clone()));
    ids.into_iter().filter(is_new).collect()
}

/// Splits a batch: well-formed ids, in their order, and failures for the others.
pub(super) fn read_batch(ids: &[ImageIdentifier]) -> (Vec<ImageId>, Vec<Option<Reason>>) {
    let mut meant = Vec::with_capacity(ids.len());
    let reasons = ids.iter().map(|id| read(id).map(|id| meant.push(id)).err()).collect();
    (meant, reasons)
}

/// Joins a batch again: the outcome of every requested id, in the requested order.
pub(super) fn join_batch<T>(
    asked: Vec<ImageIdentifier>,
    reasons: Vec<Option<Reason>>,
    outcomes: Vec<Result<T, ImageFailure>>,
) -> Vec<(ImageIdentifier, Result<T, Reason>)> {
    let mut outcomes = outcomes.into_iter();
    let mut next = || outcomes.next().expect("a verb answers every id that it was given");
    let outcome = |reason: Option<Reason>| reason.map_or_else(|| next().map_err(Reason::from), Err);
    let all: Vec<_> = reasons.into_iter().map(outcome).collect();
    asked.into_iter().zip(all).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const DIGEST: &str = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    fn id(digest: Option<&str>, tag: Option<&str>) -> ImageIdentifier {
        ImageIdentifier {
            image_digest: digest.map(str::to_owned),
            image_tag: tag.map(str::to_owned),
        }
    }

    #[test]
    fn ids_that_mean_nothing_say_why() {
        use ImageFailureCode as Code;
        #[rustfmt::skip]
        let cases = [
            (None,              None,         Some(Code::MissingDigestAndTag), "nothing asked"),
            (Some(DIGEST),      None,         None,                            "by digest"),
            (None,              Some("v1"),   None,                            "by tag"),
            (Some(DIGEST),      Some("v1"),   None,                            "by both"),
            (Some("nonsense"),  None,         Some(Code::InvalidImageDigest),  "no digest"),
            (Some(""),          None,         Some(Code::InvalidImageDigest),  "an empty one"),
            (Some("sha256:ab"), None,         Some(Code::ImageNotFound),       "well-formed for ECR, of nothing"),
            (Some("md5:ab"),    None,         Some(Code::ImageNotFound),       "an unknown algorithm"),
            (None,              Some(".v1"),  Some(Code::InvalidImageTag),     "no tag begins with a dot"),
            (None,              Some("a b"),  Some(Code::InvalidImageTag),     "or holds a space"),
            (Some("x"),         Some("a b"),  Some(Code::InvalidImageDigest),  "the digest is looked at first"),
        ];
        for (digest, tag, expected, because) in cases {
            let code = read(&id(digest, tag)).err().map(|reason| reason.code);
            assert_eq!(code, expected, "{digest:?} {tag:?}: {because}");
        }
    }

    #[test]
    fn an_id_that_is_repeated_is_answered_once() {
        let (a, both) = (id(None, Some("a")), id(Some(DIGEST), Some("a")));
        let asked =
            vec![a.clone(), both.clone(), a.clone(), id(None, None), a.clone(), both.clone()];
        assert_eq!(once(asked), [a, both, id(None, None)]);
    }

    #[test]
    fn a_batch_is_joined_in_the_order_asked_for() {
        let asked = vec![id(None, Some("a")), id(None, None), id(None, Some("b"))];
        let (meant, reasons) = read_batch(&asked);
        assert_eq!(meant.len(), 2);
        let outcomes = vec![Ok(1), Err(ImageFailure::NotFound)];
        let joined = join_batch(asked.clone(), reasons, outcomes);
        let codes: Vec<_> = joined
            .into_iter()
            .map(|(id, outcome)| (id, outcome.map_err(|reason| reason.code)))
            .collect();
        let expected = [
            (asked[0].clone(), Ok(1)),
            (asked[1].clone(), Err(ImageFailureCode::MissingDigestAndTag)),
            (asked[2].clone(), Err(ImageFailureCode::ImageNotFound)),
        ];
        assert_eq!(codes, expected);
    }
}
