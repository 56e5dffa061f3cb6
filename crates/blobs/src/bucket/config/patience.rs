use std::time::Duration;

/// How long to wait for a store, and how often to try.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// For a connection.
    pub connect: Duration,
    /// For the next bytes of an answer.
    pub read: Duration,
    /// The limit for one request with its answer. A part of 16 MiB at 1 Mbit/s takes a little more
    /// than two minutes.
    pub request: Duration,
    /// For one call, with all its requests.
    pub call: Duration,
    /// How often one request is repeated.
    pub retries: usize,
    /// The first pause between two tries; each one is about twice as long as the one before.
    pub pause: Duration,
    /// The longest pause between two tries.
    pub pause_max: Duration,
    /// How many failed calls in a row stop further calls.
    pub failures_max: u32,
    /// For how long.
    pub rest: Duration,
}

impl Default for Patience {
    /// An unreachable store costs a client half a minute once, and the next ones nothing.
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            read: Duration::from_secs(30),
            request: Duration::from_mins(3),
            call: Duration::from_mins(4),
            retries: 6,
            pause: Duration::from_millis(100),
            pause_max: Duration::from_secs(5),
            failures_max: 8,
            rest: Duration::from_secs(5),
        }
    }
}
