//! What rules would do with each image, if there were no indexes and no referrers.
//!
//! All rules are judged on all images they select, also on those that a rule of smaller priority takes. An image is taken
//! by the first rule that selects it, or by none ("Lifecycle policy evaluation rules" in ECR's guide).

use std::cmp::Reverse;
use std::time::Duration;

use names::Timestamp;

use crate::lifecycle::decision::{Decision, Kept};
use crate::lifecycle::document::{Count, Document, RULES_MAX};
use crate::lifecycle::images::{Image, Images, Place};

const SECONDS_PER_DAY: u64 = 86_400;

pub(crate) fn wishes(document: &Document, now: Timestamp, images: &Images) -> Vec<Decision> {
    let places = places(document, images);
    let images = images.list.iter().zip(places);
    images.map(|(image, place)| wish(document, now, image, place)).collect()
}

fn wish(document: &Document, now: Timestamp, image: &Image, place: u32) -> Decision {
    if image.place == Place::Activating {
        return Decision::Kept(Kept::Activating);
    }
    let Some(rule) = document.rules().get(first(image)) else {
        return Decision::Kept(Kept::Unselected);
    };
    let (action, rule, count) = (rule.action(), rule.priority(), rule.count());
    let taken = Decision::Taken { rule, action, subject: None };
    let (since, days) = match count {
        Count::ImagesMoreThan(count) if place <= count => {
            return Decision::Kept(Kept::Counted { rule, place, count });
        }
        Count::ImagesMoreThan(_) => return taken,
        Count::DaysSincePushed(days) => (image.since, days),
        Count::DaysSincePulled(days) | Count::DaysSinceTransitioned(days) => (image.last, days),
    };
    let until = since.plus(Duration::from_secs(u64::from(days) * SECONDS_PER_DAY));
    if now > until { taken } else { Decision::Kept(Kept::Young { rule, until }) }
}

/// The first rule that selects an image: its place in the document, which is beyond the end if there is none.
fn first(image: &Image) -> usize {
    image.selected_by.trailing_zeros() as usize
}

/// The place of each image among those that its first rule selects, from the newest to the oldest; nought where that rule
/// does not count images. Referrers are not counted.
fn places(document: &Document, images: &Images) -> Vec<u32> {
    let mut places = vec![0; images.len()];
    let counting = counting(document);
    if counting == 0 {
        return places;
    }
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
            counts[rule] += 1;
            if rule == first {
                places[image] = counts[rule];
            }
            rules &= rules - 1;
        }
    }
    places
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
