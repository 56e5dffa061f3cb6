use std::borrow::Cow;
use std::net::IpAddr;

use names::{Principal, Session, SessionOrigin, Timestamp};

use crate::ask::Subject;
use crate::condition::moment;
use crate::work::Work;

/// How many keys are looked at in one step: one number tells most of them apart.
const ENTRIES_PER_STEP: usize = 16;

/// What a request says to conditions and variables: keys, whose case does not count, and their values.
///
/// Made for each request, so it is cheap: keys and values are borrowed where they can be, and moments are only
/// printed when a policy compares them as text.
#[derive(Debug, Clone, Default)]
pub struct Context<'a> {
    entries: Vec<Entry<'a>>,
}

#[derive(Debug, Clone)]
struct Entry<'a> {
    key: Cow<'a, str>,
    mark: u32,
    held: Held<'a>,
}

#[derive(Debug, Clone)]
enum Held<'a> {
    One(Value<'a>),
    Many(Vec<Value<'a>>),
}

/// One value of a condition key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value<'a> {
    /// A text, which may be a number or a date too.
    Text(Cow<'a, str>),
    /// Yes or no.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// An address.
    Address(IpAddr),
    /// A moment; as text in ISO 8601.
    Moment(Timestamp),
    /// A moment; as text in seconds since 1970.
    EpochSeconds(Timestamp),
}

impl Value<'_> {
    /// The value as text.
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Text(text) => Cow::Borrowed(text),
            Self::Bool(yes) => Cow::Borrowed(if *yes { "true" } else { "false" }),
            Self::Integer(number) => Cow::Owned(number.to_string()),
            Self::Address(address) => Cow::Owned(address.to_string()),
            Self::Moment(moment) => Cow::Owned(moment::print(*moment)),
            Self::EpochSeconds(moment) => Cow::Owned(moment.as_seconds().to_string()),
        }
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl<'a> From<Cow<'a, str>> for Value<'a> {
    fn from(text: Cow<'a, str>) -> Self {
        Self::Text(text)
    }
}

impl From<bool> for Value<'_> {
    fn from(yes: bool) -> Self {
        Self::Bool(yes)
    }
}

impl From<i64> for Value<'_> {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl From<IpAddr> for Value<'_> {
    fn from(address: IpAddr) -> Self {
        Self::Address(address)
    }
}

impl From<Timestamp> for Value<'_> {
    fn from(moment: Timestamp) -> Self {
        Self::Moment(moment)
    }
}

impl<'a> Context<'a> {
    /// A context in which no key has a value.
    pub fn new() -> Self {
        Self { entries: Vec::with_capacity(32) }
    }

    /// Gives a key its one value, in place of what it had.
    pub fn set(&mut self, key: impl Into<Cow<'a, str>>, value: impl Into<Value<'a>>) {
        self.hold(key.into(), Held::One(value.into()));
    }

    /// Gives a key that can have many values those that it has. With none, the key is absent.
    pub fn set_many<V: Into<Value<'a>>>(
        &mut self,
        key: impl Into<Cow<'a, str>>,
        values: impl IntoIterator<Item = V>,
    ) {
        self.hold(key.into(), Held::Many(values.into_iter().map(Into::into).collect()));
    }

    fn hold(&mut self, key: Cow<'a, str>, held: Held<'a>) {
        let mark = mark(&key);
        let is_it = |entry: &&mut Entry<'_>| entry.mark == mark && is_same_key(&entry.key, &key);
        match self.entries.iter_mut().find(is_it) {
            Some(entry) => entry.held = held,
            None => self.entries.push(Entry { key, mark, held }),
        }
    }

    /// `aws:CurrentTime` and `aws:EpochTime`.
    pub fn set_time(&mut self, now: Timestamp) {
        self.set("aws:CurrentTime", Value::Moment(now));
        self.set("aws:EpochTime", Value::EpochSeconds(now));
    }

    /// What the caller is to conditions: `aws:PrincipalArn`, `aws:userid`, and the like, and of a session its tags, when
    /// it began and what it came from. Tags of the user or role are set before this: the session's win over them.
    pub fn set_subject(&mut self, subject: &Subject<'a>, session: Option<&'a Session>) {
        match subject {
            Subject::Principal(principal) => self.set_principal(principal),
            Subject::Service(name) => {
                self.set("aws:PrincipalIsAWSService", true);
                self.set("aws:PrincipalServiceName", *name);
            }
            Subject::WebIdentity { provider, user: _ } => {
                self.set("aws:FederatedProvider", *provider);
                self.set("aws:PrincipalIsAWSService", false);
            }
            Subject::Anonymous => {
                self.set("aws:PrincipalType", "Anonymous");
                self.set("aws:userid", "anonymous");
                self.set("aws:PrincipalIsAWSService", false);
            }
        }
        if let Some(session) = session {
            self.set_session(session);
        }
    }

    fn set_principal(&mut self, principal: &'a Principal) {
        self.set("aws:PrincipalAccount", principal.account().as_str());
        self.set("aws:PrincipalArn", principal.principal_arn());
        self.set("aws:PrincipalType", principal.principal_type());
        self.set("aws:PrincipalIsAWSService", false);
        self.set("aws:userid", principal.user_id());
        if let Principal::User(user) = principal {
            self.set("aws:username", user.name.as_str());
        }
    }

    fn set_session(&mut self, session: &'a Session) {
        self.set("aws:TokenIssueTime", session.issued_at);
        self.set("aws:MultiFactorAuthPresent", false);
        if let Some(identity) = &session.source_identity {
            self.set("aws:SourceIdentity", identity);
        }
        if let SessionOrigin::WebIdentity { provider } = &session.origin {
            self.set("aws:FederatedProvider", provider);
        }
        for (key, value) in &session.tags {
            self.set(format!("aws:PrincipalTag/{key}"), value);
        }
    }

    /// As [`Context::find`], counted: keys are looked through one by one.
    pub(crate) fn look_up(&self, key: &Key, work: &Work) -> Option<Found<'_, 'a>> {
        if work.spend(1 + self.entries.len() / ENTRIES_PER_STEP) { self.find(key) } else { None }
    }

    /// The values of a key; `None` when it has none.
    pub(crate) fn find(&self, key: &Key) -> Option<Found<'_, 'a>> {
        let is_it =
            |entry: &&Entry<'_>| entry.mark == key.mark && is_same_key(&entry.key, &key.text);
        match &self.entries.iter().find(is_it)?.held {
            Held::One(value) => Some(Found::One(value)),
            Held::Many(values) => {
                Some(values.as_slice()).filter(|values| !values.is_empty()).map(Found::Many)
            }
        }
    }
}

/// What a key holds.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Found<'c, 'a> {
    One(&'c Value<'a>),
    /// The key can have many, though it may have one now.
    Many(&'c [Value<'a>]),
}

impl<'c, 'a> Found<'c, 'a> {
    /// The value of a key that has only one.
    pub(crate) fn only(self) -> Option<&'c Value<'a>> {
        match self {
            Self::One(value) => Some(value),
            Self::Many(_) => None,
        }
    }

    pub(crate) fn all(self) -> &'c [Value<'a>] {
        match self {
            Self::One(value) => std::slice::from_ref(value),
            Self::Many(values) => values,
        }
    }
}

/// A key as a policy asks for it.
#[derive(Debug, Clone)]
pub(crate) struct Key {
    pub(crate) text: Box<str>,
    mark: u32,
}

impl Key {
    pub(crate) fn new(text: &str) -> Self {
        Self { text: text.into(), mark: mark(text) }
    }
}

/// Most are written alike.
fn is_same_key(a: &str, b: &str) -> bool {
    a == b || a.eq_ignore_ascii_case(b)
}

/// Tells most keys apart at once, whatever their case: the length, and three letters folded.
fn mark(key: &str) -> u32 {
    let bytes = key.as_bytes();
    let from_end =
        |back: usize| bytes.len().checked_sub(back).map_or(0, |at| bytes[at].to_ascii_lowercase());
    let length = u8::try_from(bytes.len()).unwrap_or(u8::MAX);
    u32::from_le_bytes([length, from_end(1), from_end(3), from_end(6)])
}
