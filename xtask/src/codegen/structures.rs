//! The types that serde reads and writes: a struct per structure, an enum per set of words.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::spelling::{camel, screaming, serde_camel, serde_pascal, snake, type_name};
use crate::model::{Limits, Member, Model, Operation, Protocol, Shape, Structure};
use crate::services::Service;

/// The role of a structure decides what it derives and what its documentation says.
struct Role {
    read: bool,
    written: bool,
    secret: bool,
    sentence: String,
}

pub(super) fn write(rust: &mut String, service: &Service, model: &Model) {
    let inputs = model.reached_from(|operation| operation.input.as_deref());
    let outputs = model.reached_from(|operation| operation.output.as_deref());
    for (name, shape) in &model.shapes {
        match shape {
            Shape::Structure(structure) if structure.exception.is_some() => {
                exception_members(rust, model, name, structure);
            }
            Shape::Structure(structure) => {
                let secret = service.secret.contains(&name.as_str());
                let role = Role { secret, ..role(model, name, &inputs, &outputs) };
                structure_type(rust, model, name, &structure.members, &role);
                if model.operations.iter().any(|operation| operation.input.as_ref() == Some(name)) {
                    input_trait(rust, name);
                }
            }
            Shape::Words(words) => words_type(rust, name, words),
            _ => {}
        }
    }
}

fn role(model: &Model, name: &str, inputs: &BTreeSet<String>, outputs: &BTreeSet<String>) -> Role {
    let operation = |member: fn(&Operation) -> Option<&str>| {
        model.operations.iter().find(|operation| member(operation) == Some(name))
    };
    let (read, written) = (inputs.contains(name), outputs.contains(name));
    let sentence = if let Some(operation) = operation(|operation| operation.input.as_deref()) {
        format!("Input of `{}`.", operation.name)
    } else if let Some(operation) = operation(|operation| operation.output.as_deref()) {
        format!("Output of `{}`.", operation.name)
    } else if read && written {
        format!("`{name}`, part of inputs and outputs.")
    } else if read {
        format!("`{name}`, part of inputs.")
    } else {
        format!("`{name}`, part of outputs.")
    };
    Role { read, written, secret: false, sentence }
}

/// An exception's message is written by the protocol; only further members need a type.
fn exception_members(rust: &mut String, model: &Model, name: &str, structure: &Structure) {
    let beside: Vec<Member> = structure
        .members
        .iter()
        .filter(|member| !member.name.eq_ignore_ascii_case("message"))
        .map(|member| Member {
            name: member.name.clone(),
            shape: member.shape.clone(),
            required: member.required,
        })
        .collect();
    if !beside.is_empty() {
        let sentence = format!("What `{name}` carries beside its message.");
        let role = Role { read: false, written: true, secret: false, sentence };
        structure_type(rust, model, name, &beside, &role);
    }
}

fn structure_type(rust: &mut String, model: &Model, name: &str, members: &[Member], role: &Role) {
    let mut derives = if role.secret { vec![] } else { vec!["Debug"] };
    // Each derive is compiled for hundreds of types: only what a call takes and an answer repeats
    // is copied.
    if role.read && role.written {
        derives.extend(["Clone", "PartialEq"]);
    }
    if members.iter().all(|member| has_default(model, member)) {
        derives.push("Default");
    }
    derives.extend(role.written.then_some("Serialize"));
    derives.extend(role.read.then_some("Deserialize"));
    let _ = writeln!(rust, "/// {}\n#[derive({})]", role.sentence, derives.join(", "));
    let case = Case::of(members);
    rust.push_str(case.attribute());
    let _ = writeln!(rust, "pub struct {name} {{");
    for member in members {
        field(rust, model, member, role, case);
    }
    rust.push_str("}\n\n");
    if role.secret {
        veiled_debug(rust, name);
    }
}

fn veiled_debug(rust: &mut String, name: &str) {
    let _ = writeln!(
        rust,
        "impl std::fmt::Debug for {name} {{\n    \
         fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {{\n        \
         formatter.debug_struct({name:?}).finish_non_exhaustive()\n    }}\n}}\n",
    );
}

/// How most members of a structure are spelled on the wire.
#[derive(Clone, Copy)]
enum Case {
    AsIs,
    Camel,
    Pascal,
}

impl Case {
    fn of(members: &[Member]) -> Self {
        let has_capital = |member: &Member| member.name.contains(char::is_uppercase);
        let begins_so = |member: &Member| member.name.starts_with(char::is_uppercase);
        match members {
            [] => Self::AsIs,
            _ if members.iter().all(begins_so) => Self::Pascal,
            _ if members.iter().any(has_capital) => Self::Camel,
            _ => Self::AsIs,
        }
    }

    fn attribute(self) -> &'static str {
        match self {
            Self::AsIs => "",
            Self::Camel => "#[serde(rename_all = \"camelCase\")]\n",
            Self::Pascal => "#[serde(rename_all = \"PascalCase\")]\n",
        }
    }

    /// Serde's default name of the field.
    fn spell(self, field: &str) -> String {
        match self {
            Self::AsIs | Self::Camel => serde_camel(field),
            Self::Pascal => serde_pascal(field),
        }
    }
}

fn field(rust: &mut String, model: &Model, member: &Member, role: &Role, case: Case) {
    let shape = &model.shapes[&member.shape];
    let name = snake(&member.name);
    let mut attributes = Vec::new();
    if case.spell(&name) != member.name {
        attributes.push(format!("rename = {:?}", member.name));
    }
    if !member.required && role.written {
        attributes.push("skip_serializing_if = \"Option::is_none\"".to_owned());
    }
    if matches!(shape, Shape::Blob(_)) {
        let suffix = if member.required { "" } else { "_optional" };
        for (needed, verb) in [(role.read, "deserialize"), (role.written, "serialize")] {
            let function = format!("{verb}_with = \"crate::aws::blob::{verb}{suffix}\"");
            attributes.extend(needed.then_some(function));
        }
        attributes.extend((!member.required).then(|| "default".to_owned()));
    }
    if role.written && is_time_in_xml(model, shape) {
        let suffix = if member.required { "" } else { "_optional" };
        attributes.push(format!("serialize_with = \"crate::aws::time::serialize{suffix}\""));
    }
    let _ = writeln!(rust, "    /// `{}`{}.", member.name, remark(shape));
    if !attributes.is_empty() {
        let _ = writeln!(rust, "    #[serde({})]", attributes.join(", "));
    }
    let plain = rust_type(model, &member.shape);
    let full = if member.required { plain } else { format!("Option<{plain}>") };
    let _ = writeln!(rust, "    pub {name}: {full},");
}

/// JSON writes times as numbers, which needs no saying; XML writes them as texts.
fn is_time_in_xml(model: &Model, shape: &Shape) -> bool {
    matches!((&model.protocol, shape), (Protocol::Query { .. }, Shape::Timestamp))
}

/// The limits of a member, in words.
fn remark(shape: &Shape) -> String {
    let limited = |limits: &Limits, unit: &str| match (limits.min, limits.max) {
        (None | Some(0), None) => String::new(),
        (Some(min), None) => format!(": at least {min}{unit}"),
        (None | Some(0), Some(max)) => format!(": at most {max}{unit}"),
        (Some(min), Some(max)) => format!(": {min} to {max}{unit}"),
    };
    match shape {
        Shape::Integer(limits) | Shape::Long(limits) => limited(limits, ""),
        Shape::Blob(limits) => limited(limits, " bytes"),
        Shape::Text { limits, .. } => limited(limits, " characters"),
        Shape::List { limits, .. } => limited(limits, " elements"),
        Shape::Map { limits, .. } => limited(limits, " entries"),
        Shape::Timestamp => ", in seconds since 1970".to_owned(),
        Shape::Boolean | Shape::Double | Shape::Words(_) | Shape::Structure(_) => String::new(),
    }
}

fn rust_type(model: &Model, name: &str) -> String {
    match &model.shapes[name] {
        Shape::Boolean => "bool".to_owned(),
        Shape::Integer(_) | Shape::Long(_) => "i64".to_owned(),
        Shape::Double | Shape::Timestamp => "f64".to_owned(),
        Shape::Blob(_) => "Vec<u8>".to_owned(),
        Shape::Text { .. } => "String".to_owned(),
        Shape::List { element, .. } => format!("Vec<{}>", rust_type(model, element)),
        Shape::Map { key, value, .. } => {
            format!("BTreeMap<{}, {}>", rust_type(model, key), rust_type(model, value))
        }
        Shape::Words(_) | Shape::Structure(_) => type_name(name),
    }
}

fn has_default(model: &Model, member: &Member) -> bool {
    !member.required
        || match &model.shapes[&member.shape] {
            Shape::Words(_) => false,
            Shape::Structure(inner) => inner.members.iter().all(|each| has_default(model, each)),
            _ => true,
        }
}

fn input_trait(rust: &mut String, name: &str) {
    let _ = writeln!(
        rust,
        "impl Input for {name} {{\n    fn schema() -> &'static Structure {{\n        \
         &{}\n    }}\n}}\n",
        screaming(name)
    );
}

fn words_type(rust: &mut String, name: &str, words: &[String]) {
    let name = type_name(name);
    let _ = writeln!(rust, "words! {{\n    /// The words of `{name}`.\n    {name} {{");
    for word in words {
        let _ = writeln!(rust, "        {} = {word:?},", camel(word));
    }
    rust.push_str("    }\n}\n\n");
}
