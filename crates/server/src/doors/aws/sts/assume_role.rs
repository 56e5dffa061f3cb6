//! AssumeRole.

use iam::{Asker, AssumeRole as Wanted, StsRefusal};
use identity::Caller;
use wire::aws::WireRefusal;
use wire::aws::sts::{AssumeRoleRequest, AssumeRoleResponse};

use super::super::call::{Call, Context};
use super::super::failure::Refused;
use super::denied::write_down;
use super::read::{Unguarded, limits, require_no_mfa, role, seconds, session_name};
use super::written::{Begun, assumed_role_user, begin};
use crate::guard::{Player, RequestKeys, context};

pub(in crate::doors::aws) struct AssumeRole;

impl Call for AssumeRole {
    type Input = AssumeRoleRequest;
    /// The trust policy applies, and may allow what the caller's own policies do not mention: the
    /// verb decides.
    type Target = Unguarded;
    type Output = AssumeRoleResponse;

    fn target(_: &Caller, _: &Self::Input) -> Result<Self::Target, WireRefusal> {
        Ok(Unguarded)
    }

    async fn act(
        at: &Context<'_>,
        _: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let size_min = input.minimum_session_token_size;
        let wanted = read(at.caller, input)?;
        let Caller { principal, session, region, access_key_id: _ } = at.caller;
        let asker = Asker { principal, session: session.as_deref() };
        let keys = RequestKeys::default().with("sts:RoleSessionName", wanted.session_name.as_str());
        let said = context(region, at.from, &keys);
        let granted = at.iam().assume_role(&asker, &said, wanted).await;
        let player =
            || Player { principal: principal.arn(), home: Some(principal.account().clone()) };
        let grant = granted.inspect_err(|failure| {
            write_down(failure, &at.doors.guard, at.from, &keys, player);
        })?;
        let assumed_role_user = assumed_role_user(&grant.principal);
        let source_identity = grant.session.source_identity.clone();
        let begun = begin(&at.doors.authenticator, grant, size_min)?;
        let Begun { credentials, packed_policy_size, token_size, token_utilization } = begun;
        Ok(AssumeRoleResponse {
            credentials: Some(credentials),
            assumed_role_user: Some(assumed_role_user),
            packed_policy_size,
            source_identity,
            session_token_utilization: Some(token_utilization),
            session_token_size: Some(token_size),
        })
    }
}

fn read(caller: &Caller, input: AssumeRoleRequest) -> Result<Wanted, Refused> {
    let AssumeRoleRequest {
        role_arn,
        role_session_name,
        policy_arns,
        policy,
        duration_seconds,
        tags,
        transitive_tag_keys,
        external_id,
        serial_number,
        token_code,
        source_identity,
        provided_contexts,
        minimum_session_token_size: _,
    } = input;
    require_no_mfa(serial_number.as_deref(), token_code.as_deref())?;
    if provided_contexts.is_some_and(|contexts| !contexts.is_empty()) {
        let text = "The context assertion does not match a trusted context provider.".to_owned();
        return Err(iam::Refusal::Sts(StsRefusal::InvalidContextAssertion(text)).into());
    }
    Ok(Wanted {
        role: role(&role_arn)?,
        session_name: session_name(&role_session_name)?,
        limits: limits(policy, policy_arns, tags, transitive_tag_keys)?,
        duration_seconds: seconds(duration_seconds),
        external_id,
        source_identity,
        region: caller.region.clone(),
    })
}
