//! From what rules would do to what is done: indexes before children, subjects before referrers.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use names::Timestamp;

use crate::lifecycle::decision::{Decision, Kept};
use crate::lifecycle::digests::narrow;
use crate::lifecycle::document::Action;
use crate::lifecycle::images::{Images, NONE, Place};

/// Decides about each image once all that it depends on is decided, and of the images that are
/// ready, about the oldest first. Returns the decisions, and the images that are taken in the order
/// to act in.
pub(crate) fn settle(images: &Images, wishes: &[Decision]) -> (Vec<Decision>, Vec<u32>) {
    let mut settling = Settling::new(images);
    // An image that never becomes ready waits for itself, and stays.
    let mut decisions = vec![Decision::Kept(Kept::Circular); images.len()];
    let mut taken = Vec::new();
    while let Some(Reverse((_, image))) = settling.ready.pop() {
        let place = image as usize;
        let wish = match images.subject(place) {
            Some(subject) => with_subject(images, place, subject, decisions[subject]),
            None => wishes[place],
        };
        let wish = settling.unless_referred(place, wish);
        decisions[place] = unless_shielded(images, place, wish);
        if decisions[place].action().is_some() {
            taken.push(image);
        }
        settling.release(place, decisions[place]);
    }
    (decisions, taken)
}

/// A referrer does what its subject does, wherever it is ("Lifecycle policies" in ECR's guide:
/// within a day).
fn with_subject(images: &Images, image: usize, subject: usize, decision: Decision) -> Decision {
    let is_standard = images.list[image].place == Place::Standard;
    match decision {
        Decision::Taken { rule, action, subject: _ } if action == Action::Expire || is_standard => {
            Decision::Taken { rule, action, subject: Some(subject) }
        }
        Decision::Taken { .. } | Decision::Kept(_) => Decision::Kept(Kept::Subject { subject }),
    }
}

/// What is shielded stays, and so do the images that it refers to and those that refer to it.
fn unless_shielded(images: &Images, image: usize, wish: Decision) -> Decision {
    match wish.action() {
        Some((rule, _)) if images.list[image].is_shielded => {
            Decision::Kept(Kept::Shielded { rule })
        }
        Some(_) | None => wish,
    }
}

struct Settling<'i> {
    images: &'i Images,
    /// How many decisions each image waits for.
    waits_for: Vec<u32>,
    /// The images that wait for none, by age.
    ready: BinaryHeap<Reverse<(Timestamp, u32)>>,
    /// The first referrer of each image, and the next referrer of the same subject.
    first_referrer: Vec<u32>,
    next_referrer: Vec<u32>,
    /// An index that refers to each image and still will, if there is one.
    staying_index: Vec<u32>,
    /// An index that refers to each image and can still be pulled, if there is one.
    pullable_index: Vec<u32>,
}

impl<'i> Settling<'i> {
    fn new(images: &'i Images) -> Self {
        let none = || vec![NONE; images.len()];
        let mut settling = Self {
            images,
            waits_for: vec![0; images.len()],
            ready: BinaryHeap::new(),
            first_referrer: none(),
            next_referrer: none(),
            staying_index: none(),
            pullable_index: none(),
        };
        for image in 0..images.len() {
            for child in images.children(image) {
                settling.waits_for[child] += 1;
            }
            if let Some(subject) = images.subject(image) {
                settling.waits_for[image] += 1;
                settling.next_referrer[image] = settling.first_referrer[subject];
                settling.first_referrer[subject] = narrow(image);
            }
        }
        for image in 0..images.len() {
            settling.ready_if_nothing_waits(image);
        }
        settling
    }

    fn ready_if_nothing_waits(&mut self, image: usize) {
        if self.waits_for[image] == 0 {
            self.ready.push(Reverse((self.images.list[image].since, narrow(image))));
        }
    }

    /// An image that is part of an index can only go after it: expire once the index has, move to
    /// the archive once the index has, or has expired ("Archiving an image" in ECR's guide).
    fn unless_referred(&self, image: usize, wish: Decision) -> Decision {
        let Some((rule, action)) = wish.action() else { return wish };
        let index = match action {
            Action::Expire => self.staying_index[image],
            Action::Transition => self.pullable_index[image],
        };
        if index == NONE {
            return wish;
        }
        Decision::Kept(Kept::Referred { rule, index: index as usize })
    }

    /// Tells the images that wait for this one what became of it.
    fn release(&mut self, image: usize, decision: Decision) {
        let images = self.images;
        let action = decision.action().map(|(_, action)| action);
        let stays = action != Some(Action::Expire);
        let can_be_pulled = action.is_none() && images.list[image].place != Place::Archive;
        for child in images.children(image) {
            // `NONE` is the largest: of several indexes the one that came first is named.
            if stays {
                self.staying_index[child] = self.staying_index[child].min(narrow(image));
            }
            if can_be_pulled {
                self.pullable_index[child] = self.pullable_index[child].min(narrow(image));
            }
            self.one_less(child);
        }
        let mut referrer = self.first_referrer[image];
        while referrer != NONE {
            self.one_less(referrer as usize);
            referrer = self.next_referrer[referrer as usize];
        }
    }

    fn one_less(&mut self, image: usize) {
        self.waits_for[image] -= 1;
        self.ready_if_nothing_waits(image);
    }
}
