//! Finds the caller of a request: looks up what `identity` needs to know.

mod belief;
mod sessions;

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, RwLock};

use http::HeaderMap;
use http::request::Parts;
use iam::{Failure, Grant, Iam, KnownKey};
use identity::registry_token::TokenClaims;
use identity::session_token::{IssuedSession, SessionTokenTooLarge};
use identity::sigv4::{
    self, Expected, PayloadHash, Presented, Protocol, SecretKey, ServedRegions, SignatureRefusal,
    Verified,
};
use identity::{AccessKeyId, Caller, basic, registry_token};
use keys::Keyring;
use names::{Clock, Principal, Region, Session, Timestamp};
use wire::aws::{self, Service};

use self::belief::{BELIEF, KNOWN_MAX};
use self::sessions::{SessionOver, Sessions, serves};
use crate::intake::Payer;

/// Recognises callers.
pub(crate) struct Authenticator {
    iam: Arc<Iam>,
    clock: Arc<dyn Clock>,
    tokens: registry_token::RegistryTokens,
    sessions: Sessions,
    known: RwLock<HashMap<AccessKeyId, Arc<Known>>>,
}

/// An access key that was looked up recently.
struct Known {
    principal: Principal,
    secret: SecretKey,
    /// Whether its next use is to be recorded. Checked once for each look-up, so that a busy key
    /// costs no lock.
    use_is_news: AtomicBool,
    until: Timestamp,
    /// The account's epoch at the look-up.
    epoch: u64,
}

/// The owner of a credential.
enum Holder {
    /// A key that lives until it is deleted.
    Key(Arc<Known>),
    /// Temporary credentials.
    Session {
        principal: Principal,
        secret: SecretKey,
        session: Arc<Session>,
        /// The account's epoch before the look-up.
        epoch: u64,
    },
}

impl Holder {
    fn secret(&self) -> &SecretKey {
        match self {
            Self::Key(known) => &known.secret,
            Self::Session { secret, .. } => secret,
        }
    }

    fn principal(&self) -> &Principal {
        match self {
            Self::Key(known) => &known.principal,
            Self::Session { principal, .. } => principal,
        }
    }
}

/// The head of a signed request whose signature may be valid.
pub(crate) struct Head {
    presented: Presented,
    holder: Holder,
    /// Its signature is right, if the body is the one that it announces.
    is_proved: bool,
    at: Timestamp,
}

impl Head {
    /// The payer for the body, if the head alone proves the caller.
    pub(crate) fn payer(&self) -> Option<Payer> {
        self.is_proved.then(|| Payer::of_principal(self.holder.principal()))
    }
}

/// The service that is recorded as the last use of a key whose token logs in to a registry.
const REGISTRY_SERVICE: &str = "ecr";

/// Why no caller was recognised.
pub(crate) enum Unknown {
    /// The signature is not right, or not there.
    Signature(SignatureRefusal),
    /// There is no user name and password.
    NoCredentials,
    /// There is, and it is none of ours.
    BadCredentials,
    /// The registry token's time is over.
    TokenExpired,
    /// The look-up failed.
    Failed(Failure),
}

impl Authenticator {
    pub(crate) fn new(iam: Arc<Iam>, keyring: &Keyring, clock: Arc<dyn Clock>) -> Self {
        let tokens = registry_token::RegistryTokens::new(&keyring.sealing_key("registry-token"));
        let sessions = Sessions::new(keyring, iam.clone(), clock.clone());
        Self { iam, clock, tokens, sessions, known: RwLock::default() }
    }

    /// Refuses a request whose signature cannot be valid, whatever its body, before the body is
    /// read. If the head states the body's hash, the signature is verified here.
    pub(crate) async fn head(&self, parts: &Parts, service: Service) -> Result<Head, Unknown> {
        let (presented, holder) = self.presented(parts, service).await?;
        let holder = holder.ok_or(Unknown::Signature(SignatureRefusal::UnknownAccessKey))?;
        let is_proved = match presented.verify_announced(Some(holder.secret())) {
            None => false,
            Some(verified) => verified.map(|()| true).map_err(Unknown::Signature)?,
        };
        Ok(Head { presented, holder, is_proved, at: self.clock.now() })
    }

    /// The caller who signed a request without a body to a service that has no model here.
    pub(crate) async fn signed_read(
        &self,
        parts: &Parts,
        service: &'static str,
    ) -> Result<Caller, Unknown> {
        let expected = Expected { service, protocol: Protocol::Query, regions: ServedRegions::Any };
        let (presented, holder) = self.presented_to(parts, &expected).await?;
        let secret = holder.as_ref().map(Holder::secret);
        let verified = presented.verify(secret, &PayloadHash::of(b""));
        let verified = verified.map_err(Unknown::Signature)?;
        let holder = holder.ok_or(Unknown::Signature(SignatureRefusal::UnknownAccessKey))?;
        Ok(self.caller(holder, verified, service))
    }

    /// The caller who signed an AWS request whose head was checked.
    pub(crate) async fn signed(
        &self,
        head: Head,
        parts: &Parts,
        body: &PayloadHash,
        service: Service,
    ) -> Result<Caller, Unknown> {
        // The body may have taken so long that the key was deleted in the meantime.
        let is_believed = self.clock.now() < head.at.plus(BELIEF) && self.still_holds(&head.holder);
        let head = if is_believed { head } else { self.head(parts, service).await? };
        let secret = Some(head.holder.secret());
        let verified = head.presented.verify(secret, body).map_err(Unknown::Signature)?;
        Ok(self.caller(head.holder, verified, service.signing_name()))
    }

    fn caller(&self, holder: Holder, verified: Verified, service: &'static str) -> Caller {
        let Verified { access_key_id, region, .. } = verified;
        let (principal, session) = match holder {
            Holder::Key(known) => {
                self.note_use(&known, &access_key_id, &region, service);
                (known.principal.clone(), None)
            }
            Holder::Session { principal, session, .. } => (principal, Some(session)),
        };
        Caller { principal, access_key_id, region, session }
    }

    async fn presented(
        &self,
        parts: &Parts,
        service: Service,
    ) -> Result<(Presented, Option<Holder>), Unknown> {
        let protocol = match service.protocol() {
            aws::Protocol::Json { .. } => Protocol::Json,
            aws::Protocol::Query { .. } => Protocol::Query,
        };
        let service = service.signing_name();
        let expected = Expected { service, protocol, regions: ServedRegions::Any };
        self.presented_to(parts, &expected).await
    }

    async fn presented_to(
        &self,
        parts: &Parts,
        expected: &Expected<'_>,
    ) -> Result<(Presented, Option<Holder>), Unknown> {
        let presented =
            sigv4::present(&parts.method, &parts.uri, &parts.headers, self.clock.now(), expected)
                .map_err(Unknown::Signature)?;
        let id = presented.access_key_id();
        let holder = match presented.session_token() {
            Some(token) => self.session_holder(token, id, expected.service).await?,
            None => self.look_up(id).await.map_err(Unknown::Failed)?.map(Holder::Key),
        };
        Ok((presented, holder))
    }

    /// The principal of a session. A foreign token, or another key's, authenticates no one.
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
        let epoch = self.iam.epochs().of_account(opened.claims.principal.account());
        let principal = self.sessions.principal(&opened.claims.principal).await;
        Ok(principal.map_err(Unknown::Failed)?.map(|principal| Holder::Session {
            principal,
            secret: opened.secret,
            session: Arc::new(opened.claims.session),
            epoch,
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
        self.issuer(claims).await.map_err(Unknown::Failed)?.ok_or(Unknown::BadCredentials)
    }

    /// The current state of the caller that claims were issued to. Everything that is issued ends
    /// with the key that requested it, or, if a session requested it, with the session's principal:
    /// then it is `None`.
    pub(crate) async fn issuer(&self, claims: TokenClaims) -> Result<Option<Caller>, Failure> {
        let principal = match &claims.session {
            Some(session) => self.sessions.principal(&session.principal).await?,
            None => self.look_up(&claims.access_key_id).await?.map(|known| {
                let TokenClaims { access_key_id, region, .. } = &claims;
                self.note_use(&known, access_key_id, region, REGISTRY_SERVICE);
                known.principal.clone()
            }),
        };
        Ok(principal.map(|principal| claims.into_caller(principal)))
    }

    /// Temporary credentials for a session that was granted, with a token no shorter than that.
    pub(crate) fn issue_session(
        &self,
        grant: Grant,
        token_length_min: usize,
    ) -> Result<IssuedSession, SessionTokenTooLarge> {
        self.sessions.issue(grant, token_length_min)
    }

    /// A token that lets the caller log in.
    pub(crate) fn issue(&self, caller: &Caller) -> registry_token::IssuedToken {
        self.tokens.issue(caller, self.clock.now(), keys::random())
    }

    async fn look_up(&self, id: &AccessKeyId) -> Result<Option<Arc<Known>>, Failure> {
        let now = self.clock.now();
        let known = self.known.read().expect("no thread panics while holding it").get(id).cloned();
        if let Some(known) = known.filter(|known| self.is_believed(known, now)) {
            return Ok(Some(known));
        }
        let Some(found) = self.iam.find_known_key(id.as_str()).await? else {
            return Ok(None);
        };
        let KnownKey { principal, secret, last_used_at, epoch } = found;
        let known = Arc::new(Known {
            principal,
            secret: SecretKey::new(secret.expose()),
            use_is_news: AtomicBool::new(Iam::key_use_is_news(last_used_at, now)),
            until: now.plus(BELIEF),
            epoch,
        });
        let mut all = self.known.write().expect("no thread panics while holding it");
        if all.len() >= KNOWN_MAX {
            all.clear();
        }
        all.insert(id.clone(), known.clone());
        Ok(Some(known))
    }

    fn still_holds(&self, holder: &Holder) -> bool {
        match holder {
            Holder::Key(known) => self.is_believed(known, self.clock.now()),
            Holder::Session { principal, epoch, .. } => {
                self.iam.epochs().of_account(principal.account()) == *epoch
            }
        }
    }

    fn is_believed(&self, known: &Known, now: Timestamp) -> bool {
        let epoch = self.iam.epochs().of_account(known.principal.account());
        known.until > now && known.epoch == epoch
    }

    fn note_use(&self, known: &Known, id: &AccessKeyId, region: &Region, service: &str) {
        if known.use_is_news.load(Ordering::Relaxed)
            && known.use_is_news.swap(false, Ordering::Relaxed)
        {
            self.iam.note_key_use(id.as_str(), region, service);
        }
    }
}
