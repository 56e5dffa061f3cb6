//! The states of the protocol, and the steps between them.

/// A lease, in ticks of the clock. Half of it is what is promised.
const LEASE: u8 = 2;
const HALF: u8 = LEASE / 2;
/// How long bytes outlive the last right.
const GRACE: u8 = 1;

/// Who acts.
pub(crate) struct Cast {
    pub(crate) pushers: [Option<Seat>; 2],
    /// May somebody delete layers that no image needs?
    pub(crate) layers_are_deleted: bool,
    /// The repository that is read from.
    pub(crate) reads: Option<usize>,
    /// Objects that there can be at once.
    pub(crate) objects: u8,
}

/// What a pusher does.
#[derive(Clone, Copy)]
pub(crate) struct Seat {
    pub(crate) repository: usize,
    /// Mounts from there instead of uploading.
    pub(crate) mounts_from: Option<usize>,
}

/// The rules of the protocol, each of which can be left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rule {
    GraceBeforeDeletion,
    LeaseBeforeReview,
    PutChecksRight,
    ReviewLooksForImages,
    ReclaimLooksForRights,
    RowBeforeBytes,
    KeysAreUsedOnce,
    AttachingRevives,
    AskingAgainRunsAgain,
    DeletedImageIsReviewed,
    LostRightIsReclaimed,
    DeletionIsQueuedWithTheRow,
    ObjectIsNamedBeforeItsBytes,
    AbandoningWaitsForWriters,
}

/// Rows, store and actors, all about one digest. Times are what is left of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(crate) struct State {
    /// `repository_blob`: what is left of the lease.
    rights: [Option<u8>; 2],
    /// `image_blob`.
    images: [bool; 2],
    /// `blob`: its object, and for how long it has been condemned.
    blob: Option<(u8, Option<u8>)>,
    /// Objects in the store, one bit each.
    objects: u8,
    /// Objects that an `upload` row names.
    uploads: u8,
    reviews: [Option<Job>; 2],
    /// About the blob that there is. One about a blob that has gone does nothing, so it is not kept.
    reclaim: Option<Job>,
    /// Objects that a job will delete.
    deletions: u8,
    pushers: [Pusher; 2],
    /// What a reader is about to open, and how long ago it found that out.
    reader: Option<(u8, u8)>,
}

/// A row of the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Job {
    due: u8,
    /// What its body came to, if it ran and the runner has not said so yet.
    ran: Option<Outcome>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Outcome {
    Done,
    Again(u8),
}

/// How far a pusher has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
enum Pusher {
    #[default]
    Idle,
    /// Its upload has a row.
    Begun(u8),
    /// The object's bytes are durable.
    Written(u8),
    /// It was told that the repository has the layer; for so long that is a promise.
    Promised(u8),
}

pub(crate) struct Protocol<'a> {
    pub(crate) cast: &'a Cast,
    pub(crate) without: Option<Rule>,
}

/// What somebody does, and to what.
#[derive(Clone, Copy)]
pub(crate) struct Step(pub(crate) &'static str, pub(crate) u8);

impl std::fmt::Debug for Step {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self(doing, what) = self;
        write!(f, "{doing} {what}")
    }
}

/// What becomes of a step: a state, or a violation.
type Next = Result<State, &'static str>;

impl Protocol<'_> {
    fn holds(&self, rule: Rule) -> bool {
        self.without != Some(rule)
    }

    /// What is wrong when all actors have stopped and the jobs have gone on, if anything.
    pub(crate) fn wrong_at_rest(&self, stopped: State) -> Option<&'static str> {
        let rest = self.quiet(stopped);
        let needed = (0..2).all(|at| rest.rights[at].is_some() == rest.images[at]);
        let attached = rest.rights.iter().any(Option::is_some);
        let bytes = rest.blob.map_or(0, |(object, _)| bit(object));
        let clean = needed && rest.blob.is_some() == attached && rest.objects == bytes;
        let leftover = (!clean).then_some("something is never given back");
        rest.wrong().or(leftover)
    }

    /// All that can happen next.
    pub(crate) fn steps(&self, state: &State) -> Vec<(Step, Next)> {
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
            read(state, repository, &mut steps);
        }
        self.abandon(state, &mut steps);
        for name in JobName::ALL {
            self.run(state, name, &mut steps);
        }
        self.delete_objects(state, &mut steps);
        steps.push((Step("ticks passed:", 1), Ok(state.tick())));
        steps
    }

    fn push(&self, state: &State, number: u8, seat: Seat, steps: &mut Vec<(Step, Next)>) {
        let repository = seat.repository;
        let at = usize::from(number);
        let mut step = |doing: &'static str, next: Next| steps.push((Step(doing, number), next));
        let with = |pusher: Pusher| {
            let mut next = *state;
            next.pushers[at] = pusher;
            next
        };
        match state.pushers[at] {
            Pusher::Idle => {
                if let Some(lease) = state.rights[repository] {
                    let mut next = with(Pusher::Promised(HALF));
                    next.rights[repository] = Some(if lease > HALF { lease } else { LEASE });
                    step("HEAD", Ok(next));
                }
                match seat.mounts_from {
                    Some(from) if state.rights[from].is_some() => {
                        let mut next = with(Pusher::Promised(HALF));
                        self.give_right(&mut next, repository);
                        step("mount", Ok(next));
                    }
                    Some(_) => {}
                    None => self.begin(state, at, &mut step),
                }
            }
            Pusher::Begun(object) => {
                let mut next = with(Pusher::Written(object));
                next.objects |= bit(object);
                if !self.holds(Rule::ObjectIsNamedBeforeItsBytes) {
                    step(
                        "crash before the row",
                        Ok(State { pushers: with(Pusher::Idle).pushers, ..next }),
                    );
                    next.uploads |= bit(object);
                }
                step("write", Ok(next));
            }
            Pusher::Written(object) => {
                let next = if state.uploads & bit(object) == 0 {
                    with(Pusher::Idle)
                } else {
                    self.attach(with(Pusher::Promised(HALF)), repository, object)
                };
                step("complete", Ok(next));
            }
            Pusher::Promised(left) => {
                let mut next = with(Pusher::Idle);
                let may = state.rights[repository].is_some() || !self.holds(Rule::PutChecksRight);
                next.images[repository] |= may;
                let broken = !may && left > 0;
                step("put image", if broken { Err("a promise was broken") } else { Ok(next) });
            }
        }
        if state.pushers[at] != Pusher::Idle {
            step("crash", Ok(with(Pusher::Idle)));
        }
    }

    fn begin(&self, state: &State, at: usize, step: &mut impl FnMut(&'static str, Next)) {
        let reused = (!self.holds(Rule::KeysAreUsedOnce)).then_some(0);
        let Some(object) = reused.or_else(|| state.fresh_object(self.cast.objects)) else { return };
        let mut next = *state;
        next.pushers[at] = Pusher::Begun(object);
        if self.holds(Rule::ObjectIsNamedBeforeItsBytes) {
            next.uploads |= bit(object);
        }
        step("begin upload", Ok(next));
    }

    fn attach(&self, mut next: State, repository: usize, object: u8) -> State {
        next.uploads &= !bit(object);
        match next.blob {
            Some((held, condemned)) => {
                let revived = if self.holds(Rule::AttachingRevives) { None } else { condemned };
                next.blob = Some((held, revived));
                if held != object {
                    next.deletions |= bit(object);
                }
            }
            None => next.blob = Some((object, None)),
        }
        self.give_right(&mut next, repository);
        next
    }

    fn give_right(&self, next: &mut State, repository: usize) {
        next.rights[repository] = Some(LEASE);
        self.enqueue(&mut next.reviews[repository], LEASE);
    }

    /// Asking again moves the fence, so that a run under way does not end what was asked for after it.
    fn enqueue(&self, slot: &mut Option<Job>, due: u8) {
        let ran = slot.and_then(|job| job.ran);
        let kept = if self.holds(Rule::AskingAgainRunsAgain) { None } else { ran };
        *slot = Some(Job { due, ran: kept });
    }

    fn delete(&self, state: &State, place: u8, steps: &mut Vec<(Step, Next)>) {
        let repository = usize::from(place);
        let Some(lease) = state.rights[repository] else { return };
        let mut next = *state;
        if state.images[repository] {
            next.images[repository] = false;
            if self.holds(Rule::DeletedImageIsReviewed) {
                self.enqueue(&mut next.reviews[repository], lease);
            }
            steps.push((Step("delete image in", place), Ok(next)));
        } else if self.cast.layers_are_deleted {
            self.take_right(&mut next, repository);
            // Somebody asked for exactly that: nobody was promised otherwise.
            for (pusher, seat) in next.pushers.iter_mut().zip(self.cast.pushers) {
                let here = seat.is_some_and(|seat| seat.repository == repository);
                if here && matches!(pusher, Pusher::Promised(_)) {
                    *pusher = Pusher::Promised(0);
                }
            }
            steps.push((Step("delete layer in", place), Ok(next)));
        }
    }

    fn take_right(&self, next: &mut State, repository: usize) {
        next.rights[repository] = None;
        if next.blob.is_some() && self.holds(Rule::LostRightIsReclaimed) {
            self.enqueue(&mut next.reclaim, 0);
        }
    }

    /// An upload that nobody writes to any more is abandoned.
    fn abandon(&self, state: &State, steps: &mut Vec<(Step, Next)>) {
        for object in (0..self.cast.objects).filter(|object| state.uploads & bit(*object) != 0) {
            if self.holds(Rule::AbandoningWaitsForWriters) && state.writes(object) {
                continue;
            }
            let mut next = *state;
            next.uploads &= !bit(object);
            next.deletions |= bit(object);
            steps.push((Step("abandon upload of", object), Ok(next)));
        }
    }

    /// A job runs; later its runner says how it ended, or dies before.
    fn run(&self, state: &State, name: JobName, steps: &mut Vec<(Step, Next)>) {
        let Some(job) = *state.clone().place(name) else { return };
        let (mut next, mut unsaid) = (*state, *state);
        match job.ran {
            None if job.due > 0 => {}
            None => {
                let (doing, outcome) = match name {
                    JobName::Review(0) => ("review of 0", self.review(&mut next, 0)),
                    JobName::Review(_) => ("review of 1", self.review(&mut next, 1)),
                    JobName::Reclaim => ("reclaim", self.reclaim(&mut next)),
                };
                if let Some(job) = next.place(name) {
                    job.ran = Some(outcome);
                }
                steps.push((Step(doing, 0), Ok(next)));
            }
            Some(outcome) => {
                *next.place(name) = match outcome {
                    Outcome::Done => None,
                    Outcome::Again(due) => Some(Job { due, ran: None }),
                };
                steps.push((Step(name.ending(), 0), Ok(next)));
                *unsaid.place(name) = Some(Job { due: 0, ran: None });
                steps.push((Step("a runner dies", 0), Ok(unsaid)));
            }
        }
    }

    /// Nobody asks for a deletion again, so to delete and to say so is one step, unless the runner dies.
    fn delete_objects(&self, state: &State, steps: &mut Vec<(Step, Next)>) {
        for object in (0..self.cast.objects).filter(|object| state.deletions & bit(*object) != 0) {
            let mut next = *state;
            next.objects &= !bit(object);
            if next != *state {
                steps.push((Step("delete object and die", object), Ok(next)));
            }
            next.deletions &= !bit(object);
            steps.push((Step("delete object", object), Ok(next)));
        }
    }

    fn review(&self, next: &mut State, repository: usize) -> Outcome {
        let Some(lease) = next.rights[repository] else { return Outcome::Done };
        if next.images[repository] && self.holds(Rule::ReviewLooksForImages) {
            return Outcome::Done;
        }
        if lease > 0 && self.holds(Rule::LeaseBeforeReview) {
            return Outcome::Again(lease);
        }
        self.take_right(next, repository);
        Outcome::Done
    }

    fn reclaim(&self, next: &mut State) -> Outcome {
        let Some((object, condemned)) = next.blob else { return Outcome::Done };
        let attached = next.rights.iter().any(Option::is_some);
        if attached && self.holds(Rule::ReclaimLooksForRights) {
            next.blob = Some((object, None));
            return Outcome::Done;
        }
        let grace = if self.holds(Rule::GraceBeforeDeletion) { GRACE } else { 0 };
        let since = condemned.unwrap_or(0);
        if since < grace {
            next.blob = Some((object, Some(since)));
            return Outcome::Again(grace - since);
        }
        if !self.holds(Rule::RowBeforeBytes) && next.objects & bit(object) != 0 {
            next.objects &= !bit(object);
            return Outcome::Again(0);
        }
        (next.blob, next.reclaim) = (None, None);
        if self.holds(Rule::DeletionIsQueuedWithTheRow) {
            next.deletions |= bit(object);
        }
        Outcome::Done
    }

    /// Where this ends if the jobs go on until there is none.
    fn quiet(&self, mut state: State) -> State {
        for object in (0..self.cast.objects).filter(|object| state.uploads & bit(*object) != 0) {
            state.deletions |= bit(object);
        }
        state.uploads = 0;
        let mut rounds = 0;
        while state.deletions != 0 || JobName::ALL.iter().any(|name| state.place(*name).is_some()) {
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
            state = state.tick();
        }
        state
    }
}

fn read(state: &State, repository: usize, steps: &mut Vec<(Step, Next)>) {
    let mut next = *state;
    match (state.reader, state.blob) {
        (None, Some((object, _))) if state.rights[repository].is_some() => {
            next.reader = Some((object, 0));
            steps.push((Step("find layer", object), Ok(next)));
        }
        (None, _) => {}
        (Some((object, age)), _) => {
            next.reader = None;
            let late = age < GRACE && state.objects & bit(object) == 0;
            let opened =
                if late { Err("a reader found its row and not its object") } else { Ok(next) };
            steps.push((Step("open object", object), opened));
        }
    }
}

/// Which job.
#[derive(Debug, Clone, Copy)]
enum JobName {
    Review(usize),
    Reclaim,
}

impl JobName {
    const ALL: [Self; 3] = [Self::Review(0), Self::Review(1), Self::Reclaim];

    fn ending(self) -> &'static str {
        match self {
            Self::Review(0) => "end review of 0",
            Self::Review(_) => "end review of 1",
            Self::Reclaim => "end reclaim",
        }
    }
}

impl State {
    /// What is wrong with what this state says, if anything.
    pub(crate) fn wrong(&self) -> Option<&'static str> {
        (0..2).find_map(|repository| {
            let right = self.rights[repository].is_some();
            match self.blob {
                _ if self.images[repository] && !right => Some("an image lacks its layer"),
                None if right => Some("a right lacks its blob"),
                Some((object, _)) if right && self.objects & bit(object) == 0 => {
                    Some("a right lacks its bytes")
                }
                _ => None,
            }
        })
    }

    /// The same with all actors gone.
    pub(crate) fn stopped(&self) -> Self {
        Self { pushers: <[Pusher; 2]>::default(), reader: None, ..*self }
    }

    fn place(&mut self, name: JobName) -> &mut Option<Job> {
        match name {
            JobName::Review(repository) => &mut self.reviews[repository],
            JobName::Reclaim => &mut self.reclaim,
        }
    }

    /// Is a pusher under way with this object?
    fn writes(&self, object: u8) -> bool {
        let writes = |pusher: &Pusher| matches!(pusher, Pusher::Begun(it) | Pusher::Written(it) if *it == object);
        self.pushers.iter().any(writes)
    }

    /// A number that nothing remembers: as good as one that was never used.
    fn fresh_object(&self, objects: u8) -> Option<u8> {
        (0..objects).find(|object| {
            (self.objects | self.uploads | self.deletions) & bit(*object) == 0
                && self.blob.is_none_or(|(held, _)| held != *object)
                && self.reader.is_none_or(|(read, _)| read != *object)
                && !self.writes(*object)
        })
    }

    /// Time passes.
    fn tick(&self) -> Self {
        let mut next = *self;
        for lease in next.rights.iter_mut().flatten() {
            *lease = lease.saturating_sub(1);
        }
        if let Some((_, Some(condemned))) = &mut next.blob {
            *condemned = (*condemned + 1).min(GRACE);
        }
        if let Some((_, age)) = &mut next.reader {
            *age = (*age + 1).min(GRACE);
        }
        for pusher in &mut next.pushers {
            if let Pusher::Promised(left) = pusher {
                *left = left.saturating_sub(1);
            }
        }
        for job in next.reviews.iter_mut().chain([&mut next.reclaim]).flatten() {
            job.due = job.due.saturating_sub(1);
            if let Some(Outcome::Again(due)) = &mut job.ran {
                *due = due.saturating_sub(1);
            }
        }
        next
    }
}

fn bit(object: u8) -> u8 {
    1 << object
}
