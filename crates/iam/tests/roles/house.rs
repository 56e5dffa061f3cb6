//! The verbs over their own rows, with one account.

use db::testing::Engine;
use iam::{
    DescribedRole, Failure, Iam, NewManagedPolicy, NewRole, NewUser, Page, Refusal,
    SESSION_SECONDS_DEFAULT,
};
use names::{AccountId, IamPath, PolicyArn, PolicyName, RoleName, UserName};

use crate::fixture::World;

pub(crate) struct House {
    world: World,
    pub(crate) account: AccountId,
}

/// A policy that allows its principal to pull.
pub(crate) const PULL: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ecr:BatchGetImage","Resource":"*"}]}"#;

/// A trust policy that names an account, and so everyone in it.
pub(crate) const TRUST: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":"sts:AssumeRole"}]}"#;

impl House {
    pub(crate) async fn new(engine: Engine) -> Self {
        let (world, account) = (World::new(engine), AccountId::parse("123456789012").unwrap());
        world.iam.create_account(&account).await.unwrap();
        Self { world, account }
    }

    pub(crate) fn iam(&self) -> &Iam {
        &self.world.iam
    }

    pub(crate) async fn user(&self, name: &str) {
        let (name, path) = (UserName::parse(name).unwrap(), IamPath::root());
        let new = NewUser { name, path, boundary: None, tags: Vec::new() };
        self.iam().create_user(&self.account, new).await.unwrap();
    }

    pub(crate) async fn role(
        &self,
        name: &str,
        trust_policy: &str,
    ) -> Result<DescribedRole, Failure> {
        let new = NewRole {
            path: IamPath::parse("/team/").unwrap(),
            name: role_name(name),
            trust_policy: trust_policy.parse().unwrap(),
            description: None,
            max_session_seconds: SESSION_SECONDS_DEFAULT,
            boundary: None,
            tags: Vec::new(),
        };
        self.iam().create_role(&self.account, new).await
    }

    pub(crate) async fn policy(&self, name: &str, document: &str) -> Result<PolicyArn, Failure> {
        let new = NewManagedPolicy {
            path: IamPath::root(),
            name: policy_name(name),
            document: document.parse().unwrap(),
            description: None,
            tags: Vec::new(),
        };
        self.iam().create_policy(&self.account, new).await.map(|made| made.arn)
    }
}

pub(crate) fn role_name(name: &str) -> RoleName {
    RoleName::parse(name).unwrap()
}

pub(crate) fn policy_name(name: &str) -> PolicyName {
    PolicyName::parse(name).unwrap()
}

pub(crate) fn policy_arn(arn: &str) -> PolicyArn {
    PolicyArn::parse(arn).unwrap()
}

/// The first page of a list.
pub(crate) fn first(limit: u32) -> Page {
    Page { after: None, limit }
}

/// The sentence that the client reads.
pub(crate) fn sentence<T: std::fmt::Debug>(refused: Result<T, Failure>) -> String {
    match refused.unwrap_err() {
        Failure::Refused(Refusal::Iam(refusal)) => refusal.to_string(),
        other => panic!("it is IAM that refuses: {other:?}"),
    }
}
