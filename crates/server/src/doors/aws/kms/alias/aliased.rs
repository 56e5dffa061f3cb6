//! The alias that a call is about.

use identity::Caller;
use names::KmsAliasArn;
use wire::aws::WireRefusal;

use crate::doors::aws::call::Target;
use crate::doors::aws::failure::kms_refusal;
use crate::doors::aws::kms::read::alias;
use crate::guard::{RequestKeys, Resource};

/// An alias in the caller's account.
pub(in crate::doors::aws) struct Aliased(pub(super) KmsAliasArn);

/// The alias of this name.
pub(super) fn aliased(caller: &Caller, name: &str) -> Result<Aliased, WireRefusal> {
    alias(name, caller.registry()).map(Aliased).map_err(|refusal| kms_refusal(&refusal))
}

impl Aliased {
    /// What conditions on the alias's keys compare.
    pub(super) fn keys(&self) -> RequestKeys {
        RequestKeys::default().with("kms:RequestAlias", self.0.name.as_str())
    }
}

impl Target for Aliased {
    fn resources(&self) -> Vec<Resource> {
        vec![Resource::iam(self.0.to_string(), self.0.registry.account.clone())]
    }

    fn said(&self, keys: RequestKeys) -> RequestKeys {
        keys.with("kms:CallerAccount", self.0.registry.account.as_str())
    }
}
