use std::borrow::Cow;
use std::net::IpAddr;

use names::{Principal, Session, SessionOrigin, Timestamp};

use crate::iam::moment;
use crate::iam::subject::Subject;
use crate::work::Work;

/// How many keys are compared in one step: one number distinguishes most of them.
const ENTRIES_PER_STEP: usize = 16;

/// The context of a request for conditions and variables: keys, which ignore case, and their
/// values.
///
/// No value hides another. A request can give a key twice, because the key's source may be
/// case-sensitive: two tags of a repository, `env` and `Env`, are one condition key. It then has
/// either value: an `Allow` must hold with each of them, a `Deny` holds with any, see
/// `Context::readings`.
///
/// It is made for each request, so it is cheap: keys and values are borrowed if possible, and
/// moments are printed only when a policy compares them as text.
#[derive(Debug, Clone, Default)]
pub struct Context<'a> {
    entries: Entries<'a>,
    /// Has a key more than one value that it could have?
    is_ambiguous: bool,
    /// Of a reading: the entries that are ambiguous, and which of their values each has.
    read_as: Vec<(usize, usize)>,
}

#[derive(Debug, Clone)]
enum Entries<'a> {
    Own(Vec<Entry<'a>>),
    /// Those of the context that this is a reading of.
    Of(&'a [Entry<'a>]),
}

#[derive(Debug, Clone)]
struct Entry<'a> {
    key: Cow<'a, str>,
    mark: u32,
    held: Held<'a>,
    /// Further values of the key, in other spellings.
    others: Vec<Held<'a>>,
}

/// The most readings of one condition or list of resources. If there are more, nothing is decided.
const READINGS_MAX: usize = 256;

#[derive(Debug, Clone, PartialEq, Eq)]
enum Held<'a> {
    One(Value<'a>),
    Many(Vec<Value<'a>>),
}

/// One value of a condition key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value<'a> {
    /// A text, which may also be a number or a date.
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
        let entries = Entries::Own(Vec::with_capacity(32));
        Self { entries, is_ambiguous: false, read_as: Vec::new() }
    }

    /// Adds a value to a key.
    pub fn set(&mut self, key: impl Into<Cow<'a, str>>, value: impl Into<Value<'a>>) {
        self.hold(key.into(), Held::One(value.into()));
    }

    /// Gives a key that can have many values those that it has. With none, the key is absent.
    pub fn set_many<V: Into<Value<'a>>>(
        &mut self,
        key: impl Into<Cow<'a, str>>,
        values: impl IntoIterator<Item = V>,
    ) {
        let values: Vec<Value<'a>> = values.into_iter().map(Into::into).collect();
        if !values.is_empty() {
            self.hold(key.into(), Held::Many(values));
        }
    }

    /// Removes all values of a key, in any spelling: the values set next replace them.
    pub fn forget(&mut self, key: &str) {
        let (mark, entries) = (mark(key), self.own());
        entries.retain(|entry| entry.mark != mark || !is_same_key(&entry.key, key));
        self.is_ambiguous = self.entries().iter().any(|entry| !entry.others.is_empty());
    }

    fn put(&mut self, key: &'a str, value: impl Into<Value<'a>>) {
        self.forget(key);
        self.set(key, value);
    }

    fn hold(&mut self, key: Cow<'a, str>, held: Held<'a>) {
        let (mark, entries) = (mark(&key), self.own());
        let is_it = |entry: &&mut Entry<'_>| entry.mark == mark && is_same_key(&entry.key, &key);
        match entries.iter_mut().find(is_it) {
            Some(entry) if entry.held == held || entry.others.contains(&held) => {}
            Some(entry) => {
                entry.others.push(held);
                self.is_ambiguous = true;
            }
            None => entries.push(Entry { key, mark, held, others: Vec::new() }),
        }
    }

    fn entries(&self) -> &[Entry<'a>] {
        match &self.entries {
            Entries::Own(entries) => entries,
            Entries::Of(entries) => entries,
        }
    }

    fn own(&mut self) -> &mut Vec<Entry<'a>> {
        if let Entries::Of(entries) = self.entries {
            self.entries = Entries::Own(entries.to_vec());
        }
        match &mut self.entries {
            Entries::Own(entries) => entries,
            Entries::Of(_) => unreachable!("it was made its own"),
        }
    }

    /// `aws:CurrentTime` and `aws:EpochTime`.
    pub fn set_time(&mut self, now: Timestamp) {
        self.set("aws:CurrentTime", Value::Moment(now));
        self.set("aws:EpochTime", Value::EpochSeconds(now));
    }

    /// Sets the subject's condition keys: `aws:PrincipalArn`, `aws:userid`, and the like, and for a
    /// session its tags, its start and its origin. These are facts, and replace earlier values of
    /// the same keys. Set the tags of the user or role before this: the session's tags override
    /// them.
    pub fn set_subject(&mut self, subject: &Subject<'a>, session: Option<&'a Session>) {
        match subject {
            Subject::Principal(principal) => self.set_principal(principal),
            Subject::Service(name) => {
                self.put("aws:PrincipalIsAWSService", true);
                self.put("aws:PrincipalServiceName", *name);
            }
            Subject::WebIdentity { provider, user: _ } => {
                self.put("aws:FederatedProvider", *provider);
                self.put("aws:PrincipalIsAWSService", false);
            }
            Subject::Anonymous => {
                self.put("aws:PrincipalType", "Anonymous");
                self.put("aws:userid", "anonymous");
                self.put("aws:PrincipalIsAWSService", false);
            }
        }
        if let Some(session) = session {
            self.set_session(session);
        }
    }

    fn set_principal(&mut self, principal: &'a Principal) {
        self.put("aws:PrincipalAccount", principal.account().as_str());
        self.put("aws:PrincipalArn", principal.principal_arn());
        self.put("aws:PrincipalType", principal.principal_type());
        self.put("aws:PrincipalIsAWSService", false);
        self.put("aws:userid", principal.user_id());
        if let Principal::User(user) = principal {
            self.put("aws:username", user.name.as_str());
        }
    }

    fn set_session(&mut self, session: &'a Session) {
        self.put("aws:TokenIssueTime", session.issued_at);
        self.put("aws:MultiFactorAuthPresent", false);
        if let Some(identity) = &session.source_identity {
            self.put("aws:SourceIdentity", identity);
        }
        if let SessionOrigin::WebIdentity { provider } = &session.origin {
            self.put("aws:FederatedProvider", provider);
        }
        let tag = |key: &str| format!("aws:PrincipalTag/{key}");
        session.tags.iter().for_each(|(key, _)| self.forget(&tag(key)));
        for (key, value) in &session.tags {
            self.set(tag(key), value);
        }
    }

    /// As [`Context::find`], counted: keys are compared one by one.
    pub(crate) fn look_up(&self, key: &Key, work: &Work) -> Option<Found<'_, 'a>> {
        if work.spend(1 + self.entries().len() / ENTRIES_PER_STEP) { self.find(key) } else { None }
    }

    /// The values of a key; `None` when it has none. Of one that is ambiguous, those of this
    /// reading, or the first.
    pub(crate) fn find(&self, key: &Key) -> Option<Found<'_, 'a>> {
        let is_it =
            |entry: &Entry<'_>| entry.mark == key.mark && is_same_key(&entry.key, &key.text);
        let at = self.entries().iter().position(is_it)?;
        let entry = self.entries().get(at)?;
        let read_as = self.read_as.iter().find(|(entry, _)| *entry == at);
        let held = match read_as.and_then(|(_, other)| other.checked_sub(1)) {
            None => &entry.held,
            Some(other) => entry.others.get(other)?,
        };
        Some(match held {
            Held::One(value) => Found::One(value),
            Held::Many(values) => Found::Many(values.as_slice()),
        })
    }

    /// Has a key more than one value that it could have? Hardly ever.
    pub(crate) fn is_ambiguous(&self) -> bool {
        self.is_ambiguous
    }

    /// This context once for each reading of the ambiguous ones among some keys. `None` if there
    /// are too many, or too much work.
    pub(crate) fn readings<'k>(
        &self,
        keys: impl Iterator<Item = &'k Key>,
        work: &Work,
    ) -> Option<Vec<Context<'_>>> {
        let mut readings = vec![Vec::new()];
        for key in keys {
            if !work.spend(1 + self.entries().len() / ENTRIES_PER_STEP) {
                return None;
            }
            let is_it =
                |entry: &Entry<'_>| entry.mark == key.mark && is_same_key(&entry.key, &key.text);
            let Some(at) = self.entries().iter().position(is_it) else { continue };
            let others = self.entries()[at].others.len();
            let is_known = readings[0].iter().any(|(entry, _): &(usize, usize)| *entry == at);
            if others == 0 || is_known {
                continue;
            }
            let count = readings.len() * (1 + others);
            if count > READINGS_MAX || !work.spend(count) {
                return None;
            }
            let with = |reading: &Vec<_>, value| [reading.as_slice(), &[(at, value)]].concat();
            readings = readings
                .iter()
                .flat_map(|reading| (0..=others).map(move |value| with(reading, value)))
                .collect();
        }
        let entries = self.entries();
        let reading =
            |read_as| Context { entries: Entries::Of(entries), is_ambiguous: true, read_as };
        Some(readings.into_iter().map(reading).collect())
    }
}

impl Default for Entries<'_> {
    fn default() -> Self {
        Self::Own(Vec::new())
    }
}

/// The values of a key.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Found<'c, 'a> {
    One(&'c Value<'a>),
    /// The key can have several values, even if it has one now.
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

/// A key in a policy.
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

/// Most are spelled alike. Keys of tags may have letters of any alphabet, and IAM folds those too.
fn is_same_key(a: &str, b: &str) -> bool {
    let is_ascii = || a.is_ascii() && b.is_ascii();
    a == b || a.eq_ignore_ascii_case(b) || (!is_ascii() && a.to_lowercase() == b.to_lowercase())
}

/// Distinguishes most keys at once, ignoring case: the length, and three folded letters.
fn mark(key: &str) -> u32 {
    if !key.is_ascii() {
        let folded = key.to_lowercase();
        // A letter of another alphabet may fold to an ASCII letter.
        return mark_of(folded.as_bytes());
    }
    mark_of(key.as_bytes())
}

fn mark_of(bytes: &[u8]) -> u32 {
    let from_end =
        |back: usize| bytes.len().checked_sub(back).map_or(0, |at| bytes[at].to_ascii_lowercase());
    let length = u8::try_from(bytes.len()).unwrap_or(u8::MAX);
    u32::from_le_bytes([length, from_end(1), from_end(3), from_end(6)])
}

#[cfg(test)]
mod tests;
