//! From text to a document.

use std::borrow::Cow;

use crate::json::{self, Json, Value};
use crate::lifecycle::check;
use crate::lifecycle::document::{
    Action, Count, Document, StorageClass, TEXT_CHARS_MAX, TEXT_CHARS_MIN,
};
use crate::lifecycle::draft::{Draft, Status};
use crate::lifecycle::extension::{LONGSHORE, NOT_PATTERNS, NOT_REGEXES, PULLED_WITHIN, REGEXES};
use crate::lifecycle::malformed::Malformed;
use crate::lifecycle::schema::{self, member};

/// The most that a character takes in UTF-8.
const BYTES_PER_CHAR_MAX: usize = 4;

/// A number that ECR's own type for it cannot hold is refused (so we infer: its documents are
/// mapped to Java's `int`).
const NUMBER_MAX: u32 = i32::MAX as u32;

type Members<'a> = [(Cow<'a, str>, Json<'a>)];

impl Document {
    /// Reads what a client sends: of the length that the service model asks for, and sound.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        if text.len() < TEXT_CHARS_MIN * BYTES_PER_CHAR_MAX && text.chars().count() < TEXT_CHARS_MIN
        {
            return Err(Malformed::TooShort);
        }
        Self::read(text)
    }

    /// Reads what is stored, which may be shorter than what a client may send: a canonical text has
    /// no white space, and the policy of a repository creation template has no smallest length.
    pub fn read(text: &str) -> Result<Self, Malformed> {
        if text.len() > TEXT_CHARS_MAX * BYTES_PER_CHAR_MAX || text.chars().count() > TEXT_CHARS_MAX
        {
            return Err(Malformed::TooLong);
        }
        // A key twice is refused too (ours): ECR's reader presumably drops one of them in silence.
        let json = json::read(text).map_err(|_| Malformed::Unmappable)?;
        let Value::Object(document) = &json.value else { return Err(Malformed::Unmappable) };
        let violations = schema::violations(document);
        if !violations.is_empty() {
            return Err(Malformed::OffSchema(violations));
        }
        let rules = member(document, "rules").map(items).unwrap_or_default();
        let drafts: Option<Vec<Draft<'_>>> = rules.iter().map(draft).collect();
        check::document(&drafts.ok_or(Malformed::Unmappable)?).map_err(Malformed::Unsound)
    }
}

/// Maps a rule that is of the schema. `None` where ECR could not map it either.
fn draft<'j>(rule: &'j Json<'_>) -> Option<Draft<'j>> {
    let rule = members(rule)?;
    let selection = members(member(rule, "selection")?)?;
    let action = members(member(rule, "action")?)?;
    let extension = member(selection, LONGSHORE).and_then(members).unwrap_or_default();
    let of_extension = |name| member(extension, name).map(texts).unwrap_or_default();
    Some(Draft {
        priority: number(member(rule, "rulePriority")?)?,
        description: member(rule, "description").and_then(text),
        status: match text(member(selection, "tagStatus")?)? {
            "any" => Status::Any,
            "untagged" => Status::Untagged,
            _ => Status::Tagged,
        },
        prefixes: member(selection, "tagPrefixList").map(texts),
        patterns: member(selection, "tagPatternList").map(texts),
        regexes: of_extension(REGEXES),
        not_patterns: of_extension(NOT_PATTERNS),
        not_regexes: of_extension(NOT_REGEXES),
        pulled_within_days: match member(extension, PULLED_WITHIN) {
            Some(days) => Some(number(days)?),
            None => None,
        },
        class: member(selection, "storageClass").and_then(text).map(|class| match class {
            "archive" => StorageClass::Archive,
            _ => StorageClass::Standard,
        }),
        count: count(selection)?,
        action: match text(member(action, "type")?)? {
            "expire" => Action::Expire,
            _ => member(action, "targetStorageClass").map(|_| Action::Transition)?,
        },
    })
}

fn count(selection: &Members<'_>) -> Option<Count> {
    let number = number(member(selection, "countNumber")?)?;
    Some(match text(member(selection, "countType")?)? {
        "imageCountMoreThan" => Count::ImagesMoreThan(number),
        "sinceImagePushed" => Count::DaysSincePushed(number),
        "sinceImagePulled" => Count::DaysSincePulled(number),
        _ => Count::DaysSinceTransitioned(number),
    })
}

fn members<'a, 'j>(json: &'j Json<'a>) -> Option<&'j Members<'a>> {
    if let Value::Object(members) = &json.value { Some(members) } else { None }
}

fn items<'a, 'j>(json: &'j Json<'a>) -> &'j [Json<'a>] {
    if let Value::List(items) = &json.value { items } else { &[] }
}

fn texts<'j>(json: &'j Json<'_>) -> Vec<&'j str> {
    items(json).iter().filter_map(text).collect()
}

fn text<'j>(json: &'j Json<'_>) -> Option<&'j str> {
    if let Value::Text(text) = &json.value { Some(text) } else { None }
}

fn number(json: &Json<'_>) -> Option<u32> {
    let Value::Number(number) = json.value else { return None };
    number.parse().ok().filter(|number| *number <= NUMBER_MAX)
}
