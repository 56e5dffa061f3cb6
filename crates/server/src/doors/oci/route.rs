//! Turns a path into a typed route. Paths are read from the right, because the name on the left may
//! contain slashes.

use http::Method;
use names::{Digest, Reference, RepositoryName, UploadId};
use percent_encoding::percent_decode_str;

use super::failure::Refused;
use crate::metrics::RouteName;

/// A request at the OCI door.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Route {
    /// `GET /v2/`: is the server there, and am I logged in?
    Ping,
    /// `GET /v2/_catalog`.
    ListRepositories,
    /// Anything about one repository.
    In(RepositoryName, InRepository),
}

/// A request on one repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum InRepository {
    ListTags,
    ListReferrers(Digest),
    ReadManifest(Reference),
    HeadManifest(Reference),
    PutManifest(Reference),
    DeleteManifest(Reference),
    ReadBlob(Digest),
    HeadBlob(Digest),
    DeleteBlob(Digest),
    BeginUpload,
    FindUpload(UploadId),
    AppendToUpload(UploadId),
    CompleteUpload(UploadId),
    CancelUpload(UploadId),
}

impl Route {
    /// The IAM actions that it needs.
    pub(crate) fn actions(&self) -> &'static [&'static str] {
        match self {
            Self::Ping => &[],
            Self::ListRepositories => &["ecr:DescribeRepositories"],
            Self::In(_, asked) => match asked {
                InRepository::ListTags => &["ecr:ListImages"],
                InRepository::ListReferrers(_)
                | InRepository::ReadManifest(_)
                | InRepository::HeadManifest(_) => &["ecr:BatchGetImage"],
                InRepository::PutManifest(_) => &["ecr:PutImage"],
                InRepository::DeleteManifest(_) | InRepository::DeleteBlob(_) => {
                    &["ecr:BatchDeleteImage"]
                }
                InRepository::ReadBlob(_) => &["ecr:GetDownloadUrlForLayer"],
                InRepository::HeadBlob(_) => &["ecr:BatchCheckLayerAvailability"],
                InRepository::BeginUpload => &["ecr:InitiateLayerUpload"],
                InRepository::FindUpload(_)
                | InRepository::AppendToUpload(_)
                | InRepository::CancelUpload(_) => &["ecr:UploadLayerPart"],
                InRepository::CompleteUpload(_) => &["ecr:CompleteLayerUpload"],
            },
        }
    }

    /// Its name in metrics and logs.
    pub(crate) fn name(&self) -> RouteName {
        RouteName(match self {
            Self::Ping => "oci.ping",
            Self::ListRepositories => "oci.list_repositories",
            Self::In(_, asked) => match asked {
                InRepository::ListTags => "oci.list_tags",
                InRepository::ListReferrers(_) => "oci.list_referrers",
                InRepository::ReadManifest(_) => "oci.read_manifest",
                InRepository::HeadManifest(_) => "oci.head_manifest",
                InRepository::PutManifest(_) => "oci.put_manifest",
                InRepository::DeleteManifest(_) => "oci.delete_manifest",
                InRepository::ReadBlob(_) => "oci.read_blob",
                InRepository::HeadBlob(_) => "oci.head_blob",
                InRepository::DeleteBlob(_) => "oci.delete_blob",
                InRepository::BeginUpload => "oci.begin_upload",
                InRepository::FindUpload(_) => "oci.find_upload",
                InRepository::AppendToUpload(_) => "oci.append_to_upload",
                InRepository::CompleteUpload(_) => "oci.complete_upload",
                InRepository::CancelUpload(_) => "oci.cancel_upload",
            },
        })
    }

    /// Reads a request's method and path.
    pub(crate) fn parse(method: &Method, path: &str) -> Result<Self, Refused> {
        let rest = path.strip_prefix("/v2").ok_or(Refused::NoSuchPath)?;
        let rest = match rest {
            "" | "/" => return only_get(method, Self::Ping),
            "/_catalog" => return only_get(method, Self::ListRepositories),
            rest => rest.strip_prefix('/').ok_or(Refused::NoSuchPath)?,
        };
        let (before, last) = rest.rsplit_once('/').ok_or(Refused::NoSuchPath)?;
        let (name, kind) = before.rsplit_once('/').ok_or(Refused::NoSuchPath)?;
        let last = percent_decode_str(last).decode_utf8().map_err(|_| Refused::NoSuchPath)?;
        let (name, asked) = match kind {
            "tags" if last == "list" => (name, only_get(method, InRepository::ListTags)?),
            "manifests" => (name, manifest(method, &last)?),
            "referrers" => (name, referrers(method, &last)?),
            // `NAME/blobs/uploads/` and `NAME/blobs/uploads/ID`.
            "uploads" => {
                let name = name.strip_suffix("/blobs").ok_or(Refused::NoSuchPath)?;
                (name, upload(method, &last)?)
            }
            "blobs" if last == "uploads" => (name, upload(method, "")?),
            "blobs" => (name, blob(method, &last)?),
            _ => return Err(Refused::NoSuchPath),
        };
        let name = RepositoryName::parse(name).map_err(|_| Refused::BadName)?;
        Ok(Self::In(name, asked))
    }
}

fn only_get<T>(method: &Method, route: T) -> Result<T, Refused> {
    if *method == Method::GET || *method == Method::HEAD {
        Ok(route)
    } else {
        Err(Refused::NoSuchMethod)
    }
}

fn manifest(method: &Method, reference: &str) -> Result<InRepository, Refused> {
    let reference = Reference::parse(reference).map_err(|_| Refused::BadReference)?;
    Ok(match *method {
        Method::GET => InRepository::ReadManifest(reference),
        Method::HEAD => InRepository::HeadManifest(reference),
        Method::PUT => InRepository::PutManifest(reference),
        Method::DELETE => InRepository::DeleteManifest(reference),
        _ => return Err(Refused::NoSuchMethod),
    })
}

fn referrers(method: &Method, digest: &str) -> Result<InRepository, Refused> {
    let digest = Digest::parse(digest).map_err(|_| Refused::BadDigest)?;
    only_get(method, InRepository::ListReferrers(digest))
}

fn blob(method: &Method, digest: &str) -> Result<InRepository, Refused> {
    let digest = Digest::parse(digest).map_err(|_| Refused::BadDigest)?;
    Ok(match *method {
        Method::GET => InRepository::ReadBlob(digest),
        Method::HEAD => InRepository::HeadBlob(digest),
        Method::DELETE => InRepository::DeleteBlob(digest),
        _ => return Err(Refused::NoSuchMethod),
    })
}

fn upload(method: &Method, id: &str) -> Result<InRepository, Refused> {
    if id.is_empty() {
        let begins = *method == Method::POST;
        return if begins { Ok(InRepository::BeginUpload) } else { Err(Refused::NoSuchMethod) };
    }
    let id = UploadId::parse(id).map_err(|_| Refused::BadUploadId)?;
    Ok(match *method {
        Method::GET | Method::HEAD => InRepository::FindUpload(id),
        Method::PATCH => InRepository::AppendToUpload(id),
        Method::PUT => InRepository::CompleteUpload(id),
        Method::DELETE => InRepository::CancelUpload(id),
        _ => return Err(Refused::NoSuchMethod),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(request: &str) -> Result<Route, Refused> {
        let (method, path) = request.split_once(' ').unwrap();
        Route::parse(&method.parse().unwrap(), path)
    }

    #[test]
    fn routes_are_read_from_the_right() {
        let digest = format!("sha256:{}", "a".repeat(64));
        let id = "abababab-abab-4bab-abab-abababababab";
        #[rustfmt::skip]
        let cases = [
            ("GET /v2/".to_owned(),                                    "oci.ping"),
            ("GET /v2".to_owned(),                                     "oci.ping"),
            ("GET /v2/_catalog".to_owned(),                            "oci.list_repositories"),
            ("GET /v2/web/tags/list".to_owned(),                       "oci.list_tags"),
            ("GET /v2/a/b/c/d/e/manifests/latest".to_owned(),          "oci.read_manifest"),
            ("HEAD /v2/web/manifests/latest".to_owned(),               "oci.head_manifest"),
            (format!("PUT /v2/web/manifests/{digest}"),                "oci.put_manifest"),
            (format!("GET /v2/web/blobs/{}", digest.replace(':', "%3A")), "oci.read_blob"),
            (format!("GET /v2/manifests/blobs/tags/blobs/{digest}"),   "oci.read_blob"),
            (format!("GET /v2/web/referrers/{digest}"),                "oci.list_referrers"),
            ("POST /v2/web/blobs/uploads/".to_owned(),                 "oci.begin_upload"),
            ("POST /v2/web/blobs/uploads".to_owned(),                  "oci.begin_upload"),
            (format!("PATCH /v2/a/b/blobs/uploads/{id}"),              "oci.append_to_upload"),
            (format!("PUT /v2/web/blobs/uploads/{id}"),                "oci.complete_upload"),
            (format!("GET /v2/web/blobs/uploads/{id}"),                "oci.find_upload"),
            (format!("DELETE /v2/web/blobs/uploads/{id}"),             "oci.cancel_upload"),
        ];
        for (request, expected) in cases {
            assert_eq!(
                parse(&request).map(|route| route.name()),
                Ok(RouteName(expected)),
                "{request}"
            );
        }
    }

    #[test]
    fn paths_that_lead_nowhere() {
        let long = format!("GET /v2/{}/tags/list", "a".repeat(257));
        #[rustfmt::skip]
        let cases = [
            ("GET /v2/web",                             Refused::NoSuchPath,   "too short"),
            ("GET /v2x/web/tags/list",                  Refused::NoSuchPath,   "another prefix"),
            ("GET /v2/web/tags/other",                  Refused::NoSuchPath,   "no such list"),
            ("GET /v2/../../etc/tags/list",             Refused::BadName,      "dots"),
            ("GET /v2/a//b/tags/list",                  Refused::BadName,      "an empty segment"),
            ("GET /v2/Web/tags/list",                   Refused::BadName,      "upper case"),
            ("GET /v2/a%2fb/tags/list",                 Refused::BadName,      "an escaped slash is no slash"),
            ("GET /v2//tags/list",                      Refused::BadName,      "no name"),
            (&long,                                     Refused::BadName,      "too long"),
            ("GET /v2/web/manifests/..",                Refused::BadReference, "dots"),
            ("GET /v2/web/manifests/a%2fb",             Refused::BadReference, "an escaped slash in a tag"),
            ("GET /v2/web/manifests/sha256:zz",         Refused::BadReference, "half a digest"),
            ("GET /v2/web/manifests/%ff",               Refused::NoSuchPath,   "not text"),
            ("GET /v2/web/blobs/latest",                Refused::BadDigest,    "blobs have no tags"),
            ("PUT /v2/web/blobs/uploads/1",             Refused::BadUploadId,  "a forged upload id"),
            ("POST /v2/web/manifests/latest",           Refused::NoSuchMethod, "manifests are put"),
            ("DELETE /v2/web/tags/list",                Refused::NoSuchMethod, "lists are read"),
            ("PATCH /v2/web/blobs/uploads/",            Refused::NoSuchMethod, "an upload begins with POST"),
        ];
        for (request, expected, because) in cases {
            assert_eq!(parse(request), Err(expected), "{request}: {because}");
        }
    }
}
