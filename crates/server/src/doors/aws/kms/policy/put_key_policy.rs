//! PutKeyPolicy.

use identity::Caller;
use kms::LockOut;
use wire::aws::WireRefusal;
use wire::aws::kms::PutKeyPolicyRequest;

use super::DEFAULT;
use crate::doors::aws::call::{Call, Context, Target as _};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::kms::done::Done;
use crate::doors::aws::kms::on_key::{OnKey, on_key};
use crate::guard::RequestKeys;

pub(in crate::doors::aws) struct PutKeyPolicy;

impl Call for PutKeyPolicy {
    type Input = PutKeyPolicyRequest;
    type Target = OnKey;
    type Output = Done;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(on_key(caller, &input.key_id)?.at_home())
    }

    fn request_keys(input: &Self::Input) -> RequestKeys {
        let bypasses = bypasses(input).to_string();
        RequestKeys::default().with("kms:BypassPolicyLockoutSafetyCheck", bypasses)
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let bypasses = bypasses(&input);
        let keys = target.said(Self::request_keys(&input));
        let PutKeyPolicyRequest { key_id: _, policy_name, policy, .. } = input;
        let name = policy_name.as_deref().unwrap_or(DEFAULT);
        let lock_out = if bypasses { LockOut::Meant } else { LockOut::Refused };
        let (asking, standing) = (context.asking(), target.standing()?);
        let (who, said) = (asking.asker(), asking.context(&keys));
        let kms = &context.doors.kms;
        kms.put_key_policy(&who, said, standing, name, policy, lock_out).await?;
        Ok(Done {})
    }
}

fn bypasses(input: &PutKeyPolicyRequest) -> bool {
    input.bypass_policy_lockout_safety_check == Some(true)
}
