//! Amazon's own matcher, as a process: `tests/tools/event-ruler/Matcher.java`.

use std::io::Write;
use std::process::{Command, Stdio};
use std::thread;

use black_box::{Random, root, skipped};

use crate::outcome::{outcome, word};
use crate::random_case::random_case;
use crate::tables::{cases, differences};

const RANDOM_CASES: usize = 4_000;

#[test]
fn tables_say_what_the_library_says() {
    let (cases, differences) = (cases(), differences());
    let told: Vec<(&str, &str, &str)> = cases
        .iter()
        .map(|case| (case.pattern, case.event, case.outcome))
        .chain(differences.iter().map(|other| (other.pattern, other.event, other.theirs)))
        .collect();
    let questions: Vec<(String, String)> =
        told.iter().map(|(pattern, event, _)| ((*pattern).into(), (*event).into())).collect();
    let Some(answers) = ask("the tables of event patterns", &questions) else { return };
    for ((pattern, event, expected), theirs) in told.into_iter().zip(answers) {
        let theirs = if expected == "refused" { word(&theirs) } else { &theirs };
        assert_eq!(theirs, expected, "{pattern} on {event}");
    }
}

#[test]
fn random_patterns_end_alike() {
    let mut random = Random::new(20_261_201);
    let questions: Vec<(String, String)> =
        (0..RANDOM_CASES).map(|_| random_case(&mut random)).collect();
    let Some(answers) = ask("random event patterns", &questions) else { return };
    let mut yes = 0;
    for ((pattern, event), theirs) in questions.iter().zip(answers) {
        let ours = outcome(pattern, event);
        assert_eq!(word(&ours), word(&theirs), "{pattern} on {event}: {ours} and {theirs}");
        yes += usize::from(ours == "yes");
    }
    assert!(yes > RANDOM_CASES / 20, "enough of them match: {yes}");
}

/// The library's outcomes, in order; nothing where it cannot be had.
fn ask(what: &str, questions: &[(String, String)]) -> Option<Vec<String>> {
    let library = root().join(".tools/event-ruler");
    if !library.join("Matcher.class").exists() {
        let why = format!("{} is not there: run tests/install.sh event-ruler", library.display());
        skipped(&format!("{what} against Amazon's matcher"), &why);
        return None;
    }
    let classes = format!("{0}:{0}/*", library.display());
    let mut java = Command::new("java")
        .args(["-Xshare:auto", "-cp", &classes, "Matcher"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = java.stdin.take().expect("asked for above");
    let lines: String = questions
        .iter()
        .map(|(pattern, event)| serde_json::to_string(&[pattern, event]).unwrap() + "\n")
        .collect();
    // Beside the reading: neither pipe holds all of it.
    let writing = thread::spawn(move || stdin.write_all(lines.as_bytes()));
    let said = java.wait_with_output().unwrap();
    writing.join().unwrap().unwrap();
    assert!(said.status.success(), "the library ended: {}", said.status);
    let said = String::from_utf8(said.stdout).unwrap();
    let answers: Vec<String> =
        said.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(answers.len(), questions.len(), "an answer a question");
    Some(answers)
}
