//! Random stacks of layers, against a file system that is a map.

use std::collections::BTreeMap;

use names::Digest;
use proptest::prelude::*;
use scan::{ImageLayer, LayerFacts, merge};

use crate::tarball::Tarball;

/// Packages of Node that can be in an image.
const PACKAGES: [&str; 5] = ["app/a", "app/b", "app/@s/c", "lib/a", "lib/ab"];

/// What a layer does with one place.
#[derive(Debug, Clone)]
enum Act {
    /// Puts a version of a package there.
    Put { package: usize, version: u8 },
    /// Takes away the file of a package, or a folder above it, so many steps up.
    Remove { package: usize, up: usize },
    /// Takes away what a folder above a package holds in the layers below.
    Empty { package: usize, up: usize },
}

fn act() -> impl Strategy<Value = Act> {
    let package = 0..PACKAGES.len();
    prop_oneof![
        3 => (package.clone(), 0..3_u8).prop_map(|(package, version)| Act::Put { package, version }),
        1 => (package.clone(), 0..3_usize).prop_map(|(package, up)| Act::Remove { package, up }),
        1 => (package, 1..4_usize).prop_map(|(package, up)| Act::Empty { package, up }),
    ]
}

fn file(package: usize) -> String {
    let (folder, name) = PACKAGES[package].split_once('/').expect("a folder and a name");
    format!("{folder}/node_modules/{name}/package.json")
}

/// The path so many steps above the file of a package.
fn above(package: usize, up: usize) -> String {
    let file = file(package);
    let mut path = file.as_str();
    for _ in 0..up {
        path = path.rsplit_once('/').expect("at least four segments").0;
    }
    path.to_owned()
}

fn layer(acts: &[Act]) -> Tarball {
    acts.iter().fold(Tarball::new(), |layer, act| match act {
        Act::Put { package, version } => {
            let name = PACKAGES[*package];
            let manifest = format!(r#"{{"name": "{name}", "version": "{version}"}}"#);
            layer.file(&file(*package), manifest)
        }
        Act::Remove { package, up } => {
            let gone = above(*package, *up);
            let (folder, name) = gone.rsplit_once('/').expect("not the root");
            layer.file(&format!("{folder}/.wh.{name}"), "")
        }
        Act::Empty { package, up } => {
            layer.file(&format!("{}/.wh..wh..opq", above(*package, *up)), "")
        }
    })
}

/// What is at each place, and since which layer.
type Model = BTreeMap<String, (u8, usize)>;

fn apply(model: &mut Model, acts: &[Act], number: usize) {
    for act in acts {
        let (gone, keeps_itself) = match act {
            Act::Put { .. } => continue,
            Act::Remove { package, up } => (above(*package, *up), false),
            Act::Empty { package, up } => (above(*package, *up), true),
        };
        let within = format!("{gone}/");
        model.retain(|path, _| !path.starts_with(&within) && (keeps_itself || *path != gone));
    }
    // Of one place, the last entry counts.
    let mut put = BTreeMap::new();
    for act in acts {
        if let Act::Put { package, version } = act {
            put.insert(file(*package), *version);
        }
    }
    for (path, version) in put {
        let before = model.get(&path).filter(|(old, _)| *old == version);
        let since = before.map_or(number, |(_, since)| *since);
        model.insert(path, (version, since));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn a_stack_of_layers_is_what_a_file_system_would_be(
        stack in proptest::collection::vec(proptest::collection::vec(act(), 0..6), 1..6),
    ) {
        let facts: Vec<LayerFacts> = stack.iter().map(|acts| layer(acts).facts()).collect();
        let digests: Vec<Digest> =
            (0..stack.len()).map(|number| Digest::sha256(number.to_string().as_bytes())).collect();
        let layers = digests.iter().zip(&facts);
        let inventory = merge(layers.map(|(digest, facts)| ImageLayer { digest, facts }));
        let mut model = Model::new();
        for (number, acts) in stack.iter().enumerate() {
            apply(&mut model, acts, number);
        }
        let found: Model = inventory
            .packages
            .iter()
            .map(|installed| {
                let version = installed.package.version.as_str().parse().expect("a number");
                let layer = digests.iter().position(|digest| *digest == installed.layer);
                (installed.path.to_string(), (version, layer.expect("a layer of the stack")))
            })
            .collect();
        prop_assert_eq!(found, model);
        prop_assert!(inventory.unread.is_empty());
    }
}
