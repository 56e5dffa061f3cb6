//! A value of each type that statements take.

use names::{
    AccountId, Digest, IamPath, IdKind, ImageTag, ObjectKey, PolicyArn, RegistryId, RepositoryArn,
    RepositoryName, Timestamp, UniqueId, UserIdentity, UserName,
};

use crate::IamUser;
use crate::rows::image::ImageKey;
use crate::rows::repository::RepositoryKey;

pub(super) const REPOSITORY: RepositoryKey = RepositoryKey(1);
pub(super) const IMAGE: ImageKey = ImageKey(1);
pub(super) const PAGE: u32 = 10;

pub(super) fn now() -> Timestamp {
    Timestamp::from_seconds(1)
}

pub(super) fn digest() -> Digest {
    Digest::sha256(b"")
}

pub(super) fn tag() -> ImageTag {
    ImageTag::parse("v1").unwrap()
}

pub(super) fn object() -> ObjectKey {
    ObjectKey::from_random([1; 16])
}

pub(super) fn account() -> AccountId {
    AccountId::parse("123456789012").unwrap()
}

pub(super) fn policy_arn() -> PolicyArn {
    PolicyArn::parse("arn:aws:iam::123456789012:policy/push").unwrap()
}

pub(super) fn unique_id(kind: IdKind) -> UniqueId {
    UniqueId::from_random(kind, [1; 17])
}

pub(super) fn registry() -> RegistryId {
    let account: AccountId = "123456789012".parse().unwrap();
    RegistryId { account, region: "us-east-1".parse().unwrap() }
}

pub(super) fn arn() -> RepositoryArn {
    RepositoryArn { registry: registry(), repository: RepositoryName::parse("web").unwrap() }
}

pub(super) fn user() -> IamUser {
    let id = unique_id(IdKind::User);
    let (path, name) = (IamPath::root(), UserName::parse("alice").unwrap());
    let identity = UserIdentity { account: registry().account, id, path, name };
    IamUser { identity, boundary: None, created_at: now() }
}
