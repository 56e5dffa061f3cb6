//! The engine and the oracle agree, or a rule says why they do not.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use black_box::{root, skipped};

use super::differences::{DIFFERENCES, Difference, Disagreement};
use super::process::{absence, answers};
use super::question::question;
use crate::case::Case;
use crate::evaluated::evaluated;
use crate::random_case::CASES;
use crate::scenarios;

/// Of a hundred random cases, how many may end differently for a known reason. More, and the rules
/// hide too much.
const EXPLAINED_PERCENT_MAX: usize = 4;

/// Disagreements shown whole; the rest are counted.
const SHOWN_MAX: usize = 10;

#[test]
fn random_cases_end_alike() {
    let explained = compare("random policies against another evaluator", &CASES);
    let count: usize = explained.values().sum();
    assert!(count * 100 <= CASES.len() * EXPLAINED_PERCENT_MAX, "{explained:?}");
}

#[test]
fn scenarios_end_alike() {
    let written = scenarios::written();
    let asking = written.iter().filter(|scenario| scenario.line("asks").is_some());
    let cases: Vec<(String, Case)> =
        asking.map(|scenario| (scenario.place.clone(), scenarios::case(scenario))).collect();
    let explained = compare("the scenarios against another evaluator", &cases);
    let stale = |difference: &&Difference| !explained.contains_key(difference.name);
    let stale: Vec<&str> = DIFFERENCES.iter().filter(stale).map(|stale| stale.name).collect();
    assert!(explained.is_empty() || stale.is_empty(), "these explain nothing: {stale:?}");
}

#[test]
fn every_difference_is_told_in_the_file() {
    let path = root().join("crates/policy/tests/decisions/disagreements.md");
    let text = std::fs::read_to_string(path).unwrap();
    let told: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("## ")).collect();
    let known: Vec<&str> = DIFFERENCES.iter().map(|difference| difference.name).collect();
    assert_eq!(told, known, "the headings of disagreements.md and the rules in code");
}

/// The seed makes overlaps: without enough of each verdict the comparison would show little.
#[test]
fn random_cases_are_of_every_kind() {
    let mut verdicts: BTreeMap<&str, usize> = BTreeMap::new();
    for (place, case) in CASES.iter() {
        let decision = evaluated(case).unwrap_or_else(|malformed| panic!("{place}: {malformed}"));
        *verdicts.entry(decision.verdict.as_str()).or_default() += 1;
    }
    let least = CASES.len() / 10;
    for verdict in ["allowed", "explicitDeny", "implicitDeny"] {
        assert!(verdicts.get(verdict).is_some_and(|count| *count >= least), "{verdicts:?}");
    }
}

/// Asks both. Gives how many disagreements each rule explains: none where the oracle cannot be had.
fn compare(what: &str, cases: &[(String, Case)]) -> BTreeMap<&'static str, usize> {
    if let Some(why) = absence() {
        skipped(what, &why);
        return BTreeMap::new();
    }
    let questions: Vec<_> = cases.iter().map(|(_, case)| question(case)).collect();
    let mut explained: BTreeMap<&str, usize> = BTreeMap::new();
    let mut unexplained = Vec::new();
    for ((place, case), (asked, theirs)) in
        cases.iter().zip(questions.iter().zip(answers(&questions)))
    {
        let decision = evaluated(case);
        let ours = decision.as_ref().map_or("refused", |decision| decision.verdict.as_str());
        if theirs.verdict() == ours {
            continue;
        }
        let disagreement =
            Disagreement { case, ours, theirs: theirs.verdict(), ignored: &theirs.ignored };
        // A question that one of them would not take was no question: no rule speaks of those.
        let is_decided = decision.is_ok() && theirs.error.is_none();
        let mut rules = DIFFERENCES.iter().filter(|_| is_decided);
        match rules.find(|difference| (difference.explains)(&disagreement)) {
            Some(difference) => *explained.entry(difference.name).or_default() += 1,
            None => unexplained.push(format!(
                "{place}\n  ours {ours}: {decision:?}\n  theirs {theirs:?}\n  asked {asked}"
            )),
        }
    }
    let mut told = format!("{what}: {} cases", cases.len());
    for (name, count) in &explained {
        write!(told, "\n  {count} × {name}").unwrap();
    }
    println!("{told}");
    let count = unexplained.len();
    unexplained.truncate(SHOWN_MAX);
    assert!(count == 0, "{told}\n{count} that no rule explains:\n{}", unexplained.join("\n"));
    explained
}
