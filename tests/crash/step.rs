//! One request that changes something, and the facts after its acknowledgement.

use black_box::{Answer, MANIFEST, Request};

use crate::facts::{Content, Fact, Image, Known, Upload};

/// A request of a pusher.
#[derive(Debug, Clone)]
pub(crate) enum Step {
    /// A layer in one request.
    UploadWhole {
        content: Content,
        framing: Framing,
    },
    Begin {
        content: Content,
    },
    /// The bytes before `to` that the server does not have yet.
    Append {
        path: String,
        upload: Upload,
        to: usize,
        framing: Framing,
    },
    /// The end of an upload, with the bytes that are missing.
    Complete {
        path: String,
        upload: Upload,
    },
    Cancel {
        path: String,
    },
    Mount {
        from: String,
        digest: String,
        content: Content,
    },
    DeleteLayer {
        digest: String,
    },
    /// Under its tags, or without a name if there are none.
    PutImage {
        digest: String,
        image: Image,
        tags: Vec<String>,
    },
    DeleteTag {
        tag: String,
    },
    DeleteImage {
        digest: String,
    },
}

/// How a body says how long it is.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Framing {
    Length,
    /// And by a `Content-Range`.
    Ranged,
    Chunked,
}

/// Pieces of a body without a length: not a divisor of anything.
const PIECE_BYTES: usize = 48_001;

impl Step {
    pub(crate) fn request(&self, repository: &str) -> Request {
        let begin = format!("/v2/{repository}/blobs/uploads/");
        let manifest = |reference: &str| format!("/v2/{repository}/manifests/{reference}");
        match self {
            Self::UploadWhole { content, framing } => {
                let target = format!("{begin}?digest={}", content.digest());
                framed(Request::new("POST", &target), *framing, content.bytes(), 0)
            }
            Self::Begin { .. } => Request::new("POST", &begin),
            Self::Append { path, upload, to, framing } => {
                let bytes = upload.content.bytes()[upload.received..*to].to_vec();
                framed(Request::new("PATCH", path), *framing, bytes, upload.received)
            }
            Self::Complete { path, upload } => {
                let target = format!("{path}?digest={}", upload.content.digest());
                let rest = &upload.content.bytes()[upload.received..];
                Request::new("PUT", &target).body(rest)
            }
            Self::Cancel { path } => Request::new("DELETE", path),
            Self::Mount { from, digest, .. } => {
                Request::new("POST", &format!("{begin}?mount={digest}&from={from}"))
            }
            Self::DeleteLayer { digest } => {
                Request::new("DELETE", &format!("/v2/{repository}/blobs/{digest}"))
            }
            Self::PutImage { digest, image, tags } => {
                let more: Vec<String> =
                    tags.iter().skip(1).map(|tag| format!("tag={tag}")).collect();
                let target =
                    format!("{}?{}", manifest(tags.first().unwrap_or(digest)), more.join("&"));
                let put = Request::new("PUT", &target).header("content-type", MANIFEST);
                put.body(image.manifest.clone())
            }
            Self::DeleteTag { tag: reference } | Self::DeleteImage { digest: reference } => {
                Request::new("DELETE", &manifest(reference))
            }
        }
    }

    /// The one status that acknowledges it.
    pub(crate) fn acknowledged_by(&self) -> u16 {
        match self {
            Self::UploadWhole { .. }
            | Self::Complete { .. }
            | Self::Mount { .. }
            | Self::PutImage { .. } => 201,
            Self::Begin { .. }
            | Self::Append { .. }
            | Self::DeleteLayer { .. }
            | Self::DeleteTag { .. }
            | Self::DeleteImage { .. } => 202,
            Self::Cancel { .. } => 204,
        }
    }

    /// What is true when it has been done: all of it, or nothing.
    ///
    /// A begun upload is known by its answer alone: without one, nothing is known.
    pub(crate) fn effects(&self, known: &Known, answer: Option<&Answer>) -> Vec<Fact> {
        let upload = |path: &String, upload| Fact::Upload(path.clone(), upload);
        match self {
            Self::UploadWhole { content, .. } => {
                vec![Fact::Layer(content.digest(), Some(*content))]
            }
            Self::Begin { content } => answer
                .map(|answer| answer.header("location").expect("an upload has a location"))
                .map(|path| {
                    upload(&path.to_owned(), Some(Upload { content: *content, received: 0 }))
                })
                .into_iter()
                .collect(),
            Self::Append { path, upload: before, to, .. } => {
                vec![upload(path, Some(Upload { received: *to, ..*before }))]
            }
            Self::Complete { path, upload: ended } => {
                let content = ended.content;
                vec![upload(path, None), Fact::Layer(content.digest(), Some(content))]
            }
            Self::Cancel { path } => vec![upload(path, None)],
            Self::Mount { digest, content, .. } => {
                vec![Fact::Layer(digest.clone(), Some(*content))]
            }
            Self::DeleteLayer { digest } => vec![Fact::Layer(digest.clone(), None)],
            Self::PutImage { digest, image, tags } => {
                let tags = tags.iter().map(|tag| Fact::Tag(tag.clone(), Some(digest.clone())));
                let image = Fact::Image(digest.clone(), Some(image.clone()));
                std::iter::once(image).chain(tags).collect()
            }
            Self::DeleteTag { tag } => {
                let digest = known.tags[tag].clone().expect("only a tag that is there is deleted");
                if known.tags_of(&digest).len() > 1 {
                    vec![Fact::Tag(tag.clone(), None)]
                } else {
                    vec![Fact::Tag(tag.clone(), None), Fact::Image(digest, None)]
                }
            }
            Self::DeleteImage { digest } => {
                let tags = known.tags_of(digest).into_iter().map(|tag| Fact::Tag(tag, None));
                tags.chain([Fact::Image(digest.clone(), None)]).collect()
            }
        }
    }
}

fn framed(request: Request, framing: Framing, bytes: Vec<u8>, first: usize) -> Request {
    match framing {
        Framing::Length => request.body(bytes),
        Framing::Chunked => request.body(bytes).in_chunks_of(PIECE_BYTES),
        Framing::Ranged => {
            let last = first + bytes.len() - 1;
            request.header("content-range", &format!("{first}-{last}")).body(bytes)
        }
    }
}
