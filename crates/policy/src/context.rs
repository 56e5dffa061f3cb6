use std::borrow::Cow;
use std::net::IpAddr;

use names::{Principal, Session, SessionOrigin, Timestamp};

use crate::ask::Subject;
use crate::condition::moment;

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
        match self.entries.iter_mut().find(|entry| entry.key.eq_ignore_ascii_case(&key)) {
            Some(entry) => entry.held = held,
            None => self.entries.push(Entry { key, held }),
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

    /// The values of a key; `None` when it has none.
    pub(crate) fn find(&self, key: &str) -> Option<&[Value<'a>]> {
        match &self.entry(key)?.held {
            Held::One(value) => Some(std::slice::from_ref(value)),
            Held::Many(values) => Some(values.as_slice()).filter(|values| !values.is_empty()),
        }
    }

    /// Can the key have many values, though it may have one now?
    pub(crate) fn is_multi_valued(&self, key: &str) -> bool {
        self.entry(key).is_some_and(|entry| matches!(entry.held, Held::Many(_)))
    }

    fn entry(&self, key: &str) -> Option<&Entry<'a>> {
        self.entries.iter().find(|entry| entry.key.eq_ignore_ascii_case(key))
    }
}
