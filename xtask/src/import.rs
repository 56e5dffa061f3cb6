//! Refreshes `models/` from a botocore data directory: the shapes, without the prose.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use flate2::read::GzDecoder;

use crate::document::Document;
use crate::files;
use crate::services::SERVICES;

/// The files of a model that we keep. Not every service has waiters.
const KEPT: [&str; 3] = ["service-2.json", "paginators-1.json", "waiters-2.json"];

/// Members that hold prose, wherever they are not themselves a shape's member.
const PROSE: [&str; 2] = ["documentation", "deprecatedMessage"];

pub(crate) fn models(source: &Path) -> Result<(), String> {
    for service in SERVICES.iter().filter(|service| !service.is_ours()) {
        for name in KEPT {
            let Some(text) = published(&source.join(service.model), name)? else { continue };
            let document = Document::parse(&text)?;
            let kept = files::root().join("models").join(service.model).join(name);
            files::write(&kept, &without_prose(document).to_text())?;
            println!("{}", kept.display());
        }
    }
    Ok(())
}

/// The text of a published file, compressed or not; `None` if the service has no such file.
fn published(folder: &Path, name: &str) -> Result<Option<String>, String> {
    let plain = folder.join(name);
    if plain.exists() {
        return files::read(&plain).map(Some);
    }
    let compressed = folder.join(format!("{name}.gz"));
    if !compressed.exists() {
        let required = name == "service-2.json";
        return if required { Err(format!("{}: not there", plain.display())) } else { Ok(None) };
    }
    let complain = |error: std::io::Error| format!("{}: {error}", compressed.display());
    let mut text = String::new();
    let file = File::open(&compressed).map_err(complain)?;
    GzDecoder::new(file).read_to_string(&mut text).map_err(complain)?;
    Ok(Some(text))
}

fn without_prose(document: Document) -> Document {
    match document {
        Document::Array(elements) => {
            Document::Array(elements.into_iter().map(without_prose).collect())
        }
        Document::Object(members) => Document::Object(
            members
                .into_iter()
                .filter(|(name, _)| !PROSE.contains(&name.as_str()))
                .map(|(name, value)| match name.as_str() {
                    "members" | "shapes" | "operations" => (name, each_without_prose(value)),
                    _ => (name, without_prose(value)),
                })
                .collect(),
        ),
        scalar => scalar,
    }
}

/// The keys of this object are names of shapes, members or operations: all of them stay.
fn each_without_prose(named: Document) -> Document {
    let Document::Object(members) = named else { return named };
    let kept = members.into_iter().map(|(name, value)| (name, without_prose(value)));
    Document::Object(kept.collect())
}

#[cfg(test)]
mod tests {
    use super::{Document, without_prose};

    #[test]
    fn prose_goes_and_a_member_called_documentation_stays() {
        let model = r#"{"shapes":{"A":{"documentation":"x","members":{"documentation":
            {"shape":"B","deprecated":true,"deprecatedMessage":"x"}}}},"documentation":"x"}"#;
        let kept =
            r#"{"shapes":{"A":{"members":{"documentation":{"shape":"B","deprecated":true}}}}}"#;
        let stripped = without_prose(Document::parse(model).unwrap());
        assert_eq!(stripped, Document::parse(kept).unwrap());
    }
}
