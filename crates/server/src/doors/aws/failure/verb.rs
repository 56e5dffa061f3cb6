//! A refusal of a verb: its family's file has the codes.

#![deny(clippy::wildcard_enum_match_arm)]

use operations::{PullGateRefusal, Refusal, UpstreamRefusal};
use wire::aws::ecr::Exception;
use wire::aws::{FrontDoor, WireRefusal, longshore};

use super::{
    encryption, event_rule, iam, image, keyring, layer, lifecycle, pull_through_rule, registry,
    repository, resource_policy, scanning, secret, sts, tag_history, template, upload,
};

/// A refusal in the words of the service that it is one of.
pub(in crate::doors) fn tell(refusal: &Refusal) -> WireRefusal {
    let kind = match refusal {
        // It may say more than a sentence.
        Refusal::Upload(refusal) => return upload::tell(refusal),
        Refusal::Encryption(refusal) => return encryption::tell(refusal),
        Refusal::ReadOnly => FrontDoor::ReadOnly.kind(),
        Refusal::Repository(refusal) => repository::kind(refusal),
        Refusal::EventRule(refusal) => event_rule::kind(refusal),
        Refusal::ResourcePolicy(refusal) => resource_policy::kind(refusal),
        Refusal::Image(refusal) => image::kind(refusal),
        Refusal::Undo(refusal) => image::kind_of_undo(refusal),
        Refusal::Layer(refusal) => layer::kind(refusal),
        Refusal::Lifecycle(refusal) => lifecycle::kind(refusal),
        Refusal::Keyring(refusal) => keyring::kind(refusal),
        Refusal::Registry(refusal) => registry::kind(refusal),
        Refusal::Scanning(refusal) => scanning::kind(refusal),
        // A batch tells of an image that it leaves out in its own way.
        Refusal::PullGate(PullGateRefusal::HeldBack { .. }) => {
            longshore::Exception::ImageInaccessible.kind()
        }
        Refusal::Template(refusal) => template::kind(refusal),
        Refusal::PullThroughRule(refusal) => pull_through_rule::kind(refusal),
        Refusal::Upstream(
            UpstreamRefusal::AccessDenied { .. }
            | UpstreamRefusal::NoCredentials { .. }
            | UpstreamRefusal::TooManyRequests { .. }
            | UpstreamRefusal::Unavailable { .. },
        ) => Exception::UnableToGetUpstreamImage.kind(),
        Refusal::Secret(refusal) => secret::kind(refusal),
        Refusal::TagHistory(refusal) => tag_history::kind(refusal),
        Refusal::InvalidParameter(_) => Exception::InvalidParameter.kind(),
        Refusal::Iam(refusal) => iam::kind(refusal),
        Refusal::Sts(refusal) => sts::kind(refusal),
    };
    WireRefusal::new(kind, refusal.to_string())
}
