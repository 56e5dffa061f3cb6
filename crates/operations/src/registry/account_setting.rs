//! GetAccountSetting, PutAccountSetting.

use iam::REGISTRY_POLICY_SCOPE;
use names::RegistryId;

use crate::{Failure, InvalidParameter, Operations};

/// A setting of a registry: its name, its values, and which of them holds until another is put.
#[derive(Debug)]
pub struct AccountSetting {
    /// ECR's name of it.
    pub name: &'static str,
    /// The allowed values, the default first.
    pub values: &'static [&'static str],
}

/// Whether blobs that a repository may serve can be mounted from it.
const BLOB_MOUNTING: &str = "BLOB_MOUNTING";

/// Every setting.
pub const REGISTRY_SETTINGS: &[AccountSetting] = &[
    AccountSetting { name: "BASIC_SCAN_TYPE_VERSION", values: &["AWS_NATIVE"] },
    // V1, which covered few actions, was withdrawn. Where it was set before, it applies until V2 is
    // set.
    AccountSetting { name: REGISTRY_POLICY_SCOPE, values: &["V2"] },
    // ECR's default is DISABLED; the distribution specification wants mounts to work.
    AccountSetting { name: BLOB_MOUNTING, values: &["ENABLED", "DISABLED"] },
];

impl Operations {
    /// The value of a setting.
    pub async fn get_account_setting(
        &self,
        registry: &RegistryId,
        name: &str,
    ) -> Result<(&'static str, String), Failure> {
        let setting = require_setting(name)?;
        let registry = registry.clone();
        let put = self
            .db
            .read(move |tx| tx.find_registry_setting(&registry, setting.name))
            .await
            .map_err(Failure::from)?;
        Ok((setting.name, put.unwrap_or_else(|| setting.values[0].to_owned())))
    }

    /// Sets a setting.
    pub async fn put_account_setting(
        &self,
        registry: &RegistryId,
        name: &str,
        value: &str,
    ) -> Result<(&'static str, &'static str), Failure> {
        let setting = require_setting(name)?;
        let known = setting.values.iter().find(|known| **known == value);
        let value = *known.ok_or_else(|| InvalidParameter {
            path: "value",
            constraint: format!(
                "Member must satisfy enum value set: [{}]",
                setting.values.join(", ")
            ),
        })?;
        let (wanted, now) = (registry.clone(), self.now());
        self.change_registry(registry, move |tx| {
            let registry = tx.open_registry(&wanted, now)?;
            tx.put_registry_setting(registry, setting.name, value)?;
            Ok((setting.name, value))
        })
        .await
    }

    /// Whether blobs may be mounted from one repository into another.
    pub(crate) async fn mounting_is_on(&self, registry: &RegistryId) -> Result<bool, Failure> {
        let (_, value) = self.get_account_setting(registry, BLOB_MOUNTING).await?;
        Ok(value == "ENABLED")
    }
}

fn require_setting(name: &str) -> Result<&'static AccountSetting, InvalidParameter> {
    REGISTRY_SETTINGS.iter().find(|setting| setting.name == name).ok_or_else(|| {
        let names: Vec<&str> = REGISTRY_SETTINGS.iter().map(|setting| setting.name).collect();
        InvalidParameter {
            path: "name",
            constraint: format!("Member must satisfy enum value set: [{}]", names.join(", ")),
        }
    })
}
