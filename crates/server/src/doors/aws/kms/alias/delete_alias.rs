//! DeleteAlias.

use identity::Caller;
use wire::aws::WireRefusal;
use wire::aws::kms::DeleteAliasRequest;

use super::aliased::{Aliased, aliased};
use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::kms::done::Done;
use crate::doors::aws::kms::on_key::on_key;

pub(in crate::doors::aws) struct DeleteAlias;

impl Call for DeleteAlias {
    type Input = DeleteAliasRequest;
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
        let DeleteAliasRequest { alias_name: _ } = input;
        let kms = &context.doors.kms;
        if let Some(key) = kms.find_alias(&alias.0).await? {
            let key = on_key(context.caller, key.id.as_str())?.at_home();
            key.authorize(context, "kms:DeleteAlias", alias.keys()).await?;
        }
        kms.delete_alias(&alias.0).await?;
        Ok(Done {})
    }
}
