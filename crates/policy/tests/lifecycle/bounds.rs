//! What large repositories and bad documents cost.

use std::time::Duration;

use names::{Digest, ImageTag, Timestamp};
use policy::lifecycle::{Action, Candidate, Document, Evaluator, Storage};
use rustix::time::{ClockId, clock_gettime};

const IMAGES: u32 = 100_000;
const RULES: u32 = 20;

fn twenty_rules() -> Document {
    let rules: Vec<String> = (1..=RULES)
        .map(|n| {
            let tags = match n {
                RULES => r#""tagStatus":"any""#.to_owned(),
                19 => r#""tagStatus":"untagged""#.to_owned(),
                _ => format!(r#""tagStatus":"tagged","tagPatternList":["*-{n}-*","b*"]"#),
            };
            let count = match n % 2 {
                0 => r#""countType":"imageCountMoreThan","countNumber":100"#,
                _ => r#""countType":"sinceImagePushed","countUnit":"days","countNumber":100"#,
            };
            format!(r#"{{"rulePriority":{n},"selection":{{{tags},{count}}},"action":{{"type":"expire"}}}}"#)
        })
        .collect();
    Document::read(&format!(r#"{{"rules":[{}]}}"#, rules.join(","))).expect("it is sound")
}

/// How long this thread has kept a processor: what runs beside it does not count.
fn worked() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    let seconds = u64::try_from(time.tv_sec).expect("it counts up");
    Duration::new(seconds, u32::try_from(time.tv_nsec).expect("it is less than a second"))
}

#[test]
fn a_full_repository_is_judged_in_a_moment() {
    let document = twenty_rules();
    let now = Timestamp::from_seconds(1_800_000_000);
    let digests: Vec<Digest> = (0..IMAGES).map(|n| Digest::sha256(&n.to_le_bytes())).collect();
    let mut evaluator = Evaluator::new(&document, now);
    let mut spent = Duration::ZERO;
    for (n, digest) in (0..IMAGES).zip(&digests) {
        let tags: Vec<ImageTag> = (0..n % 4)
            .map(|tag| ImageTag::parse(&format!("build-{}-{n}-{tag}", n % 30)).unwrap())
            .collect();
        // Each eighth is an index of the seven before it, and each seventh of those refers to the
        // image before it.
        let is_index = n % 8 == 7;
        let children = if is_index { &digests[n as usize - 7..n as usize] } else { &[] };
        let begun = worked();
        evaluator.add(&Candidate {
            digest,
            tags: &tags,
            pushed_at: now.minus(Duration::from_secs(u64::from(IMAGES - n) * 300)),
            last_pulled_at: None,
            storage: Storage::Standard { activated_at: None },
            children,
            subject: (n % 8 == 6).then(|| &digests[n as usize - 1]),
            is_shielded: false,
        });
        spent += worked().saturating_sub(begun);
    }
    let begun = worked();
    let evaluation = evaluator.finish();
    spent += worked().saturating_sub(begun);
    assert_eq!(evaluation.decisions().len(), IMAGES as usize);
    assert!(evaluation.count(Action::Expire) > 10_000, "{}", evaluation.count(Action::Expire));
    // An unoptimised build takes a quarter of this, and an optimised one a thirtieth.
    assert!(spent < Duration::from_secs(10), "{spent:?}");
}

#[test]
fn a_chain_of_a_hundred_thousand_images_needs_no_stack() {
    let document = twenty_rules();
    let now = Timestamp::from_seconds(1_800_000_000);
    let digests: Vec<Digest> = (0..=IMAGES).map(|n| Digest::sha256(&n.to_le_bytes())).collect();
    for as_subject in [false, true] {
        let mut evaluator = Evaluator::new(&document, now);
        for pair in digests.windows(2) {
            evaluator.add(&Candidate {
                digest: &pair[0],
                tags: &[],
                pushed_at: Timestamp::from_seconds(0),
                last_pulled_at: None,
                storage: Storage::Standard { activated_at: None },
                children: if as_subject { &[] } else { &pair[1..] },
                subject: as_subject.then_some(&pair[1]),
                is_shielded: false,
            });
        }
        let evaluation = evaluator.finish();
        assert_eq!(evaluation.count(Action::Expire), IMAGES as usize, "as subject: {as_subject}");
    }
}

#[test]
fn the_worst_texts_are_refused_at_once() {
    let begun = worked();
    let keys: Vec<String> = (0..2_500).map(|n| format!(r#""k{n}":0"#)).collect();
    for text in [
        "[".repeat(30_000),
        "{\"rules\":".repeat(3_000),
        format!("{{{}}}", keys.join(",")),
        format!(r#"{{"rules":[{}]}}"#, vec!["{}"; 9_000].join(",")),
        format!("\"{}\"", "\\u0041".repeat(5_000)),
        "x".repeat(10_000_000),
    ] {
        assert!(Document::parse(&text).is_err());
    }
    let spent = worked().saturating_sub(begun);
    assert!(spent < Duration::from_secs(5), "{spent:?}");
}
