//! The steps of a node that handles a request.

use super::state::{Doing, Node, Object, Row, State};
use super::{Next, Rule, Turns};

impl Turns {
    fn holds(&self, rule: Rule) -> bool {
        self.without != Some(rule)
    }

    pub(super) fn go_on(&self, state: &State, at: u8, step: &mut impl FnMut(&'static str, Next)) {
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
