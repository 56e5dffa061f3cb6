//! Repositories on paper.
//!
//! ```text
//! rule 1   prod*            more than 1
//! rule 2   prefix:a,b       older than 14d      archives
//! rule 3   any              unpulled for 30d    archives
//! rule 4   untagged         archived for 90d
//! rule 5   v*&/v[0-9]+/&!*-rc    more than 3 pulled within 30d
//! image a  prod-1,beta-1    pushed 10d pulled 3d                => expires by 1
//! image b  -                pushed 9d children a subject c      => stays by 2 for 5d
//! image c  -                pushed 9d shielded                  => stays by its shield despite 2
//! ```
//!
//! A rule expires what it takes unless it says that it archives. Behind an `&` stands what ECR does
//! not have: a regular expression between slashes, or behind `!` what no tag may fit. Times are
//! ages. What may stand behind an arrow is in [`outcome`].

use std::collections::HashMap;
use std::fmt::Write as _;
use std::time::Duration;

use names::{Digest, ImageTag, Timestamp};
use policy::lifecycle::{
    Action, Candidate, Decision, Document, Evaluation, Kept, Storage, evaluate,
};

const DAY: u64 = 86_400;

/// The moment of every evaluation.
pub(crate) fn now() -> Timestamp {
    Timestamp::from_seconds(1_800_000_000)
}

/// An image, as it was written down.
#[derive(Debug, Clone)]
pub(crate) struct Image {
    pub(crate) name: String,
    pub(crate) digest: Digest,
    pub(crate) tags: Vec<ImageTag>,
    pub(crate) pushed_at: Timestamp,
    pub(crate) pulled_at: Option<Timestamp>,
    pub(crate) storage: Storage,
    pub(crate) children: Vec<Digest>,
    pub(crate) subject: Option<Digest>,
    is_shielded: bool,
    expected: String,
}

impl Image {
    pub(crate) fn candidate(&self) -> Candidate<'_> {
        Candidate {
            digest: &self.digest,
            tags: &self.tags,
            pushed_at: self.pushed_at,
            last_pulled_at: self.pulled_at,
            storage: self.storage,
            children: &self.children,
            subject: self.subject.as_ref(),
            is_shielded: self.is_shielded,
        }
    }
}

/// A policy and a repository, as they were written down.
pub(crate) struct Scene {
    pub(crate) document: Document,
    pub(crate) images: Vec<Image>,
}

impl Scene {
    pub(crate) fn read(text: &str) -> Self {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let (rules, images): (Vec<&str>, Vec<&str>) =
            lines.partition(|line| line.starts_with("rule "));
        let rules: Vec<String> = rules.into_iter().map(rule).collect();
        let document = format!(r#"{{"rules":[{}]}}"#, rules.join(","));
        let document = Document::read(&document).unwrap_or_else(|why| panic!("{document}: {why}"));
        Self { document, images: images.into_iter().map(image).collect() }
    }

    pub(crate) fn evaluate(&self) -> Evaluation {
        evaluate(&self.document, now(), self.images.iter().map(Image::candidate))
    }

    /// What becomes of each image, in words.
    pub(crate) fn outcomes(&self) -> Vec<String> {
        let evaluation = self.evaluate();
        evaluation.decisions().iter().map(|decision| outcome(*decision, &self.images)).collect()
    }
}

/// Holds what becomes of each image against what stands behind its arrow.
pub(crate) fn check(because: &str, text: &str) {
    let scene = Scene::read(text);
    let mut differences = String::new();
    for (image, found) in scene.images.iter().zip(scene.outcomes()) {
        if image.expected != found {
            let Image { name, expected, .. } = image;
            writeln!(differences, "{name}: expected {expected}, found {found}")
                .expect("a string takes everything");
        }
    }
    assert!(differences.is_empty(), "{because}\n{text}\n{differences}");
}

pub(crate) fn outcome(decision: Decision, images: &[Image]) -> String {
    let name = |image: usize| &images[image].name;
    match decision {
        Decision::Taken { rule, action, subject } => {
            let does = match action {
                Action::Expire => "expires",
                Action::Transition => "archives",
            };
            let with = subject.map(|subject| format!(" with {}", name(subject)));
            format!("{does} by {rule}{}", with.unwrap_or_default())
        }
        Decision::Kept(Kept::Unselected) => "stays".to_owned(),
        Decision::Kept(Kept::Counted { rule, place, count, until: _ }) => {
            format!("stays by {rule} as {place} of {count}")
        }
        Decision::Kept(Kept::Young { rule, until }) => {
            let left = until.as_seconds() - now().as_seconds();
            format!("stays by {rule} for {}d", left / DAY.cast_signed())
        }
        Decision::Kept(Kept::Referred { rule, index }) => {
            format!("stays in {} despite {rule}", name(index))
        }
        Decision::Kept(Kept::Shielded { rule }) => format!("stays by its shield despite {rule}"),
        Decision::Kept(Kept::Subject { subject }) => format!("stays with {}", name(subject)),
        Decision::Kept(Kept::Activating) => "stays as it activates".to_owned(),
        Decision::Kept(Kept::Circular) => "stays in a circle".to_owned(),
    }
}

fn rule(line: &str) -> String {
    let words: Vec<&str> = line.split_whitespace().collect();
    let [_, priority, tags, rest @ ..] = &*words else { panic!("{line}") };
    let mut parts = tags.split('&').peekable();
    let tags = parts.next_if(|part| !part.starts_with('/')).unwrap_or_default();
    let mut extension = extension(parts);
    let tags = match tags {
        "" => r#""tagStatus":"tagged""#.to_owned(),
        "any" | "untagged" => format!(r#""tagStatus":"{tags}""#),
        tags => {
            let (list, tags) = match tags.strip_prefix("prefix:") {
                Some(prefixes) => ("tagPrefixList", prefixes),
                None => ("tagPatternList", tags),
            };
            format!(r#""tagStatus":"tagged","{list}":["{}"]"#, tags.replace(',', r#"",""#))
        }
    };
    let (action, rest) = match rest {
        [rest @ .., "archives"] => {
            (r#"{"type":"transition","targetStorageClass":"archive"}"#, rest)
        }
        rest => (r#"{"type":"expire"}"#, rest),
    };
    let days = |age: &str| age.strip_suffix('d').expect("days").to_owned();
    let count = match rest {
        ["more", "than", count] => {
            format!(r#""countType":"imageCountMoreThan","countNumber":{count}"#)
        }
        ["more", "than", count, "pulled", "within", age] => {
            extension.push(format!(r#""pulledWithinDays":{}"#, days(age)));
            format!(r#""countType":"imageCountMoreThan","countNumber":{count}"#)
        }
        [since @ .., age] => {
            let kind = match since {
                ["older", "than"] => r#""countType":"sinceImagePushed""#,
                ["unpulled", "for"] => r#""countType":"sinceImagePulled""#,
                ["archived", "for"] => {
                    r#""storageClass":"archive","countType":"sinceImageTransitioned""#
                }
                _ => panic!("{line}"),
            };
            format!(r#"{kind},"countUnit":"days","countNumber":{}"#, days(age))
        }
        [] => panic!("{line}"),
    };
    let extension = match &*extension.join(",") {
        "" => String::new(),
        members => format!(r#","longshore":{{{members}}}"#),
    };
    format!(
        r#"{{"rulePriority":{priority},"selection":{{{tags},{count}{extension}}},"action":{action}}}"#
    )
}

/// The lists that ECR does not have.
fn extension<'a>(parts: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut lists = [
        ("tagRegexList", Vec::new()),
        ("notTagPatternList", Vec::new()),
        ("notTagRegexList", Vec::new()),
    ];
    for part in parts {
        let (list, word) = match part.strip_prefix('!') {
            None => (0, part),
            Some(pattern) if !pattern.starts_with('/') => (1, pattern),
            Some(regex) => (2, regex),
        };
        lists[list].1.push(serde_json::to_string(word.trim_matches('/')).expect("a string"));
    }
    let lists = lists.into_iter().filter(|(_, words)| !words.is_empty());
    lists.map(|(name, words)| format!(r#""{name}":[{}]"#, words.join(","))).collect()
}

fn image(line: &str) -> Image {
    let (line, expected) = line.split_once("=>").unwrap_or((line, ""));
    let mut words = line.split_whitespace();
    assert_eq!(words.next(), Some("image"), "{line}");
    let name = words.next().expect("a name").to_owned();
    let tags = words.next().filter(|tags| *tags != "-").unwrap_or_default();
    let tags = tags.split(',').filter(|tag| !tag.is_empty());
    let tags = tags.map(|tag| ImageTag::parse(tag).expect("a tag")).collect();
    let mut said: HashMap<&str, &str> = HashMap::new();
    while let Some(word) = words.next() {
        let is_alone = ["activating", "shielded"].contains(&word);
        let value = if is_alone { "" } else { words.next().expect("a value") };
        said.insert(word, value);
    }
    let moment = |word: &str| said.get(word).map(|age| before(age));
    let digests = |word: &str| {
        let names = said.get(word).into_iter().flat_map(|names| names.split(','));
        names.map(|name| Digest::sha256(name.as_bytes())).collect::<Vec<_>>()
    };
    let storage = match (moment("archived"), said.contains_key("activating")) {
        (Some(archived_at), _) => Storage::Archive { archived_at },
        (None, true) => Storage::Activating,
        (None, false) => Storage::Standard { activated_at: moment("restored") },
    };
    Image {
        digest: Digest::sha256(name.as_bytes()),
        name,
        tags,
        pushed_at: moment("pushed").expect("when it was pushed"),
        pulled_at: moment("pulled"),
        storage,
        children: digests("children"),
        subject: digests("subject").pop(),
        is_shielded: said.contains_key("shielded"),
        expected: expected.trim().to_owned(),
    }
}

/// `5d` ago, or `5d1s` ago.
fn before(age: &str) -> Timestamp {
    let (days, seconds) = age.split_once('d').expect("days");
    let seconds = seconds.strip_suffix('s').unwrap_or("0").parse::<u64>().expect("a number");
    now().minus(Duration::from_secs(days.parse::<u64>().expect("a number") * DAY + seconds))
}
