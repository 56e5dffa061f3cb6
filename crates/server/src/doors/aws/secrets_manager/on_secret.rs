//! The secret that a call is about.

use iam::{Iam, SecretStanding};
use identity::Caller;
use names::{Principal, SecretRef};

use crate::doors::aws::call::Target;
use crate::doors::aws::failure::Refused;
use crate::guard::{RequestKeys, Resource, SecretResource};

/// The secret that a call is about, which may not be there.
pub(in crate::doors::aws) struct OnSecret {
    pub(super) wanted: SecretRef,
    /// The client's words for it in a denial: the ARN of a secret ends with what only those know
    /// who may know of the secret.
    asked: Option<String>,
    /// Whether it is only to be made.
    is_new: bool,
    /// Whether the account that it is to belong to calls for its policy.
    is_for_owner: bool,
    /// What decides about it, if it is there.
    standing: Option<SecretStanding>,
}

impl OnSecret {
    /// The secret that a client names by its ARN or its name.
    pub(super) fn read(caller: &Caller, id: &str) -> Self {
        let wanted = SecretRef::parse(id, &caller.registry());
        Self {
            wanted,
            asked: Some(id.to_owned()),
            is_new: false,
            is_for_owner: false,
            standing: None,
        }
    }

    /// The secret whose policy a client asks for or changes. No policy locks out the root user of
    /// its account, who could not take it back.
    pub(super) fn by_its_policy(caller: &Caller, id: &str) -> Self {
        let secret = Self::read(caller, id);
        let is_root = matches!(caller.principal, Principal::Root { .. });
        let is_for_owner = is_root && secret.wanted.registry().account == *caller.account();
        Self { is_for_owner, ..secret }
    }

    /// A secret that is to be made.
    pub(super) fn new(caller: &Caller, name: &str) -> Self {
        let wanted = SecretRef::Named(caller.registry(), name.into());
        Self { wanted, asked: None, is_new: true, is_for_owner: false, standing: None }
    }

    fn arn(&self) -> String {
        match &self.standing {
            Some(standing) => standing.arn.clone(),
            None => self.wanted.judged_arn(),
        }
    }
}

impl Target for OnSecret {
    fn resources(&self) -> Vec<Resource> {
        let asked = self.asked.clone();
        vec![if let Some(standing) = &self.standing {
            Resource::Secret(Box::new(SecretResource { standing: standing.clone(), asked }))
        } else {
            let account = self.wanted.registry().account.clone();
            Resource::Iam { arn: self.arn(), asked, account }
        }]
    }

    async fn locate(&mut self, iam: &Iam) -> Result<(), Refused> {
        if !self.is_new {
            let found = iam.find_secret_standing(&self.wanted).await?;
            self.standing =
                if self.is_for_owner { found.map(SecretStanding::without_policy) } else { found };
        }
        Ok(())
    }

    fn said(&self, keys: RequestKeys) -> RequestKeys {
        if self.is_new { keys } else { keys.with("secretsmanager:SecretId", self.arn()) }
    }
}
