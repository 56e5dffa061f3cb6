//! The steps of clients and their nodes: push, mount, delete, and end uploads.

use super::{Job, Next, Protocol, Pusher, Rule, Seat, State, Step, bit};

impl Protocol<'_> {
    pub(super) fn push(
        &self,
        state: &State,
        number: u8,
        seat: Seat,
        steps: &mut Vec<(Step, Next)>,
    ) {
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

    /// The lease is read; renewing it is a separate transaction.
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

    pub(super) fn disown(&self, mut next: State, object: u8) -> State {
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

    /// Queueing again moves the fence, so that a running job does not end the newly queued one.
    fn enqueue(&self, slot: &mut Option<Job>, due: u8) {
        let (ran, late) = slot.map_or((None, None), |job| (job.ran, job.late));
        *slot = Some(if self.holds(Rule::AskingAgainRunsAgain) {
            let late = if self.cast.nodes_sleep { ran.or(late) } else { None };
            Job { due, ran: None, late }
        } else {
            Job { due, ran, late }
        });
    }

    pub(super) fn delete(&self, state: &State, place: u8, steps: &mut Vec<(Step, Next)>) {
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
            // A client asked for exactly that: no promise is broken.
            for (pusher, seat) in next.pushers.iter_mut().zip(self.cast.pushers) {
                let here = seat.is_some_and(|seat| seat.repository == repository);
                if here && matches!(pusher, Pusher::Promised(_)) {
                    *pusher = Pusher::Promised(0);
                }
            }
            steps.push((Step("delete layer in", place), Ok(next)));
        }
    }

    pub(super) fn take_right(&self, next: &mut State, repository: usize) {
        next.rights[repository] = None;
        if next.blob.is_some() && self.holds(Rule::LostRightIsReclaimed) {
            self.enqueue(&mut next.reclaim, 0);
        }
    }

    /// An upload is abandoned, cancelled, or erased with its repository, even while a request
    /// writes to it.
    pub(super) fn end_upload(&self, state: &State, steps: &mut Vec<(Step, Next)>) {
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
}
