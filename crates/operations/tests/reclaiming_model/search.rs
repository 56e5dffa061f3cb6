//! Visits every state that can be reached, nearest first, so that a violation comes with its shortest story.

use std::collections::{HashMap, HashSet};

use crate::protocol::{Cast, Protocol, Rule, State, Step};

pub(crate) enum Found {
    Nothing { states: usize },
    Violation { what: &'static str, steps: Vec<Step> },
}

/// More states than the casts have: the search must come to its end.
const STATES_MAX: usize = 4_000_000;

pub(crate) fn search(cast: &Cast, without: Option<Rule>) -> Found {
    let protocol = Protocol { cast, without };
    let start = State::default();
    let mut seen = HashSet::from([start]);
    let mut at_rest = HashMap::new();
    // Each state with the place of the one before it, and the step between them.
    let mut states: Vec<(State, usize, Option<Step>)> = vec![(start, 0, None)];
    let mut at = 0;
    while at < states.len() {
        assert!(states.len() < STATES_MAX, "the states are too many");
        let (state, ..) = states[at];
        let stopped = protocol.stopped(&state);
        let at_rest = at_rest.entry(stopped).or_insert_with(|| protocol.wrong_at_rest(stopped));
        if let Some(what) = state.wrong().or(*at_rest) {
            return violation(&states, at, what, None);
        }
        for (step, next) in protocol.steps(&state) {
            let next = match next {
                Ok(next) => next,
                Err(what) => return violation(&states, at, what, Some(step)),
            };
            if seen.insert(next) {
                states.push((next, at, Some(step)));
            }
        }
        at += 1;
    }
    Found::Nothing { states: states.len() }
}

fn violation(
    states: &[(State, usize, Option<Step>)],
    mut at: usize,
    what: &'static str,
    last: Option<Step>,
) -> Found {
    let mut steps: Vec<Step> = last.into_iter().collect();
    while let (_, before, Some(step)) = states[at] {
        steps.push(step);
        at = before;
    }
    steps.reverse();
    Found::Violation { what, steps }
}
