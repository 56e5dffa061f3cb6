use std::sync::Arc;

use iam::{Asker, KeyStanding};
use names::KmsKeyArn;
use policy::Context;

use super::{KeyPolicyText, LockOut, require_way_back};
use crate::kms::require_key;
use crate::{Failure, Kms, KmsRefusal};

/// The only name of a policy.
const DEFAULT: &str = "default";

impl Kms {
    /// Replaces a key's policy. Unless it is intended, a policy that would stop `who` from changing
    /// it again is refused, judged by requests like the one in `context`.
    pub async fn put_key_policy(
        &self,
        who: &Asker<'_>,
        context: Context<'_>,
        standing: &KeyStanding,
        name: &str,
        policy: String,
        lock_out: LockOut,
    ) -> Result<(), Failure> {
        require_name(name)?;
        let policy = Arc::new(KeyPolicyText::read(policy)?);
        if lock_out == LockOut::Refused {
            require_way_back(&self.iam, who, context, standing, &policy).await?;
        }
        let (arn, now) = (standing.arn.clone(), self.now());
        self.write(move |tx| {
            require_key(tx, &arn, now)?;
            let kept = policy.kept(tx)?;
            tx.put_kms_key_policy(&arn.id, &kept)?;
            // It may let ECR in again.
            Ok(tx.wake_jobs(&arn.to_string(), now)?)
        })
        .await
    }

    /// A key's policy.
    pub async fn get_key_policy(&self, arn: &KmsKeyArn, name: &str) -> Result<String, Failure> {
        require_name(name)?;
        let (arn, now) = (arn.clone(), self.now());
        self.read(move |tx| {
            let key = require_key(tx, &arn, now)?;
            KeyPolicyText::shown(tx, &key.policy)
        })
        .await
    }

    /// The names of a key's policies.
    pub async fn list_key_policies(
        &self,
        arn: &KmsKeyArn,
    ) -> Result<&'static [&'static str], Failure> {
        let (arn, now) = (arn.clone(), self.now());
        self.read(move |tx| require_key(tx, &arn, now).map(drop)).await?;
        Ok(&[DEFAULT])
    }
}

/// Requires the only name that a policy has.
fn require_name(name: &str) -> Result<(), KmsRefusal> {
    if name == DEFAULT { Ok(()) } else { Err(KmsRefusal::NoSuchPolicy) }
}
