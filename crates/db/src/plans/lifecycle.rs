//! Statements about lifecycle policies, the archive, pulls that are not recorded, what tags named
//! before, and what happened.

use names::{ImageStatus, PreviewState, Uuid};

use super::samples::{IMAGE, PAGE, REPOSITORY, digest, now, registry, tag};
use crate::{
    AuditKey, DbError, DeletedImageKey, Deletion, DeletionCause, ImageKey, LifecyclePreview,
    RestorableImage, TagStatus, Tx,
};

pub(super) fn run_statements_about_tag_history(tx: &mut Tx<'_>) -> Result<(), DbError> {
    for tag in [Some(tag()), None] {
        tx.list_tag_moves(REPOSITORY, tag.as_ref(), Some(1), PAGE)?;
    }
    tx.find_earlier_version(REPOSITORY, &tag(), Some(&digest()))?;
    tx.tag_has_named(REPOSITORY, &tag(), &digest())?;
    tx.find_tag_move_until(REPOSITORY, &tag(), now())?;
    tx.find_first_tag_move(REPOSITORY, &tag())?;
    tx.find_moves_away(REPOSITORY, &[(IMAGE, &digest())])?;
    tx.forget_tag_moves(now(), 0, PAGE)?;
    tx.delete_tag_moves(REPOSITORY, PAGE).map(drop)
}

pub(super) fn run_statements_about_what_happened(tx: &mut Tx<'_>) -> Result<(), DbError> {
    let keys = [
        AuditKey::Any,
        AuditKey::Event("00000000-0000-0000-0000-000000000000"),
        AuditKey::Name("PolicyExecutionEvent"),
        AuditKey::User("alice"),
        AuditKey::AccessKey("AKIAIOSFODNN7EXAMPLE"),
        AuditKey::Resource("web"),
    ];
    for key in keys {
        tx.list_audit_records(&registry(), key, now(), (now(), i64::MAX), PAGE)?;
    }
    tx.find_audit_texts(&[1])?;
    let id = Uuid::from_random([1; 16]);
    tx.put_audit_text(&registry(), &id, ("PutImage", "{}"))?;
    tx.forget_audit_records(now(), 0, PAGE).map(drop)
}

pub(super) fn run_statements_about_lifecycle(tx: &mut Tx<'_>) -> Result<(), DbError> {
    let preview = LifecyclePreview {
        document: String::new(),
        state: PreviewState::Complete,
        turn: 1,
        started_at: now(),
        ended_at: None,
        expiring: 0,
        transitioning: 0,
    };
    tx.find_lifecycle_policy(REPOSITORY)?;
    tx.put_lifecycle_evaluation(REPOSITORY, now(), now())?;
    tx.delete_lifecycle_policy(REPOSITORY)?;
    tx.find_lifecycle_preview(REPOSITORY)?;
    tx.put_lifecycle_preview(REPOSITORY, &preview, 2)?;
    for tags in [TagStatus::Any, TagStatus::Tagged, TagStatus::Untagged] {
        tx.list_previewed_images(REPOSITORY, 1, tags, Some(1), PAGE)?;
    }
    tx.find_previewed_images(REPOSITORY, 1, &[&digest()])?;
    tx.delete_previewed_images(REPOSITORY, 2, PAGE)?;
    tx.delete_lifecycle_preview(REPOSITORY)?;
    tx.list_lifecycle_images(REPOSITORY, Some(IMAGE), PAGE)?;
    tx.list_tags_between(REPOSITORY, IMAGE, IMAGE)?;
    tx.list_children_between(REPOSITORY, IMAGE, IMAGE)?;
    tx.find_lifecycle_images(&[IMAGE])?;
    tx.find_lifecycle_images(&[IMAGE, ImageKey(2)])?;
    tx.archive_image(IMAGE, now())?;
    tx.begin_activation(IMAGE)?;
    tx.activate_image(IMAGE, now())?;
    tx.find_image_status(IMAGE)?;
    tx.list_parents_in_use(REPOSITORY, &digest(), PAGE)?;
    tx.list_expired_images(REPOSITORY, &digest(), PAGE)?;
    tx.list_expired_images_by_tag(REPOSITORY, &tag(), PAGE)?;
    tx.find_oldest_expiry(REPOSITORY)?;
    tx.forget_expired_images(REPOSITORY, now(), PAGE)?;
    tx.forget_expired_image(REPOSITORY, &digest(), now())?;
    run_statements_about_deleted_images(tx)?;
    let principal = "arn:aws:iam::123456789012:role/ci";
    tx.find_pull_time_exclusion(&registry(), principal)?;
    tx.list_pull_time_exclusions(&registry(), Some("a"), PAGE)?;
    tx.delete_pull_time_exclusion(&registry(), principal).map(drop)
}

fn run_statements_about_deleted_images(tx: &mut Tx<'_>) -> Result<(), DbError> {
    let key = DeletedImageKey(1);
    let deletion = Deletion {
        image: IMAGE,
        deleted_at: now(),
        restorable_until: now(),
        cause: DeletionCause::Deleted,
        tags: &[tag()],
        layers: &[digest()],
        children: &[],
    };
    // There is no such image.
    tx.keep_deleted_image(&deletion, 1).ok();
    tx.insert_restored_image(key, now()).ok();
    tx.find_deleted_image(REPOSITORY, &digest())?;
    tx.list_restorable_images(REPOSITORY, now(), Some(key), PAGE)?;
    tx.list_ended_images(REPOSITORY, now(), PAGE)?;
    tx.find_next_end(REPOSITORY)?;
    tx.list_all_deleted_images(Some(key), PAGE)?;
    tx.forget_deleted_image(&RestorableImage {
        key,
        digest: digest(),
        deleted_at: now(),
        restorable_until: now(),
        cause: DeletionCause::Expired,
        tags: Vec::new(),
        layers: Vec::new(),
        children: Vec::new(),
        size_bytes: 1,
        status: ImageStatus::Active,
        pushed_at: now(),
    })
}
