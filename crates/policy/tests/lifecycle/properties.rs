//! What holds for all policies and repositories.

use std::time::Duration;

use policy::lifecycle::{
    Action, Candidate, Count, Decision, Document, Evaluator, Kept, Storage, evaluate,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

use crate::notation::now;
use crate::random::{DAY, Image, document, images};

fn decisions(document: &Document, images: &[Image]) -> Vec<Decision> {
    evaluate(document, now(), images.iter().map(Image::candidate)).decisions().to_vec()
}

/// A document of the first rules of another.
fn first_rules(document: &Document, count: usize) -> Option<Document> {
    let text = document.canonical();
    let mut value: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    value["rules"].as_array_mut().expect("a list").truncate(count);
    Document::read(&value.to_string()).ok()
}

/// What the guide says, image by image, whatever it costs. Only for images that stand alone.
fn by_the_guide(document: &Document, images: &[Image], which: usize) -> Option<u32> {
    let one = images[which].candidate();
    let selects = |rule: &policy::lifecycle::Rule, image: &Candidate<'_>| {
        let class = match image.storage {
            Storage::Standard { .. } => "standard",
            Storage::Archive { .. } => "archive",
            Storage::Activating => "",
        };
        rule.storage_class().as_str() == class && rule.selects(image.tags)
    };
    let rule = document.rules().iter().find(|rule| selects(rule, &one))?;
    let since = |image: &Candidate<'_>| match image.storage {
        Storage::Standard { activated_at: Some(activated_at) } => activated_at,
        _ => image.pushed_at,
    };
    let is_older = |than: names::Timestamp, days: u32| {
        now() > than.plus(Duration::from_secs(u64::from(days) * DAY))
    };
    let takes = match rule.count() {
        Count::ImagesMoreThan(number) => {
            let last = |image: &Candidate<'_>| match image.storage {
                Storage::Standard { activated_at } => image.last_pulled_at.max(activated_at),
                Storage::Archive { .. } | Storage::Activating => image.last_pulled_at,
            };
            let is_recent = |image: &Candidate<'_>| {
                let days = rule.extension().pulled_within_days();
                days.is_none_or(|days| !is_older(last(image).unwrap_or(image.pushed_at), days))
            };
            let newer = images.iter().enumerate().filter(|(n, image)| {
                let other = image.candidate();
                let is_newer = (since(&other), *n) > (since(&one), which);
                selects(rule, &other) && is_recent(&other) && is_newer
            });
            !is_recent(&one) || newer.count() >= number as usize
        }
        Count::DaysSincePushed(days) => is_older(since(&one), days),
        Count::DaysSincePulled(days) => match (one.last_pulled_at, one.storage) {
            (Some(pulled), Storage::Standard { activated_at: Some(activated) }) => {
                is_older(pulled.max(activated), days)
            }
            (Some(pulled), _) => is_older(pulled, days),
            (None, _) => is_older(since(&one), days),
        },
        Count::DaysSinceTransitioned(days) => match one.storage {
            Storage::Archive { archived_at } => is_older(archived_at, days),
            _ => false,
        },
    };
    takes.then(|| rule.priority())
}

proptest! {
    #[test]
    fn reading_what_is_given_back_gives_the_same(document in document()) {
        let canonical = document.canonical();
        let again = Document::read(&canonical).unwrap();
        prop_assert_eq!(&again, &document);
        prop_assert_eq!(again.canonical(), canonical);
    }

    #[test]
    fn any_text_is_read_or_refused(text in ".{0,200}", described in ".{0,80}") {
        let _ = Document::read(&text);
        let description = serde_json::to_string(&described).unwrap();
        let rule = format!(
            r#"{{"rulePriority":1,"description":{description},"selection":{{"tagStatus":"any",
                "countType":"imageCountMoreThan","countNumber":1}},"action":{{"type":"expire"}}}}"#
        );
        let document = Document::parse(&format!(r#"{{"rules":[{rule}]}}"#)).unwrap();
        prop_assert_eq!(document.rules()[0].description(), Some(&*described));
        prop_assert_eq!(Document::read(&document.canonical()).unwrap(), document);
    }

    #[test]
    fn damaged_documents_are_read_or_refused(
        document in document(), at in any::<Index>(), with in "[\\[\\]{}\",:0-9a-z*\\\\-]{0,3}",
    ) {
        let mut text: Vec<char> = document.canonical().chars().collect();
        let at = at.index(text.len());
        text.splice(at..=at, with.chars());
        if let Ok(document) = Document::read(&text.into_iter().collect::<String>()) {
            prop_assert_eq!(Document::read(&document.canonical()).unwrap(), document);
        }
    }

    #[test]
    fn images_that_stand_alone_fare_as_the_guide_says(document in document(), images in images()) {
        let alone: Vec<Image> = images
            .into_iter()
            .map(|image| Image { children: Vec::new(), subject: None, ..image })
            .collect();
        for (which, decision) in decisions(&document, &alone).into_iter().enumerate() {
            let rule = decision.action().map(|(rule, _)| rule);
            prop_assert_eq!(rule, by_the_guide(&document, &alone, which), "{}: {:?}", which, decision);
        }
    }

    #[test]
    fn a_rule_of_lower_priority_changes_nothing_for_those_before_it(
        document in document(), images in images(),
    ) {
        let whole = decisions(&document, &images);
        for count in 1..document.rules().len() {
            let last = document.rules()[count - 1].priority();
            let Some(first) = first_rules(&document, count) else { continue };
            for (part, whole) in decisions(&first, &images).iter().zip(&whole) {
                let (part, whole) = (part.action(), whole.action());
                // A later rule may take another image, and so free an index's child.
                if let (Some(part), Some(whole)) = (part, whole) {
                    prop_assert_eq!(part, whole);
                } else if let Some(part) = part {
                    prop_assert!(false, "{:?} is no longer taken", part);
                } else if let Some((rule, _)) = whole {
                    let has_relations = images.iter().any(|image| !image.children.is_empty());
                    prop_assert!(rule > last || has_relations);
                }
            }
        }
    }

    #[test]
    fn what_is_taken_can_be_acted_on_in_order(document in document(), images in images()) {
        let evaluation = evaluate(&document, now(), images.iter().map(Image::candidate));
        let decisions = evaluation.decisions();
        let mut gone = vec![false; images.len()];
        let mut archived: Vec<bool> =
            images.iter().map(|image| matches!(image.storage, Storage::Archive { .. })).collect();
        let mut acted = 0;
        for place in evaluation.taken() {
            let (rule, action) = decisions[place].action().expect("it is taken");
            acted += 1;
            let digest = &images[place].digest;
            for (index, image) in images.iter().enumerate() {
                let refers = !gone[index] && image.children.contains(digest);
                prop_assert!(!refers || (action == Action::Transition && archived[index]));
            }
            let rule = document.find_rule(rule).expect("a rule of this document");
            prop_assert_eq!(rule.action(), action);
            match action {
                Action::Expire => gone[place] = true,
                Action::Transition => {
                    prop_assert!(!archived[place], "it is there already");
                    archived[place] = true;
                }
            }
        }
        prop_assert_eq!(acted, decisions.iter().filter(|one| one.action().is_some()).count());
    }

    #[test]
    fn referrers_share_the_fate_of_their_subject(document in document(), images in images()) {
        let decisions = decisions(&document, &images);
        for (image, decision) in images.iter().zip(&decisions) {
            let Some(digest) = &image.subject else { continue };
            if image.children.contains(digest) {
                continue;
            }
            let Some(subject) = images.iter().position(|one| one.digest == *digest) else { continue };
            match *decision {
                Decision::Taken { rule, action, subject: with } => {
                    prop_assert_eq!(with, Some(subject));
                    prop_assert_eq!(decisions[subject].action(), Some((rule, action)));
                }
                Decision::Kept(Kept::Subject { subject: with }) => prop_assert_eq!(with, subject),
                Decision::Kept(Kept::Circular) => {
                    prop_assert!(images.iter().any(|image| !image.children.is_empty()));
                }
                Decision::Kept(Kept::Referred { .. }) => {
                    prop_assert!(decisions[subject].action().is_some());
                }
                Decision::Kept(_) => prop_assert!(false, "{:?}", decision),
            }
        }
    }

    #[test]
    fn a_shield_changes_nothing_but_that_an_image_stays(
        document in document(), images in images(), shields in vec(any::<bool>(), 30),
    ) {
        let alone = |is_shielded: &dyn Fn(usize) -> bool| -> Vec<Image> {
            let images = images.iter().cloned().enumerate();
            let stands_alone = |(n, image)| {
                let is_shielded = is_shielded(n);
                Image { children: Vec::new(), subject: None, is_shielded, ..image }
            };
            images.map(stands_alone).collect()
        };
        let bare = decisions(&document, &alone(&|_| false));
        let shielded = decisions(&document, &alone(&|n| shields[n]));
        for (n, (bare, shielded)) in bare.into_iter().zip(shielded).enumerate() {
            let expected = match bare {
                Decision::Taken { rule, .. } if shields[n] => {
                    Decision::Kept(Kept::Shielded { rule })
                }
                bare => bare,
            };
            prop_assert_eq!(shielded, expected);
        }
    }

    #[test]
    fn a_second_run_finds_nothing_to_do_but_what_was_held_back(
        document in document(), images in images(),
    ) {
        let first = decisions(&document, &images);
        let left: Vec<(Image, Decision)> = images
            .iter()
            .cloned()
            .zip(first)
            .filter(|(_, decision)| decision.action().is_none_or(|(_, action)| action != Action::Expire))
            .map(|(mut image, decision)| {
                if decision.action().is_some() {
                    image.storage = Storage::Archive { archived_at: now() };
                }
                (image, decision)
            })
            .collect();
        let images: Vec<Image> = left.iter().map(|(image, _)| image.clone()).collect();
        for ((image, before), after) in left.iter().zip(decisions(&document, &images)) {
            let was_tied = image.subject.is_some()
                || !matches!(before, Decision::Kept(Kept::Young { .. } | Kept::Unselected));
            prop_assert!(was_tied || after.action().is_none(), "{:?} then {:?}", before, after);
        }
    }

    #[test]
    fn a_rule_takes_the_same_while_the_images_that_it_spares_are_there(
        document in document(), images in images(), stays in vec(any::<bool>(), 30),
    ) {
        let before = evaluate(&document, now(), images.iter().map(Image::candidate));
        let mut spared = vec![false; images.len()];
        for rule in document.rules() {
            let counts = matches!(rule.count(), Count::ImagesMoreThan(_));
            let named = before.spared(rule.priority());
            prop_assert_eq!(named.is_some(), counts);
            let how_many = named.map_or(0, |named| named.len());
            prop_assert!(how_many <= rule.count().number() as usize);
            for place in before.spared(rule.priority()).into_iter().flatten() {
                spared[place] = true;
            }
        }
        let stays = |place: &usize| spared[*place] || stays[*place % stays.len()];
        let left: Vec<usize> = (0..images.len()).filter(stays).collect();
        let after: Vec<Image> = left.iter().map(|place| images[*place].clone()).collect();
        for (place, after) in left.iter().zip(decisions(&document, &after)) {
            let Decision::Taken { rule, subject: None, .. } = before.decisions()[*place] else {
                continue;
            };
            let wants = match after {
                Decision::Taken { rule, .. } | Decision::Kept(Kept::Referred { rule, .. }) => rule,
                Decision::Kept(kept) => return Err(TestCaseError::fail(format!("{kept:?}"))),
            };
            prop_assert_eq!(wants, rule);
        }
    }

    #[test]
    fn an_age_says_when_an_image_is_taken(document in document(), images in images()) {
        for (place, decision) in decisions(&document, &images).into_iter().enumerate() {
            let Decision::Kept(
                Kept::Young { rule, until } | Kept::Counted { rule, until: Some(until), .. },
            ) = decision
            else {
                continue;
            };
            prop_assert!(until >= now());
            let later = until.plus(Duration::from_micros(1));
            for (moment, is_taken) in [(until, false), (later, true)] {
                let mut evaluator = Evaluator::new(&document, moment);
                for image in &images {
                    evaluator.add(&image.candidate());
                }
                let found = evaluator.finish().decisions()[place];
                let wants = match found {
                    Decision::Taken { rule: found, .. }
                    | Decision::Kept(Kept::Referred { rule: found, .. }) => found == rule,
                    Decision::Kept(_) => false,
                };
                prop_assert_eq!(wants, is_taken, "{:?}", found);
            }
        }
    }
}
