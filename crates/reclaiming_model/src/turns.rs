//! One upload whose requests reach two nodes at once (described in
//! `operations/src/upload/turns.rs`).
//!
//! Each node handles one request after another, in steps between which the other may do anything,
//! and may die. A client may cancel; jobs delete what is queued for deletion, and may run
//! precautionary jobs at any time.

use crate::search::{Model, Step};

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

/// Two that requests write to, and one for a takeover; a fourth adds only states.
const OBJECTS: u8 = 3;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct State {
    row: Option<Row>,
    objects: [Object; OBJECTS as usize],
    /// The object of the resulting layer.
    layer: Option<u8>,
    /// Objects that a job deletes.
    deletions: u8,
    /// Objects that a job would delete, as a precaution.
    expected: u8,
    /// Such a job has begun.
    begun: u8,
    nodes: [Node; 2],
}

/// The upload's row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Row {
    object: u8,
    /// Parts that were acknowledged.
    parts: u8,
    turn: u8,
}

impl Row {
    /// The turn of the next writer.
    fn next_turn(self) -> u8 {
        if self.parts == 0 { 0 } else { self.turn + 1 }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
enum Object {
    #[default]
    Absent,
    /// The last claim, and how many parts were sent.
    Written { turn: u8, parts: u8 },
    /// Complete: by a commit, or by a reader of the torn object.
    Whole { parts: u8, committed: bool },
}

/// A node's request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, PartialOrd, Ord)]
struct Node {
    doing: Doing,
    completes: bool,
    row: Option<Row>,
    /// Whether the row's version is the one that it read or wrote.
    current: bool,
    new: Option<u8>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, PartialOrd, Ord)]
enum Doing {
    #[default]
    Nothing,
    Resume,
    TakeRow,
    Salvage,
    Point,
    Claim,
    Send,
    Commit,
    WriteRow,
    Attach,
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

impl Turns {
    fn holds(&self, rule: Rule) -> bool {
        self.without != Some(rule)
    }

    fn go_on(&self, state: &State, at: u8, step: &mut impl FnMut(&'static str, Next)) {
        let node = state.nodes[usize::from(at)];
        let with = |changed: Node| {
            let mut next = *state;
            next.nodes[usize::from(at)] = changed;
            next
        };
        let then = |doing| with(Node { doing, ..node });
        if node.doing != Doing::Nothing && !state.would_leak(&node) {
            step("die", Ok(with(Node::default())));
        }
        let Some(row) = node.row else {
            if let Some(row) = state.row {
                for completes in [false, true] {
                    let is_full = row.parts > self.acknowledged;
                    if completes == is_full || completes && row.parts > 0 {
                        let doing = Doing::Resume;
                        let request =
                            Node { doing, completes, row: Some(row), current: true, new: None };
                        step("read the row", Ok(with(request)));
                    }
                }
            }
            return;
        };
        match node.doing {
            Doing::Nothing => {}
            Doing::Resume => match state.object(row.object) {
                Object::Absent if row.parts > 0 => step("resume", Ok(self.refuse(state, at))),
                Object::Absent => step("resume", Ok(then(Doing::Claim))),
                Object::Written { turn, .. } if row.parts > 0 && turn == row.turn => {
                    step("resume", Ok(then(Doing::Claim)));
                }
                // Nothing was acknowledged: it begins elsewhere.
                Object::Written { .. } | Object::Whole { .. } if row.parts == 0 => {
                    step("begin elsewhere", Ok(self.begin_elsewhere(state, at)));
                }
                Object::Written { .. } | Object::Whole { .. } => {
                    step("find it torn", Ok(then(Doing::TakeRow)));
                }
            },
            Doing::TakeRow => step("take the row", Ok(self.take_row(state, at))),
            Doing::Salvage => step("salvage", Ok(self.salvage(state, at))),
            Doing::Point => step("point the row", Ok(self.point(state, at))),
            Doing::Claim => step("claim", Ok(self.claim(state, at))),
            Doing::Send => self.send(state, at, step),
            Doing::Commit => step("commit", Ok(self.commit(state, at))),
            Doing::WriteRow => step("write the row", Ok(self.write_row(state, at))),
            Doing::Attach => step("attach", Ok(self.attach(state, at))),
        }
    }

    /// A request ends without success. If its row is as it was, nothing but the store's failure
    /// explains that.
    fn refuse(&self, state: &State, at: u8) -> State {
        let mut next = *state;
        let node = std::mem::take(&mut next.nodes[usize::from(at)]);
        if !self.holds(Rule::LoserHasItDeleted) {
            return next;
        }
        for object in node.row.map(|row| row.object).into_iter().chain(node.new) {
            if !next.needs(object) || !self.holds(Rule::LoserLooksAtRows) {
                next.deletions |= 1 << object;
            }
        }
        next
    }

    fn begin_elsewhere(&self, state: &State, at: u8) -> State {
        let mut next = *state;
        let node = &mut next.nodes[usize::from(at)];
        let (Some(row), Some(new)) = (node.row, state.unused()) else { return *state };
        if !node.current {
            return self.refuse(state, at);
        }
        let moved = Row { object: new, parts: 0, turn: 0 };
        (node.row, node.doing) = (Some(moved), Doing::Claim);
        next.row = Some(moved);
        next.deletions |= 1 << row.object;
        next.change_row(Some(at));
        next
    }

    fn take_row(&self, state: &State, at: u8) -> State {
        let mut next = *state;
        let Some(new) = state.unused() else { return *state };
        let node = &mut next.nodes[usize::from(at)];
        if self.holds(Rule::RowBeforeSalvage) {
            if !node.current {
                return self.refuse(state, at);
            }
            next.change_row(Some(at));
        }
        let node = &mut next.nodes[usize::from(at)];
        (node.new, node.doing) = (Some(new), Doing::Salvage);
        next.expected |= 1 << new;
        next
    }

    fn salvage(&self, state: &State, at: u8) -> State {
        let mut next = *state;
        let node = &mut next.nodes[usize::from(at)];
        let (Some(row), Some(new)) = (node.row, node.new) else { return *state };
        node.doing = Doing::Point;
        match state.object(row.object) {
            Object::Written { parts, .. } if parts >= row.parts => {
                next.objects[usize::from(row.object)] =
                    Object::Whole { parts: row.parts, committed: false };
            }
            Object::Whole { parts, .. } if parts >= row.parts => {}
            _ => return self.refuse(state, at),
        }
        next.objects[usize::from(new)] = Object::Written { turn: 0, parts: row.parts };
        next
    }

    fn point(&self, state: &State, at: u8) -> State {
        let mut next = *state;
        let node = &mut next.nodes[usize::from(at)];
        let (Some(row), Some(new)) = (node.row, node.new) else { return *state };
        let waits = state.expected & (1 << new) != 0;
        if !node.current || !waits && self.holds(Rule::PointingTakesJobBack) {
            return self.refuse(state, at);
        }
        let moved = Row { object: new, turn: 0, ..row };
        (node.row, node.new, node.doing) = (Some(moved), None, Doing::Claim);
        next.row = Some(moved);
        next.expected &= !(1 << new);
        next.deletions |= 1 << row.object;
        next.change_row(Some(at));
        next
    }

    fn claim(&self, state: &State, at: u8) -> State {
        let mut next = *state;
        let node = &mut next.nodes[usize::from(at)];
        let Some(row) = node.row else { return *state };
        let object = &mut next.objects[usize::from(row.object)];
        match *object {
            Object::Absent if row.parts == 0 => *object = Object::Written { turn: 0, parts: 0 },
            Object::Written { turn, parts } if turn == row.turn && row.parts > 0 => {
                *object = Object::Written { turn: turn + 1, parts };
            }
            Object::Written { .. } if !self.holds(Rule::StoreGivesClaimsOnce) => {}
            // Deleting removes all claims, and so another could make one of this turn again.
            Object::Absent if !self.holds(Rule::ClaimLooksForTheOneBefore) => {
                *object = Object::Written { turn: row.turn + 1, parts: row.parts };
            }
            _ => return self.refuse(state, at),
        }
        node.doing = if node.completes { Doing::Commit } else { Doing::Send };
        next
    }

    fn send(&self, state: &State, at: u8, step: &mut impl FnMut(&'static str, Next)) {
        let mut next = *state;
        let node = &mut next.nodes[usize::from(at)];
        let Some(row) = node.row else { return };
        let (turn, parts) = (row.next_turn(), row.parts + 1);
        node.doing = Doing::WriteRow;
        let object = &mut next.objects[usize::from(row.object)];
        match *object {
            // A file that is begun again has new keys.
            Object::Written { parts: held, .. } if held > row.parts && row.parts > 0 => {
                step("send", Err("one nonce for two contents"));
            }
            Object::Written { .. } => {
                *object = Object::Written { turn, parts };
                step("send", Ok(next));
            }
            // It was deleted, or completed by another: the store refuses, or accepts it as the
            // first of a new one.
            Object::Absent => {
                *object = Object::Written { turn, parts };
                step("send too late", Ok(next));
                step("send for nothing", Ok(self.refuse(state, at)));
            }
            Object::Whole { .. } => step("send for nothing", Ok(self.refuse(state, at))),
        }
    }

    fn write_row(&self, state: &State, at: u8) -> State {
        let mut next = *state;
        let node = std::mem::take(&mut next.nodes[usize::from(at)]);
        let Some(row) = node.row else { return *state };
        let may = node.current || state.row.is_some() && !self.holds(Rule::ProgressChecksVersion);
        if !may {
            return self.refuse(state, at);
        }
        next.row = Some(Row { parts: row.parts + 1, turn: row.next_turn(), ..row });
        next.change_row(None);
        next
    }

    fn commit(&self, state: &State, at: u8) -> State {
        let mut next = *state;
        let node = &mut next.nodes[usize::from(at)];
        let Some(row) = node.row else { return *state };
        node.doing = Doing::Attach;
        match state.object(row.object) {
            // A single `PUT` of everything also succeeds if the object was deleted.
            Object::Written { .. } | Object::Absent => {
                next.objects[usize::from(row.object)] =
                    Object::Whole { parts: row.parts, committed: true };
                next
            }
            Object::Whole { .. } => self.refuse(state, at),
        }
    }

    fn attach(&self, state: &State, at: u8) -> State {
        let mut next = *state;
        let node = std::mem::take(&mut next.nodes[usize::from(at)]);
        let Some(row) = node.row else { return *state };
        if !node.current && self.holds(Rule::AttachingChecksVersion) {
            return self.refuse(state, at);
        }
        (next.row, next.layer) = (None, Some(row.object));
        next.change_row(None);
        next
    }
}

impl State {
    fn object(&self, object: u8) -> Object {
        self.objects[usize::from(object)]
    }

    /// Whether a row needs this object.
    fn needs(&self, object: u8) -> bool {
        self.row.is_some_and(|row| row.object == object) || self.layer == Some(object)
    }

    /// Other nodes' knowledge of the row is of an older version now.
    fn change_row(&mut self, by: Option<u8>) {
        for (at, node) in (0_u8..).zip(&mut self.nodes) {
            node.current &= by == Some(at);
        }
    }

    /// A node that slept until the jobs were through is not killed before it has checked the row
    /// (see there).
    fn would_leak(&self, node: &Node) -> bool {
        let gone = self.deletions | self.expected | self.begun;
        node.row.map(|row| row.object).into_iter().chain(node.new).any(|object| {
            self.object(object) != Object::Absent
                && gone & (1 << object) == 0
                && !self.needs(object)
        })
    }

    /// An object that nothing remembers: as good as one that never was.
    fn unused(&self) -> Option<u8> {
        (0..OBJECTS).find(|object| {
            let known = (self.deletions | self.expected | self.begun) & (1 << object) != 0;
            let held = self.nodes.iter().any(|node| {
                node.new == Some(*object) || node.row.is_some_and(|row| row.object == *object)
            });
            self.object(*object) == Object::Absent && !known && !held && !self.needs(*object)
        })
    }
}
