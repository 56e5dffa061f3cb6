//! A service model as the generator needs it, read from `models/`.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::Document;
use crate::files;

pub(crate) struct Model {
    pub(crate) signing_name: String,
    pub(crate) target_prefix: String,
    pub(crate) operations: Vec<Operation>,
    pub(crate) shapes: BTreeMap<String, Shape>,
}

pub(crate) struct Operation {
    pub(crate) name: String,
    pub(crate) input: String,
    pub(crate) output: String,
    pub(crate) errors: Vec<String>,
    pub(crate) pagination: Option<Pagination>,
}

pub(crate) struct Pagination {
    pub(crate) input_token: String,
    pub(crate) output_token: String,
    pub(crate) limit_key: String,
    pub(crate) result_keys: Vec<String>,
}

#[derive(Clone, Copy, Default)]
pub(crate) struct Limits {
    pub(crate) min: Option<i64>,
    pub(crate) max: Option<i64>,
}

pub(crate) enum Shape {
    Boolean,
    Integer(Limits),
    Long(Limits),
    Double,
    Timestamp,
    Blob(Limits),
    Text { limits: Limits, pattern: Option<String> },
    Words(Vec<String>),
    List { limits: Limits, element: String },
    Map { limits: Limits, key: String, value: String },
    Structure(Structure),
}

pub(crate) struct Structure {
    pub(crate) members: Vec<Member>,
    /// The status of an exception; `None` for a structure that is not one.
    pub(crate) exception_status: Option<u16>,
}

pub(crate) struct Member {
    pub(crate) name: String,
    pub(crate) shape: String,
    pub(crate) required: bool,
}

impl Model {
    /// Reads the model in `models/FOLDER`.
    pub(crate) fn read(folder: &str) -> Result<Self, String> {
        let folder = files::root().join("models").join(folder);
        let service = Document::parse(&files::read(&folder.join("service-2.json"))?)?;
        let pages = Document::parse(&files::read(&folder.join("paginators-1.json"))?)?;

        let metadata = required(&service, "metadata")?;
        let protocol = (text(metadata, "protocol")?, text(metadata, "jsonVersion")?);
        if protocol != ("json", "1.1") {
            return Err(format!("{}: protocol {protocol:?} is not known", folder.display()));
        }
        Ok(Self {
            signing_name: text(metadata, "signingName")?.to_owned(),
            target_prefix: text(metadata, "targetPrefix")?.to_owned(),
            operations: required(&service, "operations")?
                .members()
                .iter()
                .map(|(name, operation)| Operation::read(name, operation, &pages))
                .collect::<Result<_, _>>()?,
            shapes: required(&service, "shapes")?
                .members()
                .iter()
                .map(|(name, shape)| Ok((name.clone(), Shape::read(name, shape)?)))
                .collect::<Result<_, String>>()?,
        })
    }

    /// The names of every shape in the inputs (or outputs) of the operations.
    pub(crate) fn reached_from(&self, root: impl Fn(&Operation) -> &str) -> BTreeSet<String> {
        let mut reached = BTreeSet::new();
        let mut waiting: Vec<&str> = self.operations.iter().map(root).collect();
        while let Some(name) = waiting.pop() {
            if reached.insert(name.to_owned()) {
                waiting.extend(self.shapes[name].parts());
            }
        }
        reached
    }

    /// The exceptions of the model, by name.
    pub(crate) fn exceptions(&self) -> impl Iterator<Item = (&str, &Structure, u16)> {
        self.shapes.iter().filter_map(|(name, shape)| match shape {
            Shape::Structure(structure) => {
                structure.exception_status.map(|status| (name.as_str(), structure, status))
            }
            _ => None,
        })
    }
}

impl Operation {
    fn read(name: &str, operation: &Document, pages: &Document) -> Result<Self, String> {
        let shape_of = |member| text(required(operation, member)?, "shape").map(str::to_owned);
        let errors = operation.find("errors").map(Document::elements).unwrap_or_default();
        let pages = required(pages, "pagination")?.find(name);
        Ok(Self {
            name: name.to_owned(),
            input: shape_of("input")?,
            output: shape_of("output")?,
            errors: errors
                .iter()
                .map(|error| text(error, "shape").map(str::to_owned))
                .collect::<Result<_, _>>()?,
            pagination: pages.map(Pagination::read).transpose()?,
        })
    }
}

impl Pagination {
    fn read(pages: &Document) -> Result<Self, String> {
        let result_key = required(pages, "result_key")?;
        let several = result_key.elements().iter().filter_map(Document::as_str);
        Ok(Self {
            input_token: text(pages, "input_token")?.to_owned(),
            output_token: text(pages, "output_token")?.to_owned(),
            limit_key: text(pages, "limit_key")?.to_owned(),
            result_keys: result_key
                .as_str()
                .into_iter()
                .chain(several)
                .map(str::to_owned)
                .collect(),
        })
    }
}

impl Limits {
    fn read(shape: &Document) -> Self {
        let limit = |name| shape.find(name).and_then(Document::as_i64);
        Self { min: limit("min"), max: limit("max") }
    }
}

impl Shape {
    fn read(name: &str, shape: &Document) -> Result<Self, String> {
        let limits = Limits::read(shape);
        let part = |member| text(required(shape, member)?, "shape").map(str::to_owned);
        Ok(match text(shape, "type")? {
            "boolean" => Self::Boolean,
            "integer" => Self::Integer(limits),
            "long" => Self::Long(limits),
            "double" | "float" => Self::Double,
            "timestamp" => Self::Timestamp,
            "blob" => Self::Blob(limits),
            "string" if shape.find("enum").is_some() => {
                Self::Words(texts(required(shape, "enum")?))
            }
            "string" => {
                let pattern = shape.find("pattern").and_then(Document::as_str);
                Self::Text { limits, pattern: pattern.map(str::to_owned) }
            }
            "list" => Self::List { limits, element: part("member")? },
            "map" => Self::Map { limits, key: part("key")?, value: part("value")? },
            "structure" => Self::Structure(Structure::read(shape)?),
            other => return Err(format!("shape {name}: type {other} is not known")),
        })
    }

    /// The names of the shapes this one is made of.
    pub(crate) fn parts(&self) -> Vec<&str> {
        match self {
            Self::List { element, .. } => vec![element],
            Self::Map { key, value, .. } => vec![key, value],
            Self::Structure(structure) => {
                structure.members.iter().map(|member| member.shape.as_str()).collect()
            }
            _ => vec![],
        }
    }
}

impl Structure {
    fn read(shape: &Document) -> Result<Self, String> {
        let required_names = shape.find("required").map(texts).unwrap_or_default();
        let member = |(name, member): &(String, Document)| {
            Ok(Member {
                name: name.clone(),
                shape: text(member, "shape")?.to_owned(),
                required: required_names.contains(name),
            })
        };
        let flag = |name| shape.find(name).is_some_and(Document::is_true);
        let status = if flag("fault") { 500 } else { 400 };
        Ok(Self {
            members: required(shape, "members")?
                .members()
                .iter()
                .map(member)
                .collect::<Result<_, String>>()?,
            exception_status: flag("exception").then_some(status),
        })
    }
}

fn required<'a>(document: &'a Document, name: &str) -> Result<&'a Document, String> {
    document.find(name).ok_or_else(|| format!("the model lacks {name}"))
}

fn text<'a>(document: &'a Document, name: &str) -> Result<&'a str, String> {
    required(document, name)?.as_str().ok_or_else(|| format!("{name} is not a text"))
}

fn texts(list: &Document) -> Vec<String> {
    list.elements().iter().filter_map(Document::as_str).map(str::to_owned).collect()
}
