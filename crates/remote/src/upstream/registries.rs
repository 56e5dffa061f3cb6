use std::fmt;
use std::time::Duration;

use super::address::UpstreamAddress;
use super::pauses::Pauses;
use super::token::Tokens;
use crate::Client;

/// How long one step of a call may take, whatever the caller's deadline.
pub(super) const STEP_PATIENCE: Duration = Duration::from_secs(30);

/// A registry, and who we are there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upstream {
    /// Where it is.
    pub address: UpstreamAddress,
    /// `None` is anyone.
    pub user: Option<UpstreamUser>,
}

impl Upstream {
    /// The one whose requests the registry counts: the user, or all that have none.
    pub(super) fn counted_as(&self) -> String {
        let origin = self.address.origin();
        match &self.user {
            Some(user) => format!("{origin} {}", user.name),
            None => origin,
        }
    }
}

/// A user of another registry.
#[derive(Clone, PartialEq, Eq)]
pub struct UpstreamUser {
    /// The name.
    pub name: String,
    /// The password, or a token in its place.
    pub password: String,
}

impl fmt::Debug for UpstreamUser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UpstreamUser").field("name", &self.name).finish_non_exhaustive()
    }
}

/// Reads other registries.
pub struct UpstreamClient {
    pub(super) client: Client,
    pub(super) tokens: Tokens,
    pub(super) pauses: Pauses,
}

impl UpstreamClient {
    /// Reads through this client, which says what can be reached.
    pub fn new(client: Client) -> Self {
        Self { client, tokens: Tokens::default(), pauses: Pauses::default() }
    }

    /// How many requests a registry has said to be left to us, if it says so.
    pub fn remaining_requests(&self, upstream: &Upstream) -> Option<u64> {
        self.pauses.remaining(&upstream.counted_as())
    }

    /// The least that a registry has said to be left to one of its users, if it says so.
    pub fn least_remaining(&self, address: &UpstreamAddress) -> Option<u64> {
        let origin = address.origin();
        self.pauses.least_remaining(|name| name.split(' ').next() == Some(&origin))
    }
}
