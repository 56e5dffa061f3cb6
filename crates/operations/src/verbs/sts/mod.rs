//! Temporary credentials: who may have them, and what limits them. Sealing them is `identity`'s business.

pub(crate) mod assume_role;
pub(crate) mod assume_role_with_web_identity;
pub(crate) mod duration;
mod find_principal;
mod get_access_key_info;
pub(crate) mod get_federation_token;
pub(crate) mod get_scoped_credentials;
mod get_session_token;
pub(crate) mod role_denied;
pub(crate) mod session_limits;
