//! The secret that a call is about.

use iam::{Iam, SecretStanding};
use identity::Caller;
use names::SecretRef;

use crate::doors::aws::call::Target;
use crate::doors::aws::failure::Refused;
use crate::guard::{RequestKeys, Resource, SecretResource};

/// The secret that a call is about, which may not be there.
pub(in crate::doors::aws) struct OnSecret {
    pub(super) wanted: SecretRef,
    /// The client's name for it in a denial, if it is not its ARN.
    asked: Option<String>,
    /// Whether it is only to be made.
    is_new: bool,
    /// What decides about it, if it is there.
    standing: Option<SecretStanding>,
}

impl OnSecret {
    /// The secret that a client names by its ARN or its name.
    pub(super) fn read(caller: &Caller, id: &str) -> Self {
        let wanted = SecretRef::parse(id, &caller.registry());
        let asked = matches!(wanted, SecretRef::Named(..)).then(|| id.to_owned());
        Self { wanted, asked, is_new: false, standing: None }
    }

    /// A secret that is to be made.
    pub(super) fn new(caller: &Caller, name: &str) -> Self {
        let wanted = SecretRef::Named(caller.registry(), name.into());
        Self { wanted, asked: None, is_new: true, standing: None }
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
            self.standing = iam.find_secret_standing(&self.wanted).await?;
        }
        Ok(())
    }

    fn said(&self, keys: RequestKeys) -> RequestKeys {
        if self.is_new { keys } else { keys.with("secretsmanager:SecretId", self.arn()) }
    }
}
