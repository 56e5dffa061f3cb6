//! Manifests, as far as a registry reads them.
//!
//! A manifest is kept as the exact bytes that were pushed; this is a view of them. What the
//! registry needs must be well-formed (digests, sizes, media types); everything else is ignored.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use names::{Digest, MediaType};
use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

/// The longest manifest: ECR's limit, and the minimum that the distribution-spec requires.
pub const BYTES_MAX: usize = 4 << 20;

/// The most descriptors in one manifest: an image has at most a few hundred layers, an index a few
/// dozen platforms, and each costs a look-up.
pub const DESCRIPTORS_MAX: usize = 4_096;

/// A manifest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manifest {
    /// Its media type, from the document or, if it states none, from the request.
    pub media_type: MediaType,
    /// Its content.
    pub content: Content,
    /// `artifactType`.
    pub artifact_type: Option<MediaType>,
    /// `subject`.
    pub subject: Option<Descriptor>,
    /// `annotations`.
    pub annotations: BTreeMap<String, String>,
}

/// The content of a manifest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// A configuration and layers.
    Image {
        /// `config`.
        config: Descriptor,
        /// `layers`.
        layers: Vec<Descriptor>,
    },
    /// Other manifests.
    Index {
        /// `manifests`.
        manifests: Vec<Descriptor>,
    },
}

/// A manifest's description of other content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Descriptor {
    /// `mediaType`.
    pub media_type: MediaType,
    /// `digest`.
    pub digest: Digest,
    /// `size`.
    pub size: u64,
}

impl Descriptor {
    /// Whether these bytes must not be distributed. Then a registry need not hold them (image-spec,
    /// "Non-distributable layers"; Docker's `foreign` layers).
    pub fn is_nondistributable(&self) -> bool {
        let kind = self.media_type.as_str();
        kind.starts_with("application/vnd.oci.image.layer.nondistributable.")
            || kind.starts_with("application/vnd.docker.image.rootfs.foreign.")
    }

    /// Whether it is known to be a layer or a configuration. An unknown type may be a manifest
    /// (image-spec, "Image index").
    fn is_blob(&self) -> bool {
        const LAYERS_AND_CONFIGURATIONS: [&str; 5] = [
            "application/vnd.oci.image.layer.",
            "application/vnd.docker.image.rootfs.",
            "application/vnd.buildkit.cacheconfig.",
            "application/vnd.oci.image.config.",
            "application/vnd.docker.container.image.",
        ];
        let kind = self.media_type.as_str();
        LAYERS_AND_CONFIGURATIONS.iter().any(|prefix| kind.starts_with(prefix))
    }
}

/// Why a manifest was not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ManifestRefusal {
    /// It is longer than [`BYTES_MAX`].
    TooLarge,
    /// It is not JSON, or not the JSON of a manifest.
    Malformed(String),
    /// Neither the document nor the request states a media type.
    NoMediaType,
    /// The request calls it one thing and the document another.
    MediaTypesDiffer,
    /// A kind that is not kept.
    Unsupported,
    /// An index that names this kind of bytes where it should name manifests.
    IndexOfBlobs(MediaType),
}

impl fmt::Display for ManifestRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge => write!(f, "a manifest may have at most {BYTES_MAX} bytes"),
            Self::Malformed(why) => f.write_str(why),
            Self::NoMediaType => {
                f.write_str("neither the manifest nor the request names a media type")
            }
            Self::MediaTypesDiffer => f.write_str("the request's media type is not the manifest's"),
            Self::Unsupported => f.write_str("manifests of this media type are not kept"),
            Self::IndexOfBlobs(kind) => write!(
                f,
                "an index names manifests, and this one names {kind}. If it is a build cache of BuildKit, export it as an \
                 image: --cache-to type=registry,ref=NAME,image-manifest=true,oci-mediatypes=true"
            ),
        }
    }
}

impl std::error::Error for ManifestRefusal {}

/// The four kinds of manifest that are kept.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Image,
    Index,
}

fn kind_of(media_type: &str) -> Option<Kind> {
    match media_type {
        "application/vnd.oci.image.manifest.v1+json"
        | "application/vnd.docker.distribution.manifest.v2+json" => Some(Kind::Image),
        "application/vnd.oci.image.index.v1+json"
        | "application/vnd.docker.distribution.manifest.list.v2+json" => Some(Kind::Index),
        _ => None,
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawManifest {
    schema_version: u8,
    media_type: Option<String>,
    artifact_type: Option<String>,
    config: Option<Object<RawDescriptor>>,
    #[serde(default, deserialize_with = "list")]
    layers: Option<List>,
    #[serde(default, deserialize_with = "list")]
    manifests: Option<List>,
    subject: Option<Object<RawDescriptor>>,
    annotations: Option<BTreeMap<String, String>>,
}

type List = Vec<Object<RawDescriptor>>;

/// A list that is `null` is an empty one, as programs in Go write it; one that is missing is
/// missing.
fn list<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<List>, D::Error> {
    Option::<List>::deserialize(deserializer).map(|list| Some(list.unwrap_or_default()))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawDescriptor {
    media_type: String,
    digest: String,
    size: u64,
}

impl Manifest {
    /// Parses a manifest; `content_type` is the type in the request, if there is one.
    pub fn parse(bytes: &[u8], content_type: Option<&str>) -> Result<Self, ManifestRefusal> {
        if bytes.len() > BYTES_MAX {
            return Err(ManifestRefusal::TooLarge);
        }
        let raw: Object<RawManifest> = serde_json::from_slice(bytes)
            .map_err(|error| ManifestRefusal::Malformed(error.to_string()))?;
        let Object(RawManifest {
            schema_version,
            media_type,
            artifact_type,
            config,
            layers,
            manifests,
            subject,
            annotations,
        }) = raw;
        if schema_version != 2 {
            return Err(ManifestRefusal::Unsupported);
        }
        // An empty value counts as absent, for both types, as the distribution-spec says for
        // artifactType.
        let said = |text: Option<String>| text.filter(|text| !text.is_empty());
        let (media_type, artifact_type) = (said(media_type), said(artifact_type));
        let media_type = settle_media_type(media_type.as_deref(), content_type)?;
        let content = read_content(&media_type, config, layers, manifests)?;
        Ok(Self {
            media_type,
            content,
            artifact_type: artifact_type.as_deref().map(read_media_type).transpose()?,
            subject: subject.map(read_descriptor).transpose()?,
            annotations: annotations.unwrap_or_default(),
        })
    }

    /// The artifact type: `artifactType`, or the configuration's media type (distribution-spec 1.1,
    /// "Listing referrers").
    pub fn kind_of_artifact(&self) -> Option<&MediaType> {
        let config = match &self.content {
            Content::Image { config, .. } => Some(&config.media_type),
            Content::Index { .. } => None,
        };
        self.artifact_type.as_ref().or(config)
    }
}

/// Members of the other kind may be present if they are empty.
fn read_content(
    media_type: &MediaType,
    config: Option<Object<RawDescriptor>>,
    layers: Option<List>,
    manifests: Option<List>,
) -> Result<Content, ManifestRefusal> {
    let is_none = |list: &Option<List>| list.as_ref().is_none_or(Vec::is_empty);
    match (kind_of(media_type.as_str()), config, layers, manifests) {
        (None, ..) => Err(ManifestRefusal::Unsupported),
        (Some(Kind::Image), Some(config), Some(layers), others) if is_none(&others) => {
            Ok(Content::Image { config: read_descriptor(config)?, layers: read_all(layers)? })
        }
        (Some(Kind::Index), None, others, Some(manifests)) if is_none(&others) => {
            let manifests = read_all(manifests)?;
            match manifests.iter().find(|named| named.is_blob()) {
                Some(blob) => Err(ManifestRefusal::IndexOfBlobs(blob.media_type.clone())),
                None => Ok(Content::Index { manifests }),
            }
        }
        (Some(Kind::Image), ..) => {
            Err(malformed("an image manifest has config and layers, and no manifests"))
        }
        (Some(Kind::Index), ..) => {
            Err(malformed("an index has manifests, and neither config nor layers"))
        }
    }
}

fn settle_media_type(
    stated: Option<&str>,
    content_type: Option<&str>,
) -> Result<MediaType, ManifestRefusal> {
    // A charset or another parameter in the request does not change the type.
    let essence = content_type.map(|text| text.split(';').next().unwrap_or_default().trim());
    // Some clients send manifests as plain JSON; then the document must speak for itself.
    let claimed = essence
        .filter(|text| !matches!(*text, "" | "application/json" | "application/octet-stream"));
    match (stated, claimed) {
        (Some(stated), Some(claimed)) if stated != claimed => {
            Err(ManifestRefusal::MediaTypesDiffer)
        }
        (Some(settled), _) | (None, Some(settled)) => read_media_type(settled),
        (None, None) => Err(ManifestRefusal::NoMediaType),
    }
}

fn read_media_type(text: &str) -> Result<MediaType, ManifestRefusal> {
    MediaType::parse(text).map_err(|error| ManifestRefusal::Malformed(error.to_string()))
}

fn read_all(raw: Vec<Object<RawDescriptor>>) -> Result<Vec<Descriptor>, ManifestRefusal> {
    if raw.len() > DESCRIPTORS_MAX {
        return Err(malformed("a manifest may name at most 4096 others"));
    }
    raw.into_iter().map(read_descriptor).collect()
}

fn malformed(why: &str) -> ManifestRefusal {
    ManifestRefusal::Malformed(why.to_owned())
}

fn read_descriptor(raw: Object<RawDescriptor>) -> Result<Descriptor, ManifestRefusal> {
    let Object(RawDescriptor { media_type, digest, size }) = raw;
    let digest =
        Digest::parse(&digest).map_err(|error| ManifestRefusal::Malformed(error.to_string()))?;
    // Sizes are kept in 63 bits everywhere.
    if i64::try_from(size).is_err() {
        return Err(malformed("a size is too large"));
    }
    Ok(Descriptor { media_type: read_media_type(&media_type)?, digest, size })
}

/// A JSON object, and nothing else: serde would also accept the members of a struct from an array.
struct Object<T>(T);

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

#[cfg(test)]
mod tests {
    use super::*;

    const OCI: &str = "application/vnd.oci.image.manifest.v1+json";
    const INDEX: &str = "application/vnd.oci.image.index.v1+json";

    fn descriptor() -> String {
        format!(r#"{{"mediaType":"application/x","digest":"sha256:{}","size":3}}"#, "a".repeat(64))
    }

    fn image(extra: &str) -> String {
        let d = descriptor();
        format!(r#"{{"schemaVersion":2,"config":{d},"layers":[{d}]{extra}}}"#)
    }

    #[test]
    fn manifests_that_are_read() {
        let d = descriptor();
        #[rustfmt::skip]
        let cases = [
            (image(""),                                                   Some(OCI),  "the request says what it is"),
            (image(&format!(r#","mediaType":"{OCI}""#)),                  None,       "the document says it"),
            (image(&format!(r#","mediaType":"{OCI}""#)),                  Some("application/json"), "plain JSON contradicts nothing"),
            (image(r#","org.example":{"any":[1]}"#),                      Some(OCI),  "unknown members are left alone"),
            (image(&format!(r#","subject":{d},"artifactType":"a/b;v=1""#)), Some(OCI), "a referrer, with parameters in its type"),
            (format!(r#"{{"schemaVersion":2,"config":{d},"layers":[]}}"#), Some(OCI), "no layers"),
            (r#"{"schemaVersion":2,"manifests":[]}"#.to_owned(),          Some(INDEX), "an empty index"),
            (format!(r#"{{"schemaVersion":2,"config":{d},"layers":null}}"#), Some(OCI), "no layers, as Go writes it"),
            (r#"{"schemaVersion":2,"manifests":null}"#.to_owned(),        Some(INDEX), "an empty index, as Go writes it"),
            (image(r#","manifests":null"#),                               Some(OCI),  "nothing of the other kind"),
            (r#"{"schemaVersion":2,"manifests":[],"config":null,"layers":null}"#.to_owned(), Some(INDEX), "nothing of the other kind"),
            (image(r#","subject":null,"annotations":null,"artifactType":null,"mediaType":null"#), Some(OCI), "nothing said"),
            (image(r#","artifactType":"","mediaType":"""#),               Some(OCI),  "nothing said, in quotes"),
            (format!(r#"{{"schemaVersion":2,"manifests":[{d}]}}"#),       Some(INDEX), "an index of something unknown"),
        ];
        for (text, content_type, because) in cases {
            let read = Manifest::parse(text.as_bytes(), content_type);
            assert!(read.is_ok(), "{because}: {read:?}");
        }
    }

    #[test]
    fn manifests_that_are_refused() {
        let d = descriptor();
        #[rustfmt::skip]
        let cases = [
            ("",                                                Some(OCI),   "empty"),
            ("{",                                               Some(OCI),   "not JSON"),
            ("[]",                                              Some(OCI),   "not an object"),
            ("null",                                            Some(OCI),   "null"),
            ("[2,null,null,null,null,[],null,null]",            Some(INDEX), "an array of the members' values"),
            (r#"{"schemaVersion":2,"manifests":[["a/b","sha256:",1]]}"#, Some(INDEX), "a descriptor as an array"),
            (&image(""),                                        None,        "nobody says what it is"),
            (&image(""),                                        Some(INDEX), "an image is no index"),
            (&image(&format!(r#","mediaType":"{OCI}""#)),       Some(INDEX), "two say different things"),
            (&image(&format!(r#","manifests":[{d}]"#)),         Some(OCI),   "both an image and an index"),
            (&image(""),                                        Some("text/html"), "a kind that is not kept"),
            (&image("").replace(":2,", ":1,"),                  Some(OCI),   "schema 1"),
            (&image("").replace("sha256", "md5"),               Some(OCI),   "an unknown algorithm"),
            (&image("").replace("\"size\":3", "\"size\":-3"),   Some(OCI),   "a negative size"),
            (&image("").replace("\"size\":3", "\"size\":3.5"),  Some(OCI),   "half a byte"),
            (&image("").replace("\"size\":3", "\"size\":18446744073709551615"), Some(OCI), "too large a size"),
            (&image("").replace("application/x", "x"),          Some(OCI),   "a bad media type"),
            (&image(r#","layers":[]"#),                         Some(OCI),   "one member twice"),
            (&format!(r#"{{"schemaVersion":2,"config":{d}}}"#), Some(OCI),   "layers are missing"),
            (r#"{"schemaVersion":2,"config":null,"layers":[]}"#, Some(OCI),  "no configuration"),
            (r#"{"schemaVersion":2,"manifests":[null]}"#,       Some(INDEX), "a descriptor that is null"),
            (&image("").replace("\"application/x\"", "null"), Some(OCI),   "a media type that is null"),
            (&image(r#","annotations":{"a":1}"#),               Some(OCI),   "an annotation that is no text"),
            (&format!("{}{}", "[".repeat(500), "]".repeat(500)), Some(OCI),  "too deep"),
        ];
        for (text, content_type, because) in cases {
            assert!(Manifest::parse(text.as_bytes(), content_type).is_err(), "{because}: {text}");
        }
        let long = vec![b' '; BYTES_MAX + 1];
        assert_eq!(Manifest::parse(&long, Some(OCI)), Err(ManifestRefusal::TooLarge));
    }

    #[test]
    fn an_index_of_layers_is_refused_with_what_to_do() {
        #[rustfmt::skip]
        let kinds = [
            "application/vnd.oci.image.layer.v1.tar+gzip",
            "application/vnd.docker.image.rootfs.diff.tar.gzip",
            "application/vnd.buildkit.cacheconfig.v0",
        ];
        for kind in kinds {
            let named = descriptor().replace("application/x", kind);
            let text = format!(r#"{{"schemaVersion":2,"manifests":[{named}]}}"#);
            let refused = Manifest::parse(text.as_bytes(), Some(INDEX)).unwrap_err().to_string();
            assert!(refused.contains(kind) && refused.contains("image-manifest=true"), "{refused}");
        }
    }

    #[test]
    fn an_artifact_is_what_it_says_or_what_its_configuration_is() {
        let read = |extra| Manifest::parse(image(extra).as_bytes(), Some(OCI)).unwrap();
        let kind = |manifest: &Manifest| manifest.kind_of_artifact().unwrap().as_str().to_owned();
        assert_eq!(kind(&read("")), "application/x");
        assert_eq!(kind(&read(r#","artifactType":"""#)), "application/x", "empty is not said");
        assert_eq!(kind(&read(r#","artifactType":"a/b""#)), "a/b");
    }
}
