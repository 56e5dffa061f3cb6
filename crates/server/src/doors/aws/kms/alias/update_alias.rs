//! UpdateAlias.

use identity::Caller;
use wire::aws::WireRefusal;
use wire::aws::kms::UpdateAliasRequest;

use super::aliased::{Aliased, aliased};
use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::kms::done::Done;
use crate::doors::aws::kms::on_key::on_key;

const ACTION: &str = "kms:UpdateAlias";

pub(in crate::doors::aws) struct UpdateAlias;

impl Call for UpdateAlias {
    type Input = UpdateAliasRequest;
    type Target = Aliased;
    type Output = Done;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        aliased(caller, &input.alias_name)
    }

    async fn act(
        context: &Context<'_>,
        alias: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let UpdateAliasRequest { alias_name: _, target_key_id } = input;
        let kms = &context.doors.kms;
        let key = on_key(context.caller, &target_key_id)?.at_home();
        let key = key.authorize(context, ACTION, alias.keys()).await?;
        if let Some(old) = kms.find_alias(&alias.0).await? {
            let old = on_key(context.caller, old.id.as_str())?.at_home();
            old.authorize(context, ACTION, alias.keys()).await?;
        }
        kms.update_alias(&alias.0, &key.arn()?).await?;
        Ok(Done {})
    }
}
