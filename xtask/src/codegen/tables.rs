//! The tables of the checker: one static per shape that an input can hold.

use std::fmt::Write as _;

use super::spelling::{screaming, type_name};
use crate::model::{Limits, Member, Model, Shape, Structure};

pub(super) fn write(rust: &mut String, model: &Model) {
    let inputs = model.reached_from(|operation| operation.input.as_deref());
    for name in &inputs {
        let table = screaming(name);
        match &model.shapes[name] {
            Shape::Structure(structure) => structure_table(rust, model, name, structure),
            Shape::Text { limits, pattern: Some(pattern), sensitive } => {
                let limits = limit_call(*limits);
                let value = veiled(format!("matching({limits}, &{table}_PATTERN)"), *sensitive);
                let _ = writeln!(
                    rust,
                    "static {table}_PATTERN: Pattern = Pattern::new({});\n\
                     static {table}: Shape = {value};\n",
                    raw(pattern),
                );
            }
            shape => {
                let value = shape_value(model, name, shape);
                let _ = writeln!(rust, "static {table}: Shape = {value};\n");
            }
        }
    }
}

fn structure_table(rust: &mut String, model: &Model, name: &str, structure: &Structure) {
    let table = screaming(name);
    let _ = writeln!(rust, "static {table}: Structure = structure({name:?}, &[");
    for Member { name, shape, required } in &structure.members {
        let need = if *required { "required" } else { "optional" };
        let _ = writeln!(rust, "    {need}({name:?}, {}),", reference(model, shape));
    }
    rust.push_str("]);\n\n");
}

fn shape_value(model: &Model, name: &str, shape: &Shape) -> String {
    match shape {
        Shape::Boolean => "Shape::Boolean".to_owned(),
        Shape::Integer(limits) => format!("Shape::Integer({})", limit_call(*limits)),
        Shape::Long(limits) => format!("Shape::Long({})", limit_call(*limits)),
        Shape::Double => "Shape::Double".to_owned(),
        Shape::Timestamp => "Shape::Timestamp".to_owned(),
        Shape::Blob(limits) => format!("Shape::Blob({})", limit_call(*limits)),
        Shape::Text { limits, sensitive, pattern: _ } => {
            veiled(format!("text({})", limit_call(*limits)), *sensitive)
        }
        Shape::Words(_) => format!("one_of({}::TEXTS)", type_name(name)),
        Shape::List { limits, element } => {
            format!("Shape::List({}, {})", limit_call(*limits), reference(model, element))
        }
        Shape::Map { limits, key, value } => {
            let (key, value) = (reference(model, key), reference(model, value));
            format!("Shape::Map({}, {key}, {value})", limit_call(*limits))
        }
        Shape::Structure(_) => format!("Shape::Structure(&{})", screaming(name)),
    }
}

fn veiled(shape: String, sensitive: bool) -> String {
    if sensitive { format!("hidden({shape})") } else { shape }
}

fn reference(model: &Model, name: &str) -> String {
    match &model.shapes[name] {
        Shape::Structure(_) => format!("&Shape::Structure(&{})", screaming(name)),
        _ => format!("&{}", screaming(name)),
    }
}

fn limit_call(limits: Limits) -> String {
    match (limits.min, limits.max) {
        (None, None) => "UNLIMITED".to_owned(),
        (Some(min), None) => format!("at_least({})", digits(min)),
        (None, Some(max)) => format!("at_most({})", digits(max)),
        (Some(min), Some(max)) => format!("between({}, {})", digits(min), digits(max)),
    }
}

/// `20971520` → `20_971_520`.
fn digits(number: i64) -> String {
    let text = number.to_string();
    let mut grouped = String::new();
    for (index, digit) in text.chars().enumerate() {
        if text.len() > 4 && index > 0 && (text.len() - index).is_multiple_of(3) && number > 0 {
            grouped.push('_');
        }
        grouped.push(digit);
    }
    grouped
}

/// A raw string literal with as few hashes as it needs.
fn raw(text: &str) -> String {
    let hashes = if text.contains('"') { "#" } else { "" };
    let prefix = if text.contains('\\') || !hashes.is_empty() { "r" } else { "" };
    format!("{prefix}{hashes}\"{text}\"{hashes}")
}
