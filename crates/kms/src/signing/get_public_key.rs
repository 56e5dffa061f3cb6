//! GetPublicKey.

use names::KmsKeyArn;

use crate::failure::corrupt;
use crate::key::require_enabled;
use crate::kms::require_key;
use crate::{Failure, Kms, KmsKey, KmsRefusal};

impl Kms {
    /// A key, and the public one of its pair as X.509 has it.
    pub async fn get_public_key(&self, arn: &KmsKeyArn) -> Result<(KmsKey, Vec<u8>), Failure> {
        let (arn, now) = (arn.clone(), self.now());
        self.read(move |tx| {
            let key = require_key(tx, &arn, now)?;
            if !key.spec.is_asymmetric() {
                let text = format!(
                    "{} key spec is {} which is not valid for GetPublicKey.",
                    key.arn, key.spec
                );
                return Err(KmsRefusal::Unsupported(text).into());
            }
            require_enabled(&key)?;
            let public = key.public_key.clone().ok_or_else(|| corrupt("kms_key.public_key"))?;
            Ok((key, public))
        })
        .await
    }
}
