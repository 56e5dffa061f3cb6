//! From the text of a pattern to its alternatives, with `$or` multiplied out.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::malformed::MalformedPattern;
use super::matcher::FieldMatchers;
use super::node::Node;
use super::read_matcher::{OPERATORS, read_matcher};
use crate::json::{Json, Value, read_to_depth};

/// As deep as patterns may nest. EventBridge has no published limit; CloudTrail's records, the
/// deepest events, have a dozen levels.
const DEPTH_MAX: usize = 64;

/// EventBridge's limit of the combinations that `$or` makes.
const ALTERNATIVES_MAX: usize = 1_000;

/// How many fields all alternatives may have together.
const FIELDS_MAX: usize = 20_000;

/// A pattern that was read.
#[derive(Debug)]
pub(super) struct Compiled {
    /// The fields that the text names, and the path of each.
    pub(super) fields: Vec<(Box<str>, FieldMatchers)>,
    /// Trees of the fields that must match together: one of them is enough.
    pub(super) alternatives: Vec<Node>,
}

/// The fields that must match together: those named last, if a path is named twice.
type Together = BTreeMap<Box<str>, usize>;

pub(super) fn compile(text: &str) -> Result<Compiled, MalformedPattern> {
    let json = read_to_depth(text, DEPTH_MAX).map_err(|_| {
        let reason = "The text is not JSON, names a key twice, or nests deeper than 64 levels";
        MalformedPattern::whole(reason)
    })?;
    let Value::Object(members) = &json.value else {
        return Err(MalformedPattern::whole("Filter is not an object"));
    };
    let mut reader = Reader { text, fields: Vec::new() };
    let alternatives = reader.object(&json, members, "", vec![Together::new()])?;
    if alternatives.iter().map(BTreeMap::len).sum::<usize>() > FIELDS_MAX {
        return Err(MalformedPattern::whole("Rule is too complex - try using fewer alternatives"));
    }
    let alternatives = alternatives.iter().map(tree).collect();
    Ok(Compiled { fields: reader.fields, alternatives })
}

struct Reader<'a> {
    text: &'a str,
    fields: Vec<(Box<str>, FieldMatchers)>,
}

impl Reader<'_> {
    /// Adds what an object demands to each of the alternatives so far.
    fn object(
        &mut self,
        json: &Json<'_>,
        members: &[(Cow<'_, str>, Json<'_>)],
        path: &str,
        mut so_far: Vec<Together>,
    ) -> Result<Vec<Together>, MalformedPattern> {
        if members.is_empty() {
            return Err(self.refuse(json, "Empty objects are not allowed".to_owned()));
        }
        for (key, json) in members {
            if let Some(alternatives) = read_or(key, json) {
                so_far = self.or(json, alternatives, path, &so_far)?;
                continue;
            }
            let path = if path.is_empty() { key.to_string() } else { format!("{path}.{key}") };
            match &json.value {
                Value::Object(members) => so_far = self.object(json, members, &path, so_far)?,
                Value::List(items) => {
                    let field = self.field(json, items, path.clone())?;
                    for together in &mut so_far {
                        together.insert(path.clone().into_boxed_str(), field);
                    }
                }
                _ => {
                    let reason = format!("\"{key}\" must be an object or an array");
                    return Err(self.refuse(json, reason));
                }
            }
        }
        Ok(so_far)
    }

    fn or(
        &mut self,
        json: &Json<'_>,
        alternatives: &[Json<'_>],
        path: &str,
        so_far: &[Together],
    ) -> Result<Vec<Together>, MalformedPattern> {
        // Each makes at least as many as there are already.
        let mut are_too_many = alternatives.len() * so_far.len() > ALTERNATIVES_MAX;
        let mut all = Vec::new();
        for alternative in alternatives {
            if are_too_many {
                break;
            }
            let Value::Object(members) = &alternative.value else { continue };
            all.extend(self.object(alternative, members, path, so_far.to_vec())?);
            are_too_many = all.len() > ALTERNATIVES_MAX;
        }
        if are_too_many {
            let reason = "Rule is too complex - $or makes more than 1000 combinations";
            return Err(self.refuse(json, reason.to_owned()));
        }
        Ok(all)
    }

    fn field(
        &mut self,
        json: &Json<'_>,
        items: &[Json<'_>],
        path: String,
    ) -> Result<usize, MalformedPattern> {
        if items.is_empty() {
            return Err(self.refuse(json, "Empty arrays are not allowed".to_owned()));
        }
        let mut matchers = Vec::with_capacity(items.len());
        for item in items {
            matchers.push(read_matcher(item).map_err(|reason| self.refuse(item, reason))?);
        }
        self.fields.push((path.into_boxed_str(), FieldMatchers::new(matchers)));
        Ok(self.fields.len() - 1)
    }

    fn refuse(&self, json: &Json<'_>, reason: String) -> MalformedPattern {
        MalformedPattern::at(self.text, &json.at, reason)
    }
}

/// The alternatives of an `$or`. Anything else under this key is a field of that name.
fn read_or<'a, 'b>(key: &str, json: &'a Json<'b>) -> Option<&'a [Json<'b>]> {
    let Value::List(items) = &json.value else { return None };
    let is_alternative =
        |item: &Json<'_>| matches!(item.value, Value::Object(_)) && names_fields(item);
    (key == "$or" && items.len() >= 2 && items.iter().all(is_alternative)).then_some(items)
}

/// Is no name in these objects the word of an operator?
fn names_fields(json: &Json<'_>) -> bool {
    let Value::Object(members) = &json.value else { return true };
    let is_field = |(key, value): &(Cow<'_, str>, Json<'_>)| {
        !OPERATORS.contains(&&**key) && names_fields(value)
    };
    !members.is_empty() && members.iter().all(is_field)
}

/// A dot in a name is as good as a level.
fn tree(together: &Together) -> Node {
    let mut root = Node::default();
    for (path, field) in together {
        let mut node = &mut root;
        for name in path.split('.') {
            node = node.children.entry(name.into()).or_default();
        }
        node.field = Some(*field);
    }
    root
}
