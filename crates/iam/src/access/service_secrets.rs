//! What a secret's policy says about ECR, which logs in to upstream registries with its value.
//!
//! In AWS, ECR reads such a secret in a role that is linked to its service. The role's own policy
//! allows that for the secrets of its account whose names begin with `ecr-pullthroughcache/`, so a
//! `Deny` in the secret's policy is all that can forbid it. There is no such role in the rows. Its
//! ARN is known to conditions; a statement names it by its account, by its service, or by `*`.

use names::{
    IamPath, IdKind, Principal, RegistryId, RoleIdentity, RoleName, SessionName, Timestamp,
    UniqueId,
};
use policy::{Context, Policies, Request, Subject, Verdict, evaluate};

use super::secret_standing::SecretStanding;
use crate::{Failure, Fault, Iam};

/// The service that fills pull through caches.
const SERVICE: &str = "pullthroughcache.ecr.amazonaws.com";

const PATH: &str = "/aws-service-role/pullthroughcache.ecr.amazonaws.com/";
const ROLE: &str = "AWSServiceRoleForECRPullThroughCache";
const SESSION: &str = "ecr-pull-through-cache";

const ACTION: &str = "secretsmanager:GetSecretValue";

impl Iam {
    /// Whether the secret's policy denies its value to the pull through caches of a registry.
    pub fn is_denied_to_caches(
        &self,
        secret: &SecretStanding,
        registry: &RegistryId,
        now: Timestamp,
    ) -> Result<bool, Failure> {
        let Some(policy) = secret.policy(&self.rights.compiled) else { return Ok(false) };
        let (role, tags) = (linked_role(registry)?, secret.tag_keys());
        let resource = [policy];
        let policies = Policies { resource: &resource, ..Policies::default() };
        let mut context = Context::new();
        context.set_time(now);
        context.set_subject(&Subject::Principal(&role), None);
        context.set("aws:RequestedRegion", registry.region.as_str());
        context.set("aws:ResourceAccount", secret.account.as_str());
        context.set("aws:SecureTransport", true);
        context.set("secretsmanager:SecretId", secret.arn.as_str());
        for (key, value) in &tags {
            context.set(key.as_str(), value.as_str());
        }
        let is_denied = |subject: Subject<'_>| {
            let request = Request {
                subject,
                action: ACTION,
                resource: &secret.arn,
                resource_account: &secret.account,
                context: &context,
            };
            evaluate(&request, &policies).verdict == Verdict::ExplicitDeny
        };
        Ok(is_denied(Subject::Principal(&role)) || is_denied(Subject::Service(SERVICE)))
    }
}

/// The role that ECR would act in.
fn linked_role(registry: &RegistryId) -> Result<Principal, Failure> {
    let broken = |malformed: names::Malformed| Failure::Fault(Fault::Broken(malformed.into()));
    let role = RoleIdentity {
        account: registry.account.clone(),
        id: UniqueId::from_random(IdKind::Role, [0; 17]),
        path: IamPath::parse(PATH).map_err(broken)?,
        name: RoleName::parse(ROLE).map_err(broken)?,
    };
    let session = SessionName::parse(SESSION).map_err(broken)?;
    Ok(Principal::AssumedRole { role, session })
}
