//! The report of a run: each step as it ends, and a table of all at the end.

use std::time::{Duration, Instant};

use super::ran::Ran;
use super::suites::Suite;

/// The results so far.
pub(super) struct Table {
    began: Instant,
    steps: Vec<Line>,
    suites: Vec<Line>,
    failures: Vec<(String, String)>,
}

struct Line {
    name: String,
    took: Duration,
    worked: Option<Duration>,
    is_good: bool,
}

impl Default for Table {
    fn default() -> Self {
        let (steps, suites, failures) = Default::default();
        Self { began: Instant::now(), steps, suites, failures }
    }
}

impl Table {
    pub(super) fn step(&mut self, name: &str, took: Duration, is_good: bool, alone: &str) {
        let line = Line { name: name.to_owned(), took, worked: None, is_good };
        line.print();
        self.steps.push(line);
        if !is_good {
            self.failures.push((name.to_owned(), alone.to_owned()));
        }
    }

    /// Reports how a suite ended, with its skipped tests, or its output if it failed.
    pub(super) fn suite(&mut self, suite: &Suite, ran: &Ran) {
        let Ran { took, worked, is_good, .. } = *ran;
        let line = Line { name: suite.name.clone(), took, worked, is_good };
        if ran.is_good {
            line.print();
            ran.said.iter().for_each(|said| println!("          {said}"));
        } else {
            heading(&format!("{} failed", suite.name));
            ran.said.iter().for_each(|said| println!("{said}"));
            line.print();
            println!("          alone: {}", suite.alone);
            self.failures.push((suite.name.clone(), suite.alone.clone()));
        }
        self.suites.push(line);
    }

    pub(super) fn print(&mut self) {
        heading("what took how long");
        self.steps.iter().for_each(Line::print);
        // Some at a time, so that these do not add up to the whole. The second column is how long
        // processors were busy with a suite.
        self.suites.sort_by_key(|line| std::cmp::Reverse(line.took));
        self.suites.iter().for_each(Line::print);
        println!("{:>15}  in all", clock(self.began.elapsed()));
        for (name, alone) in &self.failures {
            println!("FAILED: {name}; alone: {alone}");
        }
    }
}

impl Line {
    fn print(&self) {
        let failed = if self.is_good { "" } else { "  FAILED" };
        let worked = self.worked.map(clock).unwrap_or_default();
        println!("{:>7} {worked:>7}  {}{failed}", clock(self.took), self.name);
    }
}

pub(super) fn heading(text: &str) {
    println!("== {text}");
}

/// Minutes and seconds.
pub(super) fn clock(took: Duration) -> String {
    let seconds = took.as_secs_f64().round();
    format!("{}:{:02}", (seconds / 60.0).floor(), seconds % 60.0)
}
