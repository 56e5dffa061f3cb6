use crate::Timestamp;

/// What time it is. The system's clock in the program, one that can be moved in tests.
pub trait Clock: Send + Sync + 'static {
    /// Now.
    fn now(&self) -> Timestamp;
}
