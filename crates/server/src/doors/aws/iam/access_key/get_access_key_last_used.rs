//! GetAccessKeyLastUsed: authorised on the user that has the key.

use iam::{Iam, IamUser};
use identity::Caller;
use names::AccountId;
use wire::aws::WireRefusal;
use wire::aws::iam::{
    AccessKeyLastUsed, GetAccessKeyLastUsedRequest, GetAccessKeyLastUsedResponse,
};

use crate::doors::aws::call::{Call, Context, Target};
use crate::doors::aws::failure::Refused;
use crate::guard::Resource;

/// The value for a key that was never used.
const NEVER: &str = "N/A";

/// A key of the caller's account.
pub(in crate::doors::aws) struct Key {
    account: AccountId,
    id: String,
    /// Its user; `None` if it is the account's own or does not exist.
    user: Option<IamUser>,
}

impl Target for Key {
    fn resources(&self) -> Vec<Resource> {
        let account = self.account.clone();
        vec![match &self.user {
            // A caller that may not know the key's user is refused as for a missing key.
            Some(user) => {
                let asked = Some(Resource::Account(account.clone()).to_string());
                Resource::Iam { arn: user.identity.arn(), asked, account }
            }
            None => Resource::Account(account),
        }]
    }

    async fn locate(&mut self, iam: &Iam) -> Result<(), Refused> {
        self.user = iam.find_user_of_key(&self.account, &self.id).await?;
        Ok(())
    }
}

pub(in crate::doors::aws) struct GetAccessKeyLastUsed;

impl Call for GetAccessKeyLastUsed {
    type Input = GetAccessKeyLastUsedRequest;
    type Target = Key;
    type Output = GetAccessKeyLastUsedResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(Key { account: caller.account().clone(), id: input.access_key_id.clone(), user: None })
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let GetAccessKeyLastUsedRequest { access_key_id } = input;
        let iam = context.iam();
        let (key, name) = iam.get_access_key_last_used(&target.account, access_key_id).await?;
        let used = key.last_use.as_ref();
        Ok(GetAccessKeyLastUsedResponse {
            user_name: name.map(|name| name.to_string()),
            access_key_last_used: Some(AccessKeyLastUsed {
                last_used_date: used.map(|used| used.at.as_epoch_seconds()),
                service_name: used.map_or(NEVER, |used| used.service.as_str()).to_owned(),
                region: used.map_or(NEVER, |used| used.region.as_str()).to_owned(),
            }),
        })
    }
}
