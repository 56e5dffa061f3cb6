//! Probes built from the tables: for every operation the smallest valid input, and for every
//! constraint in it an input that violates only that one.

use serde_json::{Map, Value, json};
use wire::aws::check::check;
use wire::aws::query::Form;
use wire::aws::schema::{Limits, Pattern, Shape, Structure};
use wire::aws::{Operation, Protocol, Service, WireRefusal};

use crate::readers;

/// A text for each expression of the models.
#[rustfmt::skip]
fn matching_text(pattern: &Pattern, length: &Limits) -> &'static str {
    let texts = [
        "web", "123456789012", "*", "arn:aws:iam::123456789012:role/pull",
        "sha256:00ff", "00000000-0000-0000-0000-000000000000", "0badc0de",
        "arn:aws:secretsmanager:eu-west-1:123456789012:secret:ecr-pullthroughcache/hub",
        "arn:aws:signer:eu-west-1:123456789012:/signing-profiles/release", "us-east-1", "",
        "/", "v1", "123456", "AKIAIOSFODNN7EXAMPLE", "ASCAIOSFODNN7EXAMPLE0000", "ecr:PutImage",
        "cluster-abcdefghijk", "https://example.com", "one.example.com", "/kms/xks/v1",
        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        "com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0",
        "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
    ];
    let lengths = count(length.min.unwrap_or(0))..=length.max.map_or(usize::MAX, count);
    let found =
        texts.into_iter().find(|text| lengths.contains(&text.len()) && pattern.matches(text));
    found.unwrap_or_else(|| panic!("no text for {pattern:?}"))
}

pub(crate) fn smallest(shape: &Shape) -> Value {
    let least = |limits: &Limits| count(limits.min.unwrap_or(0));
    match shape {
        Shape::Boolean => json!(false),
        Shape::Integer(limits) | Shape::Long(limits) => json!(limits.min.unwrap_or(0)),
        Shape::Double | Shape::Timestamp => json!(0.5),
        Shape::Blob(limits) => json!(base64_of_zeros(least(limits))),
        Shape::Text { pattern: Some(pattern), length, .. } => json!(matching_text(pattern, length)),
        Shape::Text { length, .. } => json!("a".repeat(least(length))),
        Shape::OneOf(words) => json!(words[0]),
        Shape::List(length, element) => vec![smallest(element); least(length)].into(),
        Shape::Map(..) => json!({}),
        Shape::Structure(structure) => smallest_structure(structure),
    }
}

pub(crate) fn smallest_structure(structure: &Structure) -> Value {
    let required = structure.members.iter().filter(|member| member.required);
    required
        .map(|member| (member.name.to_owned(), smallest(member.shape)))
        .collect::<Map<_, _>>()
        .into()
}

fn base64_of_zeros(bytes: usize) -> String {
    let padding = (3 - bytes % 3) % 3;
    let digits = (bytes + padding) / 3 * 4 - padding;
    "A".repeat(digits) + &"=".repeat(padding)
}

/// A value that breaks one constraint, where it breaks it, and how.
struct Broken {
    value: Value,
    path: String,
    constraint: String,
}

fn broken(value: impl Into<Value>, constraint: String) -> Broken {
    Broken { value: value.into(), path: String::new(), constraint }
}

fn breaks(shape: &Shape) -> Vec<Broken> {
    match shape {
        Shape::Integer(limits) | Shape::Long(limits) => beyond(limits, "value", Value::from),
        Shape::Blob(limits) => {
            beyond(limits, "length", |bytes| json!(base64_of_zeros(count(bytes))))
        }
        Shape::Text { length, pattern, sensitive: _ } => {
            let mut breaks = beyond(length, "length", |length| json!("a".repeat(count(length))));
            breaks.extend(pattern.map(|pattern| {
                let least = count(length.min.unwrap_or(1).max(1));
                let texts = [" ", "\u{1}"].map(|character| character.repeat(least));
                let text = texts.into_iter().find(|text| !pattern.matches(text));
                let text = text.unwrap_or_else(|| panic!("nothing breaks {pattern:?}"));
                broken(text, "must satisfy regular expression".to_owned())
            }));
            breaks
        }
        Shape::OneOf(_) => {
            vec![broken("no word", "Member must satisfy enum value set: [".to_owned())]
        }
        Shape::List(length, element) => {
            let mut breaks =
                beyond(length, "length", |length| vec![smallest(element); count(length)].into());
            breaks.extend(self::breaks(element).into_iter().map(|inner| Broken {
                value: json!([inner.value]),
                path: format!(".1.member{}", inner.path),
                ..inner
            }));
            breaks
        }
        Shape::Structure(structure) => structure_breaks(structure),
        Shape::Boolean | Shape::Double | Shape::Timestamp | Shape::Map(..) => vec![],
    }
}

fn structure_breaks(structure: &Structure) -> Vec<Broken> {
    let mut all = Vec::new();
    for member in structure.members {
        let with = |value: Value| {
            let mut input = smallest_structure(structure);
            input[member.name] = value;
            input
        };
        if member.required {
            let constraint = "Member must not be null".to_owned();
            let path = format!(".{}", member.name);
            all.push(Broken { value: with(Value::Null), path, constraint });
        }
        all.extend(breaks(member.shape).into_iter().map(|inner| Broken {
            value: with(inner.value),
            path: format!(".{}{}", member.name, inner.path),
            ..inner
        }));
    }
    all
}

fn beyond(limits: &Limits, what: &str, value: impl Fn(i64) -> Value) -> Vec<Broken> {
    let under = limits.min.filter(|min| what == "value" || *min > 0).map(|min| {
        broken(value(min - 1), format!("Member must have {what} greater than or equal to {min}'"))
    });
    let over = limits.max.map(|max| {
        broken(value(max + 1), format!("Member must have {what} less than or equal to {max}'"))
    });
    under.into_iter().chain(over).collect()
}

fn count(number: i64) -> usize {
    usize::try_from(number).expect("a length is not negative")
}

fn refusal(operation: Operation, input: &Value) -> Option<WireRefusal> {
    check(input, operation.spec().input).err()
}

#[test]
fn the_smallest_input_of_every_operation_is_read() {
    for reader in readers::all() {
        let body = smallest_structure(reader.schema).to_string();
        assert_eq!((reader.read)(body.as_bytes()), Ok(()), "{} {body}", reader.schema.name);
    }
}

#[test]
fn an_input_with_every_member_is_read() {
    for reader in readers::all() {
        let full: Map<_, _> = reader
            .schema
            .members
            .iter()
            .map(|member| (member.name.to_owned(), smallest(member.shape)))
            .collect();
        let body = Value::from(full).to_string();
        assert_eq!((reader.read)(body.as_bytes()), Ok(()), "{} {body}", reader.schema.name);
    }
}

#[test]
fn every_constraint_of_every_operation_is_enforced() {
    let mut probes = 0;
    for operation in Operation::all() {
        for Broken { value, path, constraint } in structure_breaks(operation.spec().input) {
            let refusal = refusal(operation, &value).expect("a broken constraint is refused");
            let path = path.trim_start_matches('.');
            let begin = format!(
                "Invalid parameter at '{path}' failed to satisfy constraint: '{constraint}"
            );
            assert_eq!(refusal.kind().name, "InvalidParameterException");
            assert!(refusal.message().starts_with(&begin), "{begin}\n{}", refusal.message());
            probes += 1;
        }
    }
    assert!(probes > 500, "only {probes} probes: the tables have shrunk");
}

/// The pairs of a form for a document, each with the name that is before it.
fn pairs(value: &Value, name: &str, all: &mut Vec<(String, String)>) {
    let beneath = |part: &str| if name.is_empty() { part.into() } else { format!("{name}.{part}") };
    match value {
        Value::Null => {}
        Value::Array(elements) if elements.is_empty() => all.push((name.to_owned(), String::new())),
        Value::Array(elements) => {
            for (index, element) in elements.iter().enumerate() {
                pairs(element, &beneath(&format!("member.{}", index + 1)), all);
            }
        }
        Value::Object(members) => {
            for (member, value) in members {
                pairs(value, &beneath(member), all);
            }
        }
        Value::String(text) => all.push((name.to_owned(), text.clone())),
        Value::Bool(_) | Value::Number(_) => all.push((name.to_owned(), value.to_string())),
    }
}

fn form(operation: Operation, input: &Value) -> String {
    let Protocol::Query { version, .. } = operation.service().protocol() else {
        panic!("{} takes no form", operation.name());
    };
    let mut all = vec![
        ("Action".to_owned(), operation.name().to_owned()),
        ("Version".to_owned(), version.to_owned()),
    ];
    pairs(input, "", &mut all);
    let escaped = |text: &str| {
        text.bytes()
            .map(|byte| match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' => char::from(byte).to_string(),
                b' ' => "+".to_owned(),
                _ => format!("%{byte:02X}"),
            })
            .collect::<String>()
    };
    let pairs: Vec<String> =
        all.iter().map(|(name, value)| name.clone() + "=" + &escaped(value)).collect();
    pairs.join("&")
}

/// A form has no way to say that a list holds empty structures, or that a structure is there and
/// empty.
fn holds_nothings(value: &Value) -> bool {
    match value {
        Value::Array(elements) => {
            elements.iter().any(|element| is_nothing(element) || holds_nothings(element))
        }
        Value::Object(members) => members
            .values()
            .any(|member| (*member != json!({}) && is_nothing(member)) || holds_nothings(member)),
        _ => false,
    }
}

fn is_nothing(value: &Value) -> bool {
    value.as_object().is_some_and(|members| members.values().all(Value::is_null))
}

fn query_operations() -> impl Iterator<Item = Operation> {
    Operation::all().filter(|operation| matches!(operation.service(), Service::Iam | Service::Sts))
}

#[test]
fn the_smallest_form_of_every_query_operation_is_accepted() {
    for operation in query_operations() {
        let body = form(operation, &smallest_structure(operation.spec().input));
        let form = Form::parse(body.as_bytes()).expect("a form");
        assert_eq!(form.operation(), Ok(operation), "{body}");
        assert_eq!(form.read_document(operation.spec().input).map(drop), Ok(()), "{body}");
    }
}

#[test]
fn every_constraint_of_every_query_operation_is_enforced_in_forms() {
    let mut probes = 0;
    for operation in query_operations() {
        let breaks = structure_breaks(operation.spec().input);
        let said = breaks.into_iter().filter(|broken| !holds_nothings(&broken.value));
        for Broken { value, path, constraint } in said {
            let body = form(operation, &value);
            let refusal =
                Form::parse(body.as_bytes()).expect("a form").read_document(operation.spec().input);
            let refusal = refusal.expect_err(&format!("{path}: {constraint}: {value}: {body}"));
            let path: Vec<String> = path
                .trim_start_matches('.')
                .split('.')
                .map(|part| part[..1].to_lowercase() + &part[1..])
                .collect();
            let text = format!(
                " at '{}' failed to satisfy constraint: {}",
                path.join("."),
                constraint
                    .replace("must satisfy regular", "Member must satisfy regular")
                    .trim_end_matches('\'')
            );
            assert_eq!(refusal.kind().name, "ValidationError");
            assert!(refusal.message().contains(&text), "{text}\n{}", refusal.message());
            probes += 1;
        }
    }
    assert!(probes > 400, "only {probes} probes: the tables have shrunk");
}

#[test]
fn every_operation_that_can_refuse_an_input_declares_how() {
    let speaks_json =
        |operation: &Operation| matches!(operation.service().protocol(), Protocol::Json { .. });
    let declares_it = |operation: &Operation| {
        let others =
            [Service::Kms, Service::CloudTrail, Service::EventBridge, Service::SecretsManager];
        !others.contains(&operation.service())
    };
    for operation in Operation::all().filter(speaks_json).filter(declares_it) {
        let can_refuse = !structure_breaks(operation.spec().input).is_empty();
        let errors = operation.spec().errors;
        let declares = errors.iter().any(|error| error.name == "InvalidParameterException");
        assert!(declares || !can_refuse, "{}", operation.name());
    }
}
