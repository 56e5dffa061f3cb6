//! The bytes of one blob, moved to the archive storage and back by jobs on two nodes (described in
//! `operations/src/layer/moving.rs`), while clients archive, restore, push, ask and read.
//!
//! A move names its new object in a deletion job, copies, and points the row at the copy; between
//! any two of these steps it may die, and another may move the same blob. Which of two places an
//! object is in does not matter to it, as its key is used once; the row says where the blob is.

use crate::search::{Model, Step};

/// The rules of a move. Each can be left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rule {
    /// The new object is named in a deletion job before its first byte.
    NamedFirst,
    /// Bytes go to the archive storage only while the image is archived, read in the transaction.
    StillArchived,
    /// And only when the lease is over.
    Lease,
    /// The job that names the copy has not begun.
    TakeBack,
    /// The old object stays for a while.
    Grace,
    /// An image is active only when its bytes are back.
    BytesBack,
}

/// As many objects as the blob has in a sequence: none is used twice.
const OBJECTS: usize = 4;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct State {
    /// The object that the row names, and whether it is in the archive storage.
    row: u8,
    is_archived: bool,
    objects: [Object; OBJECTS],
    image: Image,
    /// The ticks that a promise still lasts.
    lease: u8,
    /// A client relies on it.
    is_promised: bool,
    /// A reader found the row and has not opened its object yet.
    reader: Option<u8>,
    movers: [Option<Mover>; 2],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Object {
    is_used: bool,
    is_there: bool,
    deletion: Deletion,
}

/// The job that deletes an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Deletion {
    None,
    /// A precaution that can be taken back.
    Waiting,
    /// Due after so many ticks.
    Due(u8),
    /// A runner has begun it.
    Begun,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Image {
    Active,
    Archived,
    Activating,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Mover {
    from: u8,
    to: u8,
    to_archive: bool,
    is_copied: bool,
}

pub(crate) struct Moves {
    pub(crate) without: Option<Rule>,
}

type Next = Result<State, &'static str>;

impl Model for Moves {
    type State = State;

    fn start(&self) -> State {
        let unused = Object { is_used: false, is_there: false, deletion: Deletion::None };
        let mut objects = [unused; OBJECTS];
        objects[0] = Object { is_used: true, is_there: true, ..unused };
        State {
            row: 0,
            is_archived: false,
            objects,
            image: Image::Active,
            lease: 0,
            is_promised: false,
            reader: None,
            movers: [None; 2],
        }
    }

    fn wrong(&self, state: &State) -> Option<&'static str> {
        if !state.objects[usize::from(state.row)].is_there {
            return Some("a row names an object that is gone");
        }
        let is_active = state.image == Image::Active;
        (is_active && state.is_archived).then_some("an active image has archived bytes")
    }

    fn stopped(&self, state: &State) -> State {
        State { movers: [None; 2], reader: None, is_promised: false, lease: 0, ..*state }
    }

    fn wrong_at_rest(&self, state: State) -> Option<&'static str> {
        let is_left = |(at, object): (usize, &Object)| {
            object.is_there && at != usize::from(state.row) && object.deletion == Deletion::None
        };
        state.objects.iter().enumerate().any(is_left).then_some("an object is left for ever")
    }

    fn steps(&self, state: &State) -> Vec<(Step, Next)> {
        let mut steps = self.clients(state);
        for (number, at) in (0_u8..).zip(0..state.movers.len()) {
            self.mover(state, number, at, &mut steps);
        }
        for (number, at) in (0_u8..).zip(0..OBJECTS) {
            deletions(state, number, at, &mut steps);
        }
        steps
    }
}

impl Moves {
    fn holds(&self, rule: Rule) -> bool {
        self.without != Some(rule)
    }

    fn clients(&self, state: &State) -> Vec<(Step, Next)> {
        let mut steps = Vec::new();
        let mut step = |doing, change: &dyn Fn(&mut State)| {
            let mut next = *state;
            change(&mut next);
            steps.push((Step(doing, 0), Ok(next)));
        };
        match state.image {
            Image::Active => step("archive", &|next| next.image = Image::Archived),
            Image::Archived => step("restore", &|next| next.image = Image::Activating),
            Image::Activating if !state.is_archived || !self.holds(Rule::BytesBack) => {
                step("activate", &|next| next.image = Image::Active);
            }
            Image::Activating => {}
        }
        if !state.is_archived {
            step("promise", &|next| (next.lease, next.is_promised) = (1, true));
            if state.reader.is_none() {
                step("find to read", &|next| next.reader = Some(next.row));
            }
        }
        if let Some(object) = state.reader {
            let is_there = state.objects[usize::from(object)].is_there;
            let opened = State { reader: None, ..*state };
            let gone = "a reader found its object gone";
            steps.push((Step("open", object), if is_there { Ok(opened) } else { Err(gone) }));
        } else {
            // A reader opens sooner.
            steps.push((Step("tick", 0), Ok(tick(*state))));
        }
        if state.is_promised {
            let put = State { image: Image::Active, is_promised: false, ..*state };
            let broken = "a promise was broken";
            let put = if state.is_archived { Err(broken) } else { Ok(put) };
            steps.push((Step("put by a promise", 0), put));
        }
        if let Some(new) = state.unused().filter(|_| state.is_archived) {
            let mut next = *state;
            next.objects[usize::from(new)] =
                Object { is_used: true, is_there: true, deletion: Deletion::None };
            next.point_at(new, false, self.grace());
            (next.lease, next.is_promised) = (1, true);
            steps.push((Step("push", new), Ok(next)));
        }
        steps
    }

    fn grace(&self) -> u8 {
        u8::from(self.holds(Rule::Grace))
    }

    fn mover(&self, state: &State, number: u8, at: usize, steps: &mut Vec<(Step, Next)>) {
        let Some(mover) = state.movers[at] else {
            steps.extend(self.begin(state, at).map(|next| (Step("begin", number), Ok(next))));
            return;
        };
        let mut died = *state;
        died.movers[at] = None;
        steps.push((Step("die", number), Ok(died)));
        let mut next = *state;
        if mover.is_copied {
            next.movers[at] = None;
            self.record(&mut next, mover);
            steps.push((Step("record", number), Ok(next)));
        } else if state.objects[usize::from(mover.from)].is_there {
            next.movers[at] = Some(Mover { is_copied: true, ..mover });
            next.objects[usize::from(mover.to)].is_there = true;
            steps.push((Step("copy", number), Ok(next)));
        }
    }

    fn begin(&self, state: &State, at: usize) -> Option<State> {
        let to_archive = match (state.image, state.is_archived) {
            (Image::Archived, false) if state.lease == 0 || !self.holds(Rule::Lease) => true,
            (Image::Activating, true) => false,
            _ => return None,
        };
        let (from, to) = (state.row, state.unused()?);
        let mut next = *state;
        let named = if self.holds(Rule::NamedFirst) { Deletion::Waiting } else { Deletion::None };
        next.objects[usize::from(to)] = Object { is_used: true, is_there: false, deletion: named };
        next.movers[at] = Some(Mover { from, to, to_archive, is_copied: false });
        Some(next)
    }

    /// The one transaction that ends a move.
    fn record(&self, next: &mut State, mover: Mover) {
        let object = &mut next.objects[usize::from(mover.to)];
        let is_taken_back =
            matches!(object.deletion, Deletion::Waiting) || !self.holds(Rule::NamedFirst);
        let is_same = next.row == mover.from;
        let may_go = !mover.to_archive
            || (next.image == Image::Archived || !self.holds(Rule::StillArchived))
                && (next.lease == 0 || !self.holds(Rule::Lease));
        if is_same && may_go && (is_taken_back || !self.holds(Rule::TakeBack)) {
            if object.deletion == Deletion::Waiting {
                object.deletion = Deletion::None;
            }
            next.point_at(mover.to, mover.to_archive, self.grace());
        } else if self.holds(Rule::NamedFirst) && object.deletion == Deletion::Waiting {
            object.deletion = Deletion::Due(0);
        }
    }
}

impl State {
    fn unused(&self) -> Option<u8> {
        (0_u8..).zip(&self.objects).find(|(_, object)| !object.is_used).map(|(at, _)| at)
    }

    /// Points the row at another object, and queues the deletion of the old one.
    fn point_at(&mut self, object: u8, is_archived: bool, grace: u8) {
        let old = usize::from(std::mem::replace(&mut self.row, object));
        if old != usize::from(object) {
            self.objects[old].deletion = Deletion::Due(grace);
        }
        self.is_archived = is_archived;
    }
}

fn tick(mut state: State) -> State {
    state.lease = state.lease.saturating_sub(1);
    state.is_promised &= state.lease > 0;
    for object in &mut state.objects {
        if let Deletion::Due(left) = &mut object.deletion {
            *left = left.saturating_sub(1);
        }
    }
    state
}

/// A job that is due begins, deletes and ends. A precaution may become due at any time.
fn deletions(state: &State, number: u8, at: usize, steps: &mut Vec<(Step, Next)>) {
    let mut next = *state;
    let object = &mut next.objects[at];
    match object.deletion {
        Deletion::Waiting | Deletion::Due(0) => object.deletion = Deletion::Begun,
        Deletion::Begun => {
            object.is_there = false;
            // A mover that is still writing leaves bytes: the job of the object comes again.
            let is_written = state.movers.iter().flatten().any(|mover| usize::from(mover.to) == at);
            object.deletion = if is_written { Deletion::Begun } else { Deletion::None };
        }
        Deletion::None | Deletion::Due(_) => return,
    }
    steps.push((Step("begin or end the deletion of", number), Ok(next)));
}
