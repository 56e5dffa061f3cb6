use std::time::Duration;

/// How hard long work in the background works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Pace {
    /// Without a rest, where a caller waits for its end.
    #[default]
    Full,
    /// A fifth of the time: callers hardly notice it. For floods of small jobs, and for a job that
    /// goes through a repository.
    Gentle,
}

/// How much longer a rest is than the work before it.
const REST_FACTOR: u32 = 4;

/// The longest rest.
const REST_MAX: Duration = Duration::from_secs(1);

impl Pace {
    /// Rests after work that took so long.
    pub async fn rest(self, worked: Duration) {
        if self == Self::Gentle {
            tokio::time::sleep((worked * REST_FACTOR).min(REST_MAX)).await;
        }
    }
}
