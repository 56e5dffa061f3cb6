//! `ECR Pull Through Cache Action`: how it ended that a repository was filled from upstream.
//!
//! * An image that is here whole, with its layers, is a success; told once, and not for each image
//!   of an index.
//! * What upstream did not give, or gave and is not kept, is a failure. An image that upstream does
//!   not have is none, if nothing of it had come: there was nothing to fill.

use db::{DbError, PullThroughCacheRule, Tx};
use names::{CachePrefix, Digest, ImageTag, Reference, RepositoryArn, Timestamp, UpstreamUrl};
use serde::Serialize;

use super::image_action::{ECR, about};
use super::{Events, Happening};
use crate::{ImageRefusal, LayerRefusal, Refusal, UpstreamRefusal};

/// The version of the shape.
const RULE_VERSION: &str = "1";

/// How a repository was filled.
#[derive(Debug, Clone)]
pub(crate) struct CacheAction {
    repository: RepositoryArn,
    prefix: CachePrefix,
    upstream: UpstreamUrl,
    digest: Option<Digest>,
    tag: Option<ImageTag>,
    failure: Option<Refusal>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Detail<'a> {
    rule_version: &'static str,
    sync_status: &'static str,
    ecr_repository_prefix: &'a str,
    repository_name: &'a str,
    upstream_registry_url: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    image_tag: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image_digest: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    failure_code: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    failure_reason: Option<String>,
}

impl CacheAction {
    /// An image that was to be stored.
    pub(crate) fn on_image(
        rule: &PullThroughCacheRule,
        arn: &RepositoryArn,
        (digest, tag): (&Digest, Option<&ImageTag>),
        failure: Option<&Refusal>,
    ) -> Self {
        Self {
            repository: arn.clone(),
            prefix: rule.prefix.clone(),
            upstream: rule.upstream.clone(),
            digest: Some(digest.clone()),
            tag: tag.cloned(),
            failure: failure.cloned(),
        }
    }

    /// A manifest that did not come. `None` if upstream does not have it.
    pub(crate) fn on_failure(
        rule: &PullThroughCacheRule,
        arn: &RepositoryArn,
        reference: &Reference,
        failure: &Refusal,
    ) -> Option<Self> {
        let is_missing = matches!(failure, Refusal::Image(ImageRefusal::NotFound { .. }));
        let (digest, tag) = match reference {
            Reference::Digest(digest) => (Some(digest.clone()), None),
            Reference::Tag(tag) => (None, Some(tag.clone())),
        };
        (!is_missing).then(|| Self {
            repository: arn.clone(),
            prefix: rule.prefix.clone(),
            upstream: rule.upstream.clone(),
            digest,
            tag,
            failure: Some(failure.clone()),
        })
    }

    /// Tells it.
    pub(crate) fn write(
        &self,
        tx: &mut Tx<'_>,
        (events, now): (Events, Timestamp),
    ) -> Result<(), DbError> {
        if events == Events::Off {
            return Ok(());
        }
        let Self { repository, prefix, upstream, digest, tag, failure } = self;
        let detail = Detail {
            rule_version: RULE_VERSION,
            sync_status: if failure.is_none() { "SUCCESS" } else { "FAILURE" },
            ecr_repository_prefix: prefix.as_str(),
            repository_name: repository.repository.as_str(),
            upstream_registry_url: upstream.as_str(),
            image_tag: tag.as_ref().map(ImageTag::as_str),
            image_digest: digest.as_ref().map(Digest::as_str),
            failure_code: failure.as_ref().map(failure_code),
            failure_reason: failure.as_ref().map(ToString::to_string),
        };
        let happening = Happening {
            source: ECR,
            detail_type: "ECR Pull Through Cache Action",
            resources: vec![repository.to_string()],
            detail,
            about: self.about(),
        };
        tx.insert_event(&repository.registry, &happening.row(events, now), now)
    }

    /// The image, by its tag if its digest is not known.
    fn about(&self) -> String {
        let Self { repository, digest, tag, .. } = self;
        let name = &repository.repository;
        match (digest, tag) {
            (Some(digest), _) => about(name, digest),
            (None, Some(tag)) => format!("{name}:{tag}"),
            (None, None) => name.to_string(),
        }
    }
}

/// Those of `BatchGetImage`, and of its exceptions.
fn failure_code(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::Upstream(
            UpstreamRefusal::AccessDenied { .. } | UpstreamRefusal::NoCredentials { .. },
        ) => "UpstreamAccessDenied",
        Refusal::Upstream(UpstreamRefusal::TooManyRequests { .. }) => "UpstreamTooManyRequests",
        Refusal::Upstream(UpstreamRefusal::Unavailable { .. }) => "UpstreamUnavailable",
        Refusal::Layer(LayerRefusal::NotFound { .. }) => "UnableToGetUpstreamLayer",
        Refusal::Image(ImageRefusal::NotFound { .. }) => "UnableToGetUpstreamImage",
        _ => "UnableToStoreImage",
    }
}
