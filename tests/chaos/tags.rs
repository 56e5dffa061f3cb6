//! Tags that all move, each of them a register: its writes and reads, and their times.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use black_box::{Client, Layer, MANIFEST, Random, Request, digest_of, manifest_of};

use crate::caller::{Caller, Outcome};
use crate::ledger::{Counts, count};
use crate::linearizable::{Act, Operation, check};

/// Where they are.
pub(crate) const REPOSITORY: &str = "chaos/tags";

const TAGS: [&str; 4] = ["red", "green", "blue", "white"];

/// What a tag points to: an image's digest, or nothing.
type Pointed = Option<String>;

/// The tags, and what was seen of each.
pub(crate) struct Tags {
    config: Layer,
    next: AtomicU64,
    clock: Instant,
    seen: [Mutex<Vec<Operation<Pointed>>>; TAGS.len()],
}

impl Tags {
    /// Pushes what all images share.
    pub(crate) fn prepare(client: &mut Client) -> Self {
        let config = client.push_layer(REPOSITORY, b"{}");
        let seen = TAGS.map(|_| Mutex::default());
        Self { config, next: AtomicU64::new(1), clock: Instant::now(), seen }
    }

    fn now(&self) -> u64 {
        u64::try_from(self.clock.elapsed().as_nanos()).expect("a test does not last for centuries")
    }

    fn note(&self, tag: usize, act: Act<Pointed>, began: u64, ended: Option<u64>) {
        self.seen[tag].lock().expect("a push does not panic").push(Operation { act, began, ended });
    }

    /// Writes or reads some tag.
    pub(crate) fn touch(&self, caller: &mut Caller, random: &mut Random, counts: &Counts) {
        let tag = random.below(TAGS.len());
        let path = format!("/v2/{REPOSITORY}/manifests/{}", TAGS[tag]);
        match random.below(100) {
            0..45 => self.write(caller, tag, &path, counts),
            45..48 => self.delete(caller, tag, &path, counts),
            _ => self.read(caller, tag, &path, counts),
        }
    }

    /// Every write is of an image of its own, so a read says which write it saw.
    fn write(&self, caller: &mut Caller, tag: usize, path: &str, counts: &Counts) {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let manifest = manifest_of(number, &self.config, &[]);
        let act = Act::Write(Some(digest_of(&manifest)));
        let put = Request::new("PUT", path).header("content-type", MANIFEST).body(manifest);
        let began = self.now();
        match caller.ask(put) {
            Outcome::Answered(answer) => {
                assert_eq!(answer.status, 201, "a tag was not written: {}", answer.text());
                count(&counts.tag_writes);
                self.note(tag, act, began, Some(self.now()));
            }
            Outcome::Unknown => {
                count(&counts.unknown);
                self.note(tag, act, began, None);
            }
        }
    }

    fn delete(&self, caller: &mut Caller, tag: usize, path: &str, counts: &Counts) {
        let began = self.now();
        match caller.ask(Request::new("DELETE", path)) {
            Outcome::Answered(answer) if answer.status == 202 => {
                count(&counts.tag_writes);
                self.note(tag, Act::Write(None), began, Some(self.now()));
            }
            Outcome::Answered(answer) => {
                assert_eq!(answer.status, 404, "a tag was not deleted: {}", answer.text());
                self.note(tag, Act::Read(None), began, Some(self.now()));
            }
            Outcome::Unknown => {
                count(&counts.unknown);
                self.note(tag, Act::Write(None), began, None);
            }
        }
    }

    fn read(&self, caller: &mut Caller, tag: usize, path: &str, counts: &Counts) {
        let began = self.now();
        let Outcome::Answered(answer) = caller.ask(Request::new("GET", path)) else { return };
        let found = match answer.status {
            200 => Some(digest_of(&answer.body)),
            404 => None,
            other => panic!("a tag was read: {other} {}", answer.text()),
        };
        let told = answer.header("docker-content-digest").map(str::to_owned);
        assert_eq!(told, found, "the digest is not the manifest's");
        count(&counts.tag_reads);
        self.note(tag, Act::Read(found), began, Some(self.now()));
    }

    /// Asserts that each tag was a register.
    pub(crate) fn judge(&self) {
        for (tag, seen) in TAGS.iter().zip(&self.seen) {
            let history = seen.lock().expect("a push does not panic").clone();
            let Err(wrong) = check(&history, &None) else { continue };
            let at = wrong.first_unexplained.began;
            let mut around: Vec<_> = history
                .iter()
                .filter(|seen| {
                    seen.began < at + 3_000_000_000
                        && seen.ended.is_none_or(|ended| ended + 3_000_000_000 > at)
                })
                .collect();
            around.sort_by_key(|seen| seen.began);
            panic!(
                "the tag {tag} was no register: nothing explains {wrong:?}; around it: {around:#?}"
            );
        }
    }
}
