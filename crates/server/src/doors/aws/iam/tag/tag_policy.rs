//! TagPolicy.

use iam::Tagged;
use identity::Caller;
use wire::aws::WireRefusal;
use wire::aws::iam::TagPolicyRequest;

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::entity::{ByArn, own_by_arn};
use crate::doors::aws::iam::tagging;
use crate::guard::RequestKeys;

pub(in crate::doors::aws) struct TagPolicy;

impl Call for TagPolicy {
    type Input = TagPolicyRequest;
    type Target = ByArn;
    type Output = ();

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        own_by_arn(caller, "iam:TagPolicy", &input.policy_arn)
    }

    fn request_keys(input: &Self::Input) -> RequestKeys {
        tagging::keys(Some(&input.tags))
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let (tagged, tags) = (Tagged::Policy(target.arn), tagging::pairs(Some(input.tags)));
        Ok(context.iam().tag_iam_entity(&target.account, tagged, tags).await?)
    }
}
