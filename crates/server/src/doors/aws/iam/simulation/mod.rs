//! Simulations of policies.
//!
//! * A page may be short although more follow.

mod get_context_keys_for_principal_policy;
mod simulate_custom_policy;
mod simulate_principal_policy;
mod simulated;

pub(in crate::doors::aws) use get_context_keys_for_principal_policy::GetContextKeysForPrincipalPolicy;
pub(in crate::doors::aws) use simulate_custom_policy::SimulateCustomPolicy;
pub(in crate::doors::aws) use simulate_principal_policy::SimulatePrincipalPolicy;
