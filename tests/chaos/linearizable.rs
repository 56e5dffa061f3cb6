//! Checks whether there is an order that explains everything that was seen of one register.
//!
//! It uses Wing and Gong's search, with a memory of visited states (Lowe): each operation must take
//! effect at one moment between its start and its end, and each read must find the value of the
//! last write before it. A write with an unknown outcome may take effect at any time after its
//! start, or never.
//!
//! # Invariants
//! * Pure: no clock, no randomness, no input except the history.
//! * Exact: it finds an order, or there is none.

use std::collections::HashSet;

/// What a client did to a register of `V`s.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Act<V> {
    Write(V),
    /// And what it found.
    Read(V),
}

/// An act, and when: moments are numbers that only grow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Operation<V> {
    pub(crate) act: Act<V>,
    pub(crate) began: u64,
    /// `None`: it is unknown whether it was ever done.
    pub(crate) ended: Option<u64>,
}

/// There is no order. What could be put in order ends before this operation at the latest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NoOrder<V> {
    pub(crate) first_unexplained: Operation<V>,
}

/// Asserts that a history has an order, beginning with `initial`.
pub(crate) fn check<V: Clone + Eq>(
    history: &[Operation<V>],
    initial: &V,
) -> Result<(), NoOrder<V>> {
    let mut values = Vec::new();
    let mut number = |value: &V| {
        values.iter().position(|known| known == value).unwrap_or_else(|| {
            values.push(value.clone());
            values.len() - 1
        })
    };
    let initial = number(initial);
    let mut steps: Vec<Step> = Vec::new();
    for (index, Operation { act, began, ended }) in history.iter().enumerate() {
        let (value, is_write) = match act {
            Act::Write(value) => (number(value), true),
            Act::Read(value) => (number(value), false),
        };
        // A read that was not answered found nothing.
        if is_write || ended.is_some() {
            let ended = ended.unwrap_or(u64::MAX);
            steps.push(Step { index, value, is_write, began: *began, ended });
        }
    }
    drop_what_was_never_seen(&mut steps);
    steps.sort_by_key(|step| step.began);
    Search { steps, seen: HashSet::new(), furthest: 0 }
        .run(initial)
        .map_err(|index| NoOrder { first_unexplained: history[index].clone() })
}

#[derive(Debug, Clone, Copy)]
struct Step {
    index: usize,
    value: usize,
    is_write: bool,
    began: u64,
    /// `u64::MAX` if that is unknown.
    ended: u64,
}

/// A write of unknown outcome whose value was never read may as well never have happened.
fn drop_what_was_never_seen(steps: &mut Vec<Step>) {
    let read: HashSet<usize> =
        steps.iter().filter(|step| !step.is_write).map(|step| step.value).collect();
    steps.retain(|step| step.ended != u64::MAX || read.contains(&step.value));
}

struct Search {
    /// By their beginning.
    steps: Vec<Step>,
    /// The steps done so far and the register's value: a state that was visited is not tried again.
    seen: HashSet<(Done, usize)>,
    /// The step up to which all could be done, in the best attempt.
    furthest: usize,
}

/// A set of steps.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Done {
    /// All before this one are in it.
    first_open: usize,
    /// And these.
    more: Vec<usize>,
}

impl Done {
    fn contains(&self, step: usize) -> bool {
        step < self.first_open || self.more.binary_search(&step).is_ok()
    }

    fn with(&self, step: usize) -> Self {
        let mut with = self.clone();
        let at = with.more.partition_point(|other| *other < step);
        with.more.insert(at, step);
        let run = with.more.iter().enumerate();
        let joined = run.take_while(|(offset, step)| **step == with.first_open + *offset).count();
        with.more.drain(..joined);
        with.first_open += joined;
        with
    }
}

impl Search {
    /// The index of the first operation that no attempt could place, if there is no order.
    fn run(mut self, initial: usize) -> Result<(), usize> {
        let nothing = Done { first_open: 0, more: Vec::new() };
        let mut open = vec![(nothing, initial)];
        while let Some((done, value)) = open.pop() {
            if !self.seen.insert((done.clone(), value)) {
                continue;
            }
            let candidates = self.candidates(&done);
            if candidates.is_empty() {
                // Only steps that may never happen are left.
                return Ok(());
            }
            // A read that finds what is there may come now, whatever comes later.
            let read = candidates.iter().find(|step| {
                let Step { is_write, value: found, .. } = self.steps[**step];
                !is_write && found == value
            });
            if let Some(read) = read {
                open.push((done.with(*read), value));
                continue;
            }
            for step in candidates {
                let Step { is_write, value: written, .. } = self.steps[step];
                if is_write {
                    open.push((done.with(step), written));
                }
            }
        }
        Err(self.steps[self.furthest.min(self.steps.len() - 1)].index)
    }

    /// What may come next: what began before the first end of all that is still to come. Nothing,
    /// if nothing must come.
    fn candidates(&mut self, done: &Done) -> Vec<usize> {
        self.furthest = self.furthest.max(done.first_open);
        let mut first_end = u64::MAX;
        let mut candidates = Vec::new();
        for step in done.first_open..self.steps.len() {
            let Step { began, ended, .. } = self.steps[step];
            if began > first_end {
                break;
            }
            if !done.contains(step) {
                first_end = first_end.min(ended);
                candidates.push(step);
            }
        }
        if first_end == u64::MAX { Vec::new() } else { candidates }
    }
}

#[cfg(test)]
mod tests {
    use super::{Act, Operation, check};

    /// `w1 0-5`: a write of 1 from 0 to 5; `r1 2-3`: a read that found it; `w1 0-?`: a write
    /// of unknown outcome.
    fn history(text: &str) -> Vec<Operation<u32>> {
        text.split(", ")
            .filter(|part| !part.is_empty())
            .map(|part| {
                let (act, times) = part.split_once(' ').unwrap();
                let (began, ended) = times.split_once('-').unwrap();
                let value = act[1..].parse().unwrap();
                let act = if act.starts_with('w') { Act::Write(value) } else { Act::Read(value) };
                Operation { act, began: began.parse().unwrap(), ended: ended.parse().ok() }
            })
            .collect()
    }

    #[test]
    fn histories_have_an_order_or_not() {
        #[rustfmt::skip]
        let cases = [
            ("",                                              true,  "nothing happened"),
            ("r0 0-1",                                        true,  "what was there at the beginning"),
            ("r1 0-1",                                        false, "it was never written"),
            ("w1 0-1, r1 2-3",                                true,  "a read after the write"),
            ("w1 0-1, r0 2-3",                                false, "a stale read"),
            ("w1 0-5, r0 1-2, r1 3-4",                        true,  "the write took effect in between"),
            ("w1 0-5, r1 1-2, r0 3-4",                        false, "once seen it stays"),
            ("w1 0-5, w2 0-5, r2 6-7, r2 8-9",                true,  "two at once, the second won"),
            ("w1 0-5, w2 0-5, r2 6-7, r1 8-9",                false, "and cannot have lost as well"),
            ("w1 0-1, w2 2-3, r1 4-5",                        false, "a lost update"),
            ("w1 0-?, r0 1-2, r1 3-4",                        true,  "an unknown write that was done"),
            ("w1 0-?, r0 1-2, r0 3-4",                        true,  "and one that was not"),
            ("w1 0-?, w2 5-6, r2 7-8, r1 9-10",               true,  "an unknown write may be done late"),
            ("w1 0-?, r1 1-2, w2 3-4, r2 5-6, r1 7-8",        false, "but only once"),
            ("w1 5-?, r1 1-2",                                false, "nothing is done before it began"),
            ("w1 0-1, r0 0-?",                                true,  "a read that was not answered says nothing"),
            ("w1 0-1, w0 2-3, r0 4-5, w1 6-7, r1 8-9",        true,  "the same value again"),
            ("w1 0-10, r1 1-2, r0 3-4, w0 5-6",               false, "a read of what was not yet written again"),
            ("w1 0-10, w2 0-10, w3 0-10, r2 1-2, r3 3-4, r1 5-6, r1 11-12", true,  "three at once"),
            ("w1 0-10, w2 0-10, w3 0-10, r2 1-2, r3 3-4, r2 5-6",           false, "one came twice"),
        ];
        for (text, has_order, because) in cases {
            assert_eq!(check(&history(text), &0).is_ok(), has_order, "{because}: {text}");
        }
    }

    #[test]
    fn who_has_no_place_is_named() {
        let told = check(&history("w1 0-1, r1 2-3, r0 4-5, r1 6-7"), &0).unwrap_err();
        assert_eq!(told.first_unexplained, history("r0 4-5")[0]);
    }

    /// Twenty clients for a long time, with unknown outcomes: no attempt is made twice, so this
    /// ends.
    #[test]
    fn long_histories_are_judged_quickly() {
        let (mut operations, mut held) = (Vec::new(), 0);
        for round in 0..2_000u32 {
            let now = u64::from(round) * 10;
            let ended = (round % 7 != 0).then_some(now + 9);
            operations.push(Operation { act: Act::Write(round + 1), began: now, ended });
            // Of the unknown ones every second was done.
            if round % 14 != 0 {
                held = round + 1;
            }
            for reader in 0..5 {
                let began = now + 9 + u64::from(round % 7 == 0);
                let ended = Some(began + reader);
                if began + reader < now + 10 || round % 7 == 0 {
                    operations.push(Operation { act: Act::Read(held), began, ended });
                }
            }
        }
        let unknown_are_in_time = operations.iter().all(|operation| operation.began < 20_000);
        assert!(unknown_are_in_time && check(&operations, &0).is_ok());
        operations.push(Operation { act: Act::Read(5), began: 30_000, ended: Some(30_001) });
        assert!(check(&operations, &0).is_err());
    }
}
