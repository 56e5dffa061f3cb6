//! One call, with everything that its record tells.

use identity::Caller;
use names::{AccountId, RegistryId, Timestamp, Uuid};

use super::told::Told;
use crate::guard::{RequestFrom, Resource};

/// One call.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    /// Whose it is.
    pub(crate) identity: Identity,
    /// Where and when it came from.
    pub(crate) from: RequestFrom,
    /// Through which door.
    pub(crate) door: Door,
    /// The `eventSource`: the service.
    pub(crate) source: &'static str,
    /// The `eventName`: the operation.
    pub(crate) name: &'static str,
    /// Whether it changes nothing.
    pub(crate) read_only: bool,
    /// What it is about.
    pub(crate) subjects: Vec<Subject>,
    /// Its input, as far as it was read.
    pub(crate) parameters: Told,
    /// Its output, if that is told.
    pub(crate) answer: Told,
    /// Why it failed, if it did.
    pub(crate) error: Option<CallError>,
    /// The ids of its records: the caller's, and those of other accounts.
    pub(crate) ids: [Uuid; 2],
}

/// Whose a call is.
#[derive(Debug, Clone)]
pub(crate) enum Identity {
    /// A principal's.
    Caller(Caller),
    /// Of someone whom an identity provider vouches for, about this account's role.
    WebIdentity {
        /// The registry that it is recorded in.
        registry: RegistryId,
        /// The provider's ARN or URL.
        provider: String,
        /// The subject of the token.
        subject: String,
        /// Its audience.
        audience: String,
    },
}

/// The door of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Door {
    /// AWS's API.
    Api,
    /// The registry's: the method and the path of the request.
    Registry(String),
}

/// A resource that a call is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Subject {
    pub(crate) arn: String,
    pub(crate) account: AccountId,
}

/// Why a call failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CallError {
    pub(crate) code: String,
    pub(crate) message: String,
    /// Whether the guard denied it: then other accounts learn nothing of it.
    pub(crate) is_denial: bool,
}

impl CallError {
    /// The client went away before the answer.
    pub(crate) fn aborted() -> Self {
        Self {
            code: "RequestAborted".to_owned(),
            message:
                "The client ended the request before it was answered; it may have taken effect."
                    .to_owned(),
            is_denial: false,
        }
    }
}

impl Subject {
    /// The subject that a resource is, as the caller named it: one who was denied learns no more.
    pub(crate) fn asked(resource: &Resource) -> Option<Self> {
        Self::of(resource.as_asked(), resource)
    }

    /// The subject that a resource is, by its own name.
    pub(crate) fn found(resource: &Resource) -> Option<Self> {
        Self::of(resource.to_string(), resource)
    }

    /// Lists and whole accounts have no name.
    fn of(arn: String, resource: &Resource) -> Option<Self> {
        let has_name = arn.starts_with("arn:") && !arn.ends_with(['*', '/', ':']);
        has_name.then(|| Self { arn, account: resource.account().clone() })
    }
}

impl Identity {
    /// The registry of the caller's own record.
    pub(crate) fn registry(&self) -> RegistryId {
        match self {
            Self::Caller(caller) => caller.registry(),
            Self::WebIdentity { registry, .. } => registry.clone(),
        }
    }

    /// Its account.
    pub(crate) fn account(&self) -> &AccountId {
        match self {
            Self::Caller(caller) => caller.account(),
            Self::WebIdentity { registry, .. } => &registry.account,
        }
    }
}

impl Call {
    /// When it came.
    pub(crate) fn at(&self) -> Timestamp {
        self.from.at
    }

    /// About how many bytes of memory it takes.
    pub(crate) fn weight(&self) -> usize {
        let texts = self.subjects.iter().map(|subject| subject.arn.len()).sum::<usize>();
        let error = self.error.as_ref().map_or(0, |error| error.message.len());
        let request = match &self.door {
            Door::Api => 0,
            Door::Registry(request) => request.len(),
        };
        size_of::<Self>()
            + 512
            + request
            + texts
            + error
            + self.parameters.weight()
            + self.answer.weight()
    }
}
