//! RetireGrant, RevokeGrant.

use names::{GrantId, KmsKeyArn};

use super::token::GrantToken;
use crate::kms::require_key;
use crate::{Failure, Kms, KmsRefusal};

/// Whether something is only to be tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DryRun {
    /// Nothing changes, and the answer is that it would have.
    Yes,
    /// It is done.
    No,
}

impl Kms {
    /// Ends a grant that is not needed any more. Of a token, what it names was not proven yet.
    pub async fn retire_grant(
        &self,
        key: &KmsKeyArn,
        id: &GrantId,
        token: Option<&GrantToken>,
        dry_run: DryRun,
    ) -> Result<(), Failure> {
        if token.is_some_and(|token| !token.is_ours(&self.keyring)) {
            return Err(KmsRefusal::InvalidGrantToken.into());
        }
        let missing = match token {
            Some(_) => KmsRefusal::InvalidGrantToken,
            None => KmsRefusal::GrantNotFound(id.clone()),
        };
        self.end_grant(key, id, missing, dry_run).await
    }

    /// Takes a grant away.
    pub async fn revoke_grant(
        &self,
        key: &KmsKeyArn,
        id: &GrantId,
        dry_run: DryRun,
    ) -> Result<(), Failure> {
        self.end_grant(key, id, KmsRefusal::GrantNotFound(id.clone()), dry_run).await
    }

    async fn end_grant(
        &self,
        arn: &KmsKeyArn,
        id: &GrantId,
        missing: KmsRefusal,
        dry_run: DryRun,
    ) -> Result<(), Failure> {
        let (arn, id, now) = (arn.clone(), id.clone(), self.now());
        self.write(move |tx| {
            require_key(tx, &arn, now)?;
            if tx.find_kms_grant(&arn.id, &id)?.is_none() {
                return Err(missing.clone().into());
            }
            if dry_run == DryRun::Yes {
                return Err(KmsRefusal::DryRun.into());
            }
            tx.delete_kms_grant(&arn.id, &id)?;
            Ok(())
        })
        .await
    }
}
