//! From a request to a caller: looks up what `identity` needs to know.

mod sessions;

use std::collections::HashMap;
use std::sync::{Arc, RwLock};
use std::time::Duration;

use db::{AccessKey, Db};
use http::HeaderMap;
use http::request::Parts;
use identity::sigv4::{
    self, Expected, PayloadHash, Presented, Protocol, SecretKey, ServedRegions, SignatureRefusal,
};
use identity::session_token::{IssuedSession, PackedPolicyTooLarge};
use identity::{AccessKeyId, Caller, basic, registry_token};
use keys::Keyring;
use names::{AccountId, Clock, Principal, Region, Session, Timestamp};
use operations::{Failure, Grant, Operations};

use self::sessions::{SessionOver, Sessions, serves};

/// The purpose under which access-key secrets are sealed.
pub(crate) const SECRET_PURPOSE: &str = "access-key-secret";

/// The principal that every access key belongs to, until there are users.
pub(crate) const ROOT: &str = "root";

/// Recognises callers.
pub(crate) struct Authenticator {
    db: Db,
    keyring: Arc<Keyring>,
    clock: Arc<dyn Clock>,
    tokens: registry_token::RegistryTokens,
    sessions: Sessions,
    known: RwLock<HashMap<AccessKeyId, Known>>,
}

/// An access key that was looked up a moment ago.
#[derive(Clone)]
struct Known {
    account: AccountId,
    secret: Arc<SecretKey>,
    until: Timestamp,
}

/// Who holds an access key, and what proves it.
struct Holder {
    principal: Principal,
    secret: Arc<SecretKey>,
    session: Option<Arc<Session>>,
}

/// How long a look-up is believed. A key that is taken away stops working everywhere within that time.
const BELIEF: Duration = Duration::from_secs(2);

/// Look-ups kept at most.
const KNOWN_MAX: usize = 4_096;

/// Why nobody was recognised.
pub(crate) enum Unknown {
    /// The signature is not right, or not there.
    Signature(SignatureRefusal),
    /// There is no user name and password.
    NoCredentials,
    /// There is, and it is none of ours.
    BadCredentials,
    /// The registry token's time is over.
    TokenExpired,
    /// We could not look.
    Failed(Failure),
}

impl Authenticator {
    pub(crate) fn new(
        db: Db,
        keyring: Arc<Keyring>,
        operations: Arc<Operations>,
        clock: Arc<dyn Clock>,
    ) -> Self {
        let tokens = registry_token::RegistryTokens::new(&keyring.sealing_key("registry-token"));
        let sessions = Sessions::new(&keyring, operations, clock.clone());
        Self { db, keyring, clock, tokens, sessions, known: RwLock::default() }
    }

    /// The caller who signed an AWS request.
    pub(crate) async fn signed(
        &self,
        parts: &Parts,
        body: &[u8],
        service: &str,
    ) -> Result<Caller, Unknown> {
        let (presented, holder) = self.presented(parts, service).await?;
        let secret = holder.as_ref().map(|holder| holder.secret.as_ref());
        let verified =
            presented.verify(secret, &PayloadHash::of(body)).map_err(Unknown::Signature)?;
        let Holder { principal, secret: _, session } =
            holder.ok_or(Unknown::Signature(SignatureRefusal::UnknownAccessKey))?;
        let (access_key_id, region) = (verified.access_key_id, verified.region);
        Ok(Caller { principal, access_key_id, region, session })
    }

    /// Refuses a request whose signature cannot be right, whatever its body: before that is taken in.
    pub(crate) async fn require_known_key(
        &self,
        parts: &Parts,
        service: &str,
    ) -> Result<(), Unknown> {
        let (_, holder) = self.presented(parts, service).await?;
        holder.map(drop).ok_or(Unknown::Signature(SignatureRefusal::UnknownAccessKey))
    }

    async fn presented(
        &self,
        parts: &Parts,
        service: &str,
    ) -> Result<(Presented, Option<Holder>), Unknown> {
        let expected = Expected { service, protocol: Protocol::Json, regions: ServedRegions::Any };
        let presented =
            sigv4::present(&parts.method, &parts.uri, &parts.headers, self.clock.now(), &expected)
                .map_err(Unknown::Signature)?;
        let id = presented.access_key_id();
        let holder = match presented.session_token() {
            Some(token) => self.session_holder(token, id, service).await?,
            None => self.key_holder(id).await.map_err(Unknown::Failed)?,
        };
        Ok((presented, holder))
    }

    /// Whose long-term key it is.
    async fn key_holder(&self, id: &AccessKeyId) -> Result<Option<Holder>, Failure> {
        let known = self.look_up(id).await?;
        Ok(known.map(|Known { account, secret, until: _ }| Holder {
            principal: Principal::Root { account },
            secret,
            session: None,
        }))
    }

    /// Whose session it is. A token that is not ours, or another key's, is nobody's.
    async fn session_holder(
        &self,
        token: &str,
        id: &AccessKeyId,
        service: &str,
    ) -> Result<Option<Holder>, Unknown> {
        let opened = self
            .sessions
            .open(token, id)
            .map_err(|SessionOver| Unknown::Signature(SignatureRefusal::SessionExpired))?;
        let Some(opened) = opened.filter(|it| serves(service, &it.claims.session.origin)) else {
            return Ok(None);
        };
        let principal = self.sessions.principal(&opened.claims.principal).await;
        Ok(principal.map_err(Unknown::Failed)?.map(|principal| Holder {
            principal,
            secret: Arc::new(opened.secret),
            session: Some(Arc::new(opened.claims.session)),
        }))
    }

    /// The caller who logged in to a registry of this Region.
    pub(crate) async fn logged_in(
        &self,
        headers: &HeaderMap,
        region: &Region,
    ) -> Result<Caller, Unknown> {
        let credentials = match basic::credentials(headers) {
            None => return Err(Unknown::NoCredentials),
            Some(Err(_)) => return Err(Unknown::BadCredentials),
            Some(Ok(credentials)) => credentials,
        };
        let claims = self
            .tokens
            .open(credentials.password(), self.clock.now())
            .and_then(|claims| claims.require_region(region).map(|()| claims))
            .map_err(|refusal| match refusal {
                registry_token::TokenRefusal::Expired => Unknown::TokenExpired,
                registry_token::TokenRefusal::Malformed
                | registry_token::TokenRefusal::OtherRegion => Unknown::BadCredentials,
            })?;
        // A token dies with the key that asked for it; one that was asked for in a session, with whose it is.
        let principal = match &claims.session {
            Some(session) => self.sessions.principal(&session.principal).await,
            None => {
                let holder = self.key_holder(&claims.access_key_id).await;
                holder.map(|holder| holder.map(|holder| holder.principal))
            }
        };
        match principal.map_err(Unknown::Failed)? {
            Some(principal) => Ok(claims.into_caller(principal)),
            None => Err(Unknown::BadCredentials),
        }
    }

    /// Temporary credentials for a session that was granted.
    pub(crate) fn issue_session(
        &self,
        grant: Grant,
    ) -> Result<IssuedSession, PackedPolicyTooLarge> {
        self.sessions.issue(grant)
    }

    /// A token that lets the caller log in.
    pub(crate) fn issue(&self, caller: &Caller) -> registry_token::IssuedToken {
        self.tokens.issue(caller, self.clock.now(), keys::random())
    }

    async fn look_up(&self, id: &AccessKeyId) -> Result<Option<Known>, Failure> {
        let now = self.clock.now();
        let known = self.known.read().expect("nobody panics while holding it").get(id).cloned();
        if let Some(known) = known.filter(|known| known.until > now) {
            return Ok(Some(known));
        }
        let wanted = id.as_str().to_owned();
        let row =
            self.db.read(move |tx| tx.find_access_key(&wanted)).await.map_err(Failure::from)?;
        let Some(AccessKey { id: _, account, principal, sealed_secret, active: true }) = row else {
            return Ok(None);
        };
        if principal != ROOT {
            return Ok(None);
        }
        let secret = self.keyring.open(SECRET_PURPOSE, id.as_str(), &sealed_secret)?;
        let secret = String::from_utf8_lossy(&secret);
        let known =
            Known { account, secret: Arc::new(SecretKey::new(&secret)), until: now.plus(BELIEF) };
        let mut all = self.known.write().expect("nobody panics while holding it");
        if all.len() >= KNOWN_MAX {
            all.clear();
        }
        all.insert(id.clone(), known.clone());
        Ok(Some(known))
    }
}
