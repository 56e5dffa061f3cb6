//! The states of the protocol, and the steps between them: `cast` lists the actors, `pushes` and
//! `jobs` their steps.

mod cast;
mod jobs;
mod pushes;

pub(crate) use cast::{Cast, Rule, SHORT, SKEWED, Seat, Times};

use crate::search::{Model, Step};
use cast::OBJECTS_MAX;

/// Rows, store and actors, for one digest. Times are the remaining times.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(crate) struct State {
    /// `repository_blob`: the remaining lease.
    rights: [Option<u8>; 2],
    /// `image_blob`.
    images: [bool; 2],
    /// `blob`: its object, and how long it is still to be condemned.
    blob: Option<(u8, Option<u8>)>,
    /// Objects in the store, one bit each.
    objects: u8,
    /// Objects that an `upload` row names.
    uploads: u8,
    reviews: [Option<Job>; 2],
    /// For the existing blob. A job for a deleted blob does nothing, so it is not kept.
    reclaim: Option<Job>,
    /// Objects that a job will delete.
    deletions: u8,
    /// Objects that are deleted again later, because a request was writing to them.
    again: [Option<u8>; OBJECTS_MAX],
    /// The object that a sleeping runner is about to delete.
    deleter: Option<u8>,
    /// A runner's decision that it has not carried out; never, if bodies are one transaction.
    decided: Option<JobName>,
    pushers: [Pusher; 2],
    /// The object that a reader is about to open, and how long ago it read the row.
    reader: Option<(u8, u8)>,
}

/// A row of the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Job {
    due: u8,
    /// The outcome of its body, if it ran and the runner has not reported it yet.
    ran: Option<Outcome>,
    /// The same for a runner whose claim is over.
    late: Option<Outcome>,
}

impl Job {
    fn due(due: u8) -> Self {
        Self { due, ran: None, late: None }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Outcome {
    Done,
    Again(u8),
}

impl Outcome {
    fn ended(self) -> Option<Job> {
        match self {
            Self::Done => None,
            Self::Again(due) => Some(Job::due(due)),
        }
    }
}

/// The state of a pusher.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
enum Pusher {
    #[default]
    Idle,
    /// Its upload has a row.
    Begun(u8),
    /// The object's bytes are durable.
    Written(u8),
    /// They are, and the upload was ended so long ago that no job deletes them any more: it slept
    /// for longer than a grace. It is not killed now: that would leave an object for `fsck` to
    /// find.
    Late(u8),
    /// It asked for the layer, which exists, with a lease that must be renewed.
    Asked,
    /// It was told that the repository has the layer; the promise lasts this long.
    Promised(u8),
}

pub(crate) struct Protocol<'a> {
    pub(crate) cast: &'a Cast,
    pub(crate) without: Option<Rule>,
}

/// The result of a step: a state, or a violation.
type Next = Result<State, &'static str>;

impl Model for Protocol<'_> {
    type State = State;

    fn start(&self) -> State {
        State::default()
    }

    fn wrong(&self, state: &State) -> Option<&'static str> {
        (0..2).find_map(|repository| {
            let right = state.rights[repository].is_some();
            match state.blob {
                _ if state.images[repository] && !right => Some("an image lacks its layer"),
                None if right => Some("a right lacks its blob"),
                Some((object, _)) if right && state.objects & bit(object) == 0 => {
                    Some("a right lacks its bytes")
                }
                _ => None,
            }
        })
    }

    /// The same without actors; but a late writer checks the row before it ends.
    fn stopped(&self, state: &State) -> State {
        let mut next = *state;
        for pusher in std::mem::take(&mut next.pushers) {
            if let Pusher::Late(object) = pusher {
                next = self.disown(next, object);
            }
        }
        // A runner that sleeps for ever.
        State { reader: None, deleter: None, ..next }
    }

    fn wrong_at_rest(&self, stopped: State) -> Option<&'static str> {
        let rest = self.quiet(stopped);
        let needed = (0..2).all(|at| rest.rights[at].is_some() == rest.images[at]);
        let attached = rest.rights.iter().any(Option::is_some);
        let bytes = rest.blob.map_or(0, |(object, _)| bit(object));
        let clean = needed && rest.blob.is_some() == attached && rest.objects == bytes;
        let leftover = (!clean).then_some("something is never given back");
        self.wrong(&rest).or(leftover)
    }

    fn steps(&self, state: &State) -> Vec<(Step, Next)> {
        let mut steps = Vec::new();
        for (at, seat) in (0_u8..).zip(self.cast.pushers) {
            if let Some(seat) = seat {
                self.push(state, at, seat, &mut steps);
            }
        }
        for repository in 0..2_u8 {
            self.delete(state, repository, &mut steps);
        }
        if let Some(repository) = self.cast.reads {
            self.read(state, repository, &mut steps);
        }
        self.end_upload(state, &mut steps);
        for name in JobName::ALL {
            self.run(state, name, &mut steps);
        }
        self.delete_objects(state, &mut steps);
        steps.push((Step("ticks passed:", 1), Ok(self.tick(state))));
        steps
    }
}

impl Protocol<'_> {
    fn holds(&self, rule: Rule) -> bool {
        self.without != Some(rule)
    }

    /// How far the actor's clock is ahead.
    fn clocks(&self) -> std::ops::RangeInclusive<u8> {
        let Times { lease, skew, .. } = self.cast.times;
        0..=if self.holds(Rule::ClocksKeepTheBound) { skew } else { lease }
    }

    fn half(&self) -> u8 {
        self.cast.times.lease / 2
    }

    fn promised(&self) -> Pusher {
        Pusher::Promised(self.half() - self.cast.times.skew)
    }

    /// The final state if the jobs run until there are none.
    fn quiet(&self, mut state: State) -> State {
        for object in (0..self.cast.objects).filter(|object| state.uploads & bit(*object) != 0) {
            state.deletions |= bit(object);
        }
        state.uploads = 0;
        let mut rounds = 0;
        while state.deletions != 0
            || state.again != [None; OBJECTS_MAX]
            || JobName::ALL.iter().any(|name| state.place(*name).is_some())
        {
            rounds += 1;
            assert!(rounds < 100, "the jobs go on for ever");
            for name in JobName::ALL {
                let mut steps = Vec::new();
                self.run(&state, name, &mut steps);
                if let Some((_, Ok(next))) = steps.first() {
                    state = *next;
                }
            }
            state.objects &= !state.deletions;
            state.deletions = 0;
            for object in 0..self.cast.objects {
                if state.again[usize::from(object)].is_some() {
                    state = self.delete_again(state, object);
                }
            }
            state = self.tick(&state);
        }
        state
    }

    fn read(&self, state: &State, repository: usize, steps: &mut Vec<(Step, Next)>) {
        let Times { grace, skew, .. } = self.cast.times;
        let mut next = *state;
        match (state.reader, state.blob) {
            (None, Some((object, _))) if state.rights[repository].is_some() => {
                next.reader = Some((object, 0));
                steps.push((Step("find layer", object), Ok(next)));
            }
            (None, _) => {}
            (Some((object, age)), _) => {
                next.reader = None;
                let late = age < grace - skew && state.objects & bit(object) == 0;
                let opened =
                    if late { Err("a reader found its row and not its object") } else { Ok(next) };
                steps.push((Step("open object", object), opened));
            }
        }
    }

    /// Time passes.
    fn tick(&self, state: &State) -> State {
        let mut next = *state;
        let less = |left: &mut u8| *left = left.saturating_sub(1);
        next.rights.iter_mut().flatten().for_each(less);
        next.again.iter_mut().flatten().for_each(less);
        if let Some((_, Some(left))) = &mut next.blob {
            less(left);
        }
        if let Some((_, age)) = &mut next.reader {
            *age = (*age + 1).min(self.cast.times.grace);
        }
        for pusher in &mut next.pushers {
            if let Pusher::Promised(left) = pusher {
                less(left);
            }
        }
        for job in next.reviews.iter_mut().chain([&mut next.reclaim]).flatten() {
            less(&mut job.due);
            for outcome in [&mut job.ran, &mut job.late].into_iter().flatten() {
                if let Outcome::Again(due) = outcome {
                    less(due);
                }
            }
        }
        next
    }
}

/// Which job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum JobName {
    Review(usize),
    Reclaim,
}

impl JobName {
    const ALL: [Self; 3] = [Self::Review(0), Self::Review(1), Self::Reclaim];

    fn number(self) -> u8 {
        match self {
            Self::Review(0) => 0,
            Self::Review(_) => 1,
            Self::Reclaim => 2,
        }
    }

    fn ending(self) -> &'static str {
        match self {
            Self::Review(0) => "end review of 0",
            Self::Review(_) => "end review of 1",
            Self::Reclaim => "end reclaim",
        }
    }
}

impl State {
    fn place(&mut self, name: JobName) -> &mut Option<Job> {
        match name {
            JobName::Review(repository) => &mut self.reviews[repository],
            JobName::Reclaim => &mut self.reclaim,
        }
    }

    /// Is a pusher under way with this object?
    fn writes(&self, object: u8) -> bool {
        let writes = |pusher: &Pusher| matches!(pusher, Pusher::Begun(it) | Pusher::Written(it) | Pusher::Late(it) if *it == object);
        self.pushers.iter().any(writes)
    }

    /// A number that nothing remembers: as good as one that was never used.
    fn fresh_object(&self, objects: u8) -> Option<u8> {
        (0..objects).find(|object| {
            (self.objects | self.uploads | self.deletions) & bit(*object) == 0
                && self.blob.is_none_or(|(held, _)| held != *object)
                && self.reader.is_none_or(|(read, _)| read != *object)
                && self.again[usize::from(*object)].is_none()
                && self.deleter != Some(*object)
                && !self.writes(*object)
        })
    }
}

fn bit(object: u8) -> u8 {
    1 << object
}
