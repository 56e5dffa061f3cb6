//! Statements about lifecycle policies, the archive, pulls that are not recorded, what tags named
//! before, and what happened.

use names::{ImageStatus, MediaType, PreviewState, Uuid};

use super::samples::{IMAGE, PAGE, REPOSITORY, digest, now, registry, tag};
use crate::{
    AuditFile, AuditKey, AuditLogFile, AuditSigningKey, AuditTrail, DbError, DeletedImageKey,
    Deletion, DeletionCause, Event, EventDelivery, ImageKey, LifecyclePreview, NewEvent,
    RegistryKey, RestorableImage, TagStatus, Tx,
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
    run_statements_about_the_trail(tx)?;
    tx.forget_audit_records(now(), 0, PAGE).map(drop)
}

fn run_statements_about_the_trail(tx: &mut Tx<'_>) -> Result<(), DbError> {
    let home = registry();
    let trail = AuditTrail {
        name: "trail".to_owned(),
        home_region: home.region.clone(),
        bucket: "logs".to_owned(),
        prefix: String::new(),
        begun_at: now(),
    };
    let file =
        AuditFile { object: "AWSLogs/1".to_owned(), hash: "00".to_owned(), body: Some(vec![1]) };
    let log = AuditLogFile { file: file.clone(), oldest_at: now(), newest_at: now() };
    let key =
        AuditSigningKey { id: "f0".to_owned(), public: vec![1], sealed: vec![2], since: now() };
    tx.find_audit_trail()?;
    tx.put_audit_trail(&trail)?;
    tx.release_audit_record(&home, &Uuid::from_random([1; 16]))?;
    tx.find_undelivered_registry(Some(&home))?;
    tx.list_undelivered_records(&home, now(), PAGE)?;
    tx.delete_undelivered_records(&[(1, now())])?;
    tx.drop_undelivered_records(PAGE)?;
    tx.insert_audit_chain(&home, now())?;
    tx.insert_audit_log_file(&home, &log)?;
    tx.find_unwritten_log_file(&home)?;
    tx.list_undigested_log_files(&home, PAGE)?;
    tx.put_log_file_written(&home, &file.object, now())?;
    tx.delete_audit_log_file(&home, &file.object)?;
    tx.put_audit_digest(&home, now(), &file, "00")?;
    tx.find_audit_chain(&home)?;
    tx.put_audit_digest_written(&home, &file.object)?;
    tx.list_audit_chains(Some(&home), PAGE)?;
    tx.delete_audit_chain(&home)?;
    tx.drop_unwritten_log_file(&home)?;
    tx.insert_audit_signing_key(&home, &key)?;
    tx.list_audit_signing_keys(&home, Some((now(), "a")), PAGE)?;
    tx.list_sealed_audit_keys("a", PAGE)?;
    tx.reseal_audit_key("a", &[1], &[2])?;
    tx.delete_audit_trail()
}

pub(super) fn run_statements_about_events(tx: &mut Tx<'_>) -> Result<(), DbError> {
    let text = || "[]".to_owned();
    let event = NewEvent {
        event_id: Uuid::from_random([1; 16]),
        time: now(),
        source: text(),
        detail_type: text(),
        resources: text(),
        detail: text(),
        about: text(),
        is_pending: true,
    };
    tx.insert_event_in(RegistryKey(1), &event, now())?;
    tx.insert_event(&registry(), &event, now())?;
    tx.list_events(&registry(), (now(), 0), now(), PAGE)?;
    let event = Event { id: 1, registry: registry(), written_at: now(), event };
    let delivery = EventDelivery {
        id: 1,
        target: text(),
        attempts: 1,
        since: now(),
        last_error: None,
        dead_at: None,
        event: event.clone(),
    };
    tx.list_pending_events(PAGE)?;
    tx.put_events_matched(&[1])?;
    tx.put_events_pending(&registry(), (now(), 0), now(), PAGE)?;
    tx.insert_event_delivery(&event, "all/hook", now())?;
    tx.find_next_event_target("a")?;
    tx.list_due_deliveries("all/hook", now(), PAGE)?;
    tx.delete_event_deliveries(&[7])?;
    tx.postpone_event_delivery(&delivery, "why", now())?;
    tx.bury_event_delivery(1, "why", now())?;
    tx.list_dead_deliveries(&registry(), 0, PAGE)?;
    tx.revive_event_delivery(&registry(), 1, now())?;
    tx.forget_events(now(), 0, PAGE).map(drop)
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
    tx.list_tags_of_active(&[IMAGE, ImageKey(2)])?;
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
        media_type: MediaType::parse("application/vnd.oci.image.manifest.v1+json").unwrap(),
        artifact_type: None,
        subject: None,
    })
}
