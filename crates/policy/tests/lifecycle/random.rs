//! Policies and repositories at random.

use std::time::Duration;

use names::{Digest, ImageTag};
use policy::lifecycle::{Candidate, Document, Storage};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};

use crate::notation::now;

pub(crate) const DAY: u64 = 86_400;

/// A rule without its priority, of a small language, so that many of them meet.
fn body() -> impl Strategy<Value = (String, &'static str)> {
    let lists = select(vec![
        r#""tagPatternList":["a*"]"#,
        r#""tagPatternList":["*b"]"#,
        r#""tagPatternList":["a*","*c"]"#,
        r#""tagPatternList":["*"]"#,
        r#""tagPrefixList":["a"]"#,
        r#""tagPrefixList":["b","c"]"#,
        r#""tagPrefixList":[""]"#,
    ]);
    let tags = prop_oneof![
        4 => lists.prop_map(|list| format!(r#""tagStatus":"tagged",{list}"#)),
        1 => Just(r#""tagStatus":"untagged""#.to_owned()),
        1 => Just(r#""tagStatus":"any""#.to_owned()),
    ];
    let days = |kind: &'static str| {
        (1..12_u32).prop_map(move |days| {
            format!(r#""countType":"{kind}","countUnit":"days","countNumber":{days}"#)
        })
    };
    let number = (1..5_u32)
        .prop_map(|number| format!(r#""countType":"imageCountMoreThan","countNumber":{number}"#));
    let count = prop_oneof![3 => number, 2 => days("sinceImagePushed")];
    let archived = (90..100_u32).prop_map(|days| {
        format!(r#""storageClass":"archive","countType":"sinceImageTransitioned","countUnit":"days","countNumber":{days}"#)
    });
    let (expire, archive) = ("expire", r#"transition","targetStorageClass":"archive"#);
    let counted = prop_oneof![
        4 => (count.clone(), Just(expire)),
        2 => (count, Just(archive)),
        1 => (days("sinceImagePulled"), Just(archive)),
        2 => (archived, Just(expire)),
    ];
    let extension = option::weighted(
        0.3,
        select(vec![
            r#""notTagPatternList":["*b"]"#,
            r#""tagRegexList":["a.?","[bc]+"]"#,
            r#""notTagRegexList":["ab?","c"]"#,
            r#""pulledWithinDays":5"#,
            r#""tagRegexList":[".*"],"pulledWithinDays":9"#,
        ]),
    );
    (tags, counted, extension).prop_map(|(tags, (count, action), extension)| {
        let extension = extension.map(|members| format!(r#","longshore":{{{members}}}"#));
        (format!("{tags},{count}{}", extension.unwrap_or_default()), action)
    })
}

/// A policy: of many rules, those that can stand together.
pub(crate) fn document() -> impl Strategy<Value = Document> {
    vec((body(), any::<bool>()), 1..8).prop_filter_map("no rule is sound", |bodies| {
        let mut rules: Vec<String> = Vec::new();
        let mut sound = None;
        for (priority, ((selection, action), described)) in (1..).zip(bodies) {
            let description = if described { r#""description":"d\n""#.to_owned() + "," } else { String::new() };
            rules.push(format!(
                r#"{{"rulePriority":{priority},{description}"selection":{{{selection}}},"action":{{"type":"{action}"}}}}"#
            ));
            match Document::read(&format!(r#"{{"rules":[{}]}}"#, rules.join(","))) {
                Ok(document) => sound = Some(document),
                Err(_) => drop(rules.pop()),
            }
        }
        sound
    })
}

#[derive(Debug, Clone)]
pub(crate) struct Image {
    pub(crate) digest: Digest,
    pub(crate) tags: Vec<ImageTag>,
    pub(crate) age: u64,
    pub(crate) pulled: Option<u64>,
    pub(crate) storage: Storage,
    pub(crate) children: Vec<Digest>,
    pub(crate) subject: Option<Digest>,
}

impl Image {
    pub(crate) fn candidate(&self) -> Candidate<'_> {
        let before = |age: u64| now().minus(Duration::from_secs(age * DAY / 2));
        Candidate {
            digest: &self.digest,
            tags: &self.tags,
            pushed_at: before(self.age),
            last_pulled_at: self.pulled.map(before),
            storage: self.storage,
            children: &self.children,
            subject: self.subject.as_ref(),
        }
    }
}

fn storage() -> impl Strategy<Value = Storage> {
    let before = |age: u64| now().minus(Duration::from_secs(age * DAY));
    prop_oneof![
        6 => Just(Storage::Standard { activated_at: None }),
        1 => (0..20_u64).prop_map(move |age| Storage::Standard { activated_at: Some(before(age)) }),
        3 => (80..110_u64).prop_map(move |age| Storage::Archive { archived_at: before(age) }),
        1 => Just(Storage::Activating),
    ]
}

/// A repository in which images refer to images that came before them, as digests have it.
pub(crate) fn images() -> impl Strategy<Value = Vec<Image>> {
    let one = (
        subsequence(vec!["a", "ab", "b", "bc", "c", "abc"], 0..3),
        0..30_u64,
        option::of(0..30_u64),
        storage(),
        option::weighted(0.3, vec(any::<Index>(), 1..4)),
        option::weighted(0.2, any::<Index>()),
    );
    let digest = |n: usize| Digest::sha256(&n.to_le_bytes());
    // One in `n + 1` is not in the repository.
    let earlier = move |n: usize, index: &Index| match index.index(n + 1) {
        at if at == n => digest(1_000),
        at => digest(at),
    };
    vec(one, 1..25).prop_map(move |ones| {
        let mut images = Vec::new();
        for (n, (tags, age, pulled, storage, children, subject)) in ones.into_iter().enumerate() {
            let tag = |tag| ImageTag::parse(tag).expect("a tag");
            let children = children.unwrap_or_default();
            images.push(Image {
                digest: digest(n),
                tags: tags.into_iter().map(tag).collect(),
                age,
                pulled,
                storage,
                children: children.iter().map(|index| earlier(n, index)).collect(),
                subject: subject.as_ref().map(|index| earlier(n, index)),
            });
        }
        images
    })
}
