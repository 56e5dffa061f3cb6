//! Visits every reachable state, nearest first, so that a violation comes with its shortest trace.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::hash::Hash;

/// A protocol: its states, and the steps between them.
pub(crate) trait Model {
    type State: Copy + Eq + Hash;

    fn start(&self) -> Self::State;

    /// The violation in this state, if there is one.
    fn wrong(&self, state: &Self::State) -> Option<&'static str>;

    /// The same without actors.
    fn stopped(&self, state: &Self::State) -> Self::State;

    /// The violation when all actors have stopped and the jobs have run to the end, if there is
    /// one.
    fn wrong_at_rest(&self, stopped: Self::State) -> Option<&'static str>;

    /// All that can happen next: a state, or a violation.
    fn steps(&self, state: &Self::State) -> Vec<(Step, Result<Self::State, &'static str>)>;
}

/// An actor's step, and its subject.
#[derive(Clone, Copy)]
pub(crate) struct Step(pub(crate) &'static str, pub(crate) u8);

impl fmt::Debug for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(doing, what) = self;
        write!(f, "{doing} {what}")
    }
}

pub(crate) enum Found {
    Nothing { states: usize },
    Violation { what: &'static str, steps: Vec<Step> },
}

/// More states than the models have: the search must end.
const STATES_MAX: usize = 4_000_000;

/// A state, with the place of the one before it, and the step between them.
type Visited<S> = (S, usize, Option<Step>);

pub(crate) fn search<M: Model>(model: &M) -> Found {
    let start = model.start();
    let mut seen = HashSet::from([start]);
    let mut at_rest = HashMap::new();
    let mut states: Vec<Visited<M::State>> = vec![(start, 0, None)];
    let mut at = 0;
    while at < states.len() {
        assert!(states.len() < STATES_MAX, "the states are too many");
        let (state, ..) = states[at];
        let stopped = model.stopped(&state);
        let at_rest = at_rest.entry(stopped).or_insert_with(|| model.wrong_at_rest(stopped));
        if let Some(what) = model.wrong(&state).or(*at_rest) {
            return violation(&states, at, what, None);
        }
        for (step, next) in model.steps(&state) {
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

fn violation<S>(
    states: &[Visited<S>],
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
