//! AssumeRoleWithWebIdentity: the call is not signed; its token names the caller.

use std::mem::take;

use iam::{AssumeRoleWithWebIdentity as Wanted, KnownElsewhere, TrustedIssuer};
use identity::web_identity::{PresentedToken, WebIdentity, WebIdentityRefusal};
use names::Region;
use wire::aws::sts::{
    AssumeRoleWithWebIdentityRequest, AssumeRoleWithWebIdentityResponse, Exception,
};
use wire::aws::{ErrorType, WireRefusal};

use super::super::failure::Refused;
use super::denied::write_down;
use super::read::{limits, role, seconds, session_name};
use super::written::{Begun, assumed_role_user, begin};
use crate::doors::Doors;
use crate::guard::{Player, RequestFrom, RequestKeys, context};
use crate::oidc::NoKeys;

/// Not a `Call`: there is no caller for the guard to judge. The role's trust policy judges the
/// identity in the token.
pub(in crate::doors::aws) async fn assume_role_with_web_identity(
    doors: &Doors,
    from: &RequestFrom,
    region: &Region,
    input: AssumeRoleWithWebIdentityRequest,
) -> Result<AssumeRoleWithWebIdentityResponse, Refused> {
    let AssumeRoleWithWebIdentityRequest {
        role_arn,
        role_session_name,
        web_identity_token,
        // For providers that are no OpenID Connect providers.
        provider_id: _,
        policy_arns,
        policy,
        duration_seconds,
        minimum_session_token_size,
    } = input;
    let (role, session_name) = (role(&role_arn)?, session_name(&role_session_name)?);
    let mut limits = limits(policy, policy_arns, None, None);
    let (issuer, mut identity) = believe(doors, &role.account, &web_identity_token).await?;
    limits.tags = take(&mut identity.tags);
    limits.transitive_tag_keys = take(&mut identity.transitive_tag_keys);
    let WebIdentity { issuer: provider, subject, audience, source_identity, .. } = identity.clone();
    let identity = known(issuer, identity);
    let duration_seconds = seconds(duration_seconds);
    let region = region.clone();
    let keys = RequestKeys::default().with("sts:RoleSessionName", session_name.as_str());
    let said = context(&region, from, &keys);
    let principal = format!("{}:{audience}:{subject}", identity.issuer.arn);
    let wanted =
        Wanted { role, session_name, identity, limits, duration_seconds, region: region.clone() };
    let granted = doors.iam().assume_role_with_web_identity(&said, wanted).await;
    let player = || Player { principal, home: None };
    let grant =
        granted.inspect_err(|failure| write_down(failure, &doors.guard, from, &keys, player))?;
    let assumed_role_user = assumed_role_user(&grant.principal);
    let Begun { credentials, packed_policy_size, token_size, token_utilization } =
        begin(&doors.authenticator, grant, minimum_session_token_size)?;
    Ok(AssumeRoleWithWebIdentityResponse {
        credentials: Some(credentials),
        subject_from_web_identity_token: Some(subject),
        assumed_role_user: Some(assumed_role_user),
        packed_policy_size,
        provider: Some(provider),
        audience: Some(audience),
        source_identity,
        session_token_utilization: Some(token_utilization),
        session_token_size: Some(token_size),
        // There are no context providers: see CreateOpenIDConnectProvider.
        trusted_identity_propagation_context: None,
    })
}

/// The identity in the words of `iam`.
fn known(issuer: TrustedIssuer, identity: WebIdentity) -> KnownElsewhere {
    let WebIdentity { issuer: _, subject, audience, methods, claims, source_identity, .. } =
        identity;
    KnownElsewhere { issuer, subject, audience, methods, claims, source_identity }
}

/// The identity in the token, if the account trusts its issuer and the issuer signed it. Everything
/// that can be checked without the issuer's keys is checked first, so that keys are fetched only
/// for tokens that could be valid.
async fn believe(
    doors: &Doors,
    account: &names::AccountId,
    token: &str,
) -> Result<(TrustedIssuer, WebIdentity), Refused> {
    let presented = PresentedToken::parse(token).map_err(|refusal| told(&refusal))?;
    let url = presented.issuer().map_err(|refusal| told(&refusal))?;
    let issuer = doors.iam().require_trusted_issuer(account, url).await?;
    let TrustedIssuer { arn: _, url, audiences } = &issuer;
    presented
        .require_claims(url, audiences, doors.clock.now())
        .map_err(|refusal| told(&refusal))?;
    let keys = doors.issuers.keys(url, presented.key_id()).await.map_err(unfetched)?;
    let identity = presented.verify(&keys, audiences).map_err(|refusal| told(&refusal))?;
    Ok((issuer, identity))
}

fn told(refusal: &WebIdentityRefusal) -> WireRefusal {
    WireRefusal::new(ErrorType { name: refusal.code(), status: 400 }, refusal.to_string())
}

fn unfetched(why: NoKeys) -> WireRefusal {
    match why {
        NoKeys::Unreachable => WireRefusal::new(
            Exception::IDPCommunicationError,
            "The request could not be fulfilled because the identity provider (IDP) that was asked to verify the \
             incoming identity token could not be reached.",
        ),
        NoKeys::Unusable => told(&WebIdentityRefusal::UnknownKey),
    }
}
