//! `{"numeric": [">", 0, "<=", 5]}`: a span of numbers.

use super::number::Number;
use crate::json::{Json, Value};

/// Numbers from one to another.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span {
    from: Option<End>,
    to: Option<End>,
}

#[derive(Debug, Clone, Copy)]
struct End {
    value: f64,
    /// Is the end itself a part of the span?
    counts: bool,
}

impl Span {
    pub(super) fn holds(self, value: f64) -> bool {
        let above = |end: End| value > end.value || end.counts && is_same(value, end.value);
        let below = |end: End| value < end.value || end.counts && is_same(value, end.value);
        self.from.is_none_or(above) && self.to.is_none_or(below)
    }

    /// Reads the list of operators and numbers. The error is EventBridge's.
    pub(super) fn read(items: &[Json<'_>]) -> Result<Self, String> {
        let Some((first, rest)) = items.split_first() else {
            return Err("Invalid member in numeric match: ]".to_owned());
        };
        let Value::Text(operator) = &first.value else {
            return Err(format!("Invalid member in numeric match: {}", shown(first)));
        };
        match &**operator {
            "=" => {
                let end = Some(end("equals", true, rest.first())?);
                require_end(rest, "Too many elements in numeric expression")?;
                Ok(Self { from: end, to: end })
            }
            "<" | "<=" => {
                let to = Some(end(operator, &**operator == "<=", rest.first())?);
                require_end(rest, "Too many elements in numeric expression")?;
                Ok(Self { from: None, to })
            }
            ">" | ">=" => {
                let from = end(operator, &**operator == ">=", rest.first())?;
                let to = rest.get(1..).map_or(Ok(None), read_top)?;
                if to.is_some_and(|to| to.value <= from.value) {
                    return Err("Bottom must be less than top".to_owned());
                }
                Ok(Self { from: Some(from), to })
            }
            other => Err(format!("Unrecognized numeric range operator: {other}")),
        }
    }
}

/// What may follow the lower end: the upper one.
fn read_top(items: &[Json<'_>]) -> Result<Option<End>, String> {
    let Some((first, rest)) = items.split_first() else { return Ok(None) };
    let Value::Text(operator) = &first.value else {
        return Err(format!("Bad value in numeric range: {}", shown(first)));
    };
    if !["<", "<="].contains(&&**operator) {
        return Err(format!("Bad numeric range operator: {operator}"));
    }
    let end = end(operator, &**operator == "<=", rest.first())?;
    require_end(rest, "Too many terms in numeric range expression")?;
    Ok(Some(end))
}

fn end(operator: &str, counts: bool, value: Option<&Json<'_>>) -> Result<End, String> {
    let Some(Json { value: Value::Number(text), .. }) = value else {
        return Err(format!("Value of {operator} must be numeric"));
    };
    let value = Number::new(text).value().ok_or_else(|| cannot_compare(text))?;
    Ok(End { value, counts })
}

pub(super) fn cannot_compare(text: &str) -> String {
    format!("Cannot compare number : {text}")
}

fn require_end(rest: &[Json<'_>], otherwise: &str) -> Result<(), String> {
    if rest.len() == 1 { Ok(()) } else { Err(otherwise.to_owned()) }
}

fn is_same(a: f64, b: f64) -> bool {
    a.total_cmp(&b).is_eq()
}

fn shown(json: &Json<'_>) -> String {
    match &json.value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Number(text) => (*text).to_owned(),
        Value::Text(text) => text.to_string(),
        Value::List(_) => "[".to_owned(),
        Value::Object(_) => "{".to_owned(),
    }
}
