//! ListSecretVersionIds.

use identity::Caller;
use names::Timestamp;
use operations::ListedVersion;
use wire::aws::WireRefusal;
use wire::aws::secrets_manager::{
    ListSecretVersionIdsRequest, ListSecretVersionIdsResponse, SecretVersionsListEntry,
};

use super::list_secrets::next;
use super::on_secret::OnSecret;
use crate::doors::aws::call::{Call, Context, Target};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::pages::{LIMIT, Pages, limit};

pub(in crate::doors::aws) struct ListSecretVersionIds;

impl Call for ListSecretVersionIds {
    type Input = ListSecretVersionIdsRequest;
    type Target = OnSecret;
    type Output = ListSecretVersionIdsResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(OnSecret::read(caller, &input.secret_id))
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let ListSecretVersionIdsRequest {
            secret_id: _,
            max_results,
            next_token,
            include_deprecated,
        } = input;
        let [resource] = &target.resources()[..] else { unreachable!("a secret is one resource") };
        let limit = limit(max_results, LIMIT);
        let pages = Pages::new(context, "ListSecretVersionIds", resource, "", limit);
        let after = next(&pages, next_token.as_deref())?;
        let operations = context.operations();
        let listed = operations.list_secret_version_ids(&target.wanted, after, pages.rows());
        let (secret, rows) = listed.await?;
        let (rows, next_token) = pages.cut(rows, |row| row.version.id.clone());
        let is_shown =
            |row: &ListedVersion| include_deprecated.unwrap_or_default() || !row.stages.is_empty();
        Ok(ListSecretVersionIdsResponse {
            arn: Some(secret.arn.to_string()),
            name: Some(secret.name.to_string()),
            versions: Some(rows.into_iter().filter(is_shown).map(write).collect()),
            next_token,
        })
    }
}

fn write(listed: ListedVersion) -> SecretVersionsListEntry {
    let ListedVersion { version, stages } = listed;
    SecretVersionsListEntry {
        version_id: Some(version.id),
        version_stages: (!stages.is_empty()).then_some(stages),
        last_accessed_date: version.accessed_at.map(Timestamp::as_epoch_seconds),
        created_date: Some(version.created_at.as_epoch_seconds()),
        kms_key_ids: None,
    }
}
