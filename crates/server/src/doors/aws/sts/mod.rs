//! STS: temporary credentials. One file, one operation. Verbs decide whether a caller may have
//! them; `authenticate` seals them.

pub(super) mod assume_role;
pub(super) mod assume_role_with_web_identity;
mod denied;
pub(super) mod get_access_key_info;
pub(super) mod get_caller_identity;
pub(super) mod get_federation_token;
pub(super) mod get_scoped_credentials;
pub(super) mod get_session_token;
mod read;
mod written;
