use names::{AccountId, PrincipalId, Session, SessionName, SessionOrigin, Timestamp, UniqueId};

use super::packed::{self, Unpacked};
use crate::words::{push_optional, push_word, take, take_i64, take_optional, take_word};

/// The principal and the session. Their encoding is part of session tokens and of registry tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionClaims {
    /// The principal.
    pub principal: PrincipalId,
    /// The session. A policy comes back without the white space between its words.
    pub session: Session,
}

/// The kinds of principals, in one byte.
mod kind {
    pub(super) const ROOT: u8 = 1;
    pub(super) const USER: u8 = 2;
    pub(super) const ASSUMED_ROLE: u8 = 3;
    pub(super) const FEDERATED_BY_ROOT: u8 = 4;
    pub(super) const FEDERATED_BY_USER: u8 = 5;
}

/// The origins of sessions, in one byte.
mod origin {
    pub(super) const ASSUME_ROLE: u8 = 1;
    pub(super) const ROLE_CHAINING: u8 = 2;
    pub(super) const WEB_IDENTITY: u8 = 3;
    pub(super) const SESSION_TOKEN: u8 = 4;
    pub(super) const FEDERATION_TOKEN: u8 = 5;
}

impl SessionClaims {
    /// `None` for policies and tags beyond any limit.
    pub(crate) fn encode(&self) -> Option<Vec<u8>> {
        let Self { principal, session } = self;
        let mut bytes = Vec::with_capacity(256);
        push_principal(&mut bytes, principal);
        bytes.extend_from_slice(&session.issued_at.as_seconds().to_be_bytes());
        bytes.extend_from_slice(&session.ends_at.as_seconds().to_be_bytes());
        push_origin(&mut bytes, &session.origin);
        push_optional(&mut bytes, session.source_identity.as_deref());
        bytes.extend(packed::pack(session)?);
        Some(bytes)
    }

    /// Decodes the bytes of [`SessionClaims::encode`], up to the last.
    pub(crate) fn decode(mut bytes: &[u8]) -> Option<Self> {
        let rest = &mut bytes;
        let principal = take_principal(rest)?;
        let issued_at = Timestamp::from_seconds(take_i64(rest)?);
        let ends_at = Timestamp::from_seconds(take_i64(rest)?);
        let origin = take_origin(rest)?;
        let source_identity = take_optional(rest).ok()?.map(str::to_owned);
        let Unpacked { policy, policy_arns, tags, transitive_tag_keys, scopes } =
            packed::unpack(rest)?;
        let session = Session {
            issued_at,
            ends_at,
            origin,
            policy,
            policy_arns,
            tags,
            transitive_tag_keys,
            source_identity,
            scopes,
        };
        Some(Self { principal, session })
    }
}

fn push_principal(out: &mut Vec<u8>, principal: &PrincipalId) {
    let (kind, words): (u8, [Option<&str>; 2]) = match principal {
        PrincipalId::Root { .. } => (kind::ROOT, [None, None]),
        PrincipalId::User { id, .. } => (kind::USER, [Some(id.as_str()), None]),
        PrincipalId::AssumedRole { role, session, .. } => {
            (kind::ASSUMED_ROLE, [Some(role.as_str()), Some(session.as_str())])
        }
        PrincipalId::FederatedUser { vouched_by: None, name, .. } => {
            (kind::FEDERATED_BY_ROOT, [None, Some(name.as_str())])
        }
        PrincipalId::FederatedUser { vouched_by: Some(user), name, .. } => {
            (kind::FEDERATED_BY_USER, [Some(user.as_str()), Some(name.as_str())])
        }
    };
    out.push(kind);
    push_word(out, principal.account().as_str());
    words.into_iter().flatten().for_each(|word| push_word(out, word));
}

fn take_principal(rest: &mut &[u8]) -> Option<PrincipalId> {
    let [kind] = take(rest)?;
    let account = AccountId::parse(take_word(rest)?).ok()?;
    let id = |rest: &mut &[u8]| UniqueId::parse(take_word(rest)?).ok();
    let name = |rest: &mut &[u8]| SessionName::parse(take_word(rest)?).ok();
    Some(match kind {
        kind::ROOT => PrincipalId::Root { account },
        kind::USER => PrincipalId::User { account, id: id(rest)? },
        kind::ASSUMED_ROLE => {
            PrincipalId::AssumedRole { account, role: id(rest)?, session: name(rest)? }
        }
        kind::FEDERATED_BY_ROOT => {
            PrincipalId::FederatedUser { account, vouched_by: None, name: name(rest)? }
        }
        kind::FEDERATED_BY_USER => {
            PrincipalId::FederatedUser { account, vouched_by: Some(id(rest)?), name: name(rest)? }
        }
        _ => return None,
    })
}

fn push_origin(out: &mut Vec<u8>, origin: &SessionOrigin) {
    match origin {
        SessionOrigin::AssumeRole => out.push(origin::ASSUME_ROLE),
        SessionOrigin::RoleChaining => out.push(origin::ROLE_CHAINING),
        SessionOrigin::SessionToken => out.push(origin::SESSION_TOKEN),
        SessionOrigin::FederationToken => out.push(origin::FEDERATION_TOKEN),
        SessionOrigin::WebIdentity { provider } => {
            out.push(origin::WEB_IDENTITY);
            push_word(out, provider);
        }
    }
}

fn take_origin(rest: &mut &[u8]) -> Option<SessionOrigin> {
    let [kind] = take(rest)?;
    Some(match kind {
        origin::ASSUME_ROLE => SessionOrigin::AssumeRole,
        origin::ROLE_CHAINING => SessionOrigin::RoleChaining,
        origin::SESSION_TOKEN => SessionOrigin::SessionToken,
        origin::FEDERATION_TOKEN => SessionOrigin::FederationToken,
        origin::WEB_IDENTITY => {
            SessionOrigin::WebIdentity { provider: take_word(rest)?.to_owned() }
        }
        _ => return None,
    })
}
