use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::decimal::Decimal;
use super::network::{self, Network};
use super::operator::{Case, Relation, TestKind};
use super::outcome::Outcome;
use crate::iam::context::{Context, Key, Value};
use crate::iam::glob::{Glob, Token, matches};
use crate::iam::malformed::Malformed;
use crate::iam::moment;
use crate::iam::template::{Template, Unresolved, Wildcards, resolve};
use crate::iam::version::Version;
use crate::work::Work;

/// The values of a condition in comparable form: they are parsed when the policy is.
#[derive(Debug, Clone)]
pub(crate) enum Values {
    Text(Case, Box<[Template]>),
    Arn(Box<[ArnValue]>),
    Bool(Box<[BoolValue]>),
    Number(Relation, Box<[Decimal]>),
    /// Microseconds since 1970.
    Moment(Relation, Box<[i64]>),
    Binary(Box<[Box<[u8]>]>),
    Address(Box<[Network]>),
    /// Must the key be absent?
    Null(Box<[bool]>),
}

#[derive(Debug, Clone)]
pub(crate) enum ArnValue {
    Fixed(Box<[Glob; ARN_PARTS]>),
    /// Fewer parts than an ARN has: it never fits.
    Short,
    Open(Template),
}

#[derive(Debug, Clone)]
pub(crate) enum BoolValue {
    Fixed(bool),
    Open(Template),
}

/// `arn`, partition, service, Region, account, resource.
const ARN_PARTS: usize = 6;

impl Values {
    /// Reads values. A constant that its operator cannot read is refused: it would never fit.
    pub(crate) fn read(
        test: TestKind,
        texts: &[Cow<'_, str>],
        version: Version,
    ) -> Result<Self, Malformed> {
        let plain = |text: &str| Template::read(text, version, Wildcards::Literal);
        let wild = |text: &str| Template::read(text, version, Wildcards::Wild);
        Ok(match test {
            TestKind::Text(case) => Self::Text(case, each(texts, plain)?),
            TestKind::Like => Self::Text(Case::Counts, each(texts, wild)?),
            TestKind::Arn => Self::Arn(each(texts, |text| ArnValue::read(text, version))?),
            TestKind::Bool => Self::Bool(each(texts, |text| BoolValue::read(text, version))?),
            TestKind::Number(relation) => {
                Self::Number(relation, each(texts, |text| known(Decimal::read(text)))?)
            }
            TestKind::Moment(relation) => {
                Self::Moment(relation, each(texts, |text| known(moment::read(text)))?)
            }
            TestKind::Binary => Self::Binary(each(texts, |text| known(bytes(text)))?),
            TestKind::Address => Self::Address(each(texts, |text| known(Network::read(text)))?),
            TestKind::Null => Self::Null(each(texts, |text| known(boolean(text)))?),
        })
    }

    /// Whether one of them matches the request's value. A variable without a value matches nothing;
    /// whether it would have kept a negated condition from holding is unknown.
    pub(crate) fn fit(
        &self,
        value: &Value<'_>,
        context: &Context<'_>,
        negated: bool,
        work: &Work,
    ) -> Outcome {
        let resolved = |result: Result<bool, Unresolved>| match result {
            Ok(fits) => Outcome::of(fits),
            Err(Unresolved) if negated => Outcome::Unknown,
            Err(Unresolved) => Outcome::NotMet,
        };
        let text = value.text();
        if !work.spend_on_bytes(text.len()) {
            return Outcome::Unknown;
        }
        match self {
            Self::Text(case, templates) => {
                Outcome::any(templates.iter().map(|template| match case {
                    Case::Counts => resolved(template.matches(&text, context, work)),
                    Case::Ignored => resolved(template.matches_folded(&text, context, work)),
                }))
            }
            Self::Arn(values) => {
                Outcome::any(values.iter().map(|arn| resolved(arn.fits(&text, context, work))))
            }
            Self::Bool(values) => {
                let Some(found) = boolean(&text) else { return Outcome::Unknown };
                Outcome::any(values.iter().map(|value| resolved(value.fits(found, context, work))))
            }
            Self::Number(relation, numbers) => {
                let Some(found) = Decimal::read(&text) else { return Outcome::Unknown };
                let holds = |number: &Decimal| relation.holds(found.cmp(number));
                Outcome::of(numbers.iter().any(|number| work.spend(1) && holds(number)))
            }
            Self::Moment(relation, moments) => {
                let Some(found) = moment_of(value) else { return Outcome::Unknown };
                let holds = |moment: &i64| relation.holds(found.cmp(moment));
                Outcome::of(moments.iter().any(|moment| work.spend(1) && holds(moment)))
            }
            Self::Binary(blobs) => {
                let Some(found) = bytes(&text) else { return Outcome::Unknown };
                let is_it = |blob: &[u8]| work.spend_on_bytes(blob.len()) && *blob == *found;
                Outcome::of(blobs.iter().any(|blob| is_it(blob)))
            }
            Self::Address(networks) => {
                let Some(found) = network::address_of(value) else { return Outcome::Unknown };
                Outcome::of(networks.iter().any(|net| work.spend(1) && net.contains(found)))
            }
            // Decided before any value is compared.
            Self::Null(_) => Outcome::NotMet,
        }
    }

    /// The keys of the variables in them.
    pub(crate) fn keys(&self) -> Vec<&Key> {
        let templates: Vec<&Template> = match self {
            Self::Text(_, templates) => templates.iter().collect(),
            Self::Arn(values) => values.iter().filter_map(ArnValue::template).collect(),
            Self::Bool(values) => values.iter().filter_map(BoolValue::template).collect(),
            Self::Number(..)
            | Self::Moment(..)
            | Self::Binary(_)
            | Self::Address(_)
            | Self::Null(_) => Vec::new(),
        };
        templates.into_iter().flat_map(Template::keys).collect()
    }
}

impl BoolValue {
    fn read(text: &str, version: Version) -> Result<Self, Malformed> {
        match Template::read(text, version, Wildcards::Literal)? {
            Template::Fixed(_) => known(boolean(text)).map(Self::Fixed),
            open @ Template::Open(_) => Ok(Self::Open(open)),
        }
    }

    fn template(&self) -> Option<&Template> {
        match self {
            Self::Fixed(_) => None,
            Self::Open(template) => Some(template),
        }
    }

    fn fits(&self, found: bool, context: &Context<'_>, work: &Work) -> Result<bool, Unresolved> {
        match self {
            Self::Fixed(wanted) => Ok(work.spend(1) && found == *wanted),
            Self::Open(template) => {
                template.matches_folded(if found { "true" } else { "false" }, context, work)
            }
        }
    }
}

impl ArnValue {
    fn read(text: &str, version: Version) -> Result<Self, Malformed> {
        let template = Template::read(text, version, Wildcards::Wild)?;
        if let Template::Open(_) = template {
            return Ok(Self::Open(template));
        }
        // There is no variable, so every colon is a separator; a text that parses as an escape has
        // none.
        let parts = text.splitn(ARN_PARTS, ':').map(|part| {
            match Template::read(part, version, Wildcards::Wild)? {
                Template::Fixed(glob) => Ok(glob),
                Template::Open(_) => Err(Malformed::Syntax),
            }
        });
        let parts: Vec<Glob> = parts.collect::<Result<_, _>>()?;
        Ok(parts.try_into().map_or(Self::Short, |parts| Self::Fixed(Box::new(parts))))
    }

    fn template(&self) -> Option<&Template> {
        match self {
            Self::Fixed(_) | Self::Short => None,
            Self::Open(template) => Some(template),
        }
    }

    /// ARNs are compared part by part, so that a `*` does not match a colon; only the last part may
    /// contain colons.
    fn fits(&self, text: &str, context: &Context<'_>, work: &Work) -> Result<bool, Unresolved> {
        if !work.spend_on_bytes(text.len()) {
            return Ok(false);
        }
        let mut parts = text.splitn(ARN_PARTS, ':');
        let mut next_fits = |fits: &dyn Fn(&str) -> bool| parts.next().is_some_and(fits);
        match self {
            Self::Fixed(globs) => {
                Ok(globs.iter().all(|glob| next_fits(&|part| glob.matches(part, work))))
            }
            Self::Short | Self::Open(Template::Fixed(_)) => Ok(false),
            Self::Open(Template::Open(pieces)) => {
                let tokens = resolve(pieces, context, work)?;
                let patterns: Vec<_> =
                    tokens.splitn(ARN_PARTS, |token| *token == Token::Char(':')).collect();
                Ok(patterns.len() == ARN_PARTS
                    && patterns
                        .iter()
                        .all(|pattern| next_fits(&|part| matches(pattern, part, work))))
            }
        }
    }
}

fn each<T>(
    texts: &[Cow<'_, str>],
    read: impl Fn(&str) -> Result<T, Malformed>,
) -> Result<Box<[T]>, Malformed> {
    texts.iter().map(|text| read(text)).collect()
}

fn known<T>(value: Option<T>) -> Result<T, Malformed> {
    value.ok_or(Malformed::LegacyParsing)
}

fn boolean(text: &str) -> Option<bool> {
    match text {
        _ if text.eq_ignore_ascii_case("true") => Some(true),
        _ if text.eq_ignore_ascii_case("false") => Some(false),
        _ => None,
    }
}

fn bytes(text: &str) -> Option<Box<[u8]>> {
    STANDARD.decode(text).ok().map(Into::into)
}

/// The moment that a value is, in microseconds since 1970.
fn moment_of(value: &Value<'_>) -> Option<i64> {
    match value {
        Value::Moment(moment) | Value::EpochSeconds(moment) => Some(moment.as_micros()),
        Value::Integer(seconds) => seconds.checked_mul(moment::MICROS),
        Value::Text(text) => moment::read(text),
        Value::Bool(_) | Value::Address(_) => None,
    }
}
