use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use names::AccountId;

use super::sender::{EventSender, NoOutlets};

/// Where events can go.
#[derive(Clone)]
pub struct Outlets {
    /// What brings them there.
    pub sender: Arc<dyn EventSender>,
    /// The names of all, behind the account of those that are one's.
    pub names: BTreeSet<String>,
    /// Those that get every event.
    pub hear_all: Vec<HearsAll>,
    /// For how long the job that delivers looks for more events after the last: most come in
    /// bursts.
    pub linger: Duration,
}

/// An outlet that gets every event, or every one of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HearsAll {
    /// Its name.
    pub outlet: String,
    /// The account, if it is one's.
    pub account: Option<AccountId>,
}

impl Default for Outlets {
    fn default() -> Self {
        Self {
            sender: Arc::new(NoOutlets),
            names: BTreeSet::new(),
            hear_all: Vec::new(),
            linger: Duration::ZERO,
        }
    }
}

impl fmt::Debug for Outlets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outlets")
            .field("names", &self.names)
            .field("hear_all", &self.hear_all)
            .finish_non_exhaustive()
    }
}
