//! A service model as the generator needs it, read from `models/`.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::Document;
use crate::files;

pub(crate) struct Model {
    pub(crate) signing_name: String,
    pub(crate) protocol: Protocol,
    pub(crate) operations: Vec<Operation>,
    pub(crate) shapes: BTreeMap<String, Shape>,
}

/// How the service is spoken to.
pub(crate) enum Protocol {
    /// JSON 1.1, with the part of `X-Amz-Target` before the dot.
    Json { target_prefix: String },
    /// Forms in, XML out.
    Query { version: String, namespace: String },
}

pub(crate) struct Operation {
    pub(crate) name: String,
    /// Nothing is taken where there is none.
    pub(crate) input: Option<String>,
    /// Nothing is answered where there is none.
    pub(crate) output: Option<String>,
    /// The element that an answer in XML lies in.
    pub(crate) wrapper: Option<String>,
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
    Text { limits: Limits, pattern: Option<String>, sensitive: bool },
    Words(Vec<String>),
    List { limits: Limits, element: String },
    Map { limits: Limits, key: String, value: String },
    Structure(Structure),
}

pub(crate) struct Structure {
    pub(crate) members: Vec<Member>,
    /// What an exception is on the wire; `None` for a structure that is not one.
    pub(crate) exception: Option<Exception>,
}

pub(crate) struct Exception {
    /// The code where it is not the name of the shape.
    pub(crate) code: Option<String>,
    pub(crate) status: u16,
}

pub(crate) struct Member {
    pub(crate) name: String,
    pub(crate) shape: String,
    pub(crate) required: bool,
}

impl Model {
    /// Reads the model in `models/FOLDER`: all of it, or what `served` operations need.
    pub(crate) fn read(
        folder: &str,
        served: Option<&[&str]>,
        left_out: &[(&str, &[&str])],
    ) -> Result<Self, String> {
        let folder = files::root().join("models").join(folder);
        let service = Document::parse(&files::read(&folder.join("service-2.json"))?)?;
        let pages = Document::parse(&files::read(&folder.join("paginators-1.json"))?)?;

        let metadata = required(&service, "metadata")?;
        let signing_name =
            text(metadata, "signingName").or_else(|_| text(metadata, "endpointPrefix"))?;
        let is_served = |name: &str| served.is_none_or(|served| served.contains(&name));
        let mut model = Self {
            signing_name: signing_name.to_owned(),
            protocol: Protocol::read(metadata)?,
            operations: required(&service, "operations")?
                .members()
                .iter()
                .filter(|(name, _)| is_served(name))
                .map(|(name, operation)| Operation::read(name, operation, &pages))
                .collect::<Result<_, _>>()?,
            shapes: required(&service, "shapes")?
                .members()
                .iter()
                .map(|(name, shape)| Ok((name.clone(), Shape::read(name, shape)?)))
                .collect::<Result<_, String>>()?,
        };
        model.leave_out(left_out)?;
        if let Some(served) = served {
            model.require_all(served)?;
            model.drop_unreached();
        }
        Ok(model)
    }

    /// Drops members of structures.
    fn leave_out(&mut self, left_out: &[(&str, &[&str])]) -> Result<(), String> {
        for (name, members) in left_out {
            let Some(Shape::Structure(structure)) = self.shapes.get_mut(*name) else {
                return Err(format!("no structure {name}"));
            };
            structure.members.retain(|member| !members.contains(&member.name.as_str()));
        }
        Ok(())
    }

    /// Makes texts of enumerations.
    pub(crate) fn free(&mut self, names: &[&str]) -> Result<(), String> {
        for name in names {
            let shape = self.shapes.get_mut(*name).ok_or_else(|| format!("no shape {name}"))?;
            let limits = Limits { min: None, max: None };
            *shape = Shape::Text { limits, pattern: None, sensitive: false };
        }
        Ok(())
    }

    fn require_all(&self, served: &[&str]) -> Result<(), String> {
        let is_there = |name: &str| self.operations.iter().any(|operation| operation.name == name);
        let missing = served.iter().find(|name| !is_there(name));
        missing.map_or(Ok(()), |name| Err(format!("the model has no operation {name}")))
    }

    /// Forgets the shapes of operations that are not served.
    fn drop_unreached(&mut self) {
        let mut reached = self.reached_from(|operation| operation.input.as_deref());
        reached.append(&mut self.reached_from(|operation| operation.output.as_deref()));
        reached.extend(self.operations.iter().flat_map(|operation| operation.errors.clone()));
        self.shapes.retain(|name, _| reached.contains(name));
    }

    /// The names of every shape in the inputs (or outputs) of the operations.
    pub(crate) fn reached_from(
        &self,
        root: impl Fn(&Operation) -> Option<&str>,
    ) -> BTreeSet<String> {
        let mut reached = BTreeSet::new();
        let mut waiting: Vec<&str> = self.operations.iter().filter_map(root).collect();
        while let Some(name) = waiting.pop() {
            if reached.insert(name.to_owned()) {
                waiting.extend(self.shapes[name].parts());
            }
        }
        reached
    }

    /// The exceptions of the model, by name.
    pub(crate) fn exceptions(&self) -> impl Iterator<Item = (&str, &Exception)> {
        self.shapes.iter().filter_map(|(name, shape)| match shape {
            Shape::Structure(structure) => {
                structure.exception.as_ref().map(|exception| (name.as_str(), exception))
            }
            _ => None,
        })
    }
}

impl Protocol {
    fn read(metadata: &Document) -> Result<Self, String> {
        match text(metadata, "protocol")? {
            "json" if text(metadata, "jsonVersion")? == "1.1" => {
                Ok(Self::Json { target_prefix: text(metadata, "targetPrefix")?.to_owned() })
            }
            "query" => Ok(Self::Query {
                version: text(metadata, "apiVersion")?.to_owned(),
                namespace: text(metadata, "xmlNamespace")?.to_owned(),
            }),
            other => Err(format!("protocol {other:?} is not known")),
        }
    }
}

impl Operation {
    fn read(name: &str, operation: &Document, pages: &Document) -> Result<Self, String> {
        let part = |member, name| {
            let part = operation.find(member).and_then(|member| member.find(name));
            part.and_then(Document::as_str).map(str::to_owned)
        };
        let errors = operation.find("errors").map(Document::elements).unwrap_or_default();
        let pages = required(pages, "pagination")?.find(name);
        Ok(Self {
            name: name.to_owned(),
            input: part("input", "shape"),
            output: part("output", "shape"),
            wrapper: part("output", "resultWrapper"),
            errors: errors
                .iter()
                .map(|error| text(error, "shape").map(str::to_owned))
                .collect::<Result<_, _>>()?,
            // Some page as they like: a client cannot say how long a page may be.
            pagination: pages
                .filter(|pages| pages.find("limit_key").is_some())
                .map(Pagination::read)
                .transpose()?,
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
                let sensitive = shape.find("sensitive").is_some_and(Document::is_true);
                Self::Text { limits, pattern: pattern.map(str::to_owned), sensitive }
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
        let error = |name| shape.find("error").and_then(|error| error.find(name));
        let status = match error("httpStatusCode").and_then(Document::as_i64) {
            Some(status) => u16::try_from(status).map_err(|error| error.to_string())?,
            None if flag("fault") => 500,
            None => 400,
        };
        let code = error("code").and_then(Document::as_str).map(str::to_owned);
        Ok(Self {
            members: required(shape, "members")?
                .members()
                .iter()
                .map(member)
                .collect::<Result<_, String>>()?,
            exception: flag("exception").then_some(Exception { code, status }),
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
