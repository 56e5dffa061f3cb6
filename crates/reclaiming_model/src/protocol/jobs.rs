//! The steps of jobs: review rights, reclaim blobs, delete objects.

use super::{Job, JobName, Next, Outcome, Protocol, Rule, State, Step, bit};

impl Protocol<'_> {
    /// A job runs; later its runner reports the outcome, or dies before, or sleeps until another
    /// has claimed the job.
    pub(super) fn run(&self, state: &State, name: JobName, steps: &mut Vec<(Step, Next)>) {
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

    /// A deletion is never queued again, so deleting and reporting is one step, unless the runner
    /// dies, or sleeps before it deletes.
    pub(super) fn delete_objects(&self, state: &State, steps: &mut Vec<(Step, Next)>) {
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

    pub(super) fn delete_again(&self, mut next: State, object: u8) -> State {
        next.again[usize::from(object)] = None;
        if self.holds(Rule::EndedUploadIsDeletedTwice) {
            next.objects &= !bit(object);
        }
        next
    }

    /// The outcome; none yet if it has only decided.
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
}
