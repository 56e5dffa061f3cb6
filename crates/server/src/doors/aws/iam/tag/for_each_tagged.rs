/// Implements one operation for everything that has tags. A row says how the input names the
/// entity, and its kind.
///
/// `says` gives the condition keys of the input. `acts` carries it out, after the guard has allowed
/// it.
macro_rules! for_each_tagged {
    (
        $($operation:ident($request:ty) -> $response:ty:
            $target:ty = |$caller:ident, $named:ident| $find:expr, |$found:ident| $tagged:expr;)+
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
                type Target = $target;
                type Output = $response;

                fn target(
                    $caller: &identity::Caller,
                    $named: &Self::Input,
                ) -> Result<Self::Target, wire::aws::WireRefusal> {
                    $find
                }

                fn request_keys($said: &Self::Input) -> crate::guard::RequestKeys {
                    $keys
                }

                async fn act(
                    $context: &crate::doors::aws::call::Context<'_>,
                    $found: Self::Target,
                    $input: Self::Input,
                ) -> Result<Self::Output, crate::doors::aws::failure::Refused> {
                    let ($account, $holder) = (&$found.account, $tagged);
                    $act
                }
            }
        )+
    };
}
