//! The contents, images, tags and repositories that sequences play with.

use names::{Algorithm, Digest, ExclusionFilter, ImageTag, RepositoryArn, TagMutability};
use operations::PushedManifest;

use crate::fixture::{Wanted, manifest, repository};

/// The bytes of a layer, and their two digests.
pub(crate) struct Content {
    pub(crate) bytes: Vec<u8>,
    pub(crate) sha256: Digest,
    pub(crate) sha512: Digest,
}

/// Everything that there is to choose from; always the same.
pub(crate) struct Catalogue {
    pub(crate) contents: Vec<Content>,
    pub(crate) images: Vec<PushedManifest>,
    pub(crate) tags: Vec<ImageTag>,
    pub(crate) repositories: Vec<RepositoryArn>,
}

/// Lengths around the store's thresholds: segments of 64 KiB, batches of four.
const LENGTHS: [usize; 8] = [0, 1, 65_536, 65_537, 262_144, 300_000, 600_001, 900_000];

impl Catalogue {
    pub(crate) fn new() -> Self {
        let contents: Vec<Content> = (1_u8..).zip(LENGTHS).map(content).collect();
        let tag = |text: &&str| ImageTag::parse(text).expect("a tag");
        Self {
            images: images(&contents),
            contents,
            tags: ["dev-1", "dev-2", "latest", "v1", "v2"].iter().map(tag).collect(),
            repositories: ["one", "two", "team/three"].into_iter().map(repository).collect(),
        }
    }

    pub(crate) fn content(&self, number: u8) -> &Content {
        &self.contents[usize::from(number) % self.contents.len()]
    }

    pub(crate) fn image(&self, number: u8) -> &PushedManifest {
        &self.images[usize::from(number) % self.images.len()]
    }

    pub(crate) fn number_of_image(&self, digest: &Digest) -> u8 {
        let numbered = (0_u8..).zip(&self.images).find(|(_, image)| image.digest == *digest);
        numbered.expect("it is from the catalogue").0
    }

    pub(crate) fn tag(&self, number: u8) -> &ImageTag {
        &self.tags[usize::from(number) % self.tags.len()]
    }

    pub(crate) fn repository(&self, number: u8) -> &RepositoryArn {
        &self.repositories[usize::from(number) % self.repositories.len()]
    }

    /// Tags, one for each bit.
    pub(crate) fn tags(&self, bits: u8) -> Vec<ImageTag> {
        let chosen = |at: usize| bits & (1 << at) != 0;
        self.tags.iter().enumerate().filter(|(at, _)| chosen(*at)).map(|(_, t)| t.clone()).collect()
    }

    /// The content with this digest.
    pub(crate) fn bytes_of(&self, digest: &Digest) -> &[u8] {
        let is_it = |c: &&Content| c.sha256 == *digest || c.sha512 == *digest;
        &self.contents.iter().find(is_it).expect("it is from the catalogue").bytes
    }
}

/// Whether tags may move, and which are excluded.
pub(crate) fn mutability_of(number: u8) -> (TagMutability, Vec<ExclusionFilter>) {
    let filter = |text| vec![ExclusionFilter::parse(text).expect("a filter")];
    match number % 4 {
        0 => (TagMutability::Mutable, Vec::new()),
        1 => (TagMutability::Immutable, Vec::new()),
        2 => (TagMutability::ImmutableWithExclusion, filter("dev-*")),
        _ => (TagMutability::MutableWithExclusion, filter("v*")),
    }
}

fn content((seed, length): (u8, usize)) -> Content {
    let bytes: Vec<u8> = (0..=250_u8)
        .cycle()
        .take(length)
        .map(|b| b.wrapping_mul(seed).wrapping_add(seed))
        .collect();
    let digest = |algorithm| Digest::of(algorithm, &bytes);
    let (sha256, sha512) = (digest(Algorithm::Sha256), digest(Algorithm::Sha512));
    Content { bytes, sha256, sha512 }
}

/// Images of one layer and of two, of none, of layers under either digest; one that lies about a
/// size; indexes, one of them in another; and some that refer to others.
fn images(contents: &[Content]) -> Vec<PushedManifest> {
    let layer = |at: usize| (contents[at].sha256.clone(), contents[at].bytes.len() as u64);
    let sha512 = |at: usize| (contents[at].sha512.clone(), contents[at].bytes.len() as u64);
    let mut images: Vec<PushedManifest> = Vec::new();
    let mut add = |layers: Vec<(Digest, u64)>, children: &[usize], subject: Option<usize>| {
        let wanted = Wanted {
            layers,
            config: None,
            children: children.iter().map(|at| images[*at].digest.clone()).collect(),
            subject: subject.map(|at| images[at].digest.clone()),
            salt: images.len() as u64,
        };
        images.push(manifest(&wanted));
    };
    add(vec![layer(1)], &[], None);
    add(vec![layer(2), layer(6)], &[], None);
    add(vec![], &[], Some(0));
    add(vec![layer(7), layer(0), layer(7)], &[], Some(1));
    add(vec![sha512(4), layer(4)], &[], None);
    add(vec![(contents[3].sha256.clone(), 1)], &[], None);
    add(vec![], &[0, 1], None);
    add(vec![], &[6, 2], None);
    add(vec![layer(5)], &[], Some(6));
    add(vec![layer(1), layer(3)], &[], Some(0));
    images
}
