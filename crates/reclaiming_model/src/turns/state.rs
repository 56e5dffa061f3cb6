//! What the row, the store, the queue and the two nodes know.

/// Two that requests write to, and one for a takeover; a fourth adds only states.
pub(super) const OBJECTS: u8 = 3;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct State {
    pub(super) row: Option<Row>,
    pub(super) objects: [Object; OBJECTS as usize],
    /// The object of the resulting layer.
    pub(super) layer: Option<u8>,
    /// Objects that a job deletes.
    pub(super) deletions: u8,
    /// Objects that a job would delete, as a precaution.
    pub(super) expected: u8,
    /// Such a job has begun.
    pub(super) begun: u8,
    pub(super) nodes: [Node; 2],
}

/// The upload's row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Row {
    pub(super) object: u8,
    /// Parts that were acknowledged.
    pub(super) parts: u8,
    pub(super) turn: u8,
}

impl Row {
    /// The turn of the next writer.
    pub(super) fn next_turn(self) -> u8 {
        if self.parts == 0 { 0 } else { self.turn + 1 }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(super) enum Object {
    #[default]
    Absent,
    /// The last claim, and how many parts were sent.
    Written { turn: u8, parts: u8 },
    /// Complete: by a commit, or by a reader of the torn object.
    Whole { parts: u8, committed: bool },
}

/// A node's request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, PartialOrd, Ord)]
pub(super) struct Node {
    pub(super) doing: Doing,
    pub(super) completes: bool,
    pub(super) row: Option<Row>,
    /// Whether the row's version is the one that it read or wrote.
    pub(super) current: bool,
    pub(super) new: Option<u8>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, PartialOrd, Ord)]
pub(super) enum Doing {
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

impl State {
    pub(super) fn object(&self, object: u8) -> Object {
        self.objects[usize::from(object)]
    }

    /// Whether a row needs this object.
    pub(super) fn needs(&self, object: u8) -> bool {
        self.row.is_some_and(|row| row.object == object) || self.layer == Some(object)
    }

    /// Other nodes' knowledge of the row is of an older version now.
    pub(super) fn change_row(&mut self, by: Option<u8>) {
        for (at, node) in (0_u8..).zip(&mut self.nodes) {
            node.current &= by == Some(at);
        }
    }

    /// A node that slept until the jobs were through is not killed before it has checked the row
    /// (see there).
    pub(super) fn would_leak(&self, node: &Node) -> bool {
        let gone = self.deletions | self.expected | self.begun;
        node.row.map(|row| row.object).into_iter().chain(node.new).any(|object| {
            self.object(object) != Object::Absent
                && gone & (1 << object) == 0
                && !self.needs(object)
        })
    }

    /// An object that nothing remembers: as good as one that never was.
    pub(super) fn unused(&self) -> Option<u8> {
        (0..OBJECTS).find(|object| {
            let known = (self.deletions | self.expected | self.begun) & (1 << object) != 0;
            let held = self.nodes.iter().any(|node| {
                node.new == Some(*object) || node.row.is_some_and(|row| row.object == *object)
            });
            self.object(*object) == Object::Absent && !known && !held && !self.needs(*object)
        })
    }
}
