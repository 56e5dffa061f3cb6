//! The two passes over an input.

use serde_json::Value;

use super::complaint::{Complaints, Words};
use super::path::Path;
use super::{constraints, types};
use crate::aws::refusal::WireRefusal;
use crate::aws::schema::Structure;

/// Whether `input` satisfies `schema`; if not, the first complaint, in ECR's words.
pub fn check(input: &Value, schema: &'static Structure) -> Result<(), WireRefusal> {
    check_in(Words::Json, input, schema)
}

/// The same, in the words of another service.
pub fn check_in(
    words: Words,
    input: &Value,
    schema: &'static Structure,
) -> Result<(), WireRefusal> {
    types::check_structure(input, schema)?;
    check_constraints(input, schema, words)
}

/// Only the second pass, over an input whose types are right.
pub(crate) fn check_constraints(
    input: &Value,
    schema: &'static Structure,
    words: Words,
) -> Result<(), WireRefusal> {
    let mut complaints = Complaints::told_in(words);
    // A walk that ended early has complained.
    let _cut_short = constraints::check_structure(input, schema, &Path::Root, &mut complaints);
    complaints.into_refusal().map_or(Ok(()), Err)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Words, check, check_constraints};
    use crate::aws::schema::{
        Shape, Structure, UNLIMITED, at_least, at_most, optional, structure, text,
    };

    static KEY: Shape = text(at_least(2));
    static CONTEXT: Shape = Shape::Map(at_most(2), &KEY, &Shape::Long(UNLIMITED));
    static SHAPES_OF_NO_ECR_INPUT: Structure = structure(
        "Rare",
        &[
            optional("context", &CONTEXT),
            optional("score", &Shape::Double),
            optional("at", &Shape::Timestamp),
        ],
    );

    static ANY_TEXT: Shape = text(UNLIMITED);
    static TEXTS: Structure = structure(
        "Texts",
        &[
            optional("Note", &ANY_TEXT),
            optional("Notes", &Shape::List(UNLIMITED, &ANY_TEXT)),
            optional("Secret", &Shape::Text { length: UNLIMITED, pattern: None, sensitive: true }),
            optional("ByNote", &Shape::Map(UNLIMITED, &ANY_TEXT, &ANY_TEXT)),
        ],
    );

    #[test]
    fn iam_and_sts_take_no_zero_byte_in_any_text() {
        let told = |value: &str, path: &str| {
            format!(
                "1 validation error detected: Value{value} at '{path}' failed to satisfy constraint: \
                 Member must satisfy regular expression pattern: [^\\u0000]*"
            )
        };
        #[rustfmt::skip]
        let cases = [
            (json!({"Note": "a\0b"}),        Some(told(" 'a\0b'", "note")),           "a text"),
            (json!({"Notes": ["a", "\0"]}),  Some(told(" '\0'", "notes.2.member")),   "an element"),
            (json!({"Secret": "\0"}),        Some(told("", "secret")),                "a secret is not repeated"),
            (json!({"ByNote": {"a": "\0"}}), Some(told(" '\0'", "byNote.a.member")),  "a value of a map"),
            (json!({"Note": "a\u{1}\n"}),    None,                                    "any other character"),
        ];
        for (input, expected, because) in cases {
            let outcome = check_constraints(&input, &TEXTS, Words::Query);
            assert_eq!(
                outcome.err().map(|refusal| refusal.message().to_owned()),
                expected,
                "{because}"
            );
            let in_json = check_constraints(&input, &TEXTS, Words::Json);
            assert!(in_json.is_ok(), "{because}: verbs of ECR say so themselves");
        }
    }

    #[test]
    fn shapes_that_no_input_of_ecr_holds_are_checked_too() {
        let at = |path: &str, constraint: &str| {
            format!("Invalid parameter at '{path}' failed to satisfy constraint: '{constraint}'")
        };
        let map_refused = "Start of list found where not expected".to_owned();
        let time = "STRING_VALUE can not be converted to milliseconds since epoch".to_owned();
        let score = "TRUE_VALUE can not be converted to a Double".to_owned();
        let value = "STRING_VALUE can not be converted to a Long".to_owned();
        let long = at("context", "Member must have length less than or equal to 2");
        let short = "Member must have length greater than or equal to 2";
        let key = at("context", &format!("Map keys must satisfy constraint: [{short}]"));
        #[rustfmt::skip]
        let cases: [(Value, Option<String>); 10] = [
            (json!({"context": {"team": 1}, "score": 1, "at": 1.5}), None),
            (json!({"context": {}, "score": 9.8, "at": 0}),          None),
            (json!({"context": []}),                                 Some(map_refused)),
            (json!({"context": {"team": "x"}}),                      Some(value)),
            (json!({"context": {"ab": 1, "cd": 2, "ef": 3}}),        Some(long)),
            (json!({"context": {"a": 1}}),                           Some(key)),
            (json!({"context": {"team": null}}),
                Some(at("context.team.member", "Member must not be null"))),
            (json!({"score": true}),                                 Some(score)),
            (json!({"at": "2015-01-01"}),                            Some(time)),
            (json!({"at": null}),                                    None),
        ];
        for (input, expected) in cases {
            let refusal = check(&input, &SHAPES_OF_NO_ECR_INPUT).err();
            assert_eq!(refusal.map(|refusal| refusal.message().to_owned()), expected, "{input}");
        }
    }
}
