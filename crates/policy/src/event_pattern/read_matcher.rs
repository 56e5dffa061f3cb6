//! Reads the values of a field. Errors are EventBridge's, without the place.

use super::case::AnyCase;
use super::cidr::Cidr;
use super::matcher::Matcher;
use super::number::Number;
use super::numeric::{Span, cannot_compare};
use super::wildcard::{BadWildcard, Wildcard};
use crate::json::{Json, Value};

const ONE_KEY: &str = "Only one key allowed in match expression";
/// What the library says if a list should be the last thing in an expression.
const TOO_MANY: &str = "Too many elements in numeric expression";

/// The words that name an operator, and those that Amazon's library keeps for more of them. An
/// `$or` over fields of these names is not one.
pub(super) const OPERATORS: &[&str] = &[
    "<",
    "=",
    "anything-but",
    "cidr",
    "equals-ignore-case",
    "exactly",
    "exists",
    "numeric",
    "prefix",
    "regex",
    "suffix",
    "wildcard",
];

pub(super) fn read_matcher(json: &Json<'_>) -> Result<Matcher, String> {
    match &json.value {
        Value::Null => Ok(Matcher::Null),
        Value::Bool(value) => Ok(Matcher::Bool(*value)),
        Value::Number(text) => Ok(Matcher::Number(Number::new(text))),
        Value::Text(text) => Ok(Matcher::Text((&**text).into())),
        Value::List(_) => {
            Err("Match value must be String, number, true, false, or null".to_owned())
        }
        Value::Object(members) => match &members[..] {
            [] => Err("Match expression name not found".to_owned()),
            [(operator, operand), more @ ..] => {
                let matcher = read_operator(operator, &operand.value)?;
                let is_list = matches!(operand.value, Value::List(_));
                match more {
                    [] => Ok(matcher),
                    _ if *operator == "anything-but" || is_list => Err(TOO_MANY.to_owned()),
                    _ => Err(ONE_KEY.to_owned()),
                }
            }
        },
    }
}

fn read_operator(operator: &str, operand: &Value<'_>) -> Result<Matcher, String> {
    match operator {
        "prefix" => read_affix(operand, "prefix", Matcher::Prefix, Matcher::PrefixOfAnyCase),
        "suffix" => read_affix(operand, "suffix", Matcher::Suffix, Matcher::SuffixOfAnyCase),
        "equals-ignore-case" => Ok(Matcher::AnyCase(AnyCase::new(text_of(operator, operand)?))),
        "exactly" => Ok(Matcher::Text(text_of("exact", operand)?.into())),
        "wildcard" => {
            let wildcard =
                Wildcard::parse(text_of(operator, operand)?).map_err(|bad| match bad {
                    BadWildcard::Consecutive(at) => {
                        format!("Consecutive wildcard characters at pos {at}")
                    }
                    BadWildcard::Escape(at) => format!("Invalid escape character at pos {at}"),
                })?;
            Ok(Matcher::Wildcard(wildcard))
        }
        "numeric" => match operand {
            Value::List(items) => Ok(Matcher::Numeric(Span::read(items)?)),
            _ => Err("Value of numeric must be an array.".to_owned()),
        },
        // The library calls it a prefix, too.
        "cidr" => Ok(Matcher::Cidr(Cidr::parse(text_of("prefix", operand)?)?)),
        "exists" => match operand {
            Value::Bool(true) => Ok(Matcher::Exists),
            Value::Bool(false) => Ok(Matcher::Absent),
            _ => Err("exists match pattern must be either true or false.".to_owned()),
        },
        "anything-but" => read_anything_but(operand),
        other => Err(format!("Unrecognized match type {other}")),
    }
}

fn text_of<'a>(operator: &str, operand: &'a Value<'_>) -> Result<&'a str, String> {
    match operand {
        Value::Text(text) => Ok(text),
        _ => Err(format!("{operator} match pattern must be a string")),
    }
}

/// `{"prefix": "a"}` or `{"prefix": {"equals-ignore-case": "a"}}`.
fn read_affix(
    operand: &Value<'_>,
    operator: &str,
    plain: fn(Box<str>) -> Matcher,
    of_any_case: fn(AnyCase) -> Matcher,
) -> Result<Matcher, String> {
    let Value::Object(members) = operand else {
        return Ok(plain(text_of(operator, operand)?.into()));
    };
    match &members[..] {
        [] => {
            let name = if operator == "prefix" { "Prefix" } else { "Suffix" };
            Err(format!("{name} expression name not found"))
        }
        [(inner, _), ..] if *inner != "equals-ignore-case" => {
            Err(format!("Unsupported {operator} pattern: {inner}"))
        }
        [(inner, operand)] => Ok(of_any_case(AnyCase::new(text_of(inner, &operand.value)?))),
        _ => Err(ONE_KEY.to_owned()),
    }
}

fn read_anything_but(operand: &Value<'_>) -> Result<Matcher, String> {
    const MIXED: &str = "Inside anything but list, either all values are number or string, mixed \
                         type is not supported";
    let others = match operand {
        Value::Text(_) | Value::Number(_) => vec![read_other(operand)?],
        Value::List(items) => {
            let others: Vec<Matcher> =
                items.iter().map(|item| read_other(&item.value)).collect::<Result<_, _>>()?;
            let texts = others.iter().filter(|other| matches!(other, Matcher::Text(_))).count();
            if others.is_empty() || texts != 0 && texts != others.len() {
                return Err(MIXED.to_owned());
            }
            others
        }
        Value::Object(members) => match &members[..] {
            [] => return Err("Anything-But expression name not found".to_owned()),
            [(operator, operand)] => read_other_operator(operator, &operand.value)?,
            _ => return Err(ONE_KEY.to_owned()),
        },
        Value::Null | Value::Bool(_) => {
            let text = "Value of anything-but must be an array or single string/number value.";
            return Err(text.to_owned());
        }
    };
    Ok(Matcher::AnythingBut(others))
}

fn read_other(value: &Value<'_>) -> Result<Matcher, String> {
    match value {
        Value::Text(text) => Ok(Matcher::Text((&**text).into())),
        Value::Number(text) => {
            let number = Number::new(text);
            if number.value().is_none() {
                return Err(cannot_compare(text));
            }
            Ok(Matcher::Number(number))
        }
        _ => Err("Inside anything but list, start|null|boolean is not supported.".to_owned()),
    }
}

/// `{"anything-but": {"prefix": "a"}}` or a list in the place of the text.
fn read_other_operator(operator: &str, operand: &Value<'_>) -> Result<Vec<Matcher>, String> {
    let unsupported = || format!("Unsupported anything-but pattern: {operator}");
    let texts = match operand {
        Value::Text(text) => Some(vec![&**text]),
        Value::List(items) => items
            .iter()
            .map(|item| match &item.value {
                Value::Text(text) => Some(&**text),
                _ => None,
            })
            .collect(),
        _ => None,
    };
    let texts = texts.filter(|texts| !texts.is_empty());
    let make: fn(&str) -> Option<Matcher> = match operator {
        "prefix" => |text| Some(Matcher::Prefix(text.into())),
        "suffix" => |text| Some(Matcher::Suffix(text.into())),
        "equals-ignore-case" => |text| Some(Matcher::AnyCase(AnyCase::new(text))),
        "wildcard" => |text| Wildcard::parse(text).ok().map(Matcher::Wildcard),
        _ => return Err(unsupported()),
    };
    let Some(texts) = texts else {
        return Err(match operator {
            "equals-ignore-case" => {
                "Inside anything-but/ignore-case list, number|start|null|boolean is not supported."
                    .to_owned()
            }
            "wildcard" => unsupported(),
            _ => "prefix/suffix match pattern must be a string".to_owned(),
        });
    };
    if ["prefix", "suffix"].contains(&operator) && texts.contains(&"") {
        return Err("Null prefix/suffix not allowed".to_owned());
    }
    texts.into_iter().map(|text| make(text).ok_or_else(unsupported)).collect()
}
