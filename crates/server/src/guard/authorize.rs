use std::fmt;
use std::sync::Arc;

use identity::Caller;
use operations::{Failure, Operations};

use super::{RequestFrom, RequestKeys, Resource};

/// The answer no, in AWS's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AccessDenied(String);

impl fmt::Display for AccessDenied {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Why there was no yes.
#[derive(Debug)]
pub(crate) enum NotAllowed {
    /// The policies say no.
    Denied(AccessDenied),
    /// They could not be read.
    Failed(Failure),
}

impl From<Failure> for NotAllowed {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

/// Whoever stands before every verb.
pub(crate) struct Guard {
    operations: Arc<Operations>,
}

impl Guard {
    pub(crate) fn new(operations: Arc<Operations>) -> Self {
        Self { operations }
    }
}

/// Somebody who asks the guard.
#[derive(Clone, Copy)]
pub(crate) struct Asking<'a> {
    pub(crate) guard: &'a Guard,
    pub(crate) caller: &'a Caller,
    pub(crate) from: &'a RequestFrom,
}

impl Asking<'_> {
    /// Judges the caller doing `action` (`ecr:PutImage`) to `resource`.
    pub(crate) async fn authorize(
        &self,
        action: &'static str,
        resource: &Resource,
        keys: &RequestKeys,
    ) -> Result<(), NotAllowed> {
        if resource.account() == self.caller.account() {
            return Ok(());
        }
        let user = self.caller.arn();
        Err(NotAllowed::Denied(AccessDenied(format!(
            "User: {user} is not authorized to perform: {action} on resource: {resource} \
             because no resource-based policy allows the {action} action"
        ))))
    }
}

#[cfg(test)]
mod tests {
    use names::{RepositoryArn, RepositoryName};

    use super::super::testing::{Gate, root};
    use super::*;

    async fn judged(action: &'static str, resource: Resource) -> Option<String> {
        let (gate, caller) = (Gate::new().await, root("111111111111"));
        match gate.asking(&caller).authorize(action, &resource, &RequestKeys::default()).await {
            Ok(()) => None,
            Err(NotAllowed::Denied(denied)) => Some(denied.to_string()),
            Err(NotAllowed::Failed(failure)) => panic!("{failure:?}"),
        }
    }

    #[tokio::test]
    async fn root_may_do_everything_at_home_and_nothing_abroad() {
        let web = |account: &str| {
            let repository = RepositoryName::parse("web").unwrap();
            Resource::Repository(RepositoryArn { registry: root(account).registry(), repository })
        };
        assert_eq!(judged("ecr:PutImage", web("111111111111")).await, None);
        assert_eq!(
            judged("ecr:PutImage", web("222222222222")).await.unwrap(),
            "User: arn:aws:iam::111111111111:root is not authorized to perform: ecr:PutImage on \
             resource: arn:aws:ecr:us-east-1:222222222222:repository/web because no resource-based \
             policy allows the ecr:PutImage action"
        );
    }

    #[tokio::test]
    async fn a_registry_is_printed_as_aws_prints_it() {
        let resource = Resource::Registry(root("222222222222").registry());
        let denied = judged("ecr:DescribeRegistry", resource).await.unwrap();
        assert!(denied.contains("on resource: * because"), "{denied}");
    }
}
