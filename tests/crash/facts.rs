//! What a client was told about its repository, and whether the server still says so.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use black_box::{Answer, Client, Random, Request, digest_of};

/// The bytes of a layer: made from a number whenever they are needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Content {
    pub(crate) seed: u64,
    pub(crate) length: usize,
}

impl Content {
    pub(crate) fn bytes(self) -> Vec<u8> {
        Random::new(self.seed).bytes(self.length)
    }

    pub(crate) fn digest(self) -> String {
        digest_of(&self.bytes())
    }
}

/// An image: its manifest, and the layers that this names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Image {
    pub(crate) manifest: Vec<u8>,
    pub(crate) layers: Vec<String>,
}

/// An upload under way: what is being uploaded, and how much of it the server has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Upload {
    pub(crate) content: Content,
    pub(crate) received: usize,
}

/// Something that exists, or, if empty, something that does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fact {
    /// The layer of this digest.
    Layer(String, Option<Content>),
    /// The image of this digest.
    Image(String, Option<Image>),
    /// What the tag points to.
    Tag(String, Option<String>),
    /// The upload at this path.
    Upload(String, Option<Upload>),
}

/// What a fact is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Subject {
    Layer(String),
    Image(String),
    Tag(String),
    Upload(String),
}

/// Everything that is known of one repository, which no other client writes to.
pub(crate) struct Known {
    pub(crate) repository: String,
    pub(crate) layers: BTreeMap<String, Option<Content>>,
    pub(crate) images: BTreeMap<String, Option<Image>>,
    pub(crate) tags: BTreeMap<String, Option<String>>,
    pub(crate) uploads: BTreeMap<String, Option<Upload>>,
    touched: BTreeSet<Subject>,
}

impl Known {
    pub(crate) fn of(repository: &str) -> Self {
        Self {
            repository: repository.to_owned(),
            layers: BTreeMap::new(),
            images: BTreeMap::new(),
            tags: BTreeMap::new(),
            uploads: BTreeMap::new(),
            touched: BTreeSet::new(),
        }
    }

    pub(crate) fn learn(&mut self, fact: Fact) {
        self.touched.insert(fact.subject());
        match fact {
            Fact::Layer(digest, layer) => drop(self.layers.insert(digest, layer)),
            Fact::Image(digest, image) => drop(self.images.insert(digest, image)),
            Fact::Tag(tag, image) => drop(self.tags.insert(tag, image)),
            Fact::Upload(path, upload) => drop(self.uploads.insert(path, upload)),
        }
    }

    /// What is known about a subject; what was never heard of is not there.
    pub(crate) fn fact(&self, subject: &Subject) -> Fact {
        match subject {
            Subject::Layer(digest) => {
                Fact::Layer(digest.clone(), self.layers.get(digest).copied().flatten())
            }
            Subject::Image(digest) => {
                Fact::Image(digest.clone(), self.images.get(digest).cloned().flatten())
            }
            Subject::Tag(tag) => Fact::Tag(tag.clone(), self.tags.get(tag).cloned().flatten()),
            Subject::Upload(path) => {
                Fact::Upload(path.clone(), self.uploads.get(path).copied().flatten())
            }
        }
    }

    fn subjects(&self) -> Vec<Subject> {
        let layers = self.layers.keys().cloned().map(Subject::Layer);
        let images = self.images.keys().cloned().map(Subject::Image);
        let tags = self.tags.keys().cloned().map(Subject::Tag);
        let uploads = self.uploads.keys().cloned().map(Subject::Upload);
        layers.chain(images).chain(tags).chain(uploads).collect()
    }

    /// What was learnt since the last call, and `older` of the rest.
    pub(crate) fn take_touched(&mut self, older: usize, random: &mut Random) -> Vec<Subject> {
        let mut subjects = self.subjects();
        let mut taken: Vec<Subject> = std::mem::take(&mut self.touched).into_iter().collect();
        for _ in 0..older.min(subjects.len()) {
            let at = random.below(subjects.len());
            taken.push(subjects.swap_remove(at));
        }
        taken
    }

    /// How many subjects there are.
    pub(crate) fn len(&self) -> usize {
        self.layers.len() + self.images.len() + self.tags.len() + self.uploads.len()
    }
}

impl Fact {
    pub(crate) fn subject(&self) -> Subject {
        match self {
            Self::Layer(digest, _) => Subject::Layer(digest.clone()),
            Self::Image(digest, _) => Subject::Image(digest.clone()),
            Self::Tag(tag, _) => Subject::Tag(tag.clone()),
            Self::Upload(path, _) => Subject::Upload(path.clone()),
        }
    }

    /// Asks the server; says how it differs, if it does.
    pub(crate) fn differs(
        &self,
        repository: &str,
        client: &mut Client,
    ) -> io::Result<Option<String>> {
        let path = match self {
            Self::Layer(digest, _) => format!("/v2/{repository}/blobs/{digest}"),
            Self::Image(reference, _) | Self::Tag(reference, _) => {
                format!("/v2/{repository}/manifests/{reference}")
            }
            Self::Upload(path, _) => path.clone(),
        };
        let answer = client.try_ask(Request::new("GET", &path))?;
        let (known, found) = (self.expected(), found(&answer));
        Ok((found != known).then(|| format!("GET {path}: {found:?} and not {known:?}")))
    }

    /// The status of the answer, and what identifies what is answered.
    fn expected(&self) -> (u16, String) {
        match self {
            Self::Layer(digest, Some(_))
            | Self::Image(digest, Some(_))
            | Self::Tag(_, Some(digest)) => (200, digest.clone()),
            Self::Upload(_, Some(upload)) => {
                (204, format!("0-{}", upload.received.saturating_sub(1)))
            }
            Self::Layer(_, None)
            | Self::Image(_, None)
            | Self::Tag(_, None)
            | Self::Upload(_, None) => (404, String::new()),
        }
    }
}

fn found(answer: &Answer) -> (u16, String) {
    let header = |name| answer.header(name).unwrap_or("no header").to_owned();
    let identity = match answer.status {
        200 if header("docker-content-digest") == digest_of(&answer.body) => {
            header("docker-content-digest")
        }
        204 => header("range"),
        404 => String::new(),
        _ => format!("{answer:.300?}"),
    };
    (answer.status, identity)
}
