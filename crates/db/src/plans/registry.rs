//! Statements about repositories, images and blobs.

use names::{
    EncryptionKey, ExclusionFilter, ImageStatus, MediaType, MovedThrough, RepositoryName,
    StorageClass, TagMutability, WrappedKey,
};

use super::samples::{IMAGE, PAGE, REPOSITORY, arn, digest, now, object, registry, tag};
use crate::rows::blob::BlobKey;
use crate::rows::registry::RegistryKey;
use crate::{
    Blob, Counted, DbError, IfTaken, ImageFilter, PulledImage, RepositoryBlob, TagMover, TagStatus,
    Total, Tx,
};

pub(super) fn run_statements_about_repositories(tx: &mut Tx<'_>) -> Result<(), DbError> {
    let name = RepositoryName::parse("web").unwrap();
    let filters = [ExclusionFilter::parse("v*").unwrap()];
    tx.find_registry(&registry())?;
    tx.find_registry_setting(&registry(), "setting")?;
    tx.find_repository(&registry(), &name)?;
    tx.find_repository_by_key(REPOSITORY)?;
    tx.find_hidden_repository(REPOSITORY)?;
    tx.find_encryption_key(REPOSITORY)?;
    tx.find_rekey(REPOSITORY)?;
    tx.list_layers_under_other_keys(REPOSITORY, &EncryptionKey::default(), "a", PAGE)?;
    tx.has_upload_under_another_key(REPOSITORY, &EncryptionKey::default())?;
    tx.point_right(REPOSITORY, &digest(), BlobKey(1))?;
    tx.put_repository_key(REPOSITORY, &EncryptionKey::default(), &[])?;
    tx.find_registry_of(REPOSITORY)?;
    tx.list_repositories(&registry(), Some("a"), PAGE)?;
    tx.put_tag_mutability(REPOSITORY, TagMutability::Mutable, &filters)?;
    tx.put_scan_on_push(REPOSITORY, true)?;
    tx.hide_repository(REPOSITORY, now())?;
    tx.delete_repository(REPOSITORY)?;
    tx.list_resource_tags(REPOSITORY)?;
    tx.delete_resource_tag(REPOSITORY, "key")
}

pub(super) fn run_statements_about_images(tx: &mut Tx<'_>) -> Result<(), DbError> {
    for tags in [TagStatus::Any, TagStatus::Tagged, TagStatus::Untagged] {
        for status in [None, Some(ImageStatus::Active)] {
            let filter = ImageFilter { status, tags };
            tx.list_images(REPOSITORY, filter, Some(IMAGE), PAGE)?;
            tx.list_image_tags(REPOSITORY, filter, Some((IMAGE, "v1")), PAGE)?;
        }
    }
    tx.list_referrers(REPOSITORY, &digest(), Some(IMAGE), PAGE)?;
    tx.find_referrers(&[IMAGE])?;
    tx.have_referrers(REPOSITORY, &[&digest()])?;
    tx.find_image_sizes(REPOSITORY, &[&digest()])?;
    tx.list_tags_of_each(&[IMAGE])?;
    tx.list_parents(REPOSITORY, &digest(), PAGE)?;
    tx.list_parents_of_each(REPOSITORY, &[&digest()], PAGE)?;
    tx.list_children(IMAGE)?;
    tx.list_image_blobs(IMAGE)?;
    tx.list_blobs_of_each(&[IMAGE])?;
    tx.list_tags(REPOSITORY, "a", PAGE)?;
    tx.list_tags_of(IMAGE)?;
    tx.count_tags_of(REPOSITORY, IMAGE)?;
    tx.recount_tags(IMAGE)?;
    let mover = TagMover { by: None, through: MovedThrough::LifecyclePolicy, at: now() };
    let image = (IMAGE, &digest());
    tx.point_tag(REPOSITORY, &tag(), image, IfTaken::Refuse, Some(&mover)).ok();
    tx.delete_tag(REPOSITORY, &tag(), image, Some(&mover))?;
    tx.delete_tags_of(REPOSITORY, image, &[tag()], None)?;
    tx.find_image(REPOSITORY, &digest())?;
    tx.find_images(REPOSITORY, &[&digest()])?;
    tx.find_image_by_tag(REPOSITORY, &tag())?;
    tx.open_pull_gate(RegistryKey(1), now())?;
    tx.remove_pull_gate(RegistryKey(1))?;
    tx.pull_image(REPOSITORY, &digest())?;
    tx.pull_image_by_tag(REPOSITORY, &tag())?;
    tx.look_up(&PulledImage::by_digest(&arn(), &digest()))?;
    tx.look_up(&PulledImage::by_tag(&arn(), &tag()))?;
    tx.find_manifest(IMAGE)?;
    tx.repository_has_images(REPOSITORY)?;
    tx.put_image_size(IMAGE, 1)?;
    tx.record_pull(IMAGE, "arn:aws:iam::123456789012:user/a", now())?;
    tx.delete_image(IMAGE)?;
    tx.find_recorded_image(&object())?;
    tx.find_image_record(IMAGE, &tag())?;
    tx.list_image_records(IMAGE)?;
    tx.list_records_of_each(&[IMAGE])?;
    tx.image_is_recorded(IMAGE)?;
    tx.move_image_record(&object(), &object())?;
    tx.delete_image_record(&object())
}

pub(super) fn run_statements_about_blobs(tx: &mut Tx<'_>) -> Result<(), DbError> {
    let blob = BlobKey(1);
    tx.find_blob(RegistryKey(1), &EncryptionKey::default(), &digest())?;
    tx.find_blob_by_key(blob)?;
    tx.find_blobs_by_key(&[blob])?;
    tx.condemn_blob(blob, now())?;
    tx.revive_blob(blob)?;
    let whole = Blob {
        key: blob,
        digest: digest(),
        size_bytes: 1,
        object: object(),
        wrapped_key: WrappedKey::from_bytes(&[]),
        encryption_key: EncryptionKey::default(),
        condemned_at: None,
        storage_class: StorageClass::Standard,
        damaged_at: None,
    };
    tx.delete_blob(&whole)?;
    tx.note_damage(&object(), now())?;
    tx.forget_damage(&object())?;
    tx.move_blob(&whole, &object(), &whole.wrapped_key, StorageClass::Archive)?;
    tx.find_blob_need(blob)?;
    tx.list_archived_blobs(IMAGE)?;
    tx.list_blobs_of_image(IMAGE)?;
    tx.find_some_archived_blobs(PAGE)?;
    tx.put_all_blobs_in_store()?;
    tx.find_total(Total::Archive)?;
    tx.put_total(Total::Archive, Counted::default())?;
    tx.object_is_known(&object())?;
    tx.object_is_needed(&object())?;
    tx.blobs_are_attached(&[blob])?;
    tx.blob_is_attached(blob)?;
    tx.find_repository_blob(REPOSITORY, &digest())?;
    tx.look_up(&RepositoryBlob::by_digest(&arn(), &digest()))?;
    tx.find_rights(&[(REPOSITORY, &digest())])?;
    tx.find_attached_blob(REPOSITORY, &digest())?;
    tx.find_blob_size(REPOSITORY, &digest())?;
    tx.find_blob_sizes(REPOSITORY, &[&digest()])?;
    tx.find_attached_blobs(REPOSITORY, &[&digest()])?;
    tx.list_repositories_with_blob(blob, PAGE)?;
    tx.list_repository_blobs(REPOSITORY, Some(&digest()), PAGE)?;
    tx.renew_lease(REPOSITORY, &digest(), now())?;
    tx.put_blob_media_type(REPOSITORY, &digest(), &MediaType::parse("a/b").unwrap())?;
    tx.detach_blob(REPOSITORY, &digest())
}
