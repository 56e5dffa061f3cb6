//! A client that pushes, pulls, mounts and deletes at random, and remembers every answer.

use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use black_box::{Answer, Layer, MANIFEST, Random, Request, digest_of, manifest_of};

use crate::World;
use crate::caller::{Caller, Outcome};
use crate::expiry;
use crate::ledger::{Content, Image, State, count};

/// Contents that all workers have in common, so that bytes are shared among repositories.
const COMMON_CONTENTS: usize = 25;

/// Attempts to push one layer before the worker does something else.
const ATTEMPTS_MAX: usize = 8;

/// A worker with a repository of its own.
pub(crate) struct Worker<'a> {
    caller: Caller,
    repository: String,
    random: Random,
    world: &'a World,
}

/// How an attempt to bring a layer ended.
enum Brought {
    Acknowledged,
    /// It may be tried again.
    Not,
}

impl<'a> Worker<'a> {
    pub(crate) fn new(
        address: &str,
        password: &str,
        repository: &str,
        seed: u64,
        world: &'a World,
    ) -> Self {
        let (caller, random) = (Caller::new(address, password), Random::new(seed));
        Self { caller, repository: repository.to_owned(), random, world }
    }

    /// Works until it is over.
    pub(crate) fn work(mut self) {
        while !self.is_over() {
            match self.random.below(100) {
                0..30 => self.push(),
                30..38 => self.delete(),
                38..55 => self.pull(),
                _ => self.world.tags.touch(
                    &mut self.caller,
                    &mut self.random,
                    &self.world.ledger.counts,
                ),
            }
        }
    }

    fn is_over(&self) -> bool {
        self.world.is_over.load(Ordering::SeqCst)
    }

    fn ask(&mut self, request: Request) -> Outcome {
        let outcome = self.caller.ask(request);
        if matches!(outcome, Outcome::Unknown) {
            count(&self.world.ledger.counts.unknown);
            // Asking again at once would not help.
            std::thread::sleep(Duration::from_millis(20));
        }
        outcome
    }

    fn content(&mut self) -> Content {
        if self.random.percent(35) {
            let seed = self.random.below(COMMON_CONTENTS);
            return Content { seed: seed as u64, length: 2_000 + seed * 19_777 };
        }
        let length = match self.random.below(100) {
            0..50 => self.random.between(1, 100_000),
            50..85 => self.random.between(100_000, 1_500_000),
            _ => self.random.between(4_000_000, 14_000_000),
        };
        Content { seed: self.random.number(), length }
    }

    fn push(&mut self) {
        let count_of_layers = self.random.between(1, 3);
        let mut layers = Vec::new();
        for _ in 0..count_of_layers {
            let content = self.content();
            let bytes = content.bytes();
            let digest = digest_of(&bytes);
            if !self.bring(&bytes, &digest) {
                return;
            }
            layers.push((digest, content));
        }
        self.put_image(layers);
    }

    /// Brings a layer into the repository; `false` if that failed.
    fn bring(&mut self, bytes: &[u8], digest: &str) -> bool {
        for _ in 0..ATTEMPTS_MAX {
            let brought = match self.random.below(10) {
                0..3 => self.ask_for(digest),
                3..4 => self.mount(digest),
                4..6 => self.upload_whole(bytes, digest),
                _ => self.upload(bytes, digest),
            };
            if matches!(brought, Brought::Acknowledged) {
                return true;
            }
            if self.is_over() {
                return false;
            }
        }
        false
    }

    /// "You have it" is a promise.
    fn ask_for(&mut self, digest: &str) -> Brought {
        let head = Request::new("HEAD", &format!("/v2/{}/blobs/{digest}", self.repository));
        match self.ask(head).with(200) {
            Some(_) => Brought::Acknowledged,
            None => Brought::Not,
        }
    }

    fn mount(&mut self, digest: &str) -> Brought {
        let other = self.world.ledger.pick(&mut self.random, None);
        let Some(other) = other.map(|image| image.repository) else { return Brought::Not };
        let target = format!("/v2/{}/blobs/uploads/?mount={digest}&from={other}", self.repository);
        match self.ask(Request::new("POST", &target)) {
            Outcome::Answered(answer) if answer.status == 201 => {
                count(&self.world.ledger.counts.mounted);
                Brought::Acknowledged
            }
            Outcome::Answered(answer) => {
                assert_eq!(answer.status, 202, "a mount: {}", answer.text());
                Brought::Not
            }
            Outcome::Unknown => Brought::Not,
        }
    }

    fn upload_whole(&mut self, bytes: &[u8], digest: &str) -> Brought {
        let target = format!("/v2/{}/blobs/uploads/?digest={digest}", self.repository);
        match self.ask(Request::new("POST", &target).body(bytes)) {
            Outcome::Answered(answer) => {
                assert_eq!(answer.status, 201, "a layer in one request: {}", answer.text());
                Brought::Acknowledged
            }
            Outcome::Unknown => Brought::Not,
        }
    }

    /// In chunks, each of which may be broken off and taken up again.
    fn upload(&mut self, bytes: &[u8], digest: &str) -> Brought {
        let begin = Request::new("POST", &format!("/v2/{}/blobs/uploads/", self.repository));
        let Outcome::Answered(answer) = self.ask(begin) else { return Brought::Not };
        assert_eq!(answer.status, 202, "an upload begins: {}", answer.text());
        let path = answer.header("location").expect("an upload has a location").to_owned();
        let mut acknowledged = 0;
        // Bytes that were sent, perhaps in vain.
        let mut sent = 0;
        while acknowledged < bytes.len() {
            let length = match self.random.below(3) {
                0 => self.random.between(1, 300_000),
                1 => self.random.between(300_000, 6_000_000),
                _ => bytes.len(),
            };
            let to = bytes.len().min(acknowledged + length);
            sent = sent.max(to);
            let range = format!("{acknowledged}-{}", to - 1);
            let chunk = Request::new("PATCH", &path).header("content-range", &range);
            acknowledged = match self.ask(chunk.body(&bytes[acknowledged..to])).with(202) {
                Some(_) => to,
                None => match self.look(&path, acknowledged, sent) {
                    Some(found) => found,
                    None => return Brought::Not,
                },
            };
        }
        self.complete(&path, digest)
    }

    /// How much of an upload is there. What was acknowledged must be, and no more than was sent.
    fn look(&mut self, path: &str, acknowledged: usize, sent: usize) -> Option<usize> {
        let world = self.world;
        let gives_up = || world.is_over.load(Ordering::SeqCst);
        let answer = self.caller.insist(&Request::new("GET", path), gives_up)?;
        assert_eq!(answer.status, 204, "an upload of which {acknowledged} bytes were acknowledged");
        let found = offset(&answer);
        // The range is the same for one byte as for none.
        let least = if acknowledged == 1 { 0 } else { acknowledged };
        assert!(
            (least..=sent).contains(&found),
            "{path}: {found} bytes are there; {acknowledged} were acknowledged, {sent} sent"
        );
        if found <= 1 && acknowledged <= 1 { None } else { Some(found) }
    }

    fn complete(&mut self, path: &str, digest: &str) -> Brought {
        let put = Request::new("PUT", &format!("{path}?digest={digest}"));
        let mut was_broken_off = false;
        for _ in 0..ATTEMPTS_MAX {
            match self.ask(put.clone()) {
                Outcome::Answered(answer) if answer.status == 201 => return Brought::Acknowledged,
                // A request is still writing: this client's, on a node that it does not wait for
                // any more.
                Outcome::Answered(answer) if answer.status == 409 => {
                    std::thread::sleep(Duration::from_millis(100));
                }
                // Done, by an attempt that was broken off.
                Outcome::Answered(answer) => {
                    let lawful = answer.status == 404 && was_broken_off;
                    assert!(lawful, "an upload ends: {} {}", answer.status, answer.text());
                    return self.ask_for(digest);
                }
                Outcome::Unknown => was_broken_off = true,
            }
            if self.is_over() {
                break;
            }
        }
        Brought::Not
    }

    fn put_image(&mut self, layers: Vec<(String, Content)>) {
        let named: Vec<Layer> = layers
            .iter()
            .map(|(digest, content)| Layer { digest: digest.clone(), size: content.length })
            .collect();
        let manifest = manifest_of(self.random.number(), &named[0], &named[1..]);
        let digest = digest_of(&manifest);
        let reference = match self.random.below(4) {
            0 => digest.clone(),
            1 => expiry::tag(&mut self.random),
            _ => format!("v{}", self.random.below(10)),
        };
        let put = Request::new("PUT", &format!("/v2/{}/manifests/{reference}", self.repository));
        let put = put.header("content-type", MANIFEST).body(&*manifest);
        let repository = self.repository.clone();
        let (state, may_expire) = (State::InDoubt, expiry::is_old(&reference));
        let mut image =
            Image { repository, manifest, layers, state, was_in_doubt: false, may_expire };
        for _ in 0..ATTEMPTS_MAX {
            match self.ask(put.clone()) {
                Outcome::Answered(answer) => {
                    assert_eq!(
                        answer.status,
                        201,
                        "an image whose layers were all acknowledged: {}",
                        answer.text()
                    );
                    image.state = State::There;
                    count(&self.world.ledger.counts.pushed);
                    break;
                }
                Outcome::Unknown => image.was_in_doubt = true,
            }
            if self.is_over() {
                break;
            }
        }
        self.world.ledger.write(image);
    }

    /// Deletes one of its own images.
    fn delete(&mut self) {
        let own = self.repository.clone();
        let picked = self.world.ledger.pick(&mut self.random, Some(&own));
        let Some(mut image) = picked else { return };
        image.state = State::InDoubt;
        self.world.ledger.write(image.clone());
        let digest = digest_of(&image.manifest);
        let path = format!("/v2/{own}/manifests/{digest}");
        let mut is_in_doubt = image.was_in_doubt || image.may_expire;
        for _ in 0..ATTEMPTS_MAX {
            match self.ask(Request::new("DELETE", &path)) {
                Outcome::Answered(answer) => {
                    let lawful = answer.status == 202 || is_in_doubt && answer.status == 404;
                    assert!(lawful, "an image is deleted: {} {}", answer.status, answer.text());
                    count(&self.world.ledger.counts.deleted);
                    // A put that was broken off may still come.
                    image.state = if image.was_in_doubt { State::InDoubt } else { State::Gone };
                    break;
                }
                Outcome::Unknown => is_in_doubt = true,
            }
            if self.is_over() {
                break;
            }
        }
        self.world.ledger.write(image);
    }

    /// Pulls an image, of any client's.
    fn pull(&mut self) {
        let Some(image) = self.world.ledger.pick(&mut self.random, None) else { return };
        let Image { repository, manifest, layers, may_expire, .. } = image;
        let digest = digest_of(&manifest);
        let mut wanted = vec![(format!("/v2/{repository}/manifests/{digest}"), digest.clone())];
        let layers = layers.into_iter();
        wanted.extend(layers.map(|(layer, _)| (format!("/v2/{repository}/blobs/{layer}"), layer)));
        for (path, content) in wanted {
            let Outcome::Answered(answer) = self.ask(Request::new("GET", &path)) else { return };
            if answer.status == 404 {
                let state = self.world.ledger.state(&repository, &digest);
                let is_there = state == Some(State::There) && !may_expire;
                assert!(!is_there, "{path} is there, and was not found");
                return;
            }
            assert_eq!((answer.status, digest_of(&answer.body)), (200, content), "{path}");
        }
        count(&self.world.ledger.counts.pulled);
    }
}

fn offset(answer: &Answer) -> usize {
    let range = answer.header("range").expect("an upload has a range");
    let last = range.strip_prefix("0-").and_then(|last| last.parse::<usize>().ok());
    let last = last.unwrap_or_else(|| panic!("a range: {range}"));
    if last == 0 { 0 } else { last + 1 }
}

/// Waits, but not for ever.
pub(crate) fn await_that(what: &str, patience: Duration, mut holds: impl FnMut() -> bool) {
    let began = Instant::now();
    while !holds() {
        assert!(began.elapsed() < patience, "after {patience:?} still not: {what}");
        std::thread::sleep(Duration::from_millis(200));
    }
}
