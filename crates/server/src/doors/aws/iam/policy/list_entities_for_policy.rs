//! ListEntitiesForPolicy.

use iam::{EntityFilter, PolicyEntity};
use identity::Caller;
use names::IdKind;
use wire::aws::WireRefusal;
use wire::aws::iam::{
    EntityType, ListEntitiesForPolicyRequest, ListEntitiesForPolicyResponse, PolicyGroup,
    PolicyRole, PolicyUser,
};

use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::iam::entity::{ByArn, by_arn};
use crate::doors::aws::iam::lists::List;

pub(in crate::doors::aws) struct ListEntitiesForPolicy;

impl Call for ListEntitiesForPolicy {
    type Input = ListEntitiesForPolicyRequest;
    type Target = ByArn;
    type Output = ListEntitiesForPolicyResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(by_arn(caller, &input.policy_arn))
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let filter = EntityFilter {
            kind: input.entity_filter.and_then(kind),
            path_prefix: input.path_prefix.unwrap_or_else(|| "/".to_owned()),
            usage: input.policy_usage_filter.map(super::list_policies::usage),
        };
        let filtered = format!("{}\n{filter:?}", target.arn);
        let list = List::new(
            context,
            "ListEntitiesForPolicy",
            &target.account,
            &filtered,
            input.max_items,
        );
        let page = list.page(input.marker.as_deref())?;
        let (account, arn) = (&target.account, target.policy()?);
        let rows = context.iam().list_entities_for_policy(account, arn, filter, page).await?;
        let listed = list.cut(rows, PolicyEntity::position);
        let (is_truncated, marker) = (listed.is_truncated, listed.marker);
        Ok(ListEntitiesForPolicyResponse { is_truncated, marker, ..write(listed.rows) })
    }
}

/// Only users, groups and roles have policies.
fn kind(asked: EntityType) -> Option<IdKind> {
    match asked {
        EntityType::User => Some(IdKind::User),
        EntityType::Group => Some(IdKind::Group),
        EntityType::Role => Some(IdKind::Role),
        EntityType::LocalManagedPolicy | EntityType::AWSManagedPolicy => None,
    }
}

fn write(entities: Vec<PolicyEntity>) -> ListEntitiesForPolicyResponse {
    let (mut groups, mut users, mut roles) = (Vec::new(), Vec::new(), Vec::new());
    for entity in entities {
        match entity {
            PolicyEntity::Group { id, name, .. } => {
                let (group_name, group_id) = (Some(name), Some(id.to_string()));
                groups.push(PolicyGroup { group_name, group_id });
            }
            PolicyEntity::User { id, name, .. } => {
                let (user_name, user_id) = (Some(name), Some(id.to_string()));
                users.push(PolicyUser { user_name, user_id });
            }
            PolicyEntity::Role { id, name, .. } => {
                let (role_name, role_id) = (Some(name), Some(id.to_string()));
                roles.push(PolicyRole { role_name, role_id });
            }
        }
    }
    ListEntitiesForPolicyResponse {
        policy_groups: Some(groups),
        policy_users: Some(users),
        policy_roles: Some(roles),
        ..ListEntitiesForPolicyResponse::default()
    }
}
