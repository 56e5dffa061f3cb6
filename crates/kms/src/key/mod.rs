//! Keys: how they come, what state they are in, and how they go.
//!
//! * A key is in the rows with a sealed material from the first moment.
//! * A key is disabled while it waits for its deletion, and after that was called off.

mod create_key;
mod describe_key;
mod erase_due_keys;
mod managed_key;
mod material;
mod state;
mod state_changes;

pub use create_key::NewKey;
pub use describe_key::DescribedKey;
pub use state::KeyState;

pub(crate) use material::{
    Material, Pair, broken, curve, find_sealed, generate, new_material, opened, require_sealed,
    rsa, seal,
};
pub(crate) use state::{require_alive, require_enabled, require_usable};
