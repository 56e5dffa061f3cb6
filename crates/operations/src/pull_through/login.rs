//! What a rule logs in with, held against what its upstream registry asks for.

use names::{RegistryId, SecretArn, UpstreamAccess, UpstreamUrl};

use super::refusal::UnsupportedUpstream;

/// What a rule logs in with: the ARN of a secret, or of a role.
#[derive(Debug, Clone, Copy)]
pub(super) struct Login<'a> {
    pub(super) credential: Option<&'a str>,
    pub(super) custom_role: Option<&'a str>,
}

/// Requires that the upstream registry lets the rules of this registry in so.
pub(super) fn require_fit(
    upstream: &UpstreamUrl,
    login: Login<'_>,
    registry: &RegistryId,
) -> Result<(), UnsupportedUpstream> {
    use UnsupportedUpstream as U;
    use UpstreamAccess as A;
    let Login { credential, custom_role } = login;
    match (upstream.access(), credential.is_some(), custom_role.is_some()) {
        (A::Open | A::Credentials | A::Any, _, true) | (A::Role, true, true) => {
            return Err(U::OtherLogin);
        }
        (A::Open, true, false) => return Err(U::CredentialsUnneeded),
        (A::Credentials, false, false) => return Err(U::CredentialsNeeded),
        (A::Open, false, false)
        | (A::Credentials, true, false)
        | (A::Role | A::Any, true | false, false)
        | (A::Role, false, true) => {}
    }
    let is_own = |arn: &str| SecretArn::parse(arn).is_ok_and(|arn| arn.registry == *registry);
    if credential.is_none_or(is_own) { Ok(()) } else { Err(U::ForeignSecret) }
}

#[cfg(test)]
mod tests {
    use names::{AccountId, Region};

    use super::*;

    #[test]
    fn logins_fit_upstream_registries_or_not() {
        use UnsupportedUpstream as U;
        const OWN: Option<&str> = Some(
            "arn:aws:secretsmanager:eu-west-1:123456789012:secret:ecr-pullthroughcache/a-AbCdEf",
        );
        const FOREIGN: Option<&str> = Some(
            "arn:aws:secretsmanager:eu-west-2:123456789012:secret:ecr-pullthroughcache/a-AbCdEf",
        );
        const ROLE: Option<&str> = Some("arn:aws:iam::123456789012:role/puller");
        const ECR: &str = "012345678901.dkr.ecr.eu-west-1.amazonaws.com";
        #[rustfmt::skip]
        let cases = [
            // upstream               secret   role  expected                       because
            ("quay.io",               None,    None, Ok(()),                        "it is open"),
            ("quay.io",               OWN,     None, Err(U::CredentialsUnneeded),   "it is open"),
            ("quay.io",               None,    ROLE, Err(U::OtherLogin),            "no role is known there"),
            ("https://quay.io",       OWN,     None, Ok(()),                        "as any registry"),
            ("registry-1.docker.io",  OWN,     None, Ok(()),                        "a user and a token"),
            ("registry-1.docker.io",  FOREIGN, None, Err(U::ForeignSecret),         "another Region"),
            ("registry-1.docker.io",  Some("a"), None, Err(U::ForeignSecret),       "no ARN"),
            ("registry-1.docker.io",  None,    None, Err(U::CredentialsNeeded),     "nothing to log in with"),
            ("registry-1.docker.io",  None,    ROLE, Err(U::OtherLogin),            "no role is known there"),
            ("registry-1.docker.io",  OWN,     ROLE, Err(U::OtherLogin),            "no role is known there"),
            (ECR,                     None,    None, Ok(()),                        "of the same account"),
            (ECR,                     None,    ROLE, Ok(()),                        "of another account"),
            (ECR,                     OWN,     None, Ok(()),                        "beyond ECR"),
            (ECR,                     OWN,     ROLE, Err(U::OtherLogin),            "one of both"),
            ("registry.example.com",  None,    None, Ok(()),                        "beyond ECR"),
            ("registry.example.com",  OWN,     None, Ok(()),                        "beyond ECR"),
            ("registry.example.com",  FOREIGN, None, Err(U::ForeignSecret),         "another Region"),
            ("registry.example.com",  None,    ROLE, Err(U::OtherLogin),            "no role is known there"),
        ];
        let registry = RegistryId {
            account: AccountId::parse("123456789012").unwrap(),
            region: Region::parse("eu-west-1").unwrap(),
        };
        for (upstream, credential, custom_role, expected, because) in cases {
            let upstream = UpstreamUrl::parse(upstream).unwrap();
            let login = Login { credential, custom_role };
            let fit = require_fit(&upstream, login, &registry);
            assert_eq!(fit, expected, "{upstream} {login:?}: {because}");
        }
    }
}
