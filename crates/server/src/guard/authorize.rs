use std::fmt;
use std::sync::Arc;

use iam::{Asker, Failure, Iam, Question, RoleDenied};
use identity::Caller;
use names::RepositoryArn;
use policy::{Context, Decision, Explanation, Request, Subject};

use super::context::context;
use super::denial::{Denial, Player};
use super::denials::Denials;
use super::{RequestFrom, RequestKeys, Resource};
use crate::config::Enforcement;

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
    /// A denial of the policies.
    Denied(AccessDenied),
    /// They could not be read.
    Failed(Failure),
}

impl From<Failure> for NotAllowed {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

/// Judges every call before its verb runs.
pub(crate) struct Guard {
    iam: Arc<Iam>,
    enforcement: Enforcement,
    denials: Denials,
}

impl Guard {
    pub(crate) fn new(iam: Arc<Iam>, enforcement: Enforcement) -> Self {
        Self { iam, enforcement, denials: Denials::default() }
    }

    /// Whether it refuses, or only logs.
    pub(crate) fn is_enforced(&self) -> bool {
        self.enforcement == Enforcement::Enforce
    }

    /// Records that a verb of STS, which evaluates a role's trust policy itself, denied a principal
    /// the role.
    pub(crate) fn write_down_role(
        &self,
        from: &RequestFrom,
        keys: &RequestKeys,
        player: Player,
        denied: &RoleDenied,
    ) {
        self.write_down(Denial::of_role(from, keys, player, denied));
    }

    fn write_down(&self, denial: Denial) {
        denial.log();
        self.denials.keep(denial);
    }

    /// The recent denials, for explanations.
    pub(crate) fn denials(&self) -> &Denials {
        &self.denials
    }
}

/// A caller at the guard, with its request.
#[derive(Clone, Copy)]
pub(crate) struct Asking<'a> {
    pub(crate) guard: &'a Guard,
    pub(crate) caller: &'a Caller,
    pub(crate) from: &'a RequestFrom,
}

impl<'a> Asking<'a> {
    /// The policies that the guard uses, for code that has to look before it asks.
    pub(crate) fn iam(&self) -> &'a Iam {
        &self.guard.iam
    }
}

impl Asking<'_> {
    /// Judges the caller doing `action` (`ecr:PutImage`) to `resource`. A no is written down.
    pub(crate) async fn authorize(
        &self,
        action: &'static str,
        resource: &Resource,
        keys: &RequestKeys,
    ) -> Result<(), NotAllowed> {
        let arn = resource.to_string();
        let decision = self.decide(action, resource, &arn, keys).await?;
        if decision.is_allowed() {
            return Ok(());
        }
        let question = self.question(action, resource, &arn, keys);
        let explanation = self.guard.iam.explain(&self.asker(), question).await?;
        let sentence = self.sentence(action, resource, &decision);
        // An explanation takes more work than a decision; the original decision is the one that is
        // reported.
        let explanation = Explanation { decision, ..explanation };
        let denial = Denial {
            from: self.from.clone(),
            keys: keys.clone(),
            principal: self.caller.principal.arn(),
            home: Some(self.caller.account().clone()),
            action: action.to_owned(),
            resource: arn,
            account: resource.account().clone(),
            is_enforced: self.guard.is_enforced(),
            explanation,
            sentence: sentence.clone(),
        };
        self.guard.write_down(denial);
        if self.guard.is_enforced() {
            Err(NotAllowed::Denied(AccessDenied(sentence)))
        } else {
            Ok(())
        }
    }

    /// Whether the guard would allow it. For a door that has an alternative: nothing is recorded.
    pub(crate) async fn allows(
        &self,
        action: &'static str,
        resource: &Resource,
        keys: &RequestKeys,
    ) -> Result<bool, Failure> {
        let decision = self.decide(action, resource, &resource.to_string(), keys).await?;
        Ok(decision.is_allowed() || !self.guard.is_enforced())
    }

    /// Whether the caller may ask which layers the repository holds. An answer that says so by the
    /// way, as that to a retried commit does, is for these callers alone.
    pub(crate) async fn may_see_layers(&self, arn: &RepositoryArn) -> Result<bool, Failure> {
        let repository = Resource::Repository(arn.clone());
        let keys = RequestKeys::default();
        self.allows("ecr:BatchCheckLayerAvailability", &repository, &keys).await
    }

    async fn decide(
        &self,
        action: &str,
        resource: &Resource,
        arn: &str,
        keys: &RequestKeys,
    ) -> Result<Decision, Failure> {
        let question = self.question(action, resource, arn, keys);
        self.guard.iam.decide(&self.asker(), question).await
    }

    /// The caller, for verbs that pass rights on.
    pub(crate) fn asker(&self) -> Asker<'_> {
        let Caller { principal, session, access_key_id: _, region: _ } = self.caller;
        Asker { principal, session: session.as_deref() }
    }

    fn question<'q>(
        &'q self,
        action: &'q str,
        resource: &'q Resource,
        arn: &'q str,
        keys: &'q RequestKeys,
    ) -> Question<'q> {
        Question {
            action,
            resource: arn,
            account: resource.account(),
            repository: resource.repository(),
            registry: resource.registry(),
            trust: None,
            key: resource.key(),
            secret: resource.secret(),
            context: self.context(keys),
        }
    }

    /// The context of the request.
    pub(crate) fn context<'q>(&'q self, keys: &'q RequestKeys) -> Context<'q> {
        context(&self.caller.region, self.from, keys)
    }

    /// The no, in AWS's words, about the resource as the caller named it.
    fn sentence(&self, action: &str, resource: &Resource, decision: &Decision) -> String {
        decision.sentence(&Request {
            subject: Subject::Principal(&self.caller.principal),
            action,
            resource: &resource.as_asked(),
            resource_account: resource.account(),
            context: &Context::new(),
        })
    }
}

#[cfg(test)]
mod tests {
    use names::{RepositoryArn, RepositoryName};

    use super::super::testing::{Gate, root, statement};
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
    async fn a_deny_of_a_name_to_be_given_holds_in_every_spelling() {
        let gate = Gate::new().await;
        let kim = gate.user("111111111111", "kim").await;
        let role = |name: &str| format!("arn:aws:iam::111111111111:role/{name}");
        let statements = [
            statement("Allow", &["iam:*"], &role("*")),
            statement("Deny", &["iam:CreateRole", "iam:DeleteRole"], &role("Guard")),
            statement("Deny", &["iam:CreateRole"], &role("team/Ops-*")),
        ];
        gate.put_policy(&kim, &statements).await;
        #[rustfmt::skip]
        let cases = [
            ("iam:CreateRole", "Guard",      false, "as it is written"),
            ("iam:CreateRole", "GUARD",      false, "it would be found as Guard"),
            ("iam:CreateRole", "team/OPS-1", false, "by a pattern"),
            ("iam:CreateRole", "Guards",     true,  "another name"),
            ("iam:DeleteRole", "Guard",      false, "as it is kept"),
            ("iam:DeleteRole", "GUARD",      true,  "what is there has one spelling, and this is another's"),
        ];
        for (action, name, expected, because) in cases {
            let resource = Resource::iam(role(name), kim.account().clone());
            let asking = gate.asking(&kim);
            let allowed = asking.allows(action, &resource, &RequestKeys::default()).await;
            assert_eq!(allowed.unwrap(), expected, "{action} {name}: {because}");
        }
    }

    #[tokio::test]
    async fn a_registry_is_printed_as_aws_prints_it() {
        let resource = Resource::Registry(root("222222222222").registry());
        let denied = judged("ecr:DescribeRegistry", resource).await.unwrap();
        assert!(denied.contains("on resource: * because"), "{denied}");
    }
}
