//! Users: created, described, renamed, tagged and deleted.
//!
//! * A user keeps its id, keys and policies under any name and path.
//! * Names are unique within an account without regard to case.
//! * A user that still has keys, policies or groups cannot be deleted.

mod users;

pub use users::{DescribedUser, NewUser};
pub(crate) use users::{USERS_MAX, require_user};
