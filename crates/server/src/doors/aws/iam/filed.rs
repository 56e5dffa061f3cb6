//! Lists by path: everything under `user/`, for example.

use identity::Caller;
use names::AccountId;

use super::super::call::Target;
use super::entity::EntityName;
use crate::guard::Resource;

/// Everything of a kind whose path begins with the prefix.
pub(in crate::doors::aws) struct Filed {
    pub(super) account: AccountId,
    pub(super) path_prefix: String,
    kind: &'static str,
}

/// Everything of a kind in the caller's account that an input asks for.
pub(super) fn filed<N: EntityName>(caller: &Caller, path_prefix: Option<&str>) -> Filed {
    let path_prefix = path_prefix.unwrap_or("/").to_owned();
    Filed { account: caller.account().clone(), path_prefix, kind: N::KIND }
}

impl Target for Filed {
    fn resources(&self) -> Vec<Resource> {
        let Self { account, path_prefix, kind } = self;
        // A folder ends with a slash; anything else is a prefix, and no complete name.
        let star = if path_prefix.ends_with('/') { "" } else { "*" };
        let arn = format!("arn:aws:iam::{account}:{kind}{path_prefix}{star}");
        vec![Resource::iam(arn, account.clone())]
    }
}
