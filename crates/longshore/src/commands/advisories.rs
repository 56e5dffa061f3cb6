use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use clap::{Args, Subcommand};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};

use super::Outcome;
use super::account::{call, list_all};
use super::advisory_documents::{Document, each_document};
use crate::client::{ClientFailure, Reach, run};

const EXAMPLES: &str = "\
Examples:
  longshore advisories import ~/osv/Debian/all.zip
  longshore advisories import ~/advisory-database/advisories
  longshore advisories import updateinfo.xml.gz --ecosystem 'Amazon Linux:2023'
  longshore advisories status

Advisories are records of OSV in JSON (osv.dev publishes a zip file for each ecosystem), or the updateinfo.xml of a \
repository of rpm packages. Importing the same again writes nothing, and an advisory that changed makes just those \
packages and images be judged again that it names. Output is JSON on standard output; times are seconds since 1970. \
The root user of the server's first account may run these commands, and so may any principal that it grants \
longshore:ImportAdvisories and longshore:ListAdvisorySources.";

/// Imports advisories into a running server, and shows which there are.
#[derive(Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Advisories {
    #[command(subcommand)]
    act: Act,
}

#[derive(Subcommand)]
enum Act {
    /// Import advisories, and print what changed: {"Added","Changed","Unchanged","Outdated",
    /// "Irrelevant","Refused","Refusals":[…],"PackagesToJudge"}
    Import {
        /// Folder, .json, .jsonl or .zip of OSV records, or updateinfo.xml; any file also as .gz
        #[arg(value_name = "PATH")]
        path: PathBuf,
        /// Where the packages of an updateinfo.xml come from, e.g. 'Amazon Linux:2023'
        #[arg(long, value_name = "ECOSYSTEM")]
        ecosystem: Option<String>,
        #[command(flatten)]
        reach: Reach,
    },
    /// Print the sources: {"Sources":[{"Name","Licence","Advisories","UpdatedAt","ImportedAt"}]}
    Status {
        #[command(flatten)]
        reach: Reach,
    },
}

impl Advisories {
    pub(super) fn run(self) -> Outcome {
        let answer = match self.act {
            Act::Import { path, ecosystem, reach } => import(&reach, &path, ecosystem.as_deref())?,
            Act::Status { reach } => {
                let target = "Longshore_20261121.ListAdvisorySources";
                run(list_all(&reach, target, "Sources", json!({})))?
            }
        };
        println!("{answer}");
        // What was refused is missing.
        let is_whole = answer["Refused"].as_u64().unwrap_or_default() == 0;
        Ok(if is_whole { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

/// Records that are sent together, before compression: a server takes a second or two for them.
const SENT_BYTES: usize = 4 * 1024 * 1024;
/// The server's bound for one call.
const CALL_BYTES_MAX: usize = 16 * 1024 * 1024;

fn import(reach: &Reach, path: &Path, ecosystem: Option<&str>) -> Result<Value, ClientFailure> {
    let mut import = Import { reach, lines: Vec::new(), total: json!({}) };
    if let Some(ecosystem) = ecosystem {
        let document = super::advisory_documents::read_whole(path).map_err(|e| told(path, &e))?;
        import.send(&json!({ "Format": "UPDATEINFO", "Ecosystem": ecosystem }), &document)?;
        return Ok(import.total);
    }
    let mut failed = None;
    let read = each_document(path, &mut |document: Document<'_>| {
        let sent = import.add(document);
        if let Err(failure) = sent {
            failed = Some(failure);
            return Err(io::Error::other("the server refused"));
        }
        Ok(())
    });
    if let Some(failure) = failed {
        return Err(failure);
    }
    read.map_err(|error| told(path, &error))?;
    import.flush()?;
    Ok(import.total)
}

fn told(path: &Path, error: &io::Error) -> ClientFailure {
    ClientFailure::Settings(format!("cannot read {}: {error}", path.display()))
}

/// An import under way.
struct Import<'a> {
    reach: &'a Reach,
    /// Records, one a line.
    lines: Vec<u8>,
    total: Value,
}

impl Import<'_> {
    fn add(&mut self, document: Document<'_>) -> Result<(), ClientFailure> {
        if self.lines.len() + document.bytes.len() > SENT_BYTES {
            self.flush()?;
        }
        if document.is_lines {
            self.lines.extend_from_slice(document.bytes);
        } else {
            // No text of JSON holds a newline.
            let plain = |byte: &u8| if matches!(byte, b'\n' | b'\r') { b' ' } else { *byte };
            self.lines.extend(document.bytes.iter().map(plain));
        }
        self.lines.push(b'\n');
        Ok(())
    }

    fn flush(&mut self) -> Result<(), ClientFailure> {
        let lines = std::mem::take(&mut self.lines);
        if lines.is_empty() { Ok(()) } else { self.send(&json!({ "Format": "OSV" }), &lines) }
    }

    fn send(&mut self, input: &Value, documents: &[u8]) -> Result<(), ClientFailure> {
        let packed = pack(documents).map_err(|e| ClientFailure::Settings(e.to_string()))?;
        if packed.len() > CALL_BYTES_MAX {
            let why = format!(
                "a document has {} bytes when it is compressed; the server takes {CALL_BYTES_MAX}",
                packed.len()
            );
            return Err(ClientFailure::Settings(why));
        }
        let mut input = input.clone();
        input["Documents"] = json!(STANDARD.encode(packed));
        let answer = run(call(self.reach, "Longshore_20261121.ImportAdvisories", &input))?;
        add_up(&mut self.total, &answer);
        Ok(())
    }
}

fn pack(documents: &[u8]) -> io::Result<Vec<u8>> {
    if documents.starts_with(&[0x1f, 0x8b]) {
        return Ok(documents.to_vec());
    }
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(documents)?;
    packed.finish()
}

/// How many refusals are printed.
const REFUSALS_MAX: usize = 50;

/// Adds the numbers of an answer to those before it, and appends its refusals.
fn add_up(total: &mut Value, answer: &Value) {
    for (name, value) in answer.as_object().into_iter().flatten() {
        match (value.as_u64(), value.as_array()) {
            (Some(number), _) => {
                total[name] = json!(total[name].as_u64().unwrap_or_default() + number);
            }
            (None, Some(refusals)) => {
                let mut all = total[name].as_array().cloned().unwrap_or_default();
                let room = REFUSALS_MAX.saturating_sub(all.len());
                all.extend(refusals.iter().take(room).cloned());
                total[name] = json!(all);
            }
            (None, None) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_added_up() {
        let mut total = json!({});
        add_up(&mut total, &json!({ "Added": 2, "Refused": 1, "Refusals": ["line 1"] }));
        add_up(&mut total, &json!({ "Added": 3, "Refused": 0, "Refusals": [] }));
        assert_eq!(total, json!({ "Added": 5, "Refused": 1, "Refusals": ["line 1"] }));
    }

    #[test]
    fn what_is_compressed_is_sent_as_it_is() {
        let packed = pack(b"{}").unwrap();
        assert_eq!(pack(&packed).unwrap(), packed);
    }
}
