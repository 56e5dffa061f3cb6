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
