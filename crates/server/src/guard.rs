//! May this caller do this? Stands before every verb, at both doors.
//!
//! The root user of an account may do everything in its own registries and nothing in another's: only a
//! policy of the other account could say so, and those come with policy evaluation, which will stand here.

use std::fmt;

use identity::Caller;
use names::{RegistryId, RepositoryArn};

/// What an action is done to.
#[derive(Debug, Clone)]
pub(crate) enum Resource {
    /// One repository.
    Repository(RepositoryArn),
    /// The repositories of a registry: a list of them.
    Repositories(RegistryId),
    /// The registry itself: AWS prints it as `*`.
    Registry(RegistryId),
}

impl Resource {
    fn registry(&self) -> &RegistryId {
        match self {
            Self::Repository(arn) => &arn.registry,
            Self::Repositories(registry) | Self::Registry(registry) => registry,
        }
    }
}

impl fmt::Display for Resource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Repository(arn) => arn.fmt(f),
            Self::Repositories(RegistryId { account, region }) => {
                write!(f, "arn:aws:ecr:{region}:{account}:repository/*")
            }
            Self::Registry(_) => f.write_str("*"),
        }
    }
}

/// The answer no, in AWS's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AccessDenied(String);

impl fmt::Display for AccessDenied {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Judges `caller` doing `action` (`ecr:PutImage`) to `resource`.
pub(crate) fn authorize(
    caller: &Caller,
    action: &'static str,
    resource: &Resource,
) -> Result<(), AccessDenied> {
    if resource.registry().account == *caller.account() {
        return Ok(());
    }
    let user = caller.arn();
    Err(AccessDenied(format!(
        "User: {user} is not authorized to perform: {action} on resource: {resource} \
         because no resource-based policy allows the {action} action"
    )))
}

#[cfg(test)]
mod tests {
    use identity::AccessKeyId;
    use names::{AccountId, Principal, Region, RepositoryName};

    use super::*;

    fn registry(account: &str) -> RegistryId {
        RegistryId {
            account: AccountId::parse(account).unwrap(),
            region: Region::parse("us-east-1").unwrap(),
        }
    }

    fn root(account: &str) -> Caller {
        Caller {
            principal: Principal::Root { account: AccountId::parse(account).unwrap() },
            access_key_id: AccessKeyId::parse("AKIAIOSFODNN7EXAMPLE").unwrap(),
            region: Region::parse("us-east-1").unwrap(),
            session: None,
        }
    }

    #[test]
    fn root_may_do_everything_at_home_and_nothing_abroad() {
        let web = |account: &str| {
            let repository = RepositoryName::parse("web").unwrap();
            Resource::Repository(RepositoryArn { registry: registry(account), repository })
        };
        let caller = root("111111111111");
        assert_eq!(authorize(&caller, "ecr:PutImage", &web("111111111111")), Ok(()));
        let denied = authorize(&caller, "ecr:PutImage", &web("222222222222")).unwrap_err();
        assert_eq!(
            denied.to_string(),
            "User: arn:aws:iam::111111111111:root is not authorized to perform: ecr:PutImage on \
             resource: arn:aws:ecr:us-east-1:222222222222:repository/web because no resource-based \
             policy allows the ecr:PutImage action"
        );
    }

    #[test]
    fn a_registry_is_printed_as_aws_prints_it() {
        let caller = root("111111111111");
        let resource = Resource::Registry(registry("222222222222"));
        let denied = authorize(&caller, "ecr:DescribeRegistry", &resource).unwrap_err();
        assert!(denied.to_string().contains("on resource: * because"), "{denied}");
    }
}
