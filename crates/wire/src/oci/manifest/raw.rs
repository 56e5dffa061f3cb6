//! The JSON of a manifest, before its members are understood.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RawManifest {
    pub(super) schema_version: u8,
    pub(super) media_type: Option<String>,
    pub(super) artifact_type: Option<String>,
    pub(super) config: Option<Object<RawDescriptor>>,
    #[serde(default, deserialize_with = "list")]
    pub(super) layers: Option<List>,
    #[serde(default, deserialize_with = "list")]
    pub(super) manifests: Option<List>,
    pub(super) subject: Option<Object<RawDescriptor>>,
    pub(super) annotations: Option<BTreeMap<String, String>>,
}

pub(super) type List = Vec<Object<RawDescriptor>>;

/// A list that is `null` is an empty one, as programs in Go write it; one that is missing is
/// missing.
fn list<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<List>, D::Error> {
    Option::<List>::deserialize(deserializer).map(|list| Some(list.unwrap_or_default()))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RawDescriptor {
    pub(super) media_type: String,
    pub(super) digest: String,
    pub(super) size: u64,
}

/// A JSON object, and nothing else: serde would also accept the members of a struct from an array.
pub(super) struct Object<T>(pub(super) T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ObjectVisitor(PhantomData))
    }
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ObjectVisitor<T> {
    type Value = Object<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<Object<T>, A::Error> {
        T::deserialize(MapAccessDeserializer::new(members)).map(Object)
    }
}
