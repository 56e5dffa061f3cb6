//! The content of the registry, and whether all of it is there.

use std::collections::BTreeMap;

use black_box::{AccessKey, Client, Layer, Random, call, digest_of, manifest_of};
use serde_json::json;

/// What was pushed: by repository and tag, the manifest and its layers.
#[derive(Debug, Clone, Default)]
pub(crate) struct Content {
    images: BTreeMap<(String, String), (Vec<u8>, Vec<Layer>)>,
    number: u64,
}

pub(crate) const REPOSITORIES: [&str; 3] = ["moving/one", "moving/two", "three"];

pub(crate) fn create_repositories(address: &str) {
    for name in REPOSITORIES {
        let wanted = json!({ "repositoryName": name });
        let answer = call(address, &AccessKey::root(), "CreateRepository", &wanted);
        assert_eq!(answer.status, 200, "{}", answer.text());
    }
}

impl Content {
    /// Pushes this many more images, with empty, small and larger layers.
    pub(crate) fn push(&mut self, client: &mut Client, images: usize, random: &mut Random) {
        for _ in 0..images {
            self.number += 1;
            let repository = REPOSITORIES[random.below(REPOSITORIES.len())];
            let mut layer = |length| client.push_layer(repository, &random.bytes(length));
            let config = layer(100);
            let layers = vec![layer(0), layer(70_000), layer(3 << 20), layer(9 << 20)];
            let tag = format!("v{}", self.number);
            let manifest = manifest_of(self.number, &config, &layers);
            let put = client.put_manifest(repository, &tag, &manifest);
            assert_eq!(put.status, 201, "{}", put.text());
            let layers = layers.into_iter().chain([config]).collect();
            self.images.insert((repository.to_owned(), tag), (manifest, layers));
        }
    }

    /// Deletes one of the images.
    pub(crate) fn delete(&mut self, client: &mut Client, random: &mut Random) {
        let name = random.pick(self.images.keys().cloned().collect()).expect("there is an image");
        let (repository, tag) = &name;
        let deleted = client.delete(&format!("/v2/{repository}/manifests/{tag}"));
        assert_eq!(deleted.status, 202, "{}", deleted.text());
        self.images.remove(&name);
    }

    pub(crate) fn images(&self) -> impl Iterator<Item = (&str, &str)> {
        self.images.keys().map(|(repository, tag)| (repository.as_str(), tag.as_str()))
    }

    /// Reads everything, and asserts that it is what was pushed and nothing else.
    pub(crate) fn assert_all_there(&self, client: &mut Client) {
        for ((repository, tag), (manifest, layers)) in &self.images {
            let found = client.get(&format!("/v2/{repository}/manifests/{tag}"));
            assert_eq!((found.status, &found.body), (200, manifest), "{repository}:{tag}");
            for Layer { digest, size } in layers {
                let found = client.get(&format!("/v2/{repository}/blobs/{digest}"));
                assert_eq!((found.status, found.body.len()), (200, *size), "{repository} {digest}");
                assert_eq!(digest_of(&found.body), *digest);
            }
        }
        for repository in REPOSITORIES {
            let listed = client.get(&format!("/v2/{repository}/tags/list?n=1000")).json();
            let listed = listed["tags"].as_array().map_or(0, Vec::len);
            let wanted = self.images().filter(|(name, _)| *name == repository).count();
            assert_eq!(listed, wanted, "the tags of {repository}");
        }
    }
}
