//! Reclaiming: deletes what nothing refers to any more. Online, in small steps, and never too
//! early.
//!
//! # The protocol
//!
//! A layer's bytes are an object; a `blob` row says where it is; a `repository_blob` row gives one
//! repository the right to serve it, with a lease; an `image_blob` row says that an image needs it.
//!
//! ```text
//!                 attach (upload, mount)              review: unreferenced and lease over
//!   (no right) ──────────────────────────▶ right ──────────────────────────────────────▶ (no right)
//!                                            │ HEAD: lease renewed                            │
//!                                            ▼                                               ▼
//!   blob row:   live ◀──────── attach ──── condemned ◀── reclaim: no repository has a right ──┘
//!                                            │ GRACE later, still no right
//!                                            ▼
//!                                     row deleted, object named in a `delete_object` job
//!                                            │ object deleted, durably
//!                                            ▼
//!                                          gone
//! ```
//!
//! 1. **Only candidates are checked.** A candidate is something that an event may have orphaned.
//!    Each such event queues a job in its own transaction (image deleted →
//!    [`review_repository_blob`]; right lost → [`reclaim_blob`]; upload begun → [`abandon_upload`];
//!    repository deleted → [`erase_repository`]). Nothing walks a table or the store.
//! 2. **A right is removed** only if no image of the repository needs the layer and the lease is
//!    over, both read in the transaction that removes it. Putting an image checks the right in its
//!    own transaction. The two are serialised: either the image finds the right and the review
//!    finds the image, or the image is refused with "layers do not exist" and the client pushes
//!    again.
//! 3. **A promise holds.** A client that was told "the repository has this layer" (`HEAD` 200,
//!    upload done, mount) holds a lease of at least half of [`LEASE`], less [`SKEW_MAX`]. So it can
//!    finish its push, whatever images are deleted in the meantime, and whichever nodes do it. Only
//!    a caller who deletes this very layer, or the repository, revokes the promise.
//! 4. **A blob row is deleted** only if no repository has a right, again read in the deleting
//!    transaction, and only [`GRACE`] after it was condemned: by then, a reader that found the row
//!    just before has read the object. An upload of the same digest revives a condemned row; after
//!    the row is gone it makes a new one, for a new object. Object keys are never used twice, so
//!    deleting the old object cannot touch the new one.
//! 5. **Bytes are deleted after the row, and the job after the bytes.** The transaction that
//!    removes the last mention of an object also queues a `delete_object` job that names it. A
//!    crash anywhere leaves the job, and the job is idempotent. An object is named, by an upload or
//!    a job, before its first byte. An upload that a request is writing to is not abandoned: while
//!    bytes arrive, the request notes so in the row.
//! 6. **Bytes that change places are another object.** An archive storage gets a copy under a new
//!    key, and so does the store when they come back (`crate::layer::moving`). The row names one of
//!    the two, and the other is deleted as any object is.
//!
//! # Many nodes
//!
//! * **Every decision is one transaction** over the rows that it depends on; no body remembers
//!   across a wait what it has read. So it does not matter on how many nodes jobs run, nor that a
//!   run whose lease was lost ends after the next one. A late runner cannot end a job that was
//!   claimed after it (`fence`).
//! * **The only acts outside of rows** are to write and to delete objects. A deletion is only ever
//!   queued for an object that no row can come to name again, so it may happen late and more than
//!   once. Written bytes count only through a row that is then written at the version that was read
//!   (`crate::upload::turns`). A request that lost that race has written for nothing, and queues
//!   its object for deletion.
//! * **A node that pauses** at any point therefore does no harm when it wakes;
//!   `docs/decisions/0009` goes through the points one by one. A pause only delays reclaiming.
//! * **Clocks** decide when, never whether: rows protect an image's layers, and the acknowledged
//!   bytes of an upload. If the nodes' clocks differ by up to [`SKEW_MAX`], a reader has [`GRACE`]
//!   less that, and a promise lasts for half of [`LEASE`] less that. If they differ by more, a
//!   reader may find its object gone, and a push may have to send a layer again; nothing that is
//!   referred to is lost, however wrong the clocks are. A job's body checks whether it runs early;
//!   two runners that disagree about a lease both run the job.
//!
//! The model of this protocol, and the search over its interleavings, is in
//! `crates/reclaiming_model`.

pub(crate) mod abandon_upload;
pub(crate) mod about;
pub(crate) mod apply_lifecycle_policy;
mod begin;
pub(crate) mod conclude_scans;
pub(crate) mod delete_object;
pub(crate) mod delete_referrers;
mod deliver_audit_records;
pub(crate) mod deliver_events;
pub(crate) mod erase_repository;
pub(crate) mod follow_subject;
pub(crate) mod forget_audit_records;
pub(crate) mod forget_deleted_images;
pub(crate) mod forget_events;
pub(crate) mod forget_inventory;
pub(crate) mod forget_tag_moves;
pub(crate) mod import_upstream_image;
pub(crate) mod judge_packages;
pub(crate) mod list_jobs;
pub(crate) mod move_archived_bytes;
pub(crate) mod move_blob;
pub(crate) mod preview_lifecycle_policy;
pub(crate) mod reclaim_blob;
pub(crate) mod record_image;
pub(crate) mod rekey_repository;
pub(crate) mod reseal_rows;
pub(crate) mod restore_image;
pub(crate) mod retry_job;
pub(crate) mod review_repository_blob;
pub(crate) mod scan_image;
pub(crate) mod scan_recent_images;

mod bodies;
mod forgetting;
mod periods;
mod sealed_rows;

pub(crate) use bodies::moves;
pub use periods::{GRACE, LEASE, SKEW_MAX, UPLOAD_LIFE};
