//! UntagPolicy.

use iam::Tagged;
use identity::Caller;
use wire::aws::WireRefusal;
use wire::aws::iam::UntagPolicyRequest;

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::entity::{ByArn, own_by_arn};
use crate::guard::RequestKeys;

pub(in crate::doors::aws) struct UntagPolicy;

impl Call for UntagPolicy {
    type Input = UntagPolicyRequest;
    type Target = ByArn;
    type Output = ();

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        own_by_arn(caller, "iam:UntagPolicy", &input.policy_arn)
    }

    fn request_keys(input: &Self::Input) -> RequestKeys {
        RequestKeys::default().tag_keys(input.tag_keys.iter().cloned())
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let (tagged, keys) = (Tagged::Policy(target.arn), input.tag_keys);
        Ok(context.iam().untag_iam_entity(&target.account, tagged, keys).await?)
    }
}
