//! The policies of users, groups and roles: attached and inline.
//!
//! * The same seven operations exist for each of the three holders and do the same. Each is written
//!   once, in a file named after the verb of `crate::iam` that it calls, with one line for each
//!   holder.
//! * A holder is identified by its name, and authorised by its stored ARN.

/// Implements one operation for users, groups and roles. They differ only in names: of the
/// operation, of its input and output, and of the member that names the holder.
///
/// `says` gives the condition keys of the input. `acts` carries it out, after the guard has allowed
/// it.
macro_rules! for_each_holder {
    (
        $($kind:ident($name:ty): $operation:ident($request:ty, $member:ident) -> $response:ty;)+
        => says |$said:ident| $keys:expr;
        acts |$context:ident, $account:ident, $holder:ident, $input:ident| $act:block
    ) => {
        $(
            pub(in crate::doors::aws) struct $operation;

            impl crate::doors::aws::iam::lists::Named for $operation {
                const NAME: &'static str = stringify!($operation);
            }

            impl crate::doors::aws::call::Call for $operation {
                type Input = $request;
                type Target = crate::doors::aws::iam::entity::Entity<$name>;
                type Output = $response;

                fn target(
                    caller: &identity::Caller,
                    input: &Self::Input,
                ) -> Result<Self::Target, wire::aws::WireRefusal> {
                    crate::doors::aws::iam::entity::named(caller, &input.$member)
                }

                fn request_keys($said: &Self::Input) -> crate::guard::RequestKeys {
                    $keys
                }

                async fn act(
                    $context: &crate::doors::aws::call::Context<'_>,
                    target: Self::Target,
                    $input: Self::Input,
                ) -> Result<Self::Output, crate::doors::aws::failure::Refused> {
                    let ($account, $holder) = (&target.account, iam::PolicyHolder::$kind(target.name));
                    $act
                }
            }
        )+
    };
}

mod attach_policy;
mod delete_inline_policy;
mod detach_policy;
mod get_inline_policy;
mod list_attached_policies;
mod list_inline_policies;
mod put_inline_policy;

pub(in crate::doors::aws) use attach_policy::{
    AttachGroupPolicy, AttachRolePolicy, AttachUserPolicy,
};
pub(in crate::doors::aws) use delete_inline_policy::{
    DeleteGroupPolicy, DeleteRolePolicy, DeleteUserPolicy,
};
pub(in crate::doors::aws) use detach_policy::{
    DetachGroupPolicy, DetachRolePolicy, DetachUserPolicy,
};
pub(in crate::doors::aws) use get_inline_policy::{GetGroupPolicy, GetRolePolicy, GetUserPolicy};
pub(in crate::doors::aws) use list_attached_policies::{
    ListAttachedGroupPolicies, ListAttachedRolePolicies, ListAttachedUserPolicies,
};
pub(in crate::doors::aws) use list_inline_policies::{
    ListGroupPolicies, ListRolePolicies, ListUserPolicies,
};
pub(in crate::doors::aws) use put_inline_policy::{PutGroupPolicy, PutRolePolicy, PutUserPolicy};
