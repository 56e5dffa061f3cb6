//! A question with everything that decides it, for both the scenarios and the generator.

use std::fmt;

use names::{AccountId, Principal};

/// A question and the policies that answer it.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    pub(crate) who: Who,
    pub(crate) action: String,
    pub(crate) resource: String,
    pub(crate) context: Vec<(String, Given)>,
    pub(crate) documents: Vec<(Kind, String)>,
}

/// Who asks.
#[derive(Debug, Clone)]
pub(crate) enum Who {
    Principal(Principal),
    Service(String),
    /// By the ARN of the provider.
    WebIdentity(String),
    Anonymous,
}

/// The value of a condition key.
#[derive(Debug, Clone)]
pub(crate) enum Given {
    One(String),
    Many(Vec<String>),
}

/// What a policy is to the question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Identity,
    Group,
    Boundary,
    Session,
    Managed,
    Repository,
    Registry,
    Trust,
}

impl Kind {
    pub(crate) const ALL: [Self; 8] = [
        Self::Identity,
        Self::Group,
        Self::Boundary,
        Self::Session,
        Self::Managed,
        Self::Repository,
        Self::Registry,
        Self::Trust,
    ];

    /// The word for it in a scenario, and its name in a decision.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Group => "group",
            Self::Boundary => "boundary",
            Self::Session => "session",
            Self::Managed => "managed",
            Self::Repository => "repository",
            Self::Registry => "registry",
            Self::Trust => "trust",
        }
    }
}

impl Who {
    pub(crate) fn account(&self) -> Option<&AccountId> {
        match self {
            Self::Principal(principal) => Some(principal.account()),
            Self::Service(_) | Self::WebIdentity(_) | Self::Anonymous => None,
        }
    }
}

impl Case {
    /// The account that owns the resource: the one in its ARN, or else the one that asks.
    pub(crate) fn owner(&self) -> AccountId {
        let written = self.resource.split(':').nth(4).map(AccountId::parse);
        match (written, self.who.account()) {
            (Some(Ok(account)), _) => account,
            (_, Some(account)) => account.clone(),
            (_, None) => panic!("{} asks about {}, which has no owner", self.who, self.resource),
        }
    }
}

impl fmt::Display for Who {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Principal(principal) => f.write_str(&principal.arn()),
            Self::Service(name) | Self::WebIdentity(name) => f.write_str(name),
            Self::Anonymous => f.write_str("anonymous"),
        }
    }
}
