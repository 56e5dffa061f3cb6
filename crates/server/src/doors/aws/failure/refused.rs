//! Why a call fails, whatever its service and protocol.

#![deny(clippy::wildcard_enum_match_arm)]

use ::kms::KmsRefusal;
use identity::sigv4::SignatureRefusal;
use operations::{Failure, Fault, ImageRefusal, LayerRefusal, Refusal, SecretRefusal, UndoRefusal};
use wire::aws::ecr::Exception;
use wire::aws::{
    ErrorType, FrontDoor, Operation, Protocol, QueryDoor, Service, WireRefusal, events, iam, kms,
    secrets_manager,
};

use super::kms::kms_refusal;
use super::{longshore, verb};
use crate::authenticate::Unknown;
use crate::doors::damaged_object;
use crate::guard::{AccessDenied, NotAllowed};
use crate::request_id::RequestId;

/// Why a call is not answered with its output.
#[derive(Debug)]
pub(in crate::doors::aws) enum Refused {
    /// The client's doing, in the words that it reads.
    Told(WireRefusal),
    /// A refusal of a verb.
    Verb(Refusal),
    /// A denial of the guard.
    Denied(AccessDenied),
    /// The signature is not right, or not there.
    Signature(SignatureRefusal),
    /// Ours or the world's.
    Fault(Fault),
}

impl From<WireRefusal> for Refused {
    fn from(refusal: WireRefusal) -> Self {
        Self::Told(refusal)
    }
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        Self::Verb(refusal)
    }
}

/// Refusals of one family, which some handlers cause themselves.
macro_rules! of_verbs {
    ($($family:ty),+) => {
        $(
            impl From<$family> for Refused {
                fn from(refusal: $family) -> Self {
                    Refusal::from(refusal).into()
                }
            }
        )+
    };
}
of_verbs!(ImageRefusal, LayerRefusal, SecretRefusal, UndoRefusal);

impl From<Failure> for Refused {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Refused(refusal) => refusal.into(),
            Failure::Fault(fault) => Self::Fault(fault),
        }
    }
}

/// Refusals of IAM and STS, as refusals of any verb.
impl From<::iam::Failure> for Refused {
    fn from(failure: ::iam::Failure) -> Self {
        Failure::from(failure).into()
    }
}

impl From<::iam::Refusal> for Refused {
    fn from(refusal: ::iam::Refusal) -> Self {
        Refusal::from(refusal).into()
    }
}

/// Refusals of KMS, in KMS's words.
impl From<KmsRefusal> for Refused {
    fn from(refusal: KmsRefusal) -> Self {
        Self::Told(kms_refusal(&refusal))
    }
}

impl From<::kms::Failure> for Refused {
    fn from(failure: ::kms::Failure) -> Self {
        match failure {
            ::kms::Failure::Refused(refusal) => refusal.into(),
            ::kms::Failure::Iam(failure) => failure.into(),
        }
    }
}

impl From<NotAllowed> for Refused {
    fn from(not_allowed: NotAllowed) -> Self {
        match not_allowed {
            NotAllowed::Denied(denied) => Self::Denied(denied),
            NotAllowed::Failed(failure) => failure.into(),
        }
    }
}

impl From<Unknown> for Refused {
    fn from(unknown: Unknown) -> Self {
        match unknown {
            Unknown::Signature(refusal) => Self::Signature(refusal),
            // A login can fail in ways that a signature cannot: this is the nearest failure of a
            // signature.
            Unknown::NoCredentials | Unknown::BadCredentials => {
                Self::Signature(SignatureRefusal::UnknownAccessKey)
            }
            Unknown::TokenExpired => Self::Signature(SignatureRefusal::SessionExpired),
            Unknown::Failed(failure) => failure.into(),
        }
    }
}

impl Refused {
    /// The error for the client of this operation. A fault is logged with its whole chain, and the
    /// client gets only its id.
    pub(in crate::doors::aws) fn into_told(
        self,
        request: &RequestId,
        operation: Operation,
    ) -> WireRefusal {
        let service = operation.service();
        match (self, service.protocol()) {
            (Self::Told(refusal), _) => refusal,
            (Self::Verb(refusal), _) if service == Service::Longshore => longshore::tell(&refusal),
            (Self::Verb(refusal), _) => verb::tell(&refusal),
            (Self::Denied(denied), Protocol::Json { .. }) => {
                WireRefusal::new(FrontDoor::AccessDenied, denied.to_string())
            }
            (Self::Denied(denied), Protocol::Query { .. }) => {
                WireRefusal::new(QueryDoor::AccessDenied, denied.to_string())
            }
            (Self::Signature(refusal), protocol) => signature(&refusal, protocol),
            (Self::Fault(fault), _) => {
                WireRefusal::new(fault_kind(service), log_fault(&fault, request, operation.name()))
            }
        }
    }
}

fn signature(refusal: &SignatureRefusal, protocol: Protocol) -> WireRefusal {
    let (name, status) = match protocol {
        Protocol::Json { .. } => (refusal.code_json(), refusal.status_json()),
        Protocol::Query { .. } => (refusal.code_query(), refusal.status_query()),
    };
    WireRefusal::new(ErrorType { name, status: status.as_u16() }, refusal.message())
}

/// A service's name for an internal failure.
fn fault_kind(service: Service) -> ErrorType {
    match service {
        Service::Ecr | Service::EcrPublic | Service::Longshore => Exception::Server.kind(),
        Service::Iam => iam::Exception::ServiceFailure.kind(),
        Service::Sts => QueryDoor::InternalFailure.kind(),
        Service::Kms => kms::Exception::KMSInternal.kind(),
        Service::CloudTrail => FrontDoor::InternalFailure.kind(),
        Service::EventBridge => events::Exception::Internal.kind(),
        Service::SecretsManager => secrets_manager::Exception::InternalServiceError.kind(),
    }
}

/// Writes a fault down, and gives the text that the client reads instead.
fn log_fault(fault: &Fault, request: &RequestId, operation: &'static str) -> String {
    request.log_fault(operation, &fault.chain());
    match fault {
        Fault::Full(_) => "The registry has no space left".to_owned(),
        Fault::Damaged(object, _) => {
            let sentence = damaged_object::sentence(object);
            format!("{sentence} The registry's log says more under {request}")
        }
        Fault::Corrupt(_) | Fault::Broken(_) => {
            format!("The registry failed to answer; its log says why under {request}")
        }
    }
}
