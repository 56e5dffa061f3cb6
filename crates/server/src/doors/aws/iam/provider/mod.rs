//! OIDC identity providers.
//!
//! * A provider is identified by its ARN, except when it is created.

mod add_client_id_to_open_id_connect_provider;
mod create_open_id_connect_provider;
mod delete_open_id_connect_provider;
mod get_open_id_connect_provider;
mod list_open_id_connect_providers;
mod remove_client_id_from_open_id_connect_provider;
mod update_open_id_connect_provider;
mod update_open_id_connect_provider_thumbprint;

pub(in crate::doors::aws) use add_client_id_to_open_id_connect_provider::AddClientIDToOpenIDConnectProvider;
pub(in crate::doors::aws) use create_open_id_connect_provider::CreateOpenIDConnectProvider;
pub(in crate::doors::aws) use delete_open_id_connect_provider::DeleteOpenIDConnectProvider;
pub(in crate::doors::aws) use get_open_id_connect_provider::GetOpenIDConnectProvider;
pub(in crate::doors::aws) use list_open_id_connect_providers::ListOpenIDConnectProviders;
pub(in crate::doors::aws) use remove_client_id_from_open_id_connect_provider::RemoveClientIDFromOpenIDConnectProvider;
pub(in crate::doors::aws) use update_open_id_connect_provider::UpdateOpenIDConnectProvider;
pub(in crate::doors::aws) use update_open_id_connect_provider_thumbprint::UpdateOpenIDConnectProviderThumbprint;
