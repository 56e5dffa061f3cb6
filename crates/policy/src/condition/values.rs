use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::check::Outcome;
use super::decimal::Decimal;
use super::moment;
use super::network::{self, Network};
use super::operator::{Case, Relation, TestKind};
use crate::context::{Context, Value};
use crate::document::Version;
use crate::glob::{Token, matches};
use crate::malformed::Malformed;
use crate::template::{Template, Unresolved, Wildcards};

/// The values of a condition, as they are compared: what can be read is read when the policy is.
#[derive(Debug, Clone)]
pub(crate) enum Values {
    Text(Case, Box<[Template]>),
    Arn(Box<[Template]>),
    Bool(Box<[Template]>),
    Number(Relation, Box<[Decimal]>),
    /// Microseconds since 1970.
    Moment(Relation, Box<[i64]>),
    Binary(Box<[Box<[u8]>]>),
    Address(Box<[Network]>),
    /// Must the key be absent?
    Null(Box<[bool]>),
}

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
            TestKind::Arn => Self::Arn(each(texts, wild)?),
            TestKind::Bool => Self::Bool(each(texts, |text| yes_or_no(text, version))?),
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

    /// Does one of them fit the request's value? A variable without a value fits nothing; whether it would have kept a
    /// negated condition from holding nobody knows.
    pub(crate) fn fit(&self, value: &Value<'_>, context: &Context<'_>, negated: bool) -> Outcome {
        let resolved = |result: Result<bool, Unresolved>| match result {
            Ok(fits) => Outcome::of(fits),
            Err(Unresolved) if negated => Outcome::Unknown,
            Err(Unresolved) => Outcome::NotMet,
        };
        match self {
            Self::Text(case, templates) => {
                let text = value.text();
                Outcome::any(templates.iter().map(|template| match case {
                    Case::Counts => resolved(template.matches(&text, context)),
                    Case::Ignored => resolved(template.matches_folded(&text, context)),
                }))
            }
            Self::Arn(templates) => {
                let text = value.text();
                Outcome::any(
                    templates.iter().map(|template| resolved(arn_fits(template, &text, context))),
                )
            }
            Self::Bool(templates) => {
                let Some(found) = boolean(&value.text()) else { return Outcome::Unknown };
                let word = if found { "true" } else { "false" };
                let fits = |template: &Template| resolved(template.matches_folded(word, context));
                Outcome::any(templates.iter().map(fits))
            }
            Self::Number(relation, numbers) => {
                let Some(found) = Decimal::read(&value.text()) else { return Outcome::Unknown };
                Outcome::of(numbers.iter().any(|number| relation.holds(found.cmp(number))))
            }
            Self::Moment(relation, moments) => {
                let Some(found) = moment::of(value) else { return Outcome::Unknown };
                Outcome::of(moments.iter().any(|moment| relation.holds(found.cmp(moment))))
            }
            Self::Binary(blobs) => {
                let Some(found) = bytes(&value.text()) else { return Outcome::Unknown };
                Outcome::of(blobs.contains(&found))
            }
            Self::Address(networks) => {
                let Some(found) = network::address_of(value) else { return Outcome::Unknown };
                Outcome::of(networks.iter().any(|network| network.contains(found)))
            }
            // Decided before any value is looked at.
            Self::Null(_) => Outcome::NotMet,
        }
    }

    pub(crate) fn keys(&self) -> impl Iterator<Item = &str> {
        let templates = match self {
            Self::Text(_, templates) | Self::Arn(templates) | Self::Bool(templates) => templates,
            Self::Number(..)
            | Self::Moment(..)
            | Self::Binary(_)
            | Self::Address(_)
            | Self::Null(_) => &[][..],
        };
        templates.iter().flat_map(Template::keys)
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

fn yes_or_no(text: &str, version: Version) -> Result<Template, Malformed> {
    let template = Template::read(text, version, Wildcards::Literal)?;
    match template {
        Template::Fixed(_) => known(boolean(text)).map(|_| template),
        Template::Open(_) => Ok(template),
    }
}

fn bytes(text: &str) -> Option<Box<[u8]>> {
    STANDARD.decode(text).ok().map(Into::into)
}

/// ARNs are compared part by part, so that a `*` does not reach over a colon; only the last part keeps its own.
fn arn_fits(template: &Template, text: &str, context: &Context<'_>) -> Result<bool, Unresolved> {
    const PARTS: usize = 6;
    let tokens = template.tokens(context)?;
    let mut patterns = tokens.splitn(PARTS, |token| *token == Token::Char(':'));
    let mut parts = text.splitn(PARTS, ':');
    for _ in 0..PARTS {
        match (patterns.next(), parts.next()) {
            (Some(pattern), Some(part)) if matches(pattern, part) => {}
            _ => return Ok(false),
        }
    }
    Ok(true)
}
