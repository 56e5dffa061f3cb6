//! ListKeyRotations.

use identity::Caller;
use kms::KmsMaterial;
use names::{KmsKeyArn, MaterialId, MaterialOrigin};
use wire::aws::WireRefusal;
use wire::aws::kms::{
    IncludeKeyMaterial, KeyMaterialState, ListKeyRotationsRequest, ListKeyRotationsResponse,
    RotationType, RotationsListEntry,
};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::kms::lists::{LIMIT_OF_KEYS, List, Listed};
use crate::doors::aws::kms::on_key::{OnKey, on_key};

pub(in crate::doors::aws) struct ListKeyRotations;

impl Call for ListKeyRotations {
    type Input = ListKeyRotationsRequest;
    type Target = OnKey;
    type Output = ListKeyRotationsResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(on_key(caller, &input.key_id)?.at_home())
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let ListKeyRotationsRequest { key_id: _, include_key_material, limit, marker } = input;
        let arn = target.arn()?;
        let shows_all = include_key_material == Some(IncludeKeyMaterial::AllKeyMaterial);
        let of = format!("{arn}\n{shows_all}");
        let list = List::new(context, "ListKeyRotations", &of, limit, LIMIT_OF_KEYS);
        let page = list.page(marker.as_deref())?;
        let kms = &context.doors.kms;
        let current = kms.describe_key(&arn).await?.key.material;
        let rows = kms.list_key_rotations(&arn, page).await?;
        let Listed { rows, truncated, next_marker } =
            list.cut(rows, |row| (row.created_at, row.id.clone()));
        let is_shown = |row: &&KmsMaterial| shows_all || row.origin != MaterialOrigin::Creation;
        let shown = rows.iter().filter(is_shown).map(|row| entry(&arn, row, &current, shows_all));
        let rotations = Some(shown.collect());
        Ok(ListKeyRotationsResponse { rotations, next_marker, truncated })
    }
}

fn entry(
    arn: &KmsKeyArn,
    row: &KmsMaterial,
    current: &MaterialId,
    shows_all: bool,
) -> RotationsListEntry {
    let is_current = row.id == *current;
    let state = if is_current { KeyMaterialState::Current } else { KeyMaterialState::NonCurrent };
    let rotation_type = match row.origin {
        MaterialOrigin::Creation => None,
        MaterialOrigin::Automatic => Some(RotationType::Automatic),
        MaterialOrigin::OnDemand => Some(RotationType::OnDemand),
    };
    RotationsListEntry {
        key_id: Some(arn.to_string()),
        key_material_id: Some(row.id.to_string()),
        key_material_description: None,
        import_state: None,
        key_material_state: shows_all.then_some(state),
        expiration_model: None,
        valid_to: None,
        rotation_date: rotation_type.map(|_| row.created_at.as_epoch_seconds()),
        rotation_type,
    }
}
