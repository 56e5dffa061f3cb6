//! Who a rule is at its upstream registry: the user in its secret.
//!
//! * The secret is read when a fetch begins, in the name of ECR and for the rule's own registry. So
//!   a value that was put, a policy that was set and a deletion hold for the next fetch, on every
//!   node.
//! * Credentials that cannot be used refuse the fetch. They are never left out.

use db::PullThroughCacheRule;
use names::{RegistryId, SecretRef};
use remote::UpstreamUser;
use serde::Deserialize;

use super::upstream_refusal::CredentialFlaw;
use super::upstreams::host;
use crate::{
    Failure, Fault, Operations, PullThroughRuleRefusal, Refusal, SecretRefusal, SecretValue,
    UpstreamRefusal,
};

/// The value of a secret, in ECR's form. It has no `Debug`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Credentials {
    username: String,
    access_token: String,
}

impl Operations {
    /// The user that a rule logs in as; `None` if it names no secret.
    pub(super) async fn upstream_user(
        &self,
        rule: &PullThroughCacheRule,
        registry: &RegistryId,
    ) -> Result<Option<UpstreamUser>, Failure> {
        let Some(secret) = rule.credential.as_deref() else { return Ok(None) };
        let why = match self.read_credentials(secret, registry).await? {
            Ok(user) => return Ok(Some(user)),
            Err(why) => why,
        };
        let upstream = host(rule);
        tracing::info!(upstream, secret, %why, "the credentials of a rule cannot be used");
        Err(UpstreamRefusal::NoCredentials { upstream, why }.into())
    }

    /// Requires that a rule may name this secret: it is there, and ECR may read it. Its value may
    /// come later.
    pub(super) async fn require_secret(
        &self,
        secret: Option<&str>,
        registry: &RegistryId,
    ) -> Result<(), Failure> {
        let Some(secret) = secret else { return Ok(()) };
        match self.read_credentials(secret, registry).await? {
            Ok(_) | Err(CredentialFlaw::Malformed) => Ok(()),
            Err(why) => Err(PullThroughRuleRefusal::Secret(why).into()),
        }
    }

    async fn read_credentials(
        &self,
        secret: &str,
        registry: &RegistryId,
    ) -> Result<Result<UpstreamUser, CredentialFlaw>, Failure> {
        let wanted = SecretRef::parse(secret, registry);
        if wanted.registry() != registry {
            return Ok(Err(CredentialFlaw::NotFound));
        }
        let Some(standing) = self.iam.find_secret_standing(&wanted).await? else {
            return Ok(Err(CredentialFlaw::NotFound));
        };
        if self.iam.is_denied_to_caches(&standing, registry, self.now())? {
            return Ok(Err(CredentialFlaw::Denied));
        }
        match self.get_secret_value(&wanted, None, None).await {
            Ok(read) => Ok(user(&read.value).ok_or(CredentialFlaw::Malformed)),
            Err(Failure::Refused(Refusal::Secret(refusal))) => Ok(Err(match refusal {
                SecretRefusal::VersionNotFound { .. } | SecretRefusal::StageNotFound { .. } => {
                    CredentialFlaw::Malformed
                }
                _ => CredentialFlaw::NotFound,
            })),
            Err(Failure::Fault(fault @ Fault::Corrupt(_))) => {
                tracing::error!(secret, error = fault.chain(), "a secret's value does not open");
                Ok(Err(CredentialFlaw::Sealed))
            }
            Err(failure) => Err(failure),
        }
    }
}

/// The user in a secret's value. What is wrong with a value is not told: it may quote the value.
fn user(value: &SecretValue) -> Option<UpstreamUser> {
    let SecretValue::Text(text) = value else { return None };
    // Serde reads a list as well.
    let text = Some(text.trim_start()).filter(|text| text.starts_with('{'))?;
    let Credentials { username, access_token } = serde_json::from_str(text).ok()?;
    let is_whole = !username.is_empty() && !access_token.is_empty();
    is_whole.then_some(UpstreamUser { name: username, password: access_token })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_secrets() {
        #[rustfmt::skip]
        let cases = [
            (r#"{"username":"me","accessToken":"t"}"#,             true,  "ECR's form"),
            (r#"{"accessToken":"t","username":"me","note":[1]}"#,  true,  "and more"),
            (r#"{"username":"me","password":"t"}"#,                false, "another key"),
            (r#"{"username":"me","accesstoken":"t"}"#,             false, "another case"),
            (r#"{"username":"me"}"#,                               false, "one key"),
            (r#"{"username":"","accessToken":"t"}"#,               false, "no user"),
            (r#"{"username":"me","accessToken":""}"#,              false, "no token"),
            (r#"{"username":"me","accessToken":5}"#,               false, "a number"),
            (r#"{"username":"me","accessToken":"t"} x"#,           false, "more than a document"),
            (r#"["me","t"]"#,                                      false, "a list"),
            ("me:t",                                               false, "a text"),
            ("",                                                   false, "nothing"),
        ];
        for (text, expected, because) in cases {
            let user = user(&SecretValue::Text(text.to_owned().into()));
            let words = user.map(|it| (it.name, it.password));
            let wanted = expected.then(|| ("me".to_owned(), "t".to_owned()));
            assert_eq!(words, wanted, "{text}: {because}");
        }
        let bytes = br#"{"username":"me","accessToken":"t"}"#.to_vec();
        assert!(user(&SecretValue::Binary(bytes.into())).is_none(), "bytes are no text");
    }
}
