use std::fmt;

use db::{BlobKey, Counted, ImageKey, RepositoryKey, Total};
use names::{Digest, ImageTag, ObjectKey, RepositoryArn, UploadId};

/// A defect. `Display` says what it is, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are the words of the sentences below")]
pub enum Finding {
    /// The database's own file is damaged.
    DatabaseDamaged { what: String },
    /// A row names an object that is not there.
    ObjectMissing { holder: Holder, object: ObjectKey },
    /// An object does not match the row that names it.
    ObjectDamaged { holder: Holder, object: ObjectKey, why: String },
    /// The row of a layer says that its object is damaged, and it is not.
    NotDamaged { digest: Digest, object: ObjectKey },
    /// An object cannot be checked, because its KMS key may not be used.
    KeyUnusable { holder: Holder, object: ObjectKey, why: String },
    /// An object that no row and no job names.
    UnknownObject { object: ObjectKey },
    /// A repository may serve a blob under a digest other than the blob's.
    RightDiffers { repository: RepositoryKey, digest: Digest, actual: Digest },
    /// An image's manifest does not hash to its digest.
    ManifestDamaged { repository: RepositoryArn, digest: Digest },
    /// An image's manifest hashes to its digest, and cannot be read.
    ManifestUnreadable { repository: RepositoryArn, digest: Digest },
    /// The rows of what an image needs differ from its manifest.
    ReferencesDiffer { repository: RepositoryArn, digest: Digest },
    /// An image needs a layer that its repository does not have.
    LayerMissing { repository: RepositoryArn, image: Digest, layer: Digest },
    /// An index holds an image that its repository does not have.
    ChildMissing { repository: RepositoryArn, index: Digest, child: Digest },
    /// An image's count of its tags is wrong.
    TagCountWrong { image: ImageKey, digest: Digest, stated: u64, actual: u64 },
    /// A tag of one repository points to an image of another.
    TagAstray { repository: RepositoryArn, digest: Digest },
    /// No object records an image, or one of its tags.
    Unrecorded { image: ImageKey, repository: RepositoryKey, digest: Digest, tag: Option<ImageTag> },
    /// An object records a tag that does not point to its image.
    RecordAstray { object: ObjectKey, tag: ImageTag },
    /// Layers of an image that can be pulled are in the archive storage.
    BytesArchived { repository: RepositoryArn, digest: Digest, blobs: Vec<BlobKey> },
    /// A total that metrics show is wrong.
    TotalWrong { total: Total, stated: Counted, actual: Counted },
    /// An image that can be restored lacks a layer.
    Unrestorable { repository: RepositoryKey, digest: Digest, layer: Digest },
    /// An upload's object holds more than was acknowledged.
    UploadTorn { upload: UploadId },
    /// An upload cannot continue.
    UploadDamaged { upload: UploadId, why: String },
    /// Something is to be deleted, but no job is queued for it.
    NobodyReclaims(Leftover),
    /// A job was given up.
    JobGivenUp { id: i64, name: String, subject: String, why: String },
}

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is lost, and nothing will be.
    Note,
    /// Something is lost, or will be, or takes up space for ever.
    Error,
}

/// The user of an object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Holder {
    /// The layer of this digest.
    Layer(Digest),
    /// The record of an image, or of one of its tags.
    Record {
        /// Its row.
        image: ImageKey,
        /// The row of its repository.
        repository: RepositoryKey,
        /// Its digest.
        digest: Digest,
        /// The tag.
        tag: Option<ImageTag>,
    },
}

/// Something to delete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Leftover {
    /// A blob that no repository may serve.
    Blob(BlobKey, Digest),
    /// A layer of a repository that no image needs.
    Right(RepositoryKey, Digest),
    /// An upload.
    Upload(UploadId),
    /// A repository that was deleted by force.
    Repository(RepositoryKey),
    /// Deleted images of a repository.
    DeletedImages(RepositoryKey),
}

impl Finding {
    /// How bad it is.
    pub fn severity(&self) -> Severity {
        match self {
            Self::Unrecorded { .. }
            | Self::KeyUnusable { .. }
            | Self::NotDamaged { .. }
            | Self::RecordAstray { .. }
            | Self::TotalWrong { .. }
            | Self::Unrestorable { .. }
            | Self::UploadTorn { .. } => Severity::Note,
            Self::DatabaseDamaged { .. }
            | Self::ObjectMissing { .. }
            | Self::ObjectDamaged { .. }
            | Self::UnknownObject { .. }
            | Self::RightDiffers { .. }
            | Self::ManifestDamaged { .. }
            | Self::ManifestUnreadable { .. }
            | Self::ReferencesDiffer { .. }
            | Self::LayerMissing { .. }
            | Self::ChildMissing { .. }
            | Self::TagCountWrong { .. }
            | Self::TagAstray { .. }
            | Self::BytesArchived { .. }
            | Self::UploadDamaged { .. }
            | Self::NobodyReclaims(_)
            | Self::JobGivenUp { .. } => Severity::Error,
        }
    }
}

impl fmt::Display for Finding {
    #[expect(
        clippy::too_many_lines,
        reason = "one sentence for each finding, to be proofread as a list"
    )]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::DatabaseDamaged { what } => write!(
                f,
                "The database is damaged: {what}. Restore it from a backup, or move it away and rebuild it from the objects."
            ),
            Self::ObjectMissing { holder, object } => {
                write!(f, "Object {object}, which holds {holder}, is missing. {}", holder.remedy())
            }
            Self::ObjectDamaged { holder, object, why } => {
                write!(
                    f,
                    "Object {object}, which holds {holder}, is damaged: {why}. {}",
                    holder.remedy()
                )
            }
            Self::NotDamaged { digest, object } => write!(
                f,
                "Object {object}, which holds the layer {digest}, was found damaged before, and is whole now. --repair lets pushes rely on it again."
            ),
            Self::KeyUnusable { holder, object, why } => write!(
                f,
                "Object {object}, which holds {holder}, was not checked: its KMS key cannot be used ({why}). Check again when the key is enabled."
            ),
            Self::UnknownObject { object } => write!(
                f,
                "Object {object} is in the store, but no row names it. If the database was lost, recreate its rows with --rebuild; if not, delete the object with --repair."
            ),
            Self::RightDiffers { repository, digest, actual } => write!(
                f,
                "Repository row {} serves {actual} under the digest {digest}. Restore the database from a backup.",
                repository.0
            ),
            Self::ManifestDamaged { repository, digest } => write!(
                f,
                "The manifest of {digest} in {repository} does not hash to its digest. Delete the image and push it again."
            ),
            Self::ManifestUnreadable { repository, digest } => write!(
                f,
                "The manifest of {digest} in {repository} cannot be read by this version. Run the version that accepted it."
            ),
            Self::ReferencesDiffer { repository, digest } => write!(
                f,
                "The rows about {digest} in {repository} name other layers than its manifest. Delete the image and push it again."
            ),
            Self::LayerMissing { repository, image, layer } => write!(
                f,
                "Image {image} in {repository} needs the layer {layer}, which the repository does not have. Push the layer again."
            ),
            Self::ChildMissing { repository, index, child } => write!(
                f,
                "Index {index} in {repository} holds the image {child}, which the repository does not have. Push the image again."
            ),
            Self::TagCountWrong { digest, stated, actual, .. } => write!(
                f,
                "Image {digest} records {stated} tags but has {actual}. --repair corrects the count."
            ),
            Self::TagAstray { repository, digest } => write!(
                f,
                "A tag of another repository points to {digest} in {repository}. Restore the database from a backup."
            ),
            Self::Unrecorded { digest, tag: None, .. } => write!(
                f,
                "No object records the image {digest}: --rebuild would not find it. --repair records it."
            ),
            Self::Unrecorded { digest, tag: Some(tag), .. } => write!(
                f,
                "No object records that the tag {tag} points to {digest}: --rebuild would not find it. --repair records it."
            ),
            Self::RecordAstray { object, tag } => write!(
                f,
                "Object {object} records the tag {tag} of an image that does not have it. --repair deletes the object."
            ),
            Self::BytesArchived { repository, digest, blobs } => write!(
                f,
                "Image {digest} in {repository} can be pulled, but {} of its layers are in the archive storage. --repair brings them back.",
                blobs.len()
            ),
            Self::TotalWrong { total, stated, actual } => write!(
                f,
                "The total {} is {} with {} bytes, but {} with {} bytes were counted. --repair corrects it; only metrics show it.",
                total.as_str(),
                stated.number,
                stated.bytes,
                actual.number,
                actual.bytes
            ),
            Self::Unrestorable { repository, digest, layer } => write!(
                f,
                "The deleted image {digest} of repository row {} cannot be restored, because the layer {layer} is gone. No action is needed: it is forgotten when its time is over.",
                repository.0
            ),
            Self::UploadTorn { upload } => write!(
                f,
                "Upload {upload} holds more bytes than were acknowledged. No action is needed: it continues after the acknowledged bytes."
            ),
            Self::UploadDamaged { upload, why } => write!(
                f,
                "Upload {upload} cannot continue: {why}. The client has to start again; the upload expires within a day."
            ),
            Self::NobodyReclaims(leftover) => {
                write!(
                    f,
                    "{leftover} has to be deleted, but no job is queued for it. --repair queues one."
                )
            }
            Self::JobGivenUp { name, subject, why, .. } => write!(
                f,
                "The job {name} for {subject} was given up: {why}. Fix the cause; --repair queues it again."
            ),
        }
    }
}

impl Holder {
    fn remedy(&self) -> &'static str {
        match self {
            Self::Layer(_) => {
                "Push the layer again after --repair, or after a pull that failed: the registry then takes it. Or restore a backup."
            }
            Self::Record { .. } => "--repair writes it again.",
        }
    }
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Layer(digest) => write!(f, "the layer {digest}"),
            Self::Record { digest, .. } => write!(f, "the record of the image {digest}"),
        }
    }
}

impl fmt::Display for Leftover {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Blob(_, digest) => write!(f, "The blob {digest}, which no repository has,"),
            Self::Right(repository, digest) => {
                write!(f, "The layer {digest} in repository row {}", repository.0)
            }
            Self::Upload(id) => write!(f, "Upload {id}"),
            Self::Repository(repository) => write!(f, "Deleted repository row {}", repository.0),
            Self::DeletedImages(repository) => {
                write!(f, "The deleted images of repository row {}", repository.0)
            }
        }
    }
}
