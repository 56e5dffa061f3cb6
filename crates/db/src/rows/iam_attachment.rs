use names::{AccountId, PolicyArn, PolicyName, Timestamp, UniqueId};

use crate::value::args;
use crate::{DbError, Tx};

/// A managed policy that a user, group or role has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// The policy.
    pub policy_arn: PolicyArn,
    /// Its name.
    pub policy_name: PolicyName,
}

impl Tx<'_> {
    /// Attaches a managed policy of the account, or one that AWS manages. Nothing happens if it is
    /// attached.
    pub fn attach_policy(
        &mut self,
        account: &AccountId,
        holder: &UniqueId,
        attachment: &Attachment,
        now: Timestamp,
    ) -> Result<(), DbError> {
        let Attachment { policy_arn, policy_name } = attachment;
        self.send(
            "INSERT INTO iam_attachment (holder, policy_arn, account, policy_name, attached_at)
             VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (holder, policy_arn) DO NOTHING",
            args![holder, policy_arn, account, policy_name, now],
        )
    }

    /// Detaches a managed policy; `false` if it was not attached.
    pub fn detach_policy(
        &mut self,
        holder: &UniqueId,
        policy_arn: &PolicyArn,
    ) -> Result<bool, DbError> {
        let detached = self.execute(
            "DELETE FROM iam_attachment WHERE holder = $1 AND policy_arn = $2",
            args![holder, policy_arn],
        )?;
        Ok(detached == 1)
    }

    /// All managed policies that a user, group or role has (there are at most ten), by ARN.
    pub fn list_attachments(&mut self, holder: &UniqueId) -> Result<Vec<Attachment>, DbError> {
        self.rows(
            "SELECT policy_arn, policy_name FROM iam_attachment WHERE holder = $1 ORDER BY policy_arn",
            args![holder],
            |row| {
                Ok(Attachment {
                    policy_arn: row.word(0, "iam_attachment.policy_arn")?,
                    policy_name: row.word(1, "iam_attachment.policy_name")?,
                })
            },
        )
    }

    /// Ids of the users, groups and roles of an account that have a managed policy, from after
    /// `after` on. An id begins with its kind, so the kinds come one after the other.
    pub fn list_policy_holders(
        &mut self,
        account: &AccountId,
        policy_arn: &PolicyArn,
        after: &str,
        limit: u32,
    ) -> Result<Vec<UniqueId>, DbError> {
        self.rows(
            "SELECT holder FROM iam_attachment
             WHERE account = $1 AND policy_arn = $2 AND holder > $3 ORDER BY holder LIMIT $4",
            args![account, policy_arn, after, i64::from(limit)],
            |row| row.word(0, "iam_attachment.holder"),
        )
    }

    /// How many users, groups and roles of an account have a managed policy.
    pub fn count_policy_holders(
        &mut self,
        account: &AccountId,
        policy_arn: &PolicyArn,
    ) -> Result<u64, DbError> {
        self.row(
            "SELECT count(*) FROM iam_attachment WHERE account = $1 AND policy_arn = $2",
            args![account, policy_arn],
            |row| row.size(0, "iam_attachment"),
        )
        .map(Option::unwrap_or_default)
    }
}
