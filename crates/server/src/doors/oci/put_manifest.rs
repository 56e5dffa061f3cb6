//! `PUT …/manifests/REFERENCE`, with additional tags as parameters.

use bytes::Bytes;
use http::Response;
use http::header::CONTENT_TYPE;
use names::{Algorithm, ImageTag, Reference, RepositoryArn};
use operations::{IfSame, ImageRefusal, PutImage, UploadRefusal};

use super::answers::{created, plain};
use super::asked::Asked;
use super::failure::Refused;
use crate::body::Body;
use crate::doors::pushed_manifest;
use crate::intake::{Payer, Unread};

/// Tags in one request at most.
const TAGS_MAX: usize = 32;

pub(super) async fn answer(
    asked: Asked,
    arn: RepositoryArn,
    reference: Reference,
) -> Result<Response<Body>, Refused> {
    let mover = asked.mover();
    let Asked { doors, caller, parts, query, body, .. } = asked;
    let tags = read_tags(&reference, query.all("tag"))?;
    let whole = body.read_whole(Payer::caller(&caller), wire::oci::manifest::BYTES_MAX).await;
    let whole = whole.map_err(|unread| match unread {
        Unread::TooLarge => Refused::ManifestTooLarge,
        Unread::Broken => Refused::Verb(UploadRefusal::BodyBroken.into()),
        Unread::NoRoom => Refused::TooMuch,
    })?;
    let bytes = Bytes::clone(&whole);
    doors.metrics.received_bytes.inc_by(bytes.len() as u64);
    let media_type = parts.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let algorithm = match &reference {
        Reference::Digest(digest) => digest.algorithm(),
        Reference::Tag(_) => Algorithm::Sha256,
    };
    let read = || pushed_manifest::read(bytes, media_type, algorithm);
    let manifest = doors.long_work.run(whole.len(), read).await.map_err(Refused::Verb)?;
    if let Reference::Digest(stated) = &reference
        && *stated != manifest.digest
    {
        let (repository, digest) = (arn, stated.clone());
        return Err(Refused::Verb(ImageRefusal::DigestDoesNotMatch { repository, digest }.into()));
    }
    let (digest, subject) = (manifest.digest.clone(), manifest.subject.clone());
    let put = PutImage { manifest, tags: tags.clone(), if_same: IfSame::Accept };
    doors.operations.put_image(&arn, put, &mover).await?;

    let mut response = created(&format!("/v2/{}/manifests/{digest}", arn.repository), &digest);
    if let Some(subject) = subject {
        response.headers_mut().insert("oci-subject", plain(subject.as_str()));
    }
    if query.first("tag").is_some() {
        let names: Vec<&str> = tags.iter().map(ImageTag::as_str).collect();
        response.headers_mut().insert("oci-tag", plain(&names.join(", ")));
    }
    Ok(response)
}

fn read_tags<'a>(
    reference: &Reference,
    parameters: impl Iterator<Item = &'a str>,
) -> Result<Vec<ImageTag>, Refused> {
    let mut tags = Vec::new();
    if let Reference::Tag(tag) = reference {
        tags.push(tag.clone());
    }
    for text in parameters {
        let tag = ImageTag::parse(text).map_err(|_| Refused::BadReference)?;
        if !tags.contains(&tag) {
            tags.push(tag);
        }
        if tags.len() > TAGS_MAX {
            return Err(Refused::BadParameter("A request may set at most 32 tags"));
        }
    }
    Ok(tags)
}
