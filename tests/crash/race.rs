//! Tags that all pushers move at once: the times of requests and answers decide which was last.

use std::io;
use std::sync::Arc;
use std::time::Instant;

use black_box::{Client, MANIFEST, Random, Request, digest_of, manifest_of};

/// The repository in which they race.
pub(crate) const REPOSITORY: &str = "crash/raced";
const TAGS: [&str; 3] = ["red", "green", "blue"];
const IMAGES: u64 = 8;

/// A put that was begun; it was acknowledged if it has an end.
#[derive(Debug, Clone)]
pub(crate) struct Put {
    tag: &'static str,
    digest: String,
    began: Instant,
    ended: Option<Instant>,
}

/// The images to race with, and one pusher's puts.
#[derive(Clone)]
pub(crate) struct Race {
    manifests: Arc<Vec<Vec<u8>>>,
    puts: Vec<Put>,
}

impl Race {
    /// Pushes what the images need, and points each tag somewhere.
    pub(crate) fn prepare(client: &mut Client) -> Self {
        let config = client.push_layer(REPOSITORY, b"{}");
        let manifests = (0..IMAGES).map(|number| manifest_of(number, &config, &[]));
        let mut race = Self { manifests: Arc::new(manifests.collect()), puts: Vec::new() };
        for tag in TAGS {
            race.put_tag(client, tag, 0).expect("the server was not killed yet");
        }
        race
    }

    /// A manifest that is there from the beginning to the end.
    pub(crate) fn path() -> String {
        format!("/v2/{REPOSITORY}/manifests/{}", TAGS[0])
    }

    /// Moves a tag, or tries to.
    pub(crate) fn put(&mut self, client: &mut Client, random: &mut Random) -> io::Result<()> {
        let (tag, image) = (TAGS[random.below(TAGS.len())], random.below(self.manifests.len()));
        self.put_tag(client, tag, image)
    }

    fn put_tag(&mut self, client: &mut Client, tag: &'static str, image: usize) -> io::Result<()> {
        let manifest = &self.manifests[image];
        let put = Put { tag, digest: digest_of(manifest), began: Instant::now(), ended: None };
        self.puts.push(put);
        let request = Request::new("PUT", &format!("/v2/{REPOSITORY}/manifests/{tag}"))
            .header("content-type", MANIFEST)
            .body(manifest.clone());
        let answer = client.try_ask(request)?;
        assert_eq!(answer.status, 201, "{}", answer.text());
        let put = self.puts.last_mut().expect("it was pushed above");
        put.ended = Some(Instant::now());
        Ok(())
    }

    /// What was put since the last call.
    pub(crate) fn take_puts(&mut self) -> Vec<Put> {
        std::mem::take(&mut self.puts)
    }
}

/// Asserts that each tag points where one of the puts left it, and that every acknowledged image is
/// there. What is found is what the next round begins with.
pub(crate) fn judge(client: &mut Client, puts: &[Put]) -> Vec<Put> {
    for put in puts.iter().filter(|put| put.ended.is_some()) {
        let image = client.get(&format!("/v2/{REPOSITORY}/manifests/{}", put.digest));
        assert_eq!((image.status, digest_of(&image.body)), (200, put.digest.clone()));
    }
    let point = |tag| {
        let found = client.get(&format!("/v2/{REPOSITORY}/manifests/{tag}"));
        let digest = digest_of(&found.body);
        assert!(
            puts.iter().any(|put| may_be_last(put, puts, tag, &digest)),
            "{tag}: {digest} ({}) is not what any of the last puts left: {puts:#?}",
            found.status
        );
        let now = Instant::now();
        Put { tag, digest, began: now, ended: Some(now) }
    };
    TAGS.map(point).into()
}

/// Nothing was put and acknowledged from beginning to end after this put was over.
fn may_be_last(put: &Put, all: &[Put], tag: &str, digest: &str) -> bool {
    let overwritten = all.iter().any(|later| {
        let after = put.ended.is_some_and(|ended| later.began > ended);
        later.tag == tag && later.ended.is_some() && after
    });
    put.tag == tag && put.digest == digest && !overwritten
}
