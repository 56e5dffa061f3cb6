//! Whether a caller may pass a role on to a service, which then acts in it.

use iam::WantedRole;

use super::super::call::Context;
use super::super::failure::Refused;
use crate::guard::{RequestKeys, Resource};

/// Requires that the caller may pass the role of this ARN on to a service. The role may be missing.
pub(in crate::doors::aws) async fn require_pass_role(
    context: &Context<'_>,
    role: &WantedRole,
    arn: &str,
    service: &'static str,
) -> Result<(), Refused> {
    let standing = context.iam().find_standing_of_arn(&role.account, arn).await?;
    let keys =
        RequestKeys::default().with("iam:PassedToService", service).resource_tags(&standing.tags);
    let resource = Resource::iam(arn.to_owned(), role.account.clone());
    Ok(context.asking().authorize("iam:PassRole", &resource, &keys).await?)
}
