//! The refusals about rules of events, with the codes of EventBridge.

#![deny(clippy::wildcard_enum_match_arm)]

use operations::EventRuleRefusal as R;
use wire::aws::events::Exception as E;
use wire::aws::{ErrorType, FrontDoor};

pub(super) fn kind(refusal: &R) -> ErrorType {
    match refusal {
        R::RuleNotFound(_) => E::ResourceNotFound.kind(),
        R::PatternMalformed(_) => E::InvalidEventPattern.kind(),
        R::TooMany => E::LimitExceeded.kind(),
        R::TargetMalformed(_)
        | R::TargetElsewhere(_)
        | R::DeadLettersElsewhere
        | R::HttpParameters
        | R::HasTargets
        | R::EventMalformed(_) => FrontDoor::Validation.kind(),
    }
}
