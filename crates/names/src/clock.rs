use crate::Timestamp;

/// A clock: the system's clock in the program, a movable one in tests.
pub trait Clock: Send + Sync + 'static {
    /// Now.
    fn now(&self) -> Timestamp;
}
