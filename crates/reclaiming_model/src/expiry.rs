//! A lifecycle policy that two nodes carry out at once (described in
//! `operations/src/lifecycle/expiry.rs`), while clients push, tag and delete.
//!
//! One repository has two images, the first older than the second, and an index may refer to the
//! first. The policy has two rules: old images without a tag expire, and of those with a tag the
//! newest stays. A run reads the images one by one, decides, and acts on each in a transaction of
//! its own; between any two of these steps others do what they like, and it may die.

use crate::search::{Model, Step};

/// What a run looks at again in the transaction that expires an image. Each can be left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rule {
    /// The policy: the run ends if it is not the one that was read.
    Policy,
    /// The row: another one of the same digest stays.
    Rows,
    /// The image's tags.
    Tags,
    /// The indexes that refer to it.
    Indexes,
    /// The newer image for which this one is too many.
    Ranking,
}

const IMAGES: usize = 2;

type Images = [Option<Image>; IMAGES];

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct State {
    images: Images,
    /// An index refers to the first image.
    is_referred: bool,
    runs: [Option<Run>; 2],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Image {
    /// It was deleted and pushed again: a new row, and too young for the first rule.
    is_new: bool,
    is_tagged: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Run {
    /// The policy is the one that it read.
    is_current: bool,
    /// How many images it has read.
    read: usize,
    /// How many it has acted on.
    tried: usize,
    seen: Images,
    saw_index: bool,
    /// Those that it expired.
    gone: [bool; IMAGES],
}

/// What takes an image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Taken {
    AsUntagged,
    AsOneTooMany,
}

pub(crate) struct Expiry {
    pub(crate) without: Option<Rule>,
}

type Next = Result<State, &'static str>;

impl Model for Expiry {
    type State = State;

    fn start(&self) -> State {
        let image = |is_tagged| Some(Image { is_new: false, is_tagged });
        State { images: [image(false), image(true)], is_referred: false, runs: [None; 2] }
    }

    fn wrong(&self, state: &State) -> Option<&'static str> {
        (state.is_referred && state.images[0].is_none()).then_some("an index lacks its image")
    }

    fn stopped(&self, state: &State) -> State {
        State { runs: [None; 2], ..*state }
    }

    fn wrong_at_rest(&self, mut state: State) -> Option<&'static str> {
        state.runs[0] = Some(Run::new());
        while state.runs[0].is_some() {
            match self.go_on(&state, 0) {
                Ok(next) => state = next,
                Err(what) => return Some(what),
            }
        }
        let is_due = (0..IMAGES).any(|at| taken(state.images, state.is_referred, at).is_some());
        is_due.then_some("an image that is due stays")
    }

    fn steps(&self, state: &State) -> Vec<(Step, Next)> {
        let mut steps = Vec::new();
        for (number, at) in (0_u8..).zip(0..state.runs.len()) {
            let with = |run| Ok(state.with_run(at, run));
            if state.runs[at].is_none() {
                steps.push((Step("begin", number), with(Some(Run::new()))));
            } else {
                steps.push((Step("go on", number), self.go_on(state, at)));
                steps.push((Step("die", number), with(None)));
            }
        }
        let ended = steps.into_iter().map(|(step, next)| (step, next.map(State::sorted)));
        ended.chain(clients(state).into_iter().map(|(step, next)| (step, Ok(next)))).collect()
    }
}

impl Expiry {
    fn holds(&self, rule: Rule) -> bool {
        self.without != Some(rule)
    }

    /// A run reads the next image, or acts on it.
    fn go_on(&self, state: &State, at: usize) -> Next {
        let Some(mut run) = state.runs[at] else { return Ok(*state) };
        if run.read < IMAGES {
            run.seen[run.read] = state.images[run.read];
            run.saw_index |= state.is_referred;
            run.read += 1;
            return Ok(state.with_run(at, run.unless_done()));
        }
        let image = run.tried;
        run.tried += 1;
        let passed = Ok(state.with_run(at, run.unless_done()));
        let Some(taken) = taken(run.seen, run.saw_index, image) else { return passed };
        if self.holds(Rule::Policy) && !run.is_current {
            return Ok(state.with_run(at, None));
        }
        if taken == Taken::AsOneTooMany && self.holds(Rule::Ranking) && !run.ranking_holds(state) {
            return Ok(state.with_run(at, None));
        }
        let Some(now) = state.images[image] else { return passed };
        let is_row = run.seen[image].is_some_and(|seen| seen.is_new == now.is_new);
        let is_selected = now.is_tagged == (taken == Taken::AsOneTooMany);
        let is_free = image != 0 || !state.is_referred;
        if self.holds(Rule::Rows) && !is_row
            || self.holds(Rule::Tags) && !is_selected
            || self.holds(Rule::Indexes) && !is_free
        {
            return passed;
        }
        if let Some(what) = run.wrongs(state, image, taken) {
            return Err(what);
        }
        run.gone[image] = true;
        let mut next = state.with_run(at, run.unless_done());
        next.images[image] = None;
        Ok(next)
    }
}

impl Run {
    fn new() -> Self {
        Self {
            is_current: true,
            read: 0,
            tried: 0,
            seen: [None; IMAGES],
            saw_index: false,
            gone: [false; IMAGES],
        }
    }

    /// A run that has nothing more to do ends.
    fn unless_done(self) -> Option<Self> {
        let mut left = self.tried..IMAGES;
        let is_taken = |at: usize| taken(self.seen, self.saw_index, at).is_some();
        (self.read < IMAGES || left.any(is_taken)).then_some(self)
    }

    /// Is the newest tagged image that it read still there and tagged, or has it expired it itself?
    fn ranking_holds(&self, state: &State) -> bool {
        let newest = (0..IMAGES).filter(|at| is_tagged(self.seen, *at));
        let newest = newest.max_by_key(|at| rank(self.seen, *at));
        newest.is_none_or(|at| self.gone[at] || state.images[at] == self.seen[at])
    }

    /// The violation if it expires an image now, if that is one.
    fn wrongs(&self, state: &State, image: usize, taken: Taken) -> Option<&'static str> {
        let now = state.images[image]?;
        if !self.is_current {
            return Some("an image expired by a policy that was replaced");
        }
        if now.is_tagged != (taken == Taken::AsOneTooMany) {
            return Some("an image expired by a rule that does not select it");
        }
        let newer = |at: &usize| {
            let is_there =
                is_tagged(state.images, *at) && rank(state.images, *at) > rank(state.images, image);
            is_there || self.gone[*at]
        };
        match taken {
            Taken::AsUntagged => now.is_new.then_some("an image expired too young"),
            Taken::AsOneTooMany => {
                let is_newest = !(0..IMAGES).filter(|at| *at != image).any(|at| newer(&at));
                is_newest.then_some("the newest image expired")
            }
        }
    }
}

impl State {
    fn with_run(&self, at: usize, run: Option<Run>) -> Self {
        let mut next = *self;
        next.runs[at] = run;
        next
    }

    /// Which of two nodes is which does not matter.
    fn sorted(mut self) -> Self {
        self.runs.sort_unstable();
        self
    }
}

fn is_tagged(images: Images, at: usize) -> bool {
    images[at].is_some_and(|image| image.is_tagged)
}

/// Newer images have a higher one.
fn rank(images: Images, at: usize) -> (bool, usize) {
    (images[at].is_some_and(|image| image.is_new), at)
}

/// What the rules make of an image among these.
fn taken(images: Images, is_referred: bool, at: usize) -> Option<Taken> {
    let image = images[at]?;
    let is_one_too_many =
        (0..IMAGES).any(|other| is_tagged(images, other) && rank(images, other) > rank(images, at));
    match image {
        _ if at == 0 && is_referred => None,
        Image { is_tagged: false, is_new } => (!is_new).then_some(Taken::AsUntagged),
        Image { is_tagged: true, .. } => is_one_too_many.then_some(Taken::AsOneTooMany),
    }
}

/// All that clients can do.
fn clients(state: &State) -> Vec<(Step, State)> {
    let mut steps = Vec::new();
    for (number, at) in (0_u8..).zip(0..IMAGES) {
        let mut step = |doing, image| {
            let mut next = *state;
            next.images[at] = image;
            steps.push((Step(doing, number), next));
        };
        if let Some(image) = state.images[at] {
            step("tag or untag", Some(Image { is_tagged: !image.is_tagged, ..image }));
            if at != 0 || !state.is_referred {
                step("delete", None);
            }
        } else {
            step("push", Some(Image { is_new: true, is_tagged: false }));
            step("push with a tag", Some(Image { is_new: true, is_tagged: true }));
        }
    }
    if state.is_referred || state.images[0].is_some() {
        let next = State { is_referred: !state.is_referred, ..*state };
        steps.push((Step("push or delete the index of", 0), next));
    }
    let mut next = *state;
    next.runs.iter_mut().flatten().for_each(|run| run.is_current = false);
    steps.push((Step("replace the policy", 0), next.sorted()));
    steps
}
