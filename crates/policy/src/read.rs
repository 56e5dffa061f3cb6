//! From text to a document: the grammar, and what each kind of document must and must not say.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use crate::action::ActionPattern;
use crate::condition::Condition;
use crate::condition::Operator;
use crate::document::{Document, DocumentKind, TEXT_BYTES_MAX, Version};
use crate::json::{self, Json, Value};
use crate::malformed::Malformed;
use crate::principal::{NamedPrincipal, PrincipalKind};
use crate::resource::ResourcePattern;
use crate::statement::{Actions, Effect, Position, Principals, Resources, Span, Statement};

/// What a trust policy may be about.
const TRUST_ACTIONS: [&str; 5] = [
    "sts:assumerole",
    "sts:assumerolewithsaml",
    "sts:assumerolewithwebidentity",
    "sts:tagsession",
    "sts:setsourceidentity",
];

type Members<'a> = Vec<(Cow<'a, str>, Json<'a>)>;

pub(crate) fn document(text: &str, kind: DocumentKind) -> Result<Document, Malformed> {
    let (version, id, raw) = outline(text)?;
    // A statement's own mistakes are told before those of the whole.
    let mut spans = Lines::new(text);
    let outlines: Vec<_> =
        raw.into_iter().map(StatementText::read).collect::<Result<_, Malformed>>()?;
    if kind == DocumentKind::Identity && version != Version::V2012 {
        return Err(Malformed::Version);
    }
    let mut sids = BTreeSet::new();
    let mut statements = Vec::with_capacity(outlines.len());
    for outline in outlines {
        if is_kept_by_iam(kind) {
            check_sid(outline.sid.as_deref(), &mut sids)?;
        }
        let span = spans.span(&outline.at);
        statements.push(outline.compile(kind, version, span)?);
    }
    Ok(Document { kind, version, id, statements: statements.into() })
}

fn is_kept_by_iam(kind: DocumentKind) -> bool {
    match kind {
        DocumentKind::Identity | DocumentKind::Trust => true,
        DocumentKind::Repository | DocumentKind::Registry => false,
    }
}

fn check_sid(sid: Option<&str>, known: &mut BTreeSet<String>) -> Result<(), Malformed> {
    let Some(sid) = sid.filter(|sid| !sid.is_empty()) else { return Ok(()) };
    if !sid.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return Err(Malformed::SidNotAlphanumeric);
    }
    if known.insert(sid.to_owned()) { Ok(()) } else { Err(Malformed::SidsNotUnique) }
}

/// The document's own elements: version, id, and its statements unread.
fn outline(text: &str) -> Result<(Version, Option<Arc<str>>, Vec<Json<'_>>), Malformed> {
    if text.len() > TEXT_BYTES_MAX {
        return Err(Malformed::Syntax);
    }
    let json = json::read(text).map_err(|_| Malformed::Syntax)?;
    let (mut version, mut id, mut statements) = (Version::V2008, None, None);
    for (key, json) in object(json)? {
        match &*key {
            "Version" => {
                version = match &*string(json)? {
                    "2012-10-17" => Version::V2012,
                    "2008-10-17" => Version::V2008,
                    _ => return Err(Malformed::Syntax),
                }
            }
            "Id" => id = Some(Arc::from(&*string(json)?)),
            "Statement" => {
                statements = Some(match json.value {
                    Value::List(items) => items,
                    _ => vec![json],
                });
            }
            _ => return Err(Malformed::Syntax),
        }
    }
    match statements {
        Some(statements) if !statements.is_empty() => Ok((version, id, statements)),
        _ => Err(Malformed::Syntax),
    }
}

/// A statement's elements, each of the right type, and not yet understood.
struct StatementText<'a> {
    at: std::ops::Range<usize>,
    sid: Option<Cow<'a, str>>,
    effect: Cow<'a, str>,
    principals: Option<(Choice, PrincipalText<'a>)>,
    actions: Option<(Choice, Vec<Cow<'a, str>>)>,
    resources: Option<(Choice, Vec<Cow<'a, str>>)>,
    conditions: Vec<ConditionText<'a>>,
}

/// The element, or the one with `Not` in front.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Choice {
    These,
    AllBut,
}

pub(crate) enum PrincipalText<'a> {
    /// A text alone, which can only be `*`.
    Alone(Cow<'a, str>),
    By(Vec<(PrincipalKind, Vec<Cow<'a, str>>)>),
}

struct ConditionText<'a> {
    operator: Operator,
    key: Cow<'a, str>,
    values: Vec<Cow<'a, str>>,
}

impl<'a> StatementText<'a> {
    fn read(json: Json<'a>) -> Result<Self, Malformed> {
        let at = json.at.clone();
        let (mut sid, mut effect) = (None, None);
        let (mut principals, mut actions, mut resources) = (None, None, None);
        let mut conditions = Vec::new();
        for (key, json) in object(json)? {
            match &*key {
                "Sid" => sid = Some(string(json)?),
                "Effect" => effect = Some(string(json)?),
                "Principal" => once(&mut principals, Choice::These, principal_text(json)?)?,
                "NotPrincipal" => once(&mut principals, Choice::AllBut, principal_text(json)?)?,
                "Action" => once(&mut actions, Choice::These, strings(json)?)?,
                "NotAction" => once(&mut actions, Choice::AllBut, strings(json)?)?,
                "Resource" => once(&mut resources, Choice::These, strings(json)?)?,
                "NotResource" => once(&mut resources, Choice::AllBut, strings(json)?)?,
                "Condition" => conditions = condition_texts(json)?,
                _ => return Err(Malformed::Syntax),
            }
        }
        let effect = effect.ok_or(Malformed::Syntax)?;
        Ok(Self { at, sid, effect, principals, actions, resources, conditions })
    }

    fn compile(
        self,
        kind: DocumentKind,
        version: Version,
        span: Span,
    ) -> Result<Statement, Malformed> {
        let Self { at: _, sid, effect, principals, actions, resources, conditions } = self;
        let effect = match &*effect {
            "Allow" => Effect::Allow,
            "Deny" => Effect::Deny,
            other if ["allow", "deny"].contains(&&*other.to_ascii_lowercase()) => {
                return Err(Malformed::LegacyParsing);
            }
            _ => return Err(Malformed::Syntax),
        };
        let principals = compile_principals(kind, principals)?;
        let actions = compile_actions(kind, actions)?;
        let resources = compile_resources(kind, version, resources)?;
        let conditions = conditions
            .into_iter()
            .map(|ConditionText { operator, key, values }| {
                Condition::read(operator, &key, &values, version)
            })
            .collect::<Result<_, _>>()?;
        let sid = sid.map(|sid| Arc::from(&*sid));
        Ok(Statement { sid, span, effect, principals, actions, resources, conditions })
    }
}

fn compile_principals(
    kind: DocumentKind,
    written: Option<(Choice, PrincipalText<'_>)>,
) -> Result<Principals, Malformed> {
    let (choice, text) = match (kind, written) {
        (DocumentKind::Identity, None) => return Ok(Principals::Implied),
        (DocumentKind::Identity, Some(_)) => return Err(Malformed::HasPrincipal),
        (_, None) => return Err(Malformed::MissingField("Principal")),
        (DocumentKind::Trust, Some((Choice::AllBut, _))) => {
            return Err(Malformed::ProhibitedField("NotPrincipal"));
        }
        (_, Some(written)) => written,
    };
    let named = match text {
        PrincipalText::Alone(text) if text == "*" => vec![NamedPrincipal::Everyone],
        PrincipalText::Alone(text) => {
            let text = text.into_owned();
            return Err(Malformed::InvalidPrincipal { kind: "STAR", text });
        }
        PrincipalText::By(groups) => groups
            .iter()
            .flat_map(|(kind, texts)| texts.iter().map(|text| NamedPrincipal::read(*kind, text)))
            .collect::<Result<_, _>>()?,
    };
    if named.is_empty() {
        return Err(Malformed::MissingField("Principal cannot be empty!"));
    }
    Ok(match choice {
        Choice::These => Principals::These(named.into()),
        Choice::AllBut => Principals::AllBut(named.into()),
    })
}

fn compile_actions(
    kind: DocumentKind,
    written: Option<(Choice, Vec<Cow<'_, str>>)>,
) -> Result<Actions, Malformed> {
    let (choice, texts) =
        written.filter(|(_, texts)| !texts.is_empty()).ok_or(Malformed::NoActions)?;
    if kind == DocumentKind::Trust {
        let is_known = |text: &Cow<'_, str>| TRUST_ACTIONS.contains(&&*text.to_ascii_lowercase());
        if choice == Choice::AllBut || !texts.iter().all(is_known) {
            return Err(Malformed::TrustActions);
        }
    }
    let patterns: Box<[_]> =
        texts.iter().map(|text| ActionPattern::read(text)).collect::<Result<_, _>>()?;
    if kind == DocumentKind::Registry && !patterns.iter().all(|pattern| pattern.is_of("ecr")) {
        return Err(Malformed::RegistryActions);
    }
    Ok(match choice {
        Choice::These => Actions::These(patterns),
        Choice::AllBut => Actions::AllBut(patterns),
    })
}

fn compile_resources(
    kind: DocumentKind,
    version: Version,
    written: Option<(Choice, Vec<Cow<'_, str>>)>,
) -> Result<Resources, Malformed> {
    let (choice, texts) = match (kind, written) {
        (DocumentKind::Trust, Some((Choice::These, _))) => {
            return Err(Malformed::ProhibitedField("Resource"));
        }
        (DocumentKind::Trust, Some((Choice::AllBut, _))) => {
            return Err(Malformed::ProhibitedField("NotResource"));
        }
        (DocumentKind::Trust | DocumentKind::Repository, None) => return Ok(Resources::Implied),
        (DocumentKind::Identity | DocumentKind::Registry, None) => {
            return Err(Malformed::NoResources);
        }
        (_, Some((_, texts))) if texts.is_empty() => return Err(Malformed::NoResources),
        (_, Some(written)) => written,
    };
    let patterns =
        texts.iter().map(|text| ResourcePattern::read(text, version)).collect::<Result<_, _>>()?;
    Ok(match choice {
        Choice::These => Resources::These(patterns),
        Choice::AllBut => Resources::AllBut(patterns),
    })
}

/// Takes an element, unless its opposite is there already.
fn once<T>(slot: &mut Option<(Choice, T)>, choice: Choice, value: T) -> Result<(), Malformed> {
    if slot.is_some() {
        return Err(Malformed::Syntax);
    }
    *slot = Some((choice, value));
    Ok(())
}

fn object(json: Json<'_>) -> Result<Members<'_>, Malformed> {
    match json.value {
        Value::Object(members) => Ok(members),
        _ => Err(Malformed::Syntax),
    }
}

fn string(json: Json<'_>) -> Result<Cow<'_, str>, Malformed> {
    match json.value {
        Value::Text(text) => Ok(text),
        _ => Err(Malformed::Syntax),
    }
}

fn strings(json: Json<'_>) -> Result<Vec<Cow<'_, str>>, Malformed> {
    match json.value {
        Value::List(items) => items.into_iter().map(string).collect(),
        _ => Ok(vec![string(json)?]),
    }
}

fn principal_text(json: Json<'_>) -> Result<PrincipalText<'_>, Malformed> {
    if let Value::Text(text) = json.value {
        return Ok(PrincipalText::Alone(text));
    }
    let group = |(key, json): (Cow<'_, str>, _)| {
        Ok((PrincipalKind::of(&key).ok_or(Malformed::Syntax)?, strings(json)?))
    };
    object(json)?.into_iter().map(group).collect::<Result<_, _>>().map(PrincipalText::By)
}

fn condition_texts(json: Json<'_>) -> Result<Vec<ConditionText<'_>>, Malformed> {
    let mut found = Vec::new();
    for (name, json) in object(json)? {
        let operator = Operator::read(&name).ok_or(Malformed::Syntax)?;
        for (key, json) in object(json)? {
            let values = match json.value {
                Value::List(items) => items.into_iter().map(scalar).collect::<Result<_, _>>()?,
                _ => vec![scalar(json)?],
            };
            if values.is_empty() {
                return Err(Malformed::Syntax);
            }
            found.push(ConditionText { operator, key, values });
        }
    }
    Ok(found)
}

/// A condition's value, which may be written as a number or a boolean too.
fn scalar(json: Json<'_>) -> Result<Cow<'_, str>, Malformed> {
    match json.value {
        Value::Text(text) => Ok(text),
        Value::Number(digits) => Ok(Cow::Borrowed(digits)),
        Value::Bool(yes) => Ok(Cow::Borrowed(if yes { "true" } else { "false" })),
        Value::Null | Value::List(_) | Value::Object(_) => Err(Malformed::Syntax),
    }
}

/// Turns places in a text into lines and columns, going through it once.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    position: Position,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, at: 0, position: Position { line: 1, column: 1 } }
    }

    /// Spans are asked for in the order of the text.
    fn span(&mut self, at: &std::ops::Range<usize>) -> Span {
        Span { start: self.position(at.start), end: self.position(at.end) }
    }

    fn position(&mut self, at: usize) -> Position {
        for c in self.text[self.at..at].chars() {
            if c == '\n' {
                self.position = Position { line: self.position.line + 1, column: 1 };
            } else {
                self.position.column += 1;
            }
        }
        self.at = at;
        self.position
    }
}
