use std::time::Duration;

/// For how many days it is remembered what tags named before, unless another time is set.
pub const REMEMBER_TAGS_DAYS: u64 = 90;

/// How the history of tags is kept.
#[derive(Debug, Clone, Copy)]
pub struct TagHistory {
    /// How long a move is remembered. If it is zero, none is written down.
    pub remember: Duration,
    /// Whether lifecycle rules may take images that a history can roll back to.
    pub shield: Shield,
}

/// Whether lifecycle rules may take images that a history can roll back to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shield {
    /// They may, as ECR's do.
    Off,
    /// Such images stay until no history can roll back to them.
    On,
}

impl Default for TagHistory {
    fn default() -> Self {
        Self { remember: Duration::from_hours(24 * REMEMBER_TAGS_DAYS), shield: Shield::Off }
    }
}
