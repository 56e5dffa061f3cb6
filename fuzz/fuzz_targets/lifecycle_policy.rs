//! Lifecycle policies: what is read is given back the same, and over any images takes each at most
//! once, in an order that can be acted in.

#![no_main]

use std::time::Duration;

use libfuzzer_sys::fuzz_target;
use names::{Digest, ImageTag, Timestamp};
use policy::lifecycle::{Action, Candidate, Document, Rule, Storage, TEXT_CHARS_MAX, evaluate};

const TAGS: [&str; 6] = ["prod-1", "prod", "v1.2.3", "latest", "a", "beta-2"];
const IMAGES_MAX: usize = 64;

struct Image {
    digest: Digest,
    tags: Vec<ImageTag>,
    pushed_at: Timestamp,
    pulled_at: Option<Timestamp>,
    storage: Storage,
    children: Vec<Digest>,
    subject: Option<Digest>,
    is_shielded: bool,
}

fuzz_target!(|input: (&str, &[u8])| {
    let (text, images) = input;
    let document = match Document::read(text) {
        Ok(document) => document,
        Err(malformed) => {
            assert!(malformed.to_string().len() <= 8 * TEXT_CHARS_MAX);
            return assert!(Document::parse(text).is_err());
        }
    };
    let canonical = document.canonical();
    assert!(canonical.chars().count() <= text.chars().count());
    assert_eq!(Document::read(&canonical).as_ref(), Ok(&document));
    let chunks = images.chunks_exact(4).take(IMAGES_MAX);
    let images: Vec<Image> = chunks.enumerate().map(|(n, bytes)| image(n, bytes)).collect();
    judge(&document, &images);
});

fn digest(n: u8) -> Digest {
    Digest::sha256(&[n])
}

/// Four bytes: tags, an age, where it is, and what it refers to, which may be what refers to it.
fn image(n: usize, bytes: &[u8]) -> Image {
    let days = |days: u8| Duration::from_secs(u64::from(days) * 86_400);
    let moment = Timestamp::from_seconds(1_800_000_000).minus(days(bytes[1]));
    let chosen = TAGS.iter().enumerate().filter(|(at, _)| bytes[0] >> at & 1 == 1);
    let other = digest(bytes[3] % 64);
    Image {
        digest: digest(u8::try_from(n).expect("few images")),
        tags: chosen.map(|(_, tag)| ImageTag::parse(tag).expect("a tag")).collect(),
        pushed_at: moment,
        pulled_at: (bytes[0] >> 6 & 1 == 1).then(|| moment.plus(days(bytes[2]))),
        storage: match bytes[2] % 4 {
            0 => Storage::Archive { archived_at: moment },
            1 => Storage::Standard { activated_at: Some(moment) },
            2 if bytes[0] >> 7 == 1 => Storage::Activating,
            _ => Storage::Standard { activated_at: None },
        },
        children: if bytes[3] >> 6 == 1 { vec![other.clone()] } else { Vec::new() },
        subject: (bytes[3] >> 6 == 2).then_some(other),
        is_shielded: bytes[1] >> 7 == 1,
    }
}

fn judge(document: &Document, images: &[Image]) {
    let candidates = images.iter().map(|image| Candidate {
        digest: &image.digest,
        tags: &image.tags,
        pushed_at: image.pushed_at,
        last_pulled_at: image.pulled_at,
        storage: image.storage,
        children: &image.children,
        subject: image.subject.as_ref(),
        is_shielded: image.is_shielded,
    });
    let evaluation = evaluate(document, Timestamp::from_seconds(1_800_000_000), candidates);
    let decisions = evaluation.decisions();
    assert_eq!(decisions.len(), images.len());
    let mut gone = vec![false; images.len()];
    for place in evaluation.taken() {
        let (rule, action) = decisions[place].action().expect("it is taken");
        assert_eq!(document.find_rule(rule).map(Rule::action), Some(action));
        let digest = &images[place].digest;
        let mut parents =
            images.iter().zip(&gone).filter(|(image, _)| image.children.contains(digest));
        assert!(action == Action::Transition || parents.all(|(_, gone)| *gone));
        assert!(!gone[place] && !images[place].is_shielded);
        gone[place] = action == Action::Expire;
    }
}
