//! CreateAlias.

use identity::Caller;
use wire::aws::WireRefusal;
use wire::aws::kms::CreateAliasRequest;

use super::aliased::{Aliased, aliased};
use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::kms::done::Done;
use crate::doors::aws::kms::on_key::on_key;

pub(in crate::doors::aws) struct CreateAlias;

impl Call for CreateAlias {
    type Input = CreateAliasRequest;
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
        let CreateAliasRequest { alias_name: _, target_key_id } = input;
        let key = on_key(context.caller, &target_key_id)?.at_home();
        let key = key.authorize(context, "kms:CreateAlias", alias.keys()).await?;
        context.doors.kms.create_alias(&alias.0, &key.arn()?).await?;
        Ok(Done {})
    }
}
