//! Two accounts, their users and roles, and the requests for sessions.

use db::testing::Engine;
use iam::{
    Asker, AssumeRole, Failure, Grant, NewRole, NewUser, PolicyHolder, Refusal, SessionLimits,
    WantedRole,
};
use names::{AccountId, IamPath, PolicyName, Principal, Region, RoleName, SessionName, UserName};
use policy::Context;
use serde_json::{Value, json};

use crate::fixture::World;

pub(crate) const HOME: &str = "123456789012";
pub(crate) const ABROAD: &str = "210987654321";

pub(crate) fn account(id: &str) -> AccountId {
    AccountId::parse(id).unwrap()
}

pub(crate) fn session_name() -> SessionName {
    SessionName::parse("run-1").unwrap()
}

impl World {
    /// Two accounts without users.
    pub(crate) async fn with_two_accounts(engine: Engine) -> Self {
        let world = Self::new(engine);
        for id in [HOME, ABROAD] {
            world.iam.create_account(&account(id)).await.unwrap();
        }
        world
    }

    pub(crate) async fn user(&self, id: &str, name: &str) -> Principal {
        let new = NewUser {
            name: UserName::parse(name).unwrap(),
            path: IamPath::root(),
            boundary: None,
            tags: Vec::new(),
        };
        let made = self.iam.create_user(&account(id), new).await.unwrap();
        Principal::User(made.user.identity)
    }

    pub(crate) async fn allow(&self, id: &str, user: &str, actions: &Value, resource: &str) {
        let document = json!({"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Action": actions, "Resource": resource},
        ]});
        let holder = PolicyHolder::User(UserName::parse(user).unwrap());
        let name = PolicyName::parse("may").unwrap();
        let (of, document) = (account(id), document.to_string().parse().unwrap());
        self.iam.put_inline_policy(&of, holder, name, document).await.unwrap();
    }

    /// A role of the first account, which may be played for two hours.
    pub(crate) async fn role(&self, name: &str, statements: &Value) {
        let trust = json!({"Version": "2012-10-17", "Statement": statements});
        let new = NewRole {
            path: IamPath::root(),
            name: RoleName::parse(name).unwrap(),
            trust_policy: trust.to_string().parse().unwrap(),
            description: None,
            max_session_seconds: 7_200,
            boundary: None,
            tags: Vec::new(),
        };
        self.iam.create_role(&account(HOME), new).await.unwrap();
    }

    pub(crate) async fn assume(
        &self,
        asker: &Asker<'_>,
        wanted: AssumeRole,
    ) -> Result<Grant, String> {
        let granted = self.iam.assume_role(asker, &Context::new(), wanted).await;
        granted.map_err(|failure| sentence(&failure))
    }
}

pub(crate) fn sentence(failure: &Failure) -> String {
    match failure {
        Failure::Refused(Refusal::Sts(refusal)) => refusal.to_string(),
        other => panic!("{other:?}"),
    }
}

pub(crate) fn long_term(principal: &Principal) -> Asker<'_> {
    Asker { principal, session: None }
}

pub(crate) fn within(grant: &Grant) -> Asker<'_> {
    Asker { principal: &grant.principal, session: Some(&grant.session) }
}

pub(crate) fn wanted(role: &str) -> AssumeRole {
    AssumeRole {
        role: WantedRole::parse(&format!("arn:aws:iam::{HOME}:role/{role}")).unwrap(),
        session_name: session_name(),
        limits: SessionLimits::default(),
        duration_seconds: None,
        external_id: None,
        source_identity: None,
        region: Region::parse("us-east-1").unwrap(),
    }
}

pub(crate) fn tagged(key: &str, value: &str) -> SessionLimits {
    let tags = vec![(key.to_owned(), value.to_owned())];
    SessionLimits { tags, transitive_tag_keys: vec![key.to_owned()], ..SessionLimits::default() }
}

pub(crate) fn statement(principal: &Value, actions: &Value) -> Value {
    json!([{"Effect": "Allow", "Principal": principal, "Action": actions}])
}

pub(crate) fn user_arn(account: &str, name: &str) -> Value {
    json!({"AWS": format!("arn:aws:iam::{account}:user/{name}")})
}
