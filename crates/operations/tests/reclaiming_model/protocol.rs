//! The states of the protocol, and the steps between them.

use crate::search::{Model, Step};

/// How long what lasts, in ticks of the slowest clock.
#[derive(Clone, Copy)]
pub(crate) struct Times {
    /// A lease. Half of it, less the skew, is what is promised.
    pub(crate) lease: u8,
    /// How long bytes outlive the last right. A reader has that, less the skew.
    pub(crate) grace: u8,
    /// How far a node's clock may be ahead of another's. Each step is of a node with any clock within that.
    pub(crate) skew: u8,
}

/// No skew, and as short as can be.
pub(crate) const SHORT: Times = Times { lease: 2, grace: 1, skew: 0 };

/// Clocks that differ.
pub(crate) const SKEWED: Times = Times { lease: 4, grace: 2, skew: 1 };

/// The most objects at once in any cast.
const OBJECTS_MAX: usize = 3;

/// Who acts.
pub(crate) struct Cast {
    pub(crate) pushers: [Option<Seat>; 2],
    /// May somebody delete layers that no image needs?
    pub(crate) layers_are_deleted: bool,
    /// The repository that is read from.
    pub(crate) reads: Option<usize>,
    /// Objects that there can be at once; three at most.
    pub(crate) objects: u8,
    pub(crate) times: Times,
    /// Do runners sleep until their leases are over, and wake? Do uploads end under their writers, on another node?
    pub(crate) nodes_sleep: bool,
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
    /// What a request wrote to an upload that was ended meanwhile, it has deleted.
    LateWriterHasItDeleted,
    /// The object of an upload that is ended is deleted again later: its writer may be killed.
    EndedUploadIsDeletedTwice,
    /// A runner that comes late ends nothing.
    OnlyTheLastClaimEnds,
    ReviewIsOneTransaction,
    ReclaimIsOneTransaction,
    /// HEAD renews a lease and looks for the right in one transaction.
    HeadLooksWhenItRenews,
    ClocksKeepTheBound,
}

/// Rows, store and actors, all about one digest. Times are what is left of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(crate) struct State {
    /// `repository_blob`: what is left of the lease.
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
    /// About the blob that there is. One about a blob that has gone does nothing, so it is not kept.
    reclaim: Option<Job>,
    /// Objects that a job will delete.
    deletions: u8,
    /// Objects that are deleted again then, because somebody was writing to them.
    again: [Option<u8>; OBJECTS_MAX],
    /// What a runner is about to delete that sleeps.
    deleter: Option<u8>,
    /// What a runner has decided and not done: never, if bodies are one transaction.
    decided: Option<JobName>,
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
    /// The same of a runner whose claim is over.
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

/// How far a pusher has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
enum Pusher {
    #[default]
    Idle,
    /// Its upload has a row.
    Begun(u8),
    /// The object's bytes are durable.
    Written(u8),
    /// They are, and the upload was ended so long ago that nobody else deletes them: it slept for longer than a grace.
    /// It is not killed now: that would leave an object for `fsck` to find.
    Late(u8),
    /// It asked for the layer, which is there, with a lease that must be renewed.
    Asked,
    /// It was told that the repository has the layer; for so long that is a promise.
    Promised(u8),
}

pub(crate) struct Protocol<'a> {
    pub(crate) cast: &'a Cast,
    pub(crate) without: Option<Rule>,
}

/// What becomes of a step: a state, or a violation.
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

    /// The same with all actors gone; but who is late looks at the row before it goes.
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

    /// By how much the clock of whoever acts is ahead.
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
                if state.rights[repository].is_some() {
                    self.head(state, at, repository, &mut step);
                }
                match seat.mounts_from {
                    Some(from) if state.rights[from].is_some() => {
                        for ahead in self.clocks() {
                            let mut next = with(self.promised());
                            self.give_right(&mut next, repository, ahead);
                            step("mount", Ok(next));
                        }
                    }
                    Some(_) => {}
                    None => self.begin(state, at, &mut step),
                }
            }
            Pusher::Asked => self.renew(state, at, repository, &mut step),
            Pusher::Begun(object) => self.write(state, at, object, &mut step),
            Pusher::Written(object) | Pusher::Late(object) => {
                if state.uploads & bit(object) == 0 {
                    step("complete too late", Ok(self.disown(with(Pusher::Idle), object)));
                } else {
                    for ahead in self.clocks() {
                        let next = with(self.promised());
                        step("complete", Ok(self.attach(next, repository, object, ahead)));
                    }
                }
            }
            Pusher::Promised(left) => {
                let mut next = with(Pusher::Idle);
                let may = state.rights[repository].is_some() || !self.holds(Rule::PutChecksRight);
                next.images[repository] |= may;
                let broken = !may && left > 0;
                step("put image", if broken { Err("a promise was broken") } else { Ok(next) });
            }
        }
        if !matches!(state.pushers[at], Pusher::Idle | Pusher::Late(_)) {
            step("crash", Ok(with(Pusher::Idle)));
        }
    }

    /// The lease is read; if it must be renewed, that is a transaction of its own.
    fn head(
        &self,
        state: &State,
        at: usize,
        repository: usize,
        step: &mut impl FnMut(&'static str, Next),
    ) {
        let Some(lease) = state.rights[repository] else { return };
        for ahead in self.clocks() {
            let mut next = *state;
            let lasts = lease.saturating_sub(ahead) > self.half();
            next.pushers[at] = if lasts { self.promised() } else { Pusher::Asked };
            step("HEAD", Ok(next));
        }
    }

    fn renew(
        &self,
        state: &State,
        at: usize,
        repository: usize,
        step: &mut impl FnMut(&'static str, Next),
    ) {
        for ahead in self.clocks() {
            let mut next = *state;
            next.pushers[at] = self.promised();
            match &mut next.rights[repository] {
                Some(lease) => *lease = (*lease).max(self.cast.times.lease + ahead),
                None if self.holds(Rule::HeadLooksWhenItRenews) => next.pushers[at] = Pusher::Idle,
                None => {}
            }
            step("HEAD: renew", Ok(next));
        }
    }

    fn write(
        &self,
        state: &State,
        at: usize,
        object: u8,
        step: &mut impl FnMut(&'static str, Next),
    ) {
        let mut next = *state;
        next.objects |= bit(object);
        if !self.holds(Rule::ObjectIsNamedBeforeItsBytes) {
            next.pushers[at] = Pusher::Idle;
            step("crash before the row", Ok(next));
            next.uploads |= bit(object);
        }
        let named = next.uploads & bit(object) != 0;
        let deleted_later = state.again[usize::from(object)].is_some();
        let late = !named && !deleted_later;
        next.pushers[at] = if late { Pusher::Late(object) } else { Pusher::Written(object) };
        step("write", Ok(next));
    }

    fn disown(&self, mut next: State, object: u8) -> State {
        if self.holds(Rule::LateWriterHasItDeleted) {
            next.deletions |= bit(object);
        }
        next
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

    fn attach(&self, mut next: State, repository: usize, object: u8, ahead: u8) -> State {
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
        self.give_right(&mut next, repository, ahead);
        next
    }

    fn give_right(&self, next: &mut State, repository: usize, ahead: u8) {
        let lease = self.cast.times.lease + ahead;
        next.rights[repository] = Some(next.rights[repository].unwrap_or(0).max(lease));
        self.enqueue(&mut next.reviews[repository], lease);
    }

    /// Asking again moves the fence, so that a run under way does not end what was asked for after it.
    fn enqueue(&self, slot: &mut Option<Job>, due: u8) {
        let (ran, late) = slot.map_or((None, None), |job| (job.ran, job.late));
        *slot = Some(if self.holds(Rule::AskingAgainRunsAgain) {
            let late = if self.cast.nodes_sleep { ran.or(late) } else { None };
            Job { due, ran: None, late }
        } else {
            Job { due, ran, late }
        });
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

    /// An upload is abandoned, cancelled, or goes with its repository, whoever writes to it.
    fn end_upload(&self, state: &State, steps: &mut Vec<(Step, Next)>) {
        for object in (0..self.cast.objects).filter(|object| state.uploads & bit(*object) != 0) {
            if state.writes(object) && !self.cast.nodes_sleep {
                continue;
            }
            let mut next = *state;
            next.uploads &= !bit(object);
            next.deletions |= bit(object);
            if state.writes(object) {
                next.again[usize::from(object)] = Some(self.cast.times.grace);
            }
            steps.push((Step("end upload of", object), Ok(next)));
        }
    }

    /// A job runs; later its runner says how it ended, or dies before, or sleeps until another has claimed it.
    fn run(&self, state: &State, name: JobName, steps: &mut Vec<(Step, Next)>) {
        let Some(job) = *state.clone().place(name) else { return };
        if let Some(late) = job.late {
            let mut next = *state;
            *next.place(name) = if self.holds(Rule::OnlyTheLastClaimEnds) {
                Some(Job { late: None, ..job })
            } else {
                late.ended()
            };
            steps.push((Step("a late end:", name.number()), Ok(next)));
        }
        match job.ran {
            None => self.run_body(state, name, job, steps),
            Some(outcome) => {
                let mut next = *state;
                *next.place(name) = outcome.ended().map(|ended| Job { late: job.late, ..ended });
                steps.push((Step(name.ending(), 0), Ok(next)));
                *next.place(name) = Some(Job { late: job.late, ..Job::due(0) });
                steps.push((Step("a runner dies", 0), Ok(next)));
                if self.cast.nodes_sleep {
                    *next.place(name) = Some(Job { late: Some(outcome), ..Job::due(0) });
                    steps.push((Step("a runner sleeps", 0), Ok(next)));
                }
            }
        }
    }

    fn run_body(&self, state: &State, name: JobName, job: Job, steps: &mut Vec<(Step, Next)>) {
        if state.decided == Some(name) {
            let mut next = *state;
            next.decided = None;
            let outcome = match name {
                JobName::Review(repository) => self.detach(&mut next, repository),
                JobName::Reclaim => self.delete_blob(&mut next),
            };
            if let Some(job) = next.place(name) {
                job.ran = Some(outcome);
            }
            steps.push((Step("do what was decided", 0), Ok(next)));
            return;
        }
        for ahead in self.clocks().filter(|ahead| job.due <= *ahead) {
            let mut next = *state;
            let (doing, outcome) = match name {
                JobName::Review(0) => ("review of 0", self.review(&mut next, 0, ahead)),
                JobName::Review(_) => ("review of 1", self.review(&mut next, 1, ahead)),
                JobName::Reclaim => ("reclaim", self.reclaim(&mut next, ahead)),
            };
            if let (Some(job), Some(outcome)) = (next.place(name), outcome) {
                job.ran = Some(outcome);
            }
            steps.push((Step(doing, ahead), Ok(next)));
        }
    }

    /// Nobody asks for a deletion again, so to delete and to say so is one step, unless the runner dies, or sleeps
    /// before it deletes.
    fn delete_objects(&self, state: &State, steps: &mut Vec<(Step, Next)>) {
        for object in (0..self.cast.objects).filter(|object| state.deletions & bit(*object) != 0) {
            let mut next = *state;
            if self.cast.nodes_sleep && state.deleter.is_none() {
                next.deleter = Some(object);
                steps.push((Step("sleep before deleting object", object), Ok(next)));
            }
            next = *state;
            next.objects &= !bit(object);
            if next != *state {
                steps.push((Step("delete object and die", object), Ok(next)));
            }
            next.deletions &= !bit(object);
            steps.push((Step("delete object", object), Ok(next)));
        }
        for object in (0..self.cast.objects).filter(|at| state.again[usize::from(*at)] == Some(0)) {
            let next = self.delete_again(*state, object);
            steps.push((Step("delete object again", object), Ok(next)));
        }
        if let Some(object) = state.deleter {
            let mut next = *state;
            next.deleter = None;
            next.objects &= !bit(object);
            steps.push((Step("wake and delete object", object), Ok(next)));
        }
    }

    fn delete_again(&self, mut next: State, object: u8) -> State {
        next.again[usize::from(object)] = None;
        if self.holds(Rule::EndedUploadIsDeletedTwice) {
            next.objects &= !bit(object);
        }
        next
    }

    /// What it came to; nothing yet if it has only decided.
    fn review(&self, next: &mut State, repository: usize, ahead: u8) -> Option<Outcome> {
        let Some(lease) = next.rights[repository] else { return Some(Outcome::Done) };
        if next.images[repository] && self.holds(Rule::ReviewLooksForImages) {
            return Some(Outcome::Done);
        }
        if lease > ahead && self.holds(Rule::LeaseBeforeReview) {
            return Some(Outcome::Again(lease));
        }
        if !self.holds(Rule::ReviewIsOneTransaction) {
            next.decided = Some(JobName::Review(repository));
            return None;
        }
        Some(self.detach(next, repository))
    }

    fn detach(&self, next: &mut State, repository: usize) -> Outcome {
        self.take_right(next, repository);
        Outcome::Done
    }

    fn reclaim(&self, next: &mut State, ahead: u8) -> Option<Outcome> {
        let Some((object, condemned)) = next.blob else { return Some(Outcome::Done) };
        let attached = next.rights.iter().any(Option::is_some);
        if attached && self.holds(Rule::ReclaimLooksForRights) {
            next.blob = Some((object, None));
            return Some(Outcome::Done);
        }
        let grace = if self.holds(Rule::GraceBeforeDeletion) { self.cast.times.grace } else { 0 };
        let left = condemned.unwrap_or(grace + ahead);
        if left > ahead {
            next.blob = Some((object, Some(left)));
            return Some(Outcome::Again(left));
        }
        if !self.holds(Rule::RowBeforeBytes) && next.objects & bit(object) != 0 {
            next.objects &= !bit(object);
            return Some(Outcome::Again(0));
        }
        if !self.holds(Rule::ReclaimIsOneTransaction) {
            next.decided = Some(JobName::Reclaim);
            return None;
        }
        Some(self.delete_blob(next))
    }

    fn delete_blob(&self, next: &mut State) -> Outcome {
        let Some((object, _)) = next.blob else { return Outcome::Done };
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
