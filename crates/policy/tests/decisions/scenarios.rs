//! The scenarios of the folder beside this file: each has the result that AWS's documentation
//! states.

use std::path::Path;

use policy::{Decision, Document, Layer, Reason};

use crate::case::{Case, Given, Kind};
use crate::evaluated::{document_kind, evaluated, sentence};
use crate::table::{self, Written};
use crate::{cast, shorthand};

/// Fewer than this, and files were not read.
const SCENARIOS_MIN: usize = 300;

#[test]
fn every_scenario_ends_as_the_documentation_says() {
    let scenarios = written();
    assert!(scenarios.len() >= SCENARIOS_MIN, "only {} scenarios", scenarios.len());
    let wrong: Vec<String> = scenarios.iter().filter_map(complaint).collect();
    let (count, wrong) = (wrong.len(), wrong.join("\n"));
    assert!(count == 0, "{count} of {} scenarios end otherwise:\n{wrong}", scenarios.len());
}

/// The scenarios of all files.
pub(crate) fn written() -> Vec<Written> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/decisions/scenarios");
    let mut files: Vec<_> = folder.read_dir().unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    files.sort();
    let mut found = Vec::new();
    for path in files {
        let text = std::fs::read_to_string(&path).unwrap();
        found.extend(table::read(&path.file_name().unwrap().to_string_lossy(), &text));
    }
    found
}

/// What is wrong with the outcome of a scenario, if anything is.
fn complaint(scenario: &Written) -> Option<String> {
    let place = &scenario.place;
    let because = scenario.line("because").unwrap_or_else(|| panic!("{place}: because of what?"));
    let gives = scenario.line("gives").unwrap_or_else(|| panic!("{place}: what does it give?"));
    let outcome = match scenario.line("asks") {
        Some(_) => asked(scenario, gives),
        None => parsed(scenario, gives),
    };
    let told = |other| format!("{place}\n    gives   {other}\n    but not {gives}: {because}");
    outcome.err().map(told)
}

/// The question that a scenario asks.
pub(crate) fn case(scenario: &Written) -> Case {
    let place = &scenario.place;
    let who = scenario.line("as").unwrap_or_else(|| panic!("{place}: who asks?"));
    let asks = scenario.line("asks").unwrap_or_else(|| panic!("{place}: what is asked?"));
    let (action, resource) = asks.split_once(" on ").unwrap_or_else(|| panic!("{place}: on what?"));
    Case {
        who: cast::who(who),
        action: action.to_owned(),
        resource: cast::expand(resource),
        context: scenario.line("with").map(context).unwrap_or_default(),
        documents: documents(scenario),
    }
}

fn documents(scenario: &Written) -> Vec<(Kind, String)> {
    let version = match scenario.line("version") {
        Some("none") => None,
        Some(version) => Some(version),
        None => Some("2012-10-17"),
    };
    let mut documents = Vec::new();
    for kind in Kind::ALL {
        let lines = scenario.all(kind.word());
        if !lines.is_empty() {
            documents.push((kind, shorthand::document(&lines, version)));
        }
    }
    documents
}

/// `KEY = VALUE; KEY = [VALUE | VALUE]`.
fn context(text: &str) -> Vec<(String, Given)> {
    text.split("; ")
        .map(|pair| {
            let (key, value) = pair.split_once(" =").expect("KEY = VALUE");
            let value = value.trim();
            let many = value.strip_prefix('[').and_then(|value| value.strip_suffix(']'));
            let given = match many {
                Some("") => Given::Many(Vec::new()),
                Some(many) => Given::Many(many.split(" | ").map(cast::expand).collect()),
                None => Given::One(cast::expand(value)),
            };
            (cast::expand(key), given)
        })
        .collect()
}

/// Whether the documents alone are taken or refused as said; if not, what comes of them.
fn parsed(scenario: &Written, gives: &str) -> Result<(), String> {
    let documents = documents(scenario);
    let [(kind, text)] = documents.as_slice() else {
        panic!("{}: one document at a time", scenario.place)
    };
    let outcome = match Document::parse(text, document_kind(*kind)) {
        Ok(_) => "accepted".to_owned(),
        Err(malformed) => format!("refused {malformed}"),
    };
    let wanted = cast::expand(gives);
    let is_as_said = outcome == wanted || (wanted == "refused" && outcome.starts_with("refused "));
    if is_as_said { Ok(()) } else { Err(outcome) }
}

/// Whether the decision is as said; if not, what it is.
fn asked(scenario: &Written, gives: &str) -> Result<(), String> {
    let case = case(scenario);
    let refused = |malformed| format!("refused {malformed}");
    let decision = evaluated(&case).map_err(refused)?;
    if let Some(says) = scenario.line("says") {
        let said = sentence(&case).map_err(refused)?;
        if said != cast::expand(says) {
            return Err(said);
        }
    }
    let wanted = match gives {
        "applies" => "allowed by identity 1",
        "does not apply" => "denied, no identity allows",
        other => other,
    };
    let outcome = told(&decision);
    let verdict = if decision.is_allowed() { "allowed" } else { "denied" };
    if outcome == wanted || verdict == wanted { Ok(()) } else { Err(outcome) }
}

/// A decision in the words of the scenarios.
fn told(decision: &Decision) -> String {
    let by = decision.deciding.as_ref();
    let by = by.map(|deciding| format!("{} {}", deciding.name, deciding.index + 1));
    match (decision.reason, by) {
        (Reason::Root, _) => "allowed as owner".to_owned(),
        (Reason::AllowedBy(_), Some(by)) => format!("allowed by {by}"),
        (Reason::AllowedBy(layer), None) => format!("allowed by {} ?", word(layer)),
        (Reason::DeniedBy(_), Some(by)) => format!("denied by {by}"),
        (Reason::DeniedBy(layer), None) => format!("denied by {} ?", word(layer)),
        (Reason::TooMuchWork(layer), _) => format!("denied, {} takes too much work", word(layer)),
        (Reason::NothingAllowsIn(layer), _) => format!("denied, no {} allows", word(layer)),
    }
}

fn word(layer: Layer) -> &'static str {
    match layer {
        Layer::Identity => "identity",
        Layer::Boundary => "boundary",
        Layer::Session => "session",
        Layer::Resource => "resource",
        Layer::Trust => "trust",
        Layer::Grant => "grant",
    }
}
