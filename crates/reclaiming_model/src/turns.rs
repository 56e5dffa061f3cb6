//! One upload whose requests reach two nodes at once (described in
//! `operations/src/upload/turns.rs`).
//!
//! Each node handles one request after another, in steps between which the other may do anything,
//! and may die. A client may cancel; jobs delete what is queued for deletion, and may run
//! precautionary jobs at any time.

mod requests;
mod state;

use crate::search::{Model, Step};

use self::state::{Doing, Node, OBJECTS, Object, Row, State};

/// The rules, each of which can be left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rule {
    /// Progress is written at the version that was read.
    ProgressChecksVersion,
    /// So is the right to the layer.
    AttachingChecksVersion,
    /// A takeover increments the row's version before it reads the torn object.
    RowBeforeSalvage,
    /// Pointing a row at an object cancels the job that would delete it, or fails.
    PointingTakesJobBack,
    /// An object has one writer.
    StoreGivesClaimsOnce,
    /// A claim counts only while the one before it exists: deleting and committing remove them in
    /// order.
    ClaimLooksForTheOneBefore,
    /// A refused request queues its object for deletion …
    LoserHasItDeleted,
    /// … unless a row needs it.
    LoserLooksAtRows,
}

pub(crate) struct Turns {
    pub(crate) without: Option<Rule>,
    /// How many parts were acknowledged before it begins: one or none. One more can arrive.
    pub(crate) acknowledged: u8,
}

type Next = Result<State, &'static str>;

const LOST: &str = "what was acknowledged is lost";

impl Model for Turns {
    type State = State;

    fn start(&self) -> State {
        let parts = self.acknowledged;
        let mut objects = [Object::Absent; OBJECTS as usize];
        if parts > 0 {
            objects[0] = Object::Written { turn: 0, parts };
        }
        State {
            row: Some(Row { object: 0, parts, turn: 0 }),
            objects,
            layer: None,
            deletions: 0,
            expected: 0,
            begun: 0,
            nodes: [Node::default(); 2],
        }
    }

    fn wrong(&self, state: &State) -> Option<&'static str> {
        if let Some(Row { object, parts, .. }) = state.row.filter(|row| row.parts > 0) {
            match state.object(object) {
                Object::Written { parts: held, .. } | Object::Whole { parts: held, .. }
                    if held >= parts => {}
                _ => return Some(LOST),
            }
        }
        let layer = state.layer.map(|object| state.object(object));
        let whole = |object| matches!(object, Object::Whole { committed: true, .. });
        layer.filter(|object| !whole(*object)).map(|_| "a layer lacks its bytes")
    }

    /// Nodes in the middle of something continue to their ends: the deaths are covered elsewhere.
    fn stopped(&self, state: &State) -> State {
        *state
    }

    fn wrong_at_rest(&self, state: State) -> Option<&'static str> {
        if state.nodes.iter().any(|node| node.doing != Doing::Nothing) {
            return None;
        }
        let gone = state.deletions | state.expected | state.begun;
        let left = (0..OBJECTS).any(|object| {
            state.object(object) != Object::Absent
                && gone & (1 << object) == 0
                && !state.needs(object)
        });
        left.then_some("something is never given back")
    }

    fn steps(&self, state: &State) -> Vec<(Step, Next)> {
        let mut steps = Vec::new();
        for at in 0..2_u8 {
            self.go_on(state, at, &mut |doing, next| steps.push((Step(doing, at), next)));
        }
        if let Some(row) = state.row {
            let mut next = *state;
            next.row = None;
            next.change_row(None);
            next.deletions |= 1 << row.object;
            steps.push((Step("cancel", 0), Ok(next)));
        }
        for object in 0..OBJECTS {
            let (bit, mut next) = (1 << object, *state);
            if state.expected & bit != 0 && state.begun == 0 {
                next.expected &= !bit;
                next.begun |= bit;
                steps.push((Step("a precaution begins to delete", object), Ok(next)));
            }
            next = *state;
            if (state.deletions | state.begun) & bit != 0 {
                next.deletions &= !bit;
                next.begun &= !bit;
                next.objects[usize::from(object)] = Object::Absent;
                steps.push((Step("delete object", object), Ok(next)));
            }
        }
        for (_, next) in &mut steps {
            if let Ok(next) = next {
                // Which node is which makes no difference.
                next.nodes.sort_unstable();
            }
        }
        steps
    }
}
