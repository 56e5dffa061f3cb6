use std::sync::Arc;
use std::time::Duration;

use crate::answers::Answers;
use crate::doors::Doors;
use crate::intake::Intake;
use crate::metrics::Metrics;
use crate::tasks::Tasks;
use crate::trusted_proxies::TrustedProxies;

/// What the accept loop needs before a request reaches a door: whom it believes, what connections
/// and bodies may take, and the doors themselves.
pub(crate) struct Entrance {
    pub(crate) doors: Arc<Doors>,
    pub(crate) trusted_proxies: TrustedProxies,
    /// How long a client may pause while it sends or reads.
    pub(crate) silence_max: Duration,
    /// The limits of request bodies.
    pub(crate) intake: Arc<Intake>,
    /// The answers that are being sent.
    pub(crate) answers: Answers,
    pub(crate) metrics: Arc<Metrics>,
    pub(crate) tasks: Tasks,
}
