use serde::Serialize;
use serde_json::value::RawValue;

/// `GET …/tags/list`.
#[derive(Debug, Serialize)]
pub struct TagList<'a> {
    /// The repository.
    pub name: &'a str,
    /// Its tags, in order.
    pub tags: Vec<&'a str>,
}

/// `GET /v2/_catalog`.
#[derive(Debug, Serialize)]
pub struct RepositoryList<'a> {
    /// Names, in order.
    pub repositories: Vec<&'a str>,
}

/// `GET …/referrers/DIGEST`: an image index (image-spec 1.1).
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ReferrersIndex<'a> {
    /// Always 2.
    pub schema_version: u8,
    /// Always that of an index.
    pub media_type: &'static str,
    /// The referrers.
    pub manifests: Vec<Descriptor<'a>>,
}

/// A referrer.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Descriptor<'a> {
    /// The media type of the manifest.
    pub media_type: &'a str,
    /// Its digest.
    pub digest: &'a str,
    /// How long the manifest is.
    pub size: u64,
    /// The artifact type.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub artifact_type: Option<&'a str>,
    /// The manifest's annotations: a JSON object, as it was kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub annotations: Option<&'a RawValue>,
}

impl<'a> ReferrersIndex<'a> {
    /// The media type of the answer.
    pub const MEDIA_TYPE: &'static str = "application/vnd.oci.image.index.v1+json";

    /// An index of these.
    pub fn new(manifests: Vec<Descriptor<'a>>) -> Self {
        Self { schema_version: 2, media_type: Self::MEDIA_TYPE, manifests }
    }
}
