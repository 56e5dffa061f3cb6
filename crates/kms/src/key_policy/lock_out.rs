use iam::{Asker, Iam, KeyStanding, Question};
use policy::Context;

use super::KeyPolicyText;
use crate::{Failure, KmsRefusal};

/// Whether to accept a policy that its author could not change any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LockOut {
    /// It is refused.
    Refused,
    /// Accept it: the author said that it is intended.
    Meant,
}

const LOCKS_OUT: &str =
    "The new key policy will not allow you to update the key policy in the future.";

/// Requires that `who` could change the key's policy again if it were this one.
pub(crate) async fn require_way_back(
    iam: &Iam,
    who: &Asker<'_>,
    context: Context<'_>,
    standing: &KeyStanding,
    policy: &KeyPolicyText,
) -> Result<(), Failure> {
    let supposed = standing.under(&policy.text);
    let question = Question {
        action: "kms:PutKeyPolicy",
        resource: &standing.arn.to_string(),
        account: &standing.arn.registry.account,
        repository: None,
        registry: None,
        trust: None,
        key: Some(&supposed),
        secret: None,
        context,
    };
    if iam.decide(who, question).await?.is_allowed() {
        return Ok(());
    }
    Err(KmsRefusal::MalformedPolicy(LOCKS_OUT.to_owned()).into())
}
