use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use clap::{Args, Subcommand, ValueEnum};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};

use super::Outcome;
use super::account::{call, list_all};
use super::advisory_documents::{Document, each_document, read_list, read_whole};
use super::advisory_origins::Origins;
use crate::client::{ClientFailure, Reach, run};

const EXAMPLES: &str = "\
Examples:
  longshore advisories import ~/osv/Debian/all.zip
  longshore advisories import ~/advisory-database/advisories
  longshore advisories import updateinfo.xml.gz --ecosystem 'Amazon Linux:2023'
  longshore advisories import known_exploited_vulnerabilities.json --format kev
  longshore advisories import epss_scores-2026-11-20.csv.gz --format epss
  longshore advisories import ~/cvelistV5/cves --format cve
  longshore advisories status

Advisories are records of OSV in JSON (osv.dev publishes a zip file for each ecosystem), or the updateinfo.xml of a \
repository of rpm packages. What stands beside them says more of their CVEs: scores (of the CVE List, and of NVD where \
that has none), which are known to be exploited (KEV), and how likely the others are to be (EPSS). Importing the same again writes nothing, and an advisory that changed makes just those \
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
        /// Folder, .json, .jsonl or .zip of records, updateinfo.xml, or a list of KEV or EPSS; any
        /// file also as .gz
        #[arg(value_name = "PATH")]
        path: PathBuf,
        /// What is in it [default: osv; updateinfo with --ecosystem]
        #[arg(long, value_name = "FORMAT")]
        format: Option<Format>,
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

/// What documents are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Records of OSV
    Osv,
    /// updateinfo.xml of a repository of rpm packages
    Updateinfo,
    /// Records of the CVE List
    Cve,
    /// Feeds or pages of NVD, version 2.0
    Nvd,
    /// CISA's catalogue of known exploited vulnerabilities
    Kev,
    /// EPSS's list of a day
    Epss,
}

impl Format {
    /// The server's word.
    fn word(self) -> &'static str {
        match self {
            Self::Osv => "OSV",
            Self::Updateinfo => "UPDATEINFO",
            Self::Cve => "CVE",
            Self::Nvd => "NVD",
            Self::Kev => "KEV",
            Self::Epss => "EPSS",
        }
    }
}

impl Advisories {
    pub(super) fn run(self) -> Outcome {
        let answer = match self.act {
            Act::Import { path, format, ecosystem, reach } => {
                import(&reach, &path, format, ecosystem.as_deref())?
            }
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

fn import(
    reach: &Reach,
    path: &Path,
    format: Option<Format>,
    ecosystem: Option<&str>,
) -> Result<Value, ClientFailure> {
    let default = if ecosystem.is_some() { Format::Updateinfo } else { Format::Osv };
    let format = format.unwrap_or(default);
    let (lines, origins) = (Vec::new(), Vec::new());
    let mut import = Import { reach, format, lines, origins, total: json!({}) };
    let whole = Origins::Whole(path.display().to_string());
    let mut input = json!({ "Format": format.word() });
    if let Some(ecosystem) = ecosystem {
        input["Ecosystem"] = json!(ecosystem);
    }
    match format {
        Format::Updateinfo | Format::Kev => {
            let document = read_whole(path).map_err(|error| told(path, &error))?;
            import.send(&input, &document, &whole)?;
        }
        Format::Epss => {
            let list = read_list(path).map_err(|error| told(path, &error))?;
            for part in parts(&list, SENT_BYTES) {
                import.send(&input, part.as_bytes(), &whole)?;
            }
        }
        Format::Osv | Format::Cve | Format::Nvd => import.records(path)?,
    }
    Ok(import.total)
}

fn has_lines(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|end| end.eq_ignore_ascii_case("jsonl"))
}

/// Parts of a list of EPSS, each with the lines that it begins with.
fn parts(list: &str, bytes_max: usize) -> Vec<String> {
    let is_head = |line: &&str| line.starts_with('#') || line.starts_with("cve,");
    let head: String = list.split_inclusive('\n').take_while(is_head).collect();
    let mut parts = vec![head.clone()];
    for line in list.split_inclusive('\n').skip_while(is_head) {
        if parts.last().is_some_and(|part| part.len() + line.len() > bytes_max) {
            parts.push(head.clone());
        }
        parts.iter_mut().next_back().into_iter().for_each(|part| part.push_str(line));
    }
    parts
}

fn told(path: &Path, error: &io::Error) -> ClientFailure {
    ClientFailure::Settings(format!("cannot read {}: {error}", path.display()))
}

/// An import under way.
struct Import<'a> {
    reach: &'a Reach,
    format: Format,
    /// Records, one a line.
    lines: Vec<u8>,
    /// Where each of them comes from.
    origins: Vec<String>,
    total: Value,
}

impl Import<'_> {
    /// Sends every record at a path, many together.
    fn records(&mut self, path: &Path) -> Result<(), ClientFailure> {
        // The folders of the CVE List hold other files as well.
        let is_one_file = path.is_file() && path.extension().is_none_or(|end| end != "zip");
        let is_record = |name: &str| is_one_file || name.starts_with("CVE-") || has_lines(name);
        let mut failed = None;
        let read = each_document(path, &mut |document: Document<'_>| {
            if self.format == Format::Cve && !is_record(document.name) {
                return Ok(());
            }
            let sent = match self.format {
                Format::Nvd if !document.is_lines => self.add_feed(document),
                _ => self.add(document.bytes, document.place),
            };
            sent.map_err(|failure| {
                failed = Some(failure);
                io::Error::other("the server refused")
            })
        });
        if let Some(failure) = failed {
            return Err(failure);
        }
        read.map_err(|error| told(path, &error))?;
        self.flush()
    }

    /// The entries of a page of NVD, each as a record.
    fn add_feed(&mut self, document: Document<'_>) -> Result<(), ClientFailure> {
        #[derive(Deserialize)]
        struct Feed<'a> {
            #[serde(borrow)]
            vulnerabilities: Vec<&'a RawValue>,
        }
        let Document { place, bytes, .. } = document;
        let feed: Feed<'_> = serde_json::from_slice(bytes).map_err(|error| {
            ClientFailure::Settings(format!("{place}: no page of NVD: {error}"))
        })?;
        feed.vulnerabilities.iter().try_for_each(|entry| self.add(entry.get().as_bytes(), place))
    }

    /// Adds a record as one line.
    fn add(&mut self, bytes: &[u8], place: &str) -> Result<(), ClientFailure> {
        if self.lines.len() + bytes.len() > SENT_BYTES {
            self.flush()?;
        }
        // No text of JSON holds a newline.
        let plain = |byte: &u8| if matches!(byte, b'\n' | b'\r') { b' ' } else { *byte };
        self.lines.extend(bytes.iter().map(plain));
        self.lines.push(b'\n');
        self.origins.push(place.to_owned());
        Ok(())
    }

    fn flush(&mut self) -> Result<(), ClientFailure> {
        let lines = std::mem::take(&mut self.lines);
        let origins = Origins::Lines(std::mem::take(&mut self.origins));
        let input = json!({ "Format": self.format.word() });
        if lines.is_empty() { Ok(()) } else { self.send(&input, &lines, &origins) }
    }

    fn send(
        &mut self,
        input: &Value,
        documents: &[u8],
        origins: &Origins,
    ) -> Result<(), ClientFailure> {
        let packed = pack(documents).map_err(|e| ClientFailure::Settings(e.to_string()))?;
        if packed.len() > CALL_BYTES_MAX {
            let why = format!(
                "a document has {} bytes when it is compressed; the server takes {CALL_BYTES_MAX}",
                packed.len()
            );
            return Err(ClientFailure::Settings(origins.name(&why)));
        }
        let mut input = input.clone();
        input["Documents"] = json!(STANDARD.encode(packed));
        let asked = run(call(self.reach, "Longshore_20261121.ImportAdvisories", &input));
        let answer = asked.map_err(|failure| origins.name_failure(failure))?;
        add_up(&mut self.total, &answer, origins);
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

/// Adds the numbers of an answer to those before it, and appends its refusals, each with its file.
fn add_up(total: &mut Value, answer: &Value, origins: &Origins) {
    for (name, value) in answer.as_object().into_iter().flatten() {
        match (value.as_u64(), value.as_array()) {
            (Some(number), _) => {
                total[name] = json!(total[name].as_u64().unwrap_or_default() + number);
            }
            (None, Some(refusals)) => {
                let mut all = total[name].as_array().cloned().unwrap_or_default();
                let room = REFUSALS_MAX.saturating_sub(all.len());
                let named = |refusal: &Value| json!(origins.name(refusal.as_str().unwrap_or("")));
                all.extend(refusals.iter().take(room).map(named));
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
        let origins = Origins::Lines(vec!["a.json".to_owned()]);
        let first = json!({ "Added": 2, "Refused": 1, "Refusals": ["line 1: why"] });
        add_up(&mut total, &first, &origins);
        add_up(&mut total, &json!({ "Added": 3, "Refused": 0, "Refusals": [] }), &origins);
        assert_eq!(total, json!({ "Added": 5, "Refused": 1, "Refusals": ["a.json: why"] }));
    }

    #[test]
    fn a_long_list_is_sent_in_parts_that_begin_alike() {
        let list = "#score_date:2026-01-01\ncve,epss,percentile\nCVE-1,0.1,0.2\nCVE-2,0.3,0.4\n";
        let head = "#score_date:2026-01-01\ncve,epss,percentile\n";
        assert_eq!(parts(list, 1000), [list]);
        let expected = [format!("{head}CVE-1,0.1,0.2\n"), format!("{head}CVE-2,0.3,0.4\n")];
        assert_eq!(parts(list, head.len() + 20), expected);
        assert_eq!(parts("", 10), [""]);
    }

    #[test]
    fn what_is_compressed_is_sent_as_it_is() {
        let packed = pack(b"{}").unwrap();
        assert_eq!(pack(&packed).unwrap(), packed);
    }
}
