//! What rules would do with each image, if there were no indexes and no referrers.
//!
//! All rules are judged on all images they select, also on those that a rule of smaller priority
//! takes. An image is taken by the first rule that selects it, or by none ("Lifecycle policy
//! evaluation rules" in ECR's guide).

use std::cmp::Reverse;
use std::time::Duration;

use names::Timestamp;

use crate::lifecycle::decision::{Decision, Kept};
use crate::lifecycle::digests::narrow;
use crate::lifecycle::document::{Count, Document, RULES_MAX};
use crate::lifecycle::images::{Image, Images, Place};

const SECONDS_PER_DAY: u64 = 86_400;

/// What rules would do with each image, and which images each rule that counts spares.
pub(crate) fn wishes(
    document: &Document,
    now: Timestamp,
    images: &Images,
) -> (Vec<Decision>, Vec<(u32, Vec<u32>)>) {
    let (places, spared) = places(document, now, images);
    let images = images.list.iter().zip(places);
    (images.map(|(image, place)| wish(document, now, image, place)).collect(), spared)
}

fn wish(document: &Document, now: Timestamp, image: &Image, place: u32) -> Decision {
    if image.place == Place::Activating {
        return Decision::Kept(Kept::Activating);
    }
    let Some(rule) = document.rules().get(first(image)) else {
        return Decision::Kept(Kept::Unselected);
    };
    let pulled_within = rule.extension().pulled_within_days();
    let (action, rule, count) = (rule.action(), rule.priority(), rule.count());
    let taken = Decision::Taken { rule, action, subject: None };
    let (since, days) = match count {
        Count::ImagesMoreThan(count) if place <= count => {
            let until = pulled_within.map(|days| after_days(image.last, days));
            return Decision::Kept(Kept::Counted { rule, place, count, until });
        }
        Count::ImagesMoreThan(_) => return taken,
        Count::DaysSincePushed(days) => (image.since, days),
        Count::DaysSincePulled(days) | Count::DaysSinceTransitioned(days) => (image.last, days),
    };
    let until = after_days(since, days);
    if now > until { taken } else { Decision::Kept(Kept::Young { rule, until }) }
}

/// The first rule that selects an image: its place in the document, which is beyond the end if
/// there is none.
fn first(image: &Image) -> usize {
    image.selected_by.trailing_zeros() as usize
}

/// The place of each image among those that its first rule selects, from the newest to the oldest;
/// nought where that rule does not count images, and [`BEHIND`] where it asks for a pull that the
/// image has not had. Referrers are not counted. And the first that each rule counts, if there are
/// more than it spares: four bytes for each of them.
fn places(
    document: &Document,
    now: Timestamp,
    images: &Images,
) -> (Vec<u32>, Vec<(u32, Vec<u32>)>) {
    let mut places = vec![0; images.len()];
    let counting = counting(document);
    if counting == 0 {
        return (places, Vec::new());
    }
    let mut spared: Vec<Vec<u32>> = vec![Vec::new(); document.rules().len()];
    let is_counted = |image: &usize| images.list[*image].selected_by & counting != 0;
    let not_referrer = |image: &usize| images.subject(*image).is_none();
    let mut newest_first: Vec<usize> =
        (0..images.len()).filter(is_counted).filter(not_referrer).collect();
    newest_first.sort_unstable_by_key(|image| Reverse((images.list[*image].since, *image)));
    let mut counts = [0_u32; RULES_MAX];
    for image in newest_first {
        let first = first(&images.list[image]);
        let mut rules = images.list[image].selected_by & counting;
        while rules != 0 {
            let rule = rules.trailing_zeros() as usize;
            rules &= rules - 1;
            if !is_recent(document, rule, now, &images.list[image]) {
                if rule == first {
                    places[image] = BEHIND;
                }
                continue;
            }
            counts[rule] += 1;
            if counts[rule] <= spared_by(document, rule) {
                spared[rule].push(narrow(image));
            }
            if rule == first {
                places[image] = counts[rule];
            }
        }
    }
    let mut named = Vec::new();
    for (rule, spared) in
        spared.into_iter().enumerate().filter(|(rule, _)| (counting >> rule) & 1 == 1)
    {
        let is_more = counts[rule] > spared_by(document, rule);
        named.push((document.rules()[rule].priority(), if is_more { spared } else { Vec::new() }));
    }
    (places, named)
}

/// The place of an image behind all that a rule counts.
const BEHIND: u32 = u32::MAX;

/// Was the image pulled as lately as the rule asks, if it does?
fn is_recent(document: &Document, rule: usize, now: Timestamp, image: &Image) -> bool {
    let days = document.rules()[rule].extension().pulled_within_days();
    days.is_none_or(|days| now <= after_days(image.last, days))
}

fn after_days(since: Timestamp, days: u32) -> Timestamp {
    since.plus(Duration::from_secs(u64::from(days) * SECONDS_PER_DAY))
}

/// How many images a rule that counts spares.
fn spared_by(document: &Document, rule: usize) -> u32 {
    match document.rules()[rule].count() {
        Count::ImagesMoreThan(count) => count,
        _ => 0,
    }
}

/// The rules that count images.
fn counting(document: &Document) -> u64 {
    let mut counting = 0;
    for (index, rule) in document.rules().iter().enumerate() {
        if matches!(rule.count(), Count::ImagesMoreThan(_)) {
            counting |= 1 << index;
        }
    }
    counting
}
