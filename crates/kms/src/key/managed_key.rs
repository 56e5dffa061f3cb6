//! The key that ECR encrypts with where no other is named: `alias/aws/ecr`, one for each account
//! and Region, made when it is first needed.

use db::KmsAlias;
use names::{AliasName, KeySpec, KeyUsage, KmsAliasArn, KmsKeyArn, KmsKeyManager, RegistryId};

use super::NewKey;
use crate::rotation::{DAYS_OF_MANAGED_KEYS, after_days};
use crate::{Failure, Kms};

/// The alias of the key that ECR manages.
const ALIAS: &str = "alias/aws/ecr";

const DESCRIPTION: &str = "Default key that protects my ECR data when no other key is defined";

impl Kms {
    /// Whether this alias is that of a key that is made when it is first needed.
    pub fn is_of_managed_key(alias: &AliasName) -> bool {
        alias.as_str() == ALIAS
    }

    /// The key that ECR manages in this account and Region.
    pub async fn managed_key(&self, registry: &RegistryId) -> Result<KmsKeyArn, Failure> {
        let name = AliasName::parse(ALIAS).expect("it is the name of an alias");
        let alias = KmsAliasArn { registry: registry.clone(), name };
        let wanted = alias.clone();
        let known = self.read(move |tx| Ok(tx.find_kms_alias(&wanted)?)).await?;
        if let Some(KmsAlias { key: id, .. }) = known {
            return Ok(KmsKeyArn { registry: registry.clone(), id });
        }
        let new = NewKey {
            registry: registry.clone(),
            description: DESCRIPTION.to_owned(),
            spec: KeySpec::SymmetricDefault,
            usage: KeyUsage::EncryptDecrypt,
            policy: None,
            tags: Vec::new(),
        };
        let now = self.now();
        let mut prepared = self
            .prepare(&new, KmsKeyManager::Aws)
            .await?
            .rotating(DAYS_OF_MANAGED_KEYS, after_days(now, DAYS_OF_MANAGED_KEYS));
        prepared.key.policy = policy(registry);
        let registry = registry.clone();
        // Two callers may need it at once: the second uses the key of the first.
        self.write(move |tx| {
            if let Some(KmsAlias { key: id, .. }) = tx.find_kms_alias(&alias)? {
                return Ok(KmsKeyArn { registry: registry.clone(), id });
            }
            prepared.insert(tx)?;
            let key = prepared.key.arn.clone();
            tx.insert_kms_alias(&KmsAlias {
                arn: alias.clone(),
                key: key.id.clone(),
                created_at: now,
                updated_at: now,
            })?;
            Ok(key)
        })
        .await
    }
}

/// What AWS writes for ECR: everyone in the account uses the key by way of ECR, and looks at it
/// directly.
fn policy(registry: &RegistryId) -> String {
    let RegistryId { account, region } = registry;
    format!(
        r#"{{"Version":"2012-10-17","Id":"auto-ecr-1","Statement":[{{"Sid":"Allow access through Amazon ECR for all principals in the account that are authorized to use Amazon ECR","Effect":"Allow","Principal":{{"AWS":"*"}},"Action":["kms:Encrypt","kms:Decrypt","kms:ReEncrypt*","kms:GenerateDataKey*","kms:CreateGrant","kms:RetireGrant","kms:DescribeKey"],"Resource":"*","Condition":{{"StringEquals":{{"kms:CallerAccount":"{account}","kms:ViaService":"ecr.{region}.amazonaws.com"}}}}}},{{"Sid":"Allow direct access to key metadata to the account","Effect":"Allow","Principal":{{"AWS":"arn:aws:iam::{account}:root"}},"Action":["kms:Describe*","kms:Get*","kms:List*","kms:RevokeGrant"],"Resource":"*"}}]}}"#
    )
}

#[cfg(test)]
mod tests {
    use names::{AccountId, Region};
    use policy::{Document, DocumentKind};

    use super::*;

    #[test]
    fn the_policy_of_the_managed_key_is_one() {
        let registry = RegistryId {
            account: AccountId::parse("123456789012").unwrap(),
            region: Region::parse("us-east-1").unwrap(),
        };
        assert_eq!(Document::parse(&policy(&registry), DocumentKind::Key).map(drop), Ok(()));
        assert!(AliasName::parse(ALIAS).unwrap().is_reserved());
    }
}
