//! A client that does one random thing after another in its own repository, until the server dies.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use black_box::{Client, Layer, Random, digest_of, manifest_of};

use crate::facts::{Content, Image, Known};
use crate::race::Race;
use crate::step::{Framing, Step};

/// Layers of which the owners promise never to delete them, so that others may mount them.
#[derive(Default)]
pub(crate) struct Offered(Mutex<Vec<(String, String, Content)>>);

/// A client and what it was told.
pub(crate) struct Pusher {
    pub(crate) known: Known,
    pub(crate) race: Race,
    random: Random,
    offered: Vec<String>,
    doubt: Option<Step>,
    acknowledged: u64,
}

/// Uploads under way at once: enough that some are old.
const UPLOADS_MAX: usize = 4;

/// Contents that all pushers have in common, so that bytes are shared among repositories.
const COMMON_CONTENTS: usize = 40;

impl Pusher {
    pub(crate) fn new(repository: &str, race: Race, seed: u64) -> Self {
        Self {
            known: Known::of(repository),
            race,
            random: Random::new(seed),
            offered: Vec::new(),
            doubt: None,
            acknowledged: 0,
        }
    }

    /// Works until the connection breaks, which it may do only once the server is `dying`.
    pub(crate) fn work(&mut self, client: &mut Client, offered: &Offered, dying: &AtomicBool) {
        loop {
            if self.random.percent(8) {
                if self.race.put(client, &mut self.random).is_err() {
                    break;
                }
                self.acknowledged += 1;
                continue;
            }
            let step = self.choose(offered);
            let Ok(answer) = client.try_ask(step.request(&self.known.repository)) else {
                self.doubt = Some(step);
                break;
            };
            assert_eq!(answer.status, step.acknowledged_by(), "{step:.300?}: {}", answer.text());
            for fact in step.effects(&self.known, Some(&answer)) {
                self.known.learn(fact);
            }
            self.acknowledged += 1;
        }
        assert!(dying.load(Ordering::SeqCst), "a server that was not killed broke a connection");
    }

    /// Writes that were acknowledged so far.
    pub(crate) fn acknowledged(&self) -> u64 {
        self.acknowledged
    }

    /// Learns what became of the request that was not answered: all of it, or nothing.
    pub(crate) fn settle(&mut self, client: &mut Client) {
        let Some(step) = self.doubt.take() else { return };
        let after = step.effects(&self.known, None);
        let before: Vec<_> = after.iter().map(|fact| self.known.fact(&fact.subject())).collect();
        let mut complaints = Vec::new();
        for facts in [after, before] {
            let differences: Vec<String> = facts
                .iter()
                .filter_map(|fact| {
                    fact.differs(&self.known.repository, client).expect("the server answers")
                })
                .collect();
            if differences.is_empty() {
                for fact in facts {
                    self.known.learn(fact);
                }
                return;
            }
            complaints.extend(differences);
        }
        panic!("neither done nor left undone: {step:.300?}\n{}", complaints.join("\n"));
    }

    /// Asserts that what was acknowledged lately is true, and `older` facts from before.
    pub(crate) fn verify(&mut self, client: &mut Client, older: usize) {
        let subjects = self.known.take_touched(older, &mut self.random);
        let differences: Vec<String> = subjects
            .iter()
            .filter_map(|subject| {
                let fact = self.known.fact(subject);
                fact.differs(&self.known.repository, client).expect("the server answers")
            })
            .collect();
        assert!(differences.is_empty(), "{}", differences.join("\n"));
    }

    fn choose(&mut self, offered: &Offered) -> Step {
        let open = self.known.uploads.values().flatten().count();
        loop {
            let chosen = match self.random.below(100) {
                0..20 => Some(self.upload_whole()),
                20..32 if open < UPLOADS_MAX => Some(Step::Begin { content: self.content() }),
                32..50 => self.append(),
                50..60 => self.complete(),
                60..63 => self.cancel(),
                63..67 => self.mount(offered),
                67..70 => self.offer(offered),
                70..73 => self.delete_layer(),
                73..93 => self.put_image(),
                93..97 => self.delete_tag(),
                97..100 => self.delete_image(),
                _ => None,
            };
            if let Some(step) = chosen {
                return step;
            }
        }
    }

    fn content(&mut self) -> Content {
        if self.random.percent(40) {
            let seed = self.random.below(COMMON_CONTENTS);
            return Content { seed: seed as u64, length: 1_000 + seed * 977 };
        }
        let length = match self.random.below(100) {
            0..60 => self.random.between(1, 20_000),
            60..92 => self.random.between(20_000, 400_000),
            _ => self.random.between(1_000_000, 5_000_000),
        };
        Content { seed: self.random.number(), length }
    }

    fn framing(&mut self) -> Framing {
        match self.random.below(3) {
            0 => Framing::Length,
            1 => Framing::Ranged,
            _ => Framing::Chunked,
        }
    }

    fn upload_whole(&mut self) -> Step {
        Step::UploadWhole { content: self.content(), framing: self.framing() }
    }

    fn open_upload(&mut self) -> Option<(String, crate::facts::Upload)> {
        let uploads = self.known.uploads.iter();
        let open = uploads.filter_map(|(path, upload)| Some((path.clone(), (*upload)?))).collect();
        self.random.pick(open)
    }

    fn append(&mut self) -> Option<Step> {
        let (path, upload) = self.open_upload()?;
        let missing = upload.content.length - upload.received;
        // An upload of one byte looks like one of none: its range is 0-0 as well.
        let least = if upload.received == 0 { 2 } else { 1 };
        if missing < least {
            return None;
        }
        let to = upload.received + self.random.between(least, missing);
        Some(Step::Append { path, upload, to, framing: self.framing() })
    }

    fn complete(&mut self) -> Option<Step> {
        let (path, upload) = self.open_upload()?;
        Some(Step::Complete { path, upload })
    }

    fn cancel(&mut self) -> Option<Step> {
        let (path, _) = self.open_upload()?;
        Some(Step::Cancel { path })
    }

    fn mount(&mut self, offered: &Offered) -> Option<Step> {
        let offers = offered.0.lock().expect("no thread panics while holding it").clone();
        let (from, digest, content) = self.random.pick(offers)?;
        Some(Step::Mount { from, digest, content })
    }

    /// Offers a layer to the others, and does nothing itself.
    fn offer(&mut self, offered: &Offered) -> Option<Step> {
        let layers = self.known.layers.iter();
        let held = layers.filter_map(|(digest, layer)| Some((digest.clone(), (*layer)?))).collect();
        let (digest, content) = self.random.pick(held)?;
        self.offered.push(digest.clone());
        let offer = (self.known.repository.clone(), digest, content);
        offered.0.lock().expect("no thread panics while holding it").push(offer);
        None
    }

    fn delete_layer(&mut self) -> Option<Step> {
        let needed: Vec<&String> =
            self.known.images.values().flatten().flat_map(|image| &image.layers).collect();
        let free = self.known.layers.iter().filter(|(digest, layer)| {
            layer.is_some() && !self.offered.contains(digest) && !needed.contains(digest)
        });
        let free = free.map(|(digest, _)| digest.clone()).collect();
        self.random.pick(free).map(|digest| Step::DeleteLayer { digest })
    }

    fn put_image(&mut self) -> Option<Step> {
        let images = self.known.images.iter();
        let old = images.filter_map(|(digest, image)| Some((digest.clone(), image.clone()?)));
        let old = old.collect();
        let (digest, image) =
            if self.random.percent(30) { self.random.pick(old)? } else { self.new_image()? };
        let count = self.random.below(4);
        let mut tags: Vec<String> =
            (0..count).map(|_| format!("v{}", self.random.below(12))).collect();
        tags.sort();
        tags.dedup();
        Some(Step::PutImage { digest, image, tags })
    }

    fn new_image(&mut self) -> Option<(String, Image)> {
        let layers = self.known.layers.iter();
        let held: Vec<(String, Content)> =
            layers.filter_map(|(digest, layer)| Some((digest.clone(), (*layer)?))).collect();
        let count = self.random.between(1, 4);
        let mut chosen = Vec::new();
        for _ in 0..count {
            chosen.push(self.random.pick(held.clone())?);
        }
        let layers = chosen
            .iter()
            .map(|(digest, content)| Layer { digest: digest.clone(), size: content.length });
        let layers: Vec<Layer> = layers.collect();
        let manifest = manifest_of(self.random.number(), &layers[0], &layers[1..]);
        let layers = chosen.into_iter().map(|(digest, _)| digest).collect();
        Some((digest_of(&manifest), Image { manifest, layers }))
    }

    fn delete_tag(&mut self) -> Option<Step> {
        let tags = self.known.tags.iter();
        let held = tags.filter(|(_, image)| image.is_some()).map(|(tag, _)| tag.clone()).collect();
        self.random.pick(held).map(|tag| Step::DeleteTag { tag })
    }

    fn delete_image(&mut self) -> Option<Step> {
        let images = self.known.images.iter();
        let held = images.filter(|(_, image)| image.is_some());
        let held = held.map(|(digest, _)| digest.clone()).collect();
        self.random.pick(held).map(|digest| Step::DeleteImage { digest })
    }
}

impl Known {
    /// The tags that point to an image.
    pub(crate) fn tags_of(&self, digest: &str) -> Vec<String> {
        let tags = self.tags.iter();
        let points_here = |image: &Option<String>| image.as_deref() == Some(digest);
        tags.filter(|(_, image)| points_here(image)).map(|(tag, _)| tag.clone()).collect()
    }
}
